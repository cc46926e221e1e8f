"""What is far is met in some situation that is found without it, or else in one that is looked for with it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import ActInstance, Attribute, Variable
from cbm.search.exists_forall import Stuck, fix
from cbm.search.extent import Cube
from cbm.search.implicants import Point, true_at
from cbm.search.projection_beside import cubes_beside
from cbm.search.unanswered_situations import unanswered_in
from cbm.search.world import World
from cbm.smt.solve import Unknown, sharing
from cbm.syntax.ast import Relation
from tests.formulas import BOATS, CALL, CONDUCT, DEPTH, KINDS, NIGHT, OTHER, OWN, RANGE, formulas, points
from tests.laws.sparing import sparingly

WORLD = World(("own", "other"), (), (), frozenset(CONDUCT))
# With whole numbers a search for conduct may take more rounds than are allowed.
several = st.lists(formulas().filter(lambda one: BOATS not in variables(one)), min_size=1, max_size=3).map(tuple)


@sparingly(2)
@given(
    several, several, several, points(), st.just(frozenset(KINDS)) | st.frozensets(st.sampled_from([OWN, NIGHT, RANGE]))
)
def test_the_cubes_hold_where_no_conduct_complies_and_all_that_is_far_can_be_met(
    near: tuple[Formula, ...],
    far: tuple[Formula, ...],
    compliance: tuple[Formula, ...],
    point: Point,
    kept: frozenset[Variable],
) -> None:
    holding, beside = WORLD.some_conduct("complies", near), WORLD.some_conduct("far", far)
    with sharing():
        cubes = cubes_beside(WORLD, holding, beside, compliance, kept)
    assert isinstance(cubes, list)
    fixed = tuple(fix(v, point[v]) for v in (OWN, OTHER, NIGHT, RANGE) if v in kept)
    there = unanswered_in(WORLD, (*holding, *beside, *fixed), compliance)
    told = disjunction(*(conjunction(*cube) for cube in cubes))
    assert true_at(told, point) == isinstance(there, Stuck)


@pytest.mark.parametrize("clashing", [False, True])
def test_where_it_is_met_in_what_is_found_without_it_nothing_is_asked_with_it(
    monkeypatch: pytest.MonkeyPatch, clashing: bool
) -> None:
    asked: list[int] = []

    def ask(
        world: World, holding: tuple[Formula, ...], compliance: tuple[Formula, ...], kept: frozenset[Variable]
    ) -> list[Cube] | Unknown:
        del world, compliance, kept
        asked.append(len(holding))
        return []

    monkeypatch.setattr("cbm.search.projection_beside.unanswered", ask)
    acts = [Flag(ActInstance(f"a{i}", 0).performed) for i in range(20)]
    world = World(("own",), (), (), frozenset(act.variable for act in acts))
    fog = Flag(Attribute("fog", None, FLAG))
    far = world.some_conduct("far", (*acts[1:], *([negation(acts[1])] if clashing else [])))
    cubes = cubes_beside(world, (), far, (acts[0], disjunction(negation(acts[0]), fog)), {NIGHT})
    assert (cubes, asked) == (([], []) if clashing else ([()], []))


def test_what_speaks_of_what_is_kept_is_asked_with_all_else() -> None:
    """By night it cannot be met: the situation that is found first may be one by day."""
    far = WORLD.some_conduct("far", (Flag(CALL), disjunction(negation(Flag(CALL)), negation(Flag(NIGHT)))))
    told = cubes_beside(WORLD, (), far, (Flag(CALL), negation(Flag(CALL))), {NIGHT})
    assert told == [(negation(Flag(NIGHT)),)]


@pytest.mark.parametrize("order", [Relation.AT_LEAST, Relation.LESS])
def test_quantities_that_it_speaks_of_stay_as_they_are_where_it_was_seen_to_be_met(order: Relation) -> None:
    """The range is the depth: whichever depth is found first, it can be met at one side of four only."""
    here = compare(of_variable(RANGE), Relation.EQUAL, of_variable(DEPTH))
    bound = compare(of_variable(DEPTH), order, Sum((), Fraction(4)))
    far = WORLD.some_conduct("far", (Flag(CALL), disjunction(negation(Flag(CALL)), bound)))
    told = cubes_beside(WORLD, (here,), far, (Flag(CALL), negation(Flag(CALL))), {RANGE})
    assert isinstance(told, list)
    for value in map(Fraction, (1, 4, 9)):
        where = disjunction(*(conjunction(*cube) for cube in told))
        assert true_at(where, {RANGE: value}) == true_at(bound, {DEPTH: value})
