"""A text in which no clause stands is told as that: of it nothing was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from cbm.finding import RuleId
from cbm.render import RENDERERS
from cbm.report import Report

HEADER = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
TERM = 'term near "near" means separation <= 300 m\n'
OPEN = 'open term near "near" : length from 300 m to 500 m\n'
LEFT_OUT = 'left out 1 because "not written yet"\n'


def checked(text: str) -> Report:
    systems, findings = cbm.load_text(text, name="code.cbm")
    assert not findings, findings[0].message
    return cbm.check(systems[0])


WORDS = "no clause stands in code: nothing is asked of anybody by it"


@pytest.mark.parametrize("text", [HEADER, f'{HEADER}article 1 "Separation"\n', HEADER + TERM, HEADER + OPEN])
def test_a_text_without_clauses_is_said_to_ask_nothing(text: str) -> None:
    """It is no finding: who takes the only clause out, as was advised, is told of nothing new."""
    report = checked(text)
    assert WORDS in report.unheard
    assert not any(found.message.startswith("no clause") for found in report.findings)
    for name in ("full", "markdown", "sarif", "json"):
        assert WORDS in RENDERERS[name](report), name


def test_what_is_left_out_is_said_by_itself() -> None:
    report = checked(HEADER + LEFT_OUT)
    assert (report.findings, report.unheard) == ((), ())
    assert any("not written yet" in words for words in report.omissions)


def test_a_promise_without_a_clause_is_a_gap() -> None:
    report = checked(f"{HEADER}covers separation in every type of encounter when own.craft is warship\n")
    assert {found.rule for found in report.findings} == {RuleId.GAP}


def test_a_text_that_holds_others_together_for_its_cases_is_complete() -> None:
    report = checked(f'{HEADER}  beside colregs, cues\ncases "On that day" for code\nexpect no gap\n')
    assert not any("no clause stands" in words for words in (*report.unheard, *(f.message for f in report.findings)))


def test_a_vocabulary_by_itself_is_complete_without_clauses(tmp_path: Path) -> None:
    file = tmp_path / "mine.cbm"
    file.write_text('vocabulary mine "Mine"\n  uses encounters\nact wave "waves" topic signals\n', encoding="utf-8")
    report = cbm.run([file])
    assert report.questions
    assert (report.findings, report.unheard) == ((), ())


def test_nothing_is_said_of_a_text_with_clauses_of_vocabularies_and_of_what_a_text_is_read_with() -> None:
    report = checked(f"{HEADER}  beside adiz_japan_1969\nclause 1 every unit must call\n")
    assert not any("no clause stands" in words for words in (*report.unheard, *(f.message for f in report.findings)))
