"""A block narrowed: it falls into several, who meets these meets it, and whether it has an answer stays the same."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.variables import ActInstance, TimeOf, Variable
from cbm.ground.declared_variables import within_range
from cbm.search.blocks import ConductBlock, blocks_of, narrowed
from cbm.search.exists_forall import Duel, Stuck, duel
from cbm.search.implicants import Point, true_at
from cbm.smt.solve import Solver, Unsat
from cbm.syntax.ast import Relation
from tests.formulas import BOATS, CONDUCT, DEPTH, EVERYTHING, HEIGHT, RANGE, SEPARATION, formulas, points

SOME = st.lists(formulas(), min_size=2, max_size=4)
ROLES = ("own", "other")


def blocks(given_: list[Formula]) -> tuple[ConductBlock, ...]:
    return blocks_of(given_, CONDUCT)


@given(SOME, points(EVERYTHING))
def test_who_meets_what_a_block_is_narrowed_to_meets_the_block(given_: list[Formula], point: Point) -> None:
    for block in blocks(given_):
        parts = [part for one in narrowed(block) for part in one.parts]
        if parts and all(true_at(part, point) for part in parts):
            assert all(true_at(part, point) for part in block.parts)


@given(SOME, st.sampled_from((0, 1, 8)))
def test_whether_a_situation_has_no_answer_is_the_same_narrowed_or_not(given_: list[Formula], failing: int) -> None:
    given_ = [*given_, *within_range(BOATS)]  # whole numbers are tried one by one
    game = duel(Solver(ROLES), ROLES, tuple(given_), CONDUCT)
    for among in game.narrowed.values():
        among.left = failing
    with patch("cbm.search.exists_forall.narrowed", return_value=()):
        whole = duel(Solver(ROLES), ROLES, tuple(given_), CONDUCT)
    found = game.next()
    assert isinstance(found, Stuck) == isinstance(whole.next(), Stuck)
    if isinstance(found, Stuck):
        assert isinstance(Solver(ROLES, (*found.fixed(), *given_)).ask(), Unsat)


def at_least(variable: Variable, bound: Sum) -> Formula:
    return compare(of_variable(variable), Relation.AT_LEAST, bound)


def from_step_to_step(of: Variable, by: Variable, steps: int) -> list[Formula]:
    """The one lies in a stretch of its own for each stretch that the other one lies in, among so many."""
    bounds = [Sum((), Fraction(step)) for step in range(steps + 1)]
    return [
        disjunction(
            negation(at_least(by, low)),
            at_least(by, high),
            negation(disjunction(negation(at_least(of, low)), at_least(of, high))),
        )
        for low, high in pairwise(bounds)
    ]


LINKED = (
    *from_step_to_step(SEPARATION, RANGE, 9),
    *from_step_to_step(HEIGHT, DEPTH, 9),
    disjunction(at_least(SEPARATION, Sum((), Fraction(-5))), at_least(HEIGHT, Sum((), Fraction(-5)))),
)


def asked(game: Duel) -> int:
    assert isinstance(game.next(), Unsat)
    return game.inner.asked


def test_what_one_formula_links_takes_as_many_rounds_as_the_sum_of_both_and_not_the_product() -> None:
    (block,) = blocks(list(LINKED))
    assert [one.conduct for one in narrowed(block)] == [(SEPARATION,), (HEIGHT,)]
    with patch("cbm.search.exists_forall.narrowed", return_value=()):
        assert asked(duel(Solver(ROLES), ROLES, LINKED, CONDUCT)) > 60
    assert asked(duel(Solver(ROLES), ROLES, LINKED, CONDUCT)) < 30


def test_where_the_way_that_is_kept_fails_the_others_are_looked_at_and_after_some_time_alone() -> None:
    never = negation(at_least(SEPARATION, Sum((), Fraction(-9))))
    given_ = (*from_step_to_step(HEIGHT, DEPTH, 12), never, *LINKED[-1:])
    game = duel(Solver(ROLES), ROLES, given_, CONDUCT)
    assert [one.conduct for _, one in game.narrowed[0].blocks] == [(HEIGHT,), (SEPARATION,)]
    assert isinstance(game.next(), Unsat)
    assert game.narrowed[0].left == 0


def test_what_is_done_by_one_doing_stays_together() -> None:
    """Who calls has warned before: by the one doing or by the other."""
    warnings, call = [ActInstance("warn", 0, number) for number in (1, 2)], ActInstance("call", 0)
    timely = [disjunction(negation(Flag(one.performed)), at_least(TimeOf(one), Sum())) for one in warnings]
    before = [conjunction(Flag(one.performed), at_least(call.at, of_variable(one.at))) for one in warnings]
    warned = disjunction(negation(Flag(call.performed)), *before)
    conduct = (call.performed, call.at, *(variable for one in warnings for variable in (one.performed, one.at)))
    (block,) = blocks_of((*timely, warned), conduct)
    first, second = ({one.performed, one.at} for one in warnings)
    assert [set(one.conduct) for one in narrowed(block)] == [first | {call.performed, call.at}, second]
    (alone,) = blocks_of(timely[:1], conduct)
    assert narrowed(alone) == ()
