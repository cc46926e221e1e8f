"""What compliant conduct leads to, and any: both solvers say so, and a wrong search is told."""

from __future__ import annotations

import pytest

from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion, z3_opinion
from cbm.certify.verdicts import verdicts
from cbm.checking.passes import examine_inquiry
from cbm.checks import never_reached
from cbm.compliance import joint
from cbm.core.norms import NormSystem
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.report import Ending, Green
from cbm.smt.journal import Verdict
from tests.certify.compared_texts import BESIDE
from tests.certify.solved import contradictions, upheld
from tests.certify.verdict_kinds.test_asked_again import ACTING
from tests.laws.timed import system_of

NEVER = f"""{BESIDE}
clause 5 every unit must keep separation >= 600 m
cases "Never"
case "any"
  expect never separation < 300 m
"""


def answers(system: NormSystem, excluding: NormSystem) -> set[object]:
    """What is said where the report on one text is told of another one."""
    outcome = examine_inquiry(inquire(system))
    shown = tuple(a for a in outcome.attestations if a.kind is Green.NEVER)
    assert len(shown) == 1
    rows = verdicts(inquire(excluding), replace(outcome, attestations=shown))
    (row,) = (row for row in rows if row.question == shown[0].statement)
    assert row.asked is not None
    text = script(row.asked, row.expected)
    assert row.expected is Verdict.SAT
    return {z3_opinion(text), cvc5_opinion(text)}


def test_what_the_axioms_alone_exclude_is_not_excluded_by_the_text() -> None:
    system = system_of(NEVER)
    assert answers(system, system) == {Verdict.SAT}
    apart = NEVER.replace("\ninstrument", 'axiom "apart" separation >= 300 m\n\ninstrument', 1)
    assert answers(system, replace(system, axioms=system_of(apart).axioms)) == {Verdict.UNSAT}


# By night 2 prevails over 1, and 1 is kept by day alone.
YIELDING = f"""{ACTING}\
clause 1 every unit must turn
clause 2 every unit when night must not turn
  notwithstanding 1
cases "Where it leads"
case "any"
  expect possible night and not own.turn
  expect possible night and own.turn
"""


def test_what_yields_keeps_nobody_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(YIELDING, RuleId.NEVER_REACHED) == {Ending.CLEAR: 1, Ending.FOUND: 1}
    monkeypatch.setattr(joint, "suspended_in", lambda *_, **__: {})
    told = contradictions(YIELDING, RuleId.NEVER_REACHED)
    assert {(row.matter, row.ending) for row in told} == {("expect possible night and not own.turn", Ending.FOUND)}


# On some readings no boats are many, on the others some are.
READ = f"""{ACTING}\
open term many "many boats" : count from 5 to 12
clause 1 every unit when boats >= many must turn
cases "Where it leads"
case "any"
  expect possible boats > 8 and not own.turn
  expect possible boats > 3 and own.turn
"""


def test_what_is_possible_is_so_on_each_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one that is missed it is also told that it is not on every reading."""
    assert upheld(READ, RuleId.NEVER_REACHED) == {Ending.FOUND: 1, Ending.CLEAR: 1 + 1}
    monkeypatch.setattr(never_reached, "_missed_on", lambda *_, **__: None)
    told = contradictions(READ, RuleId.NEVER_REACHED)
    assert {(row.matter, row.ending) for row in told} == {("expect possible boats > 8 and not own.turn", Ending.CLEAR)}


def test_what_the_axioms_exclude_anyway_is_so_whoever_complies() -> None:
    apart = NEVER.replace("\ninstrument", 'axiom "apart" separation >= 300 m\n\ninstrument', 1)
    assert upheld(apart, RuleId.IMPOSSIBLE) == {Ending.CLEAR: 1, Ending.FOUND: 1}
