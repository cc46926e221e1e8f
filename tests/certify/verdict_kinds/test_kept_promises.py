"""Promises that are kept, as questions: exceptions, whole types, uneven bans; and a wrong search is contradicted."""

from __future__ import annotations

import pytest

from cbm.certify.certificates import certified_text
from cbm.certify.verdict_kinds.kept_promises import ON_READINGS
from cbm.core.expressions import FALSE
from cbm.coverage.by_exception import MatterRegions
from cbm.finding import Ending, RuleId
from cbm.wording.findings import exception_findings, uneven_findings
from tests.certify.solved import clear_without_file, contradictions, upheld
from tests.certify.strait import STRAIT
from tests.laws.timed import system_of

VOCABULARY = STRAIT.replace("  boats", "  calm  : flag\n  boats").replace('axiom "two', 'types by night\naxiom "two')
VOCABULARY += """\
topic manoeuvre
act turn, call topic manoeuvre

draft code "A code"
  uses strait
"""
KEPT = f"""{VOCABULARY}
clause 1 every unit must not turn except when boats > 8
clause 2 every unit when boats > 8 must call
covers every type of encounter for manoeuvre
"""
# Nothing stands for 1 where its exception is; that it is so of all encounters by night is no matter of exceptions.
OPENED = KEPT.replace("clause 2", "clause 3").replace("boats > 8 must call", "boats > 8 and calm must call")
NIGHTS = KEPT.replace("boats > 8", "night").replace("when night must call", "when not night must call")
UNEVEN = f"""{VOCABULARY}
clause 1 every unit when night must not turn
clause 2 every unit must call
covers every type of encounter for manoeuvre
"""


def test_both_solvers_say_which_promises_are_kept() -> None:
    assert set(upheld(KEPT, RuleId.GAP)) == {Ending.CLEAR}
    assert upheld(UNEVEN, RuleId.GAP)[Ending.FOUND] == 1
    assert all(row.rests_on or row.plain for row in clear_without_file(KEPT, RuleId.GAP))
    assert upheld(OPENED, RuleId.GAP)[Ending.CLEAR] > 2  # an exception leaves something open, and no whole type


def test_an_exception_that_is_overlooked_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exception_findings, "_conditions", lambda *_: ((), None))
    said = {row.question.split(",")[0] for row in contradictions(OPENED, RuleId.GAP)}
    assert said == {"does this exception leave it open"}


def test_types_that_an_exception_leaves_out_are_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MatterRegions, "left_out", FALSE)
    monkeypatch.setattr(exception_findings, "_conditions", lambda *_: ((), None))
    said = {row.question.split(",")[0] for row in contradictions(NIGHTS, RuleId.GAP)}
    assert said == {"is there a type of encounter that an exception leaves open"}


def test_a_ban_in_some_types_that_is_overlooked_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uneven_findings, "uneven_acts", lambda *_: iter(()))
    assert {row.matter for row in contradictions(UNEVEN, RuleId.GAP)} == {"turn"}


def test_on_which_readings_an_exception_leaves_types_open_has_no_question_and_says_why() -> None:
    """It does where less than seven boats are many."""
    text = KEPT.replace("clause 1", "open term many : count from 2 to 8\nclause 1")
    text = text.replace("when boats > 8\n", "when boats > many\n").replace("boats > 8 must", "boats > 6 must")
    rows = [row for row in certified_text(system_of(text)).rows if row.rule == RuleId.GAP and row.known_by is None]
    assert [(row.matter, row.why) for row in rows] == [("manoeuvre", ON_READINGS)]
