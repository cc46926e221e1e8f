"""What formulas say of some of their variables alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import FALSE, Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Attribute, Variable
from cbm.search.exists_forall import fix
from cbm.search.implicants import Point, true_at
from cbm.search.projection import projection
from cbm.smt.solve import Sat, Solver, sharing
from cbm.syntax.ast import Relation
from tests.formulas import (
    CALL,
    DEPTH,
    EVERYTHING,
    HEIGHT,
    KINDS,
    NIGHT,
    OTHER,
    OWN,
    RANGE,
    SEPARATION,
    formulas,
    points,
)
from tests.laws.sparing import sparingly

ROLES = ("own", "other")


def flags(stem: str, number: int) -> list[Flag]:
    return [Flag(Attribute(f"{stem}_{i}", None, FLAG)) for i in range(number)]


def test_what_is_done_anyhow_says_nothing_of_what_is_kept_however_much_that_is() -> None:
    taken, done = flags("taken", 14), flags("done", 14)
    duties = [disjunction(negation(t), d) for t, d in zip(taken, done, strict=True)]
    assert projection(ROLES, (*duties, *done), [t.variable for t in taken]) == [()]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_cubes_hold_exactly_where_the_others_can_be_chosen(number: int) -> None:
    """Each that is taken has to be done, and at most one can be."""
    taken, done = flags("taken", number), flags("done", number)
    formulas: list[Formula] = [disjunction(negation(t), d) for t, d in zip(taken, done, strict=True)]
    formulas += [disjunction(negation(a), negation(b)) for i, a in enumerate(done) for b in done[:i]]
    kept = [t.variable for t in taken]
    cubes = projection(ROLES, formulas, kept)
    assert isinstance(cubes, list)
    for values in product((False, True), repeat=number):
        point = dict(zip(kept, values, strict=True))
        inside = any(all(true_at(literal, point) for literal in cube) for cube in cubes)
        assert inside == (sum(values) <= 1)


def test_what_stands_beside_the_kept_ones_through_others_counts_and_nothing_else() -> None:
    far = compare(of_variable(SEPARATION), Relation.AT_LEAST, of_variable(RANGE).times(2))
    near = compare(of_variable(SEPARATION), Relation.AT_MOST, Sum((), Fraction(4)))
    deep = compare(of_variable(DEPTH), Relation.AT_MOST, of_variable(HEIGHT))
    told = compare(of_variable(RANGE), Relation.AT_MOST, Sum((), Fraction(2)))
    assert projection(ROLES, (far, near, deep, Flag(NIGHT)), [RANGE]) == [(told,)]


def test_what_is_so_whatever_is_taken_is_told_by_what_is_said_of_that_alone() -> None:
    taken, night = IsIn(OWN, ("frigate", "tanker")), Flag(NIGHT)
    calls = disjunction(negation(IsIn(OTHER, ("tanker",))), Flag(CALL))
    assert projection(ROLES, (night, taken, calls), KINDS, "a system") == [(taken,)]
    assert projection(ROLES, (night, taken, calls, negation(Flag(CALL))), KINDS, "a system") == [
        (taken, negation(IsIn(OTHER, ("tanker",))))
    ]
    assert projection(ROLES, (night, taken, negation(night)), KINDS, "a system") == []
    assert projection(ROLES, (FALSE, taken), KINDS, "a system") == []


def test_what_stands_only_where_another_one_is_taken_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, calls = IsIn(OWN, ("frigate",)), disjunction(negation(IsIn(OWN, ("tanker",))), Flag(CALL))
    monkeypatch.delattr("cbm.search.projection._cubes")
    assert projection(ROLES, (taken, calls, negation(Flag(CALL))), KINDS, "a system") == [(taken,)]


@sparingly(2)
@given(
    st.lists(formulas(), min_size=1, max_size=3),
    points(),
    st.just(frozenset(KINDS)) | st.frozensets(st.sampled_from(EVERYTHING), max_size=4),
)
def test_the_cubes_of_any_formulas_hold_where_the_others_can_be_chosen_and_speak_of_nothing_else(
    required: list[Formula], point: Point, kept: frozenset[Variable]
) -> None:
    with sharing():
        cubes = projection(ROLES, required, kept, "a system")
    assert isinstance(cubes, list)
    told = disjunction(*(conjunction(*cube) for cube in cubes))
    assert kept.issuperset(variables(told))
    fixed = [fix(variable, point[variable]) for variable in EVERYTHING if variable in kept]
    assert true_at(told, point) == isinstance(Solver(ROLES, (*required, *fixed)).ask(), Sat)
