"""Laws: which clauses bind, are displaced or yield under what is given is what the evaluator sees in every episode."""

from __future__ import annotations

import pytest
from hypothesis import given

from cbm.core.expressions import TRUE, Expr, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent
from cbm.given_situations.clause_standing import ConductSense, StandingMark, standings
from cbm.smt.solve import sharing
from tests.laws.episodes import Side
from tests.laws.situated import agrees, encountered, questions, world_given
from tests.laws.sparing import sparingly
from tests.laws.tiny import NIGHT, SEPARATION, at_least, clause, does, instead, must, must_not, system


@given(questions())
@sparingly(2)
def test_standings_are_those_of_enumeration(question: tuple[NormSystem, int, Side, Expr]) -> None:
    of, role, side, asked = question
    world, here = world_given(of, role, asked), encountered(side, asked)
    with sharing():
        told = {(one.norm.norm.id, one.mark): one.where for one in standings(world)}
    for norm in side.norms:
        truth = [(one, set(one.standings(norm))) for one in here]
        for mark in StandingMark:
            if mark is not StandingMark.BREACHED:
                agrees(told.get((norm, mark), NOWHERE), [(one, mark in some) for one, some in truth])


def test_what_displaces_is_named() -> None:
    hold = does("hold")
    of = system(must("1", hold), must_not("2", hold, NIGHT), displacements=[instead("2", "1")])
    told = {(one.norm.norm.id.label, one.mark): one for one in standings(world_given(of, 0, TRUE))}
    assert told["1", StandingMark.DISPLACED].by == (clause("2"),)
    assert told["1", StandingMark.DISPLACED].where == told["2", StandingMark.BINDS].where == ClaimExtent(((NIGHT,),))


TURN, HOLD = does("turn"), does("hold")
SWAYING = {
    "an act that is done": (HOLD, {"hold": ConductSense.BRINGS_IN}),
    "an exception": (negation(HOLD), {"hold": ConductSense.KEEPS_OUT}),
    "one of two": (disjunction(HOLD, negation(TURN)), {"hold": ConductSense.BRINGS_IN, "turn": ConductSense.KEEPS_OUT}),
    "not both": (negation(conjunction(HOLD, TURN)), {"hold": ConductSense.KEEPS_OUT, "turn": ConductSense.KEEPS_OUT}),
    "one without the other": (
        disjunction(conjunction(HOLD, negation(TURN)), conjunction(negation(HOLD), TURN)),
        {"hold": ConductSense.EITHER, "turn": ConductSense.EITHER},
    ),
    "a result": (at_least(SEPARATION, 1), {"separation": ConductSense.EITHER}),
}


@pytest.mark.parametrize(("condition", "senses"), SWAYING.values(), ids=SWAYING)
def test_what_binds_by_own_conduct_says_by_which(condition: Expr, senses: dict[str, ConductSense]) -> None:
    (told,) = standings(world_given(system(must("1", does("report"), condition)), 0, TRUE))
    assert told.mark is StandingMark.BY_CONDUCT
    assert {decision.name: sense for decision, sense in told.swayed} == senses


def test_what_is_displaced_everywhere_may_still_hang_on_conduct() -> None:
    hold, far = does("hold"), at_least(SEPARATION, 1)
    of = system(must("1", hold, far), must_not("2", hold), displacements=[instead("2", "1")])
    told = {(one.norm.norm.id.label, one.mark): one.where for one in standings(world_given(of, 0, TRUE))}
    assert told["1", StandingMark.DISPLACED] == ClaimExtent(((),))
