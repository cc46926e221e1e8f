"""Promises that are kept, as questions: exceptions, whole types, uneven bans; and a wrong search is contradicted."""

from __future__ import annotations

import pytest

from cbm.core.expressions import FALSE
from cbm.coverage.by_exception import MatterRegions
from cbm.finding import RuleId
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.report import Ending
from cbm.wording.findings import exception_findings, uneven_findings
from tests.certify.solved import clear_without_file, contradictions, opinions, upheld
from tests.certify.strait import STRAIT

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

_MANY = "open term many : count from 2 to 8\nclause 1"
# The exception leaves it open where less than seven boats are many.
MANY = (
    KEPT.replace("clause 1", _MANY).replace("when boats > 8\n", "when boats > many\n").replace("> 8 must", "> 6 must")
)
ADVISED_ON_SOME = f"""{VOCABULARY}
{_MANY} every unit must not turn except when boats > many
clause 2 every unit when boats > 6 must call
clause 3 every unit should call
covers every type of encounter for manoeuvre
"""
OPENED_ON_SOME = f"""{VOCABULARY}
{_MANY} every unit must not turn except when calm and boats > many
clause 2 every unit when boats > 5 must call
covers every type of encounter for manoeuvre
"""
OPENED_ON_EVERY = OPENED_ON_SOME.replace("when boats > 5", "when not calm")
# By night it is left out altogether where less than five boats are many, and otherwise in part.
LEFT_OUT_ON_SOME = f"""{VOCABULARY}
{_MANY} every unit must not turn except when night and [FEW]
clause 2 every unit when not night and boats > 3 must call
covers every type of encounter for manoeuvre
""".replace("[FEW]", "(boats > 3 or many < 5)")
SWAYED_ON_SOME = f"""{LEFT_OUT_ON_SOME}\
clause 3 every unit when own.call and many < 7 must not turn
"""
UNEVEN_ON_SOME = UNEVEN.replace("clause 1", _MANY) + "clause 3 every unit when not night and many > 6 must not turn\n"
UNEVEN_ON_EVERY = UNEVEN.replace("clause 1", _MANY).replace("when night must", "when night and boats > many must")
BARRED_ON_SOME = UNEVEN.replace("clause 1", _MANY).replace("when night must", "when night and many > 6 must")
_BY_TWO = VOCABULARY.replace("types by night", "types by night, calm")
# By night and in calm it is always so; on some readings a larger box is told.
IN_TWO_BOXES = f"""{_BY_TWO}
{_MANY} every unit when night and not calm must not turn
clause 2 every unit must call
clause 3 every unit when not night and many > 6 must not turn
covers every type of encounter for manoeuvre
"""
# By day it is so on every reading; in calm, on some, the box that is as large is not told beside it.
AS_LARGE = f"""{_BY_TWO}
{_MANY} every unit when night and not calm must not turn
clause 2 every unit must call
clause 3 every unit when night and calm and many > 6 must not turn
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


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        (MANY, [Ending.CLEAR]),
        (ADVISED_ON_SOME, [Ending.CLEAR]),
        (OPENED_ON_SOME, [Ending.CLEAR]),
        (OPENED_ON_EVERY, [Ending.FOUND]),
        (LEFT_OUT_ON_SOME, [Ending.CLEAR, Ending.CLEAR]),
        (SWAYED_ON_SOME, [Ending.CLEAR, Ending.CLEAR, Ending.CLEAR]),
        (UNEVEN_ON_SOME, [Ending.CLEAR]),
        (UNEVEN_ON_EVERY, [Ending.FOUND]),
        (BARRED_ON_SOME, [Ending.CLEAR]),
        (IN_TWO_BOXES, [Ending.CLEAR, Ending.CLEAR]),
        (AS_LARGE, [Ending.FOUND]),
    ],
)
def test_both_solvers_say_whether_it_is_so_on_every_reading(text: str, ended: list[Ending]) -> None:
    answers = list(opinions(text, RuleId.GAP))
    assert [(row.question, said) for row, said in answers if said != row.expected] == []
    assert all(row.rests_on or row.plain for row in clear_without_file(text, RuleId.GAP))
    assert [row.ending for row, _ in answers[::2] if row.question.endswith("on every reading")] == ended


@pytest.mark.parametrize("text", [MANY, OPENED_ON_SOME, LEFT_OUT_ON_SOME, UNEVEN_ON_SOME, BARRED_ON_SOME, IN_TWO_BOXES])
def test_what_is_not_so_on_every_reading_is_contradicted(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turned(monkeypatch)
    assert {row.ending for row in contradictions(text, RuleId.GAP)} == {Ending.FOUND}


@pytest.mark.parametrize("text", [OPENED_ON_EVERY, UNEVEN_ON_EVERY])
def test_what_is_so_on_every_reading_is_not_so_on_some(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turned(monkeypatch)
    assert {row.ending for row in contradictions(text, RuleId.GAP)} == {Ending.CLEAR}


def turned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts on whether something is so on every reading end otherwise."""
    record = Inquiry.record

    def otherwise(inquiry: Inquiry, rule: str, subject: object, found: object = None, **more: object) -> None:
        of_readings = isinstance(more.get("of"), AskedOnReadings)
        record(inquiry, rule, subject, not found if of_readings else found, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Inquiry, "record", otherwise)
