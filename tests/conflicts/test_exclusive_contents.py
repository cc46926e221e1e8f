"""Contents that exclude one another: the sets that asking about every choice of contents would find."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cbm.conflicts.exclusive_contents import Terms, exclusions, is_plain, terms_of
from cbm.core.expressions import TRUE, Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.substitution import variables
from cbm.search.implicants import Point, true_at
from cbm.search.world import World
from cbm.smt.solve import Sat, Solver
from cbm.syntax.ast import Relation
from tests.formulas import CALL, CONDUCT, HEIGHT, NIGHT, OWN, SEPARATION, formulas, points

ROLES = ("own", "other")


def at(relation: Relation, value: int) -> Formula:
    return compare(of_variable(SEPARATION), relation, Sum((), Fraction(value)))


def about_conduct(formula: Formula) -> bool:
    return set(variables(formula)) <= set(CONDUCT)


def about_situation(formula: Formula) -> bool:
    return set(CONDUCT).isdisjoint(variables(formula))


made: st.SearchStrategy[Formula] = formulas().filter(about_conduct)
found: st.SearchStrategy[Formula] = formulas().filter(about_situation)
bounds = st.builds(at, st.sampled_from([Relation.AT_LEAST, Relation.AT_MOST, Relation.LESS]), st.integers(0, 3))


@given(st.lists(bounds | made, min_size=1, max_size=4, unique=True), st.lists(made, max_size=1),
       st.lists(st.tuples(found, made), max_size=2), points())  # fmt: skip
def test_as_by_asking_about_every_choice(
    contents: list[Formula], always: list[Formula], conditional: list[tuple[Formula, Formula]], point: Point
) -> None:
    world = World(ROLES, (), (), frozenset(CONDUCT))
    result = exclusions(world, contents, Terms(tuple(always), tuple(conditional)))
    assert result.missing is None
    required = [*always, *(what for when, what in conditional if true_at(when, point))]
    if not possible([], required):
        return
    expected = smallest(contents, required)
    alone = {e.contents for e in result.found if true_at(e.alone, point)}
    assert alone == expected
    wide = {e.contents for e in result.found if true_at(e.where, point)}
    assert all(any(part <= some for part in expected) for some in wide)
    assert expected <= wide


def smallest(contents: Sequence[Formula], required: Sequence[Formula]) -> set[frozenset[int]]:
    found: set[frozenset[int]] = set()
    for size in range(1, len(contents) + 1):
        for some in map(frozenset, combinations(range(len(contents)), size)):
            if not any(part <= some for part in found) and not possible([contents[i] for i in some], required):
                found.add(some)
    return found


def possible(contents: Sequence[Formula], required: Sequence[Formula]) -> bool:
    return isinstance(Solver(ROLES, (*contents, *required)).ask(), Sat)


def test_an_axiom_that_ties_conduct_to_the_situation() -> None:
    night, call = Flag(NIGHT), Flag(CALL)
    tied = disjunction(negation(call), negation(night))
    world = World(ROLES, (), (tied,), frozenset(CONDUCT))
    terms = terms_of(world, [call])
    assert terms == Terms((), ((night, negation(call)),))
    assert terms is not None
    (exclusion,) = exclusions(world, [call, at(Relation.LESS, 3)], terms).found
    assert (exclusion.contents, exclusion.where, exclusion.alone) == (frozenset({0}), night, night)


def test_an_axiom_that_mixes_both_in_one_comparison_is_left_to_the_search() -> None:
    far = compare(of_variable(SEPARATION), Relation.LESS, of_variable(HEIGHT))
    world = World(ROLES, (), (far, negation(conjunction(Flag(CALL), IsIn(OWN, ("tanker",))))), frozenset({SEPARATION}))
    assert terms_of(world, [at(Relation.LESS, 3)]) is None


def test_plain_norms() -> None:
    world = World(ROLES, (), (), frozenset(CONDUCT))
    assert is_plain(Flag(CALL), Flag(NIGHT), world)
    assert is_plain(Flag(CALL), TRUE, world)
    assert not is_plain(Flag(CALL), Flag(CALL), world)
    assert not is_plain(disjunction(Flag(CALL), Flag(NIGHT)), TRUE, world)
