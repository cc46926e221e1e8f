"""Demands on conduct taken apart: blocks share no conduct, and their pieces say what each of the formulas says."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from math import inf
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.ground.declared_variables import within_range
from cbm.search.blocks import blocks_of, linked
from cbm.search.exists_forall import Stuck, duel, fix
from cbm.search.implicants import Point, true_at
from cbm.smt.solve import Sat, Solver, Unsat, sharing
from cbm.syntax.ast import Relation
from tests.formulas import (
    BOATS,
    CALL,
    CONDUCT,
    EVERYTHING,
    HEIGHT,
    NIGHT,
    OWN,
    RANGE,
    SEPARATION,
    atoms,
    formulas,
    points,
)

# Where one thing is so, several are to be so: most of them fall into blocks.
demands = st.builds(
    lambda given_, parts, turned: disjunction(
        *given_, negation(disjunction(*parts)) if turned else conjunction(*parts)
    ),
    st.lists(atoms(), max_size=2),
    st.lists(atoms(), min_size=2, max_size=3),
    st.booleans(),
)
SOME = st.lists(st.one_of(demands, formulas()), min_size=1, max_size=3)


@given(SOME, points(EVERYTHING))
def test_the_pieces_of_a_formula_say_what_it_says(given_: list[Formula], point: Point) -> None:
    pieces = [
        (of, part) for block in blocks_of(given_, CONDUCT) for of, part in zip(block.of, block.parts, strict=True)
    ]
    for number, formula in enumerate(given_):
        assert all(true_at(part, point) for of, part in pieces if of == number) == true_at(formula, point)


@given(SOME)
def test_blocks_share_no_conduct(given_: list[Formula]) -> None:
    blocks = blocks_of(given_, CONDUCT)
    assert not any(set(one.conduct) & set(other.conduct) for one, other in combinations(blocks, 2))
    for block in blocks:
        assert set(block.conduct) == {v for part in block.parts for v in variables(part) if v in CONDUCT}


@given(SOME, points(EVERYTHING))
def test_a_situation_without_an_answer_is_found_block_by_block(given_: list[Formula], point: Point) -> None:
    """One fixed situation is proposed: it is stuck exactly where no conduct meets all the formulas."""
    found = tuple(fix(v, value) for v, value in point.items() if v not in CONDUCT)
    stuck = duel(Solver(("own", "other"), found), ("own", "other"), tuple(given_), CONDUCT).next()
    answer = Solver(("own", "other"), (*found, *given_)).ask()
    assert isinstance(stuck, Unsat) == isinstance(answer, Sat)


@given(SOME, st.sampled_from((2, 16)))
def test_what_is_learnt_by_regions_leads_to_the_same_answer(given_: list[Formula], in_full: int) -> None:
    """Any situation may be proposed: one is stuck exactly where one is if everything is learnt in full."""
    roles = ("own", "other")
    given_ = [*given_, *within_range(BOATS)]  # whole numbers are tried one by one
    whole = duel(Solver(roles), roles, tuple(given_), CONDUCT).next()
    with patch("cbm.search.exists_forall._LARGE", 0), patch("cbm.search.exists_forall._IN_FULL", in_full):
        parts = duel(Solver(roles), roles, tuple(given_), CONDUCT).next()
    assert isinstance(whole, Stuck) == isinstance(parts, Stuck)
    if isinstance(parts, Stuck):
        assert isinstance(Solver(roles, (*parts.fixed(), *given_)).ask(), Unsat)
    else:
        assert isinstance(whole, Unsat)
        assert isinstance(parts, Unsat)


def bound(variable: Variable, relation: Relation, value: Sum) -> Formula:
    return compare(of_variable(variable), relation, value)


def test_where_there_are_few_ways_to_act_each_is_learnt_once_however_long_it_is_to_say() -> None:
    """Every second mile asks for a call, and the miles between forbid it: to all of it the two ways are an answer."""
    miles = [bound(RANGE, Relation.AT_LEAST, Sum((), Fraction(mile))) for mile in range(202)]
    duties = [
        disjunction(negation(near), far, Flag(CALL) if mile % 2 else negation(Flag(CALL)))
        for mile, (near, far) in enumerate(pairwise(miles))
    ]
    game = duel(Solver(("own",)), ("own",), tuple(duties), CONDUCT)
    ((_, block),) = game.blocks
    assert block.ways == 2
    assert block.is_large(600)
    assert isinstance(game.next(), Unsat)
    assert game.inner.asked == 2


def test_so_many_ways_to_act_there_are_as_the_choices_have_values_and_no_end_of_quantities() -> None:
    both = disjunction(Flag(CALL), IsIn(OWN, ("tanker",)))
    ways = [blocks_of((formula,), (CALL, OWN, SEPARATION))[0].ways for formula in (Flag(NIGHT), Flag(CALL), both)]
    assert ways == [1, 2, 6]
    far = bound(SEPARATION, Relation.AT_LEAST, of_variable(RANGE))
    assert blocks_of((disjunction(Flag(CALL), far),), CONDUCT)[0].ways == inf


def test_duties_of_their_own_under_one_condition_are_apart() -> None:
    far = bound(SEPARATION, Relation.AT_LEAST, of_variable(RANGE))
    high = bound(HEIGHT, Relation.AT_LEAST, Sum((), RANGE.sort.low or 1))  # type: ignore[arg-type,union-attr]
    both = disjunction(negation(Flag(NIGHT)), conjunction(far, high))
    silent = negation(Flag(CALL))
    assert [block.conduct for block in blocks_of((both, silent), CONDUCT)] == [(SEPARATION,), (HEIGHT,), (CALL,)]
    assert [block.of for block in blocks_of((both, silent), CONDUCT)] == [(0,), (0,), (1,)]
    together = disjunction(far, high)
    assert [block.conduct for block in blocks_of((together,), CONDUCT)] == [(SEPARATION, HEIGHT)]


def test_what_asks_for_no_conduct_is_tried_out_and_not_asked() -> None:
    outer = Solver(("own", "other"))
    game = duel(outer, ("own", "other"), (Flag(NIGHT),), CONDUCT)
    stuck = game.next()
    assert isinstance(stuck, Stuck)
    assert stuck.values == {NIGHT: False}
    outer.require(Flag(NIGHT))
    assert isinstance(game.next(), Unsat)
    assert game.inner.asked == 0


def test_where_values_could_depend_on_it_a_solver_is_asked_all_the_same() -> None:
    with sharing():
        game = duel(Solver(("own", "other")), ("own", "other"), (Flag(NIGHT),), CONDUCT)
        assert isinstance(game.next(), Stuck)
    assert game.inner.asked == 1


def test_places_hang_together_through_others_and_those_that_touch_nothing_are_one() -> None:
    one, two, three = RANGE, SEPARATION, CALL
    assert linked([(one,), (), (two,), (three, two), (), (one,)]) == [[0, 5], [1, 4], [2, 3]]
    assert linked([(one,), (two,), (three,), (three, one), (two, three)]) == [[0, 1, 2, 3, 4]]
