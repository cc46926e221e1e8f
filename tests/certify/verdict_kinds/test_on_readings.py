"""Open terms: both solvers say whether what was found is so on every reading, and contradict who says otherwise."""

from __future__ import annotations

import pytest

from cbm.finding import RuleId
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.report import Ending
from cbm.wording.findings.norm_galleries import ASKED_FOR
from tests.certify.solved import clear_without_file, contradictions, opinions
from tests.certify.strait import STRAIT

_SEEN, _RANGE = "  night : flag\n", "  range : length from 0 m to 60 nmi\n"
CODE = f"""\
{STRAIT.replace(_SEEN, _SEEN + _RANGE)}topic manoeuvre
topic talk
act turn, call topic manoeuvre
act answer topic talk
result separation "closest distance" : length from 0 m to 60 nmi topic manoeuvre

draft code "A code"
  uses strait
open term near "near" : length from 500 m to 2,000 m
"""
# 2 is implied on every reading, 3 on some.
IMPLIED = f"""{CODE}\
clause 1 every unit must keep separation >= near
clause 2 every unit must keep separation >= 400 m
clause 3 every unit when night must keep separation >= 1,000 m
"""
# Who complies with 2 cannot keep it on some readings, and on the others who complies with 3 as well.
REPAIRED = f"""{CODE}\
clause 1 every unit must call otherwise must keep separation <= near
clause 2 every unit must keep separation > 1,000 m
clause 3 every unit should keep separation > 2,000 m
"""
UNREPAIRED = REPAIRED.replace("> 1,000 m", "> 3,000 m")
ESCAPED = f"""{CODE}\
clause 1 every unit must keep separation >= 1,200 m
clause 2 every unit when not night must keep separation <= near
clause 3 every unit when own.call may answer in place of 1
clause 4 every unit when not night should keep separation <= 500 m
"""
UNESCAPED = ESCAPED.replace(">= 1,200 m", ">= 2,001 m")
# 1 cannot be used beside 2 on some readings, and on the others not by who takes advice.
BLOCKED = f"""{CODE}\
clause 1 every unit may keep separation <= near
clause 2 every unit must keep separation > 1,000 m
clause 3 every unit should keep separation > 2,000 m
"""
# Who turns has to call on each reading, and must not on some.
FORBIDDEN = f"""{CODE}\
clause 1 every unit when own.turn and range > near must call
clause 2 every unit when own.turn and range < 1,000 m must not call
"""
REACHED = f"""{CODE}\
clause 1 every unit must keep separation >= near
cases "Distances" for code
case "by day"
  given not night and own.party is CN and other.party is JP
  expect never separation < 1,000 m
  expect never separation > 3,000 m
  expect possible separation < 500 m
  expect possible separation < 900 m
"""
# On every reading something is not governed of the one topic, and of the other on some.
SILENT = f"""{CODE}\
clause 1 every unit when range <= near must not call
clause 2 every unit when range <= near must not answer
clause 3 every unit when range > 700 m must not answer
covers manoeuvre, talk in every type of encounter
"""
# Just at `near` nothing governs it, whatever it is; at 1,000 m it depends.
TOUCHING = f"""{CODE}\
clause 1 every unit when range < near must call
clause 2 every unit when range > near must call
"""
APART = TOUCHING.replace("range > near", "range > 1,000 m")
CASES = f"""{CODE}\
clause 1 every unit must keep separation >= 1,000 m
clause 2 every unit when night must keep separation <= near
cases "Distances" for code
case "by night"
  given night and own.party is CN and other.party is JP
  expect no conflict 1, 2
  expect conflict 1, 2
  expect near > 800 m
  expect near > 2 km
  expect own must keep separation > near
"""
# 2 can be kept with 1 on some readings; with lower figures on none.
SHOWN = f"""{CODE}\
clause 1 every unit must keep separation >= near
clause 2 every unit must keep separation <= 1,000 m
"""
TURNING = "clause 9 every unit should turn\n"
BOTH, SOME, EVERY = {Ending.FOUND, Ending.CLEAR}, {Ending.CLEAR}, {Ending.FOUND}


