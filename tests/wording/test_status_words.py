"""What a text is so far changes the words of a report, and the texts that count beside it; it changes no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Misuse
from cbm.pipeline import run
from cbm.records import replace
from cbm.report import Report

TEXT = """\
vocabulary sea
party US "United States"
party SU "Soviet Union"
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
act ram, call topic manoeuvre
instrument law "The law" uses sea between US, SU rank treaty in force 1972-05-25
clause 1 every unit must ram
instrument minutes "Minutes" uses sea between US, SU rank memorandum {force} in force 1980-01-01
clause 1 every unit must ram
draft code "Code" uses sea between US, SU rank political beside law, minutes proposed 2019-01-01
{status}
clause 1 "Withdrawal" every unit must not ram
clause 2 every unit should call
"""
STATUS = "status track2 from 2019-06-01, political from 2021-01-01"
NOTHING_YET = (
    "a breach of it is one of no commitment, and would be one of a commitment if it became what it is meant to be"
)
ORDER = ("track2", "track1_5", "political", "treaty")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("code.cbm").write_text(TEXT.format(force="", status=""), encoding="utf-8")
    return Path("code.cbm")


def ranks(report: Report) -> list[str]:
    (first, *_) = (f for f in report.findings if f.rule == "agreement-conflict")
    return [line.partition("; ")[2] for line in first.background]


def stripped(report: Report) -> list[object]:
    return [replace(f, message="", background=(), notes=()) for f in report.findings]


def test_findings_do_not_depend_on_what_a_text_is_and_words_do(path: Path) -> None:
    reports = {status: run([path], as_status=status) for status in ORDER}
    assert all(stripped(report) == stripped(run([path])) for report in reports.values())
    said = {status: ranks(report)[0] for status, report in reports.items()}
    assert said == {
        "track2": f"it is a track 2 paper: {NOTHING_YET}",
        "track1_5": f"it is a track 1.5 paper: {NOTHING_YET}",
        "political": "a breach of it is one of a commitment",
        "treaty": "a breach of it is one of law",
    }
    messages = [next(iter(report.findings)).message for report in reports.values()]
    assert [message.partition(" be complied with")[0] for message in messages] == [
        "clause 1 could not",
        "clause 1 could not",
        "clause 1 cannot",
        "clause 1 cannot",
    ]


def test_what_a_breach_of_a_memorandum_is_it_says_itself(path: Path) -> None:
    def said(force: str) -> str:
        path.write_text(TEXT.format(force=force, status=STATUS), encoding="utf-8")
        report = run([path])
        return next(b for f in report.findings for b in f.background if b.startswith("minutes")).partition("; ")[2]

    assert said("") == "whether it binds is not said: what a breach of it is stays open"
    assert said("binding") == "a breach of it is one of law"
    assert said("not binding") == "a breach of it is one of a commitment"


def test_as_a_treaty_it_is_told_what_is_to_be_settled(path: Path) -> None:
    told = [line for line in run([path], as_status="treaty").background if line.startswith("as a treaty, ")]
    assert told == [
        "as a treaty, clause 2 only advises, beside what is a duty of law",
        "as a treaty, code does not say whether it or law (The law) prevails",
        "as a treaty, to be settled: who else has to consent; the text is silent",
        "as a treaty, to be settled: registration and deposit; the text is silent",
        "as a treaty, to be settled: entry into force; the text is silent",
        "as a treaty, to be settled: withdrawal and end; the text says: 1",
    ]
    assert not any("as a treaty" in line for line in run([path], as_status="political").background)


def test_the_command_line_asks_as_if(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(path), "--as", "status", "treaty"]) == 1
    assert "a breach of it is one of law" in capsys.readouterr().out
    assert main(["check", str(path), "--as", "status", "handshake"]) == 2
    with pytest.raises(Misuse, match="is one of track2, track1_5, political, treaty"):
        run([path], as_status="handshake")
