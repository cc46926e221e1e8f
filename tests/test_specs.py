"""The documents that come with the project: what is found in them, and that their cases hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cbm.finding import Exit, Report, Severity
from cbm.pipeline import run

SPECS = Path(__file__).parent.parent / "specs"
INSTRUMENTS = sorted((SPECS / "instruments").glob("*.cbm"))

# The tensions the first draft was written to carry (each is also expected by one of its cases).
TENSIONS = {
    ("agreement-conflict", "2.1 17(a)(i)"),
    ("agreement-conflict", "2.2 17(a)(i)"),
    ("agreement-conflict", "2.3 17(a)(i)"),
    ("agreement-conflict", "4.4 3(3)(a)"),
    ("agreement-conflict", "8.2 17(a)(i)"),
    ("conflict", "3.2 3.5"),
    ("conflict", "3.4 3.5"),
    ("conflict", "4.1 4.5"),
    ("conflict", "4.3 4.5"),
    ("conflict", "6.2 6.3"),
    ("conflict", "6.2 6.4"),
    ("conflict", "7.2 9.1"),
    ("impossible-duty", "4.3"),
}


@cache
def report(path: Path) -> Report:
    return run([path])


@pytest.mark.parametrize("path", INSTRUMENTS, ids=lambda path: path.stem)
def test_instruments_are_free_of_errors_and_warnings(path: Path) -> None:
    assert [f for f in report(path).findings if f.severity is not Severity.NOTE] == []
    assert report(path).exit is Exit.FINE


def test_the_vocabulary_is_consistent() -> None:
    found = report(SPECS / "vocabulary" / "encounters.cbm")
    assert found.findings == ()
    assert found.clauses == 0


def test_the_first_draft_carries_its_tensions_and_no_others() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019.cbm")
    clashes = {
        (f.rule, " ".join(clause.partition(":")[2] for clause in f.clauses))
        for f in found.findings
        if f.severity is Severity.ERROR and f.rule in ("conflict", "agreement-conflict", "impossible-duty")
    }
    assert clashes == TENSIONS
    assert found.exit is Exit.FINDINGS


def test_the_first_draft_goes_against_advice_of_cues() -> None:
    found = [f for f in report(SPECS / "drafts" / "code_of_conduct_2019.cbm").findings if f.rule == "derogation"]
    assert [(f.message, f.severity) for f in found] == [
        ("clause 5.6 allows what 2.8.1(d) of cues advises against", Severity.NOTE),
        ("clause 5.10 allows what 2.8.1(a) of cues advises against", Severity.NOTE),
    ]
    told = [f.whenever for f in found]
    assert told == [
        "a naval ship meets a naval ship or naval aircraft, zone is not a territorial sea, activity of own unit is "
        f"{activity} and the meeting is not planned"
        for activity in ("an exercise", "a routine check of weapons")
    ]


def test_every_expectation_of_the_first_draft_holds() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019.cbm").findings
    assert [f.message for f in found if f.rule in ("expectation", "impossible", "never-reached")] == []


def test_the_first_draft_is_told_with_examples_and_ways_out() -> None:
    for finding in report(SPECS / "drafts" / "code_of_conduct_2019.cbm").findings:
        assert finding.witness is not None, finding.message
        assert finding.remedies or finding.severity is Severity.NOTE, finding.message


def test_the_revision_is_clean() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019_rev1.cbm")
    assert [f for f in found.findings if f.severity is not Severity.NOTE] == []
    assert found.clauses > 50


def test_every_answer_about_the_revision_is_shown() -> None:
    found = report(SPECS / "drafts" / "code_of_conduct_2019_rev1.cbm")
    assert [a.statement for a in found.attestations if not a.shown] == []
    assert found.pairs.shown > 0
    assert found.pairs.not_shown == 0


@pytest.mark.parametrize("path", sorted(SPECS.rglob("*.cbm")), ids=lambda path: path.stem)
def test_every_clause_says_where_it_comes_from(path: Path) -> None:
    for block in path.read_text(encoding="utf-8").split("\nclause ")[1:]:
        if "applies when" not in block.split("\n\n")[0]:
            assert "source " in block, block[:80]
