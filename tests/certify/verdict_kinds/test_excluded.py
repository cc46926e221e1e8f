"""What only the text excludes, as a question: both solvers find it possible, and not what the axioms exclude."""

from __future__ import annotations

from cbm.certify.claims import script
from cbm.certify.opinions import cvc5_opinion, z3_opinion
from cbm.certify.verdicts import verdicts
from cbm.checking.passes import examine_inquiry
from cbm.core.norms import NormSystem
from cbm.finding import Green
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.smt.journal import Verdict
from tests.certify.compared_texts import BESIDE
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
    assert answers(system, system_of(apart)) == {Verdict.UNSAT}
