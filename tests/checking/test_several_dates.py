"""Several dates asked about at once: each finding is told once, with the dates on which it is so."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from cbm import Misuse, Report, pipeline, run
from cbm.cache import answer_file
from cbm.cache.answer_file import answers_kept_for_now
from cbm.checking.several_dates import over_dates
from cbm.checking.subjects import Subject
from cbm.files import Library
from cbm.finding import Dates
from cbm.pipeline import understand
from cbm.records import replace
from cbm.render import RENDERERS
from tests.render.sample import CONFLICT

BEFORE, AFTER, LATER = date(2018, 1, 1), date(2020, 1, 1), date(2021, 1, 1)
TEXT = """\
instrument older "An older text"
  uses encounters
  between CN, JP
  in force 2019-01-01
clause 7 a warship must keep separation >= 1 nmi

draft code "A code"
  uses encounters
  between CN, JP
  beside older
clause 1 a warship must keep separation <= 500 m
clause 2 a warship must keep separation >= 600 m
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_is_so_on_some_dates_says_on_which(path: Path) -> None:
    report = run([path], as_of=[LATER, BEFORE, AFTER], select=["conflict", "agreement-conflict"])
    told = {str(finding.rule): finding.message for finding in report.findings}
    assert "(so on" not in told["conflict"]
    assert told["agreement-conflict"].endswith("(so on 2020-01-01 and 2021-01-01, and not on 2018-01-01)")
    assert len(report.findings) == len(told)
    assert json.loads(RENDERERS["json"](report))["as_of"] == "2018-01-01,2020-01-01,2021-01-01"
    for form in ("full", "concise", "github", "markdown"):
        assert "and not on 2018-01-01" in RENDERERS[form](report).replace("\\", "")


def test_who_is_bound_by_nothing_on_some_dates_is_told_with_them(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    joined = TEXT.replace("between CN, JP\n  beside", "between CN, JP, US from 2020-06-01\n  beside")
    path.write_text("vocabulary more\n  uses encounters\n" + joined, encoding="utf-8")
    report = run([path], as_of=[LATER, BEFORE, AFTER], select=["conflict"])
    aside = "left aside: United States is a party to code from 2020-06-01 on"
    told = [
        "older (An older text) binds nobody here: it is in force from 2019-01-01 on, and asked about is 2018-01-01",
        f"{aside} (so on 2018-01-01 and 2020-01-01, and not on 2021-01-01)",
    ]
    assert sorted(report.unheard) == sorted(told)
    assert set(told) <= set(report.background)


def test_programs_are_told_on_which_dates_it_is_so(path: Path) -> None:
    report = run([path], as_of=[LATER, BEFORE, AFTER], select=["conflict", "agreement-conflict"])
    page = RENDERERS["json"](report)
    days = ["2018-01-01", "2020-01-01", "2021-01-01"]
    assert {one["rule"]: one["dates"] for one in json.loads(page)["findings"]} == {
        "conflict": {"so": days, "not_so": [], "undecided": []},
        "agreement-conflict": {"so": days[1:], "not_so": days[:1], "undecided": []},
    }
    assert RENDERERS["json"](Report.from_json(page)) == page
    assert not any("dates" in one for one in json.loads(RENDERERS["json"](run([path], as_of=AFTER)))["findings"])


def test_a_date_on_which_not_all_was_asked_is_undecided_for_programs(path: Path) -> None:
    done = run([path], as_of=AFTER, select=["agreement-conflict"])
    stopped = replace(done, findings=(), stopped="it took too long")
    (found,) = over_dates({AFTER: done, LATER: stopped, BEFORE: replace(stopped, stopped="")}).findings
    assert found.dates == Dates(("2020-01-01",), ("2018-01-01",), ("2021-01-01",))


def test_what_is_so_on_all_dates_is_told_once_where_another_of_its_kind_is_found_on_some() -> None:
    """Ids in the reports of single days change there."""
    near, far = (replace(CONFLICT, message=words, extent=((words,),)) for words in ("near", "far"))
    report = over_dates({BEFORE: Report((near,)), AFTER: Report((far, near))})
    days = {finding.message: finding.dates for finding in report.findings}
    assert days == {
        "near": Dates(("2018-01-01", "2020-01-01"), (), ()),
        "far (so on 2020-01-01, and not on 2018-01-01)": Dates(("2020-01-01",), ("2018-01-01",), ()),
    }


LINES = """\
draft calls "Calls"
  uses encounters
  between CN, JP
clause 1 every unit must report_incident through leaders_line
clause 2 every unit must report_incident through ministry_line
"""


def test_a_message_that_names_its_date_is_told_once_of_several(tmp_path: Path) -> None:
    path = tmp_path / "calls.cbm"
    path.write_text(LINES, encoding="utf-8")
    found = run(
        [path], as_of=[date(2021, 1, 1), date(2022, 1, 1), date(2024, 1, 1)], select=["unserved-function"]
    ).findings
    first, second = (finding.message for finding in found)
    assert first.startswith("clause 1 needs a channel that does not serve it: ")
    assert "so on" not in first
    assert second.startswith("clause 2 needs a channel that does not serve it: ")
    assert second.endswith("(so on 2021-01-01 and 2022-01-01, and not on 2024-01-01)")


@pytest.mark.parametrize("days", [[AFTER], (BEFORE, AFTER)])
def test_it_is_what_is_told_of_each_date_alone(path: Path, days: list[date]) -> None:
    told = run([path], as_of=days).findings
    alone = {day: {(f.rule, f.message) for f in run([path], as_of=day).findings} for day in days}
    for day in days:
        here = {(f.rule, f.message.partition(" (so on")[0]) for f in told if f"not on {day}" not in f.message}
        assert alone[day] <= here
    assert {(f.rule, f.message.partition(" (so on")[0]) for f in told} == set().union(*alone.values())


def test_dates_that_are_none_are_refused_in_words(path: Path) -> None:
    with pytest.raises(Misuse, match="several"):
        run([path], as_of=[])
    with pytest.raises(Misuse, match="write as_of=date"):
        run([path], as_of=["2019-10-01"])  # type: ignore[list-item]


def test_nothing_is_denied_of_a_date_on_which_not_everything_was_asked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = Event()

    def understood(library: Library, subject: Subject, day: date | None) -> object:
        if (subject.name, day) == ("code", AFTER):
            cancel.set()
        return understand(library, subject, day)

    monkeypatch.setattr(pipeline, "understand", understood)
    report = run([path], as_of=[BEFORE, AFTER], select=["conflict"], cancel=cancel)
    assert report.stopped
    told = {str(finding.rule): finding.message for finding in report.findings}
    assert told["conflict"].endswith("(so on 2018-01-01, and undecided on 2020-01-01)")


def test_processes_of_one_run_tell_each_other_on_all_dates(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By way of a folder that is gone afterwards, also where nothing is to be kept."""
    told: list[bool] = []

    def seen() -> AbstractContextManager[None]:
        told.append(True)
        return answers_kept_for_now()

    monkeypatch.setattr(answer_file, "answers_kept_for_now", seen)
    dates = [BEFORE, AFTER]
    alone = RENDERERS["json"](run([path], as_of=dates))
    assert not told
    assert RENDERERS["json"](run([path], as_of=dates, jobs=2)) == alone
    assert told