def on_every_reading(text: str, rule: RuleId) -> set[Ending]:
    """How the verdicts ended; both solvers answer each as the report says, and none is left to the search."""
    answers = list(opinions(text, rule))
    assert [(row.matter, row.question, said) for row, said in answers if said != row.expected] == []
    assert all(row.rests_on or row.plain for row in clear_without_file(text, rule))
    return {row.ending for row, _ in answers if "on every reading" in row.question + row.matter}


@pytest.mark.parametrize(
    ("text", "rule", "ended"),
    [
        (IMPLIED, RuleId.REDUNDANCY, BOTH),
        (REPAIRED, RuleId.REPARATION, SOME),
        (UNREPAIRED, RuleId.REPARATION, EVERY),
        (ESCAPED, RuleId.ESCAPE, SOME),
        (UNESCAPED, RuleId.ESCAPE, EVERY),
        (BLOCKED, RuleId.BLOCKED_PERMISSION, SOME),
        (REACHED, RuleId.IMPOSSIBLE, BOTH),
        (REACHED, RuleId.NEVER_REACHED, BOTH),
        (FORBIDDEN, RuleId.UNWRITTEN_PROHIBITION, SOME),
        (SILENT, RuleId.GAP, BOTH),
        (TOUCHING, RuleId.SEAM, EVERY),
        (APART, RuleId.SEAM, SOME),
        (CASES, RuleId.EXPECTATION, BOTH),
    ],
)
def test_both_solvers_say_whether_it_is_so_on_every_reading(text: str, rule: RuleId, ended: set[Ending]) -> None:
    assert on_every_reading(text, rule) == ended


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (IMPLIED, RuleId.REDUNDANCY),
        (REPAIRED, RuleId.REPARATION),
        (ESCAPED, RuleId.ESCAPE),
        (REACHED, RuleId.IMPOSSIBLE),
        (FORBIDDEN, RuleId.UNWRITTEN_PROHIBITION),
        (SILENT, RuleId.GAP),
        (APART, RuleId.SEAM),
        (CASES, RuleId.EXPECTATION),
    ],
)
def test_what_is_not_so_on_every_reading_is_contradicted(
    text: str, rule: RuleId, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Inquiry.record

    def claimed(inquiry: Inquiry, of_rule: str, subject: object, found: object = None, **more: object) -> None:
        on_every = of_rule == rule and isinstance(more.get("of"), AskedOnReadings)
        record(inquiry, of_rule, subject, True if on_every else found, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Inquiry, "record", claimed)
    assert {row.ending for row in contradictions(text, rule)} == EVERY


@pytest.mark.parametrize(
    ("text", "rule"),
    [(REPAIRED, RuleId.REPARATION), (ESCAPED, RuleId.ESCAPE), (BLOCKED, RuleId.BLOCKED_PERMISSION)],
)
def test_what_advice_adds_is_asked_on_other_readings(text: str, rule: RuleId, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where advice adds nothing there, the verdict that it does is contradicted."""
    idle = "\n".join([*(line for line in text.splitlines() if " should " not in line), TURNING])
    record = Inquiry.record

    def invented(inquiry: Inquiry, of_rule: str, subject: object, found: object = None, **more: object) -> None:
        beside = getattr(more.get("of"), "beside", ())
        record(inquiry, of_rule, subject, True if of_rule == rule and beside else found, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Inquiry, "record", invented)
    assert {row.ending for row in contradictions(idle, rule)} == {Ending.FOUND}


def test_both_solvers_say_what_can_be_kept_on_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = SHOWN.replace("<= 1,000 m", "<= 400 m")
    assert {(row.ending, said == row.expected) for row, said in opinions(nowhere, ASKED_FOR)} == {(Ending.FOUND, True)}
    record = Inquiry.record

    def unseen(inquiry: Inquiry, of_rule: str, subject: object, found: object = None, **more: object) -> None:
        record(inquiry, of_rule, subject, of_rule == ASKED_FOR or found, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Inquiry, "record", unseen)
    assert {row.ending for row in contradictions(SHOWN, ASKED_FOR)} == {Ending.FOUND}
