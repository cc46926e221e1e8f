"""A formula true at a point to literals; those to conditions on the situation, and to conduct in terms of it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import Compare, Flag, Formula, IsIn, Not, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import NumberSort
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import Attribute, Variable
from cbm.search.exists_forall import fix
from cbm.search.implicants import Point, conduct_terms, implicant, linked, project, true_at
from cbm.smt.solve import Sat, Solver, Unsat
from cbm.syntax.ast import Relation
from cbm.wording.variable_names import variable_name
from tests.formulas import (
    BOATS,
    CALL,
    CONDUCT,
    DEPTH,
    EVERYTHING,
    HEIGHT,
    NIGHT,
    OTHER,
    OWN,
    RANGE,
    SEPARATION,
    formulas,
    points,
)

LESS, AT_MOST, EQUAL, AT_LEAST, MORE = (
    Relation.LESS,
    Relation.AT_MOST,
    Relation.EQUAL,
    Relation.AT_LEAST,
    Relation.MORE,
)
ROLES = ("own", "other")
AT_NIGHT = Flag(NIGHT)
TANKER = IsIn(OWN, ("tanker",))


def says(left: Variable, relation: Relation, right: Variable | int, factor: int = 1) -> Formula:
    other = of_variable(right).times(factor) if isinstance(right, Variable) else Sum((), Fraction(right))
    return compare(of_variable(left), relation, other)


def at(**named: bool | str | int) -> Point:
    """A point that differs from a plain one in what is named."""
    point: dict[Variable, bool | str | Fraction] = {v: Fraction(0) for v in EVERYTHING}
    point |= {NIGHT: False, CALL: False, OWN: "frigate", OTHER: "frigate"}
    names = {variable_name(v): v for v in EVERYTHING if v.role in (None, 0)}
    for name, value in named.items():
        point[names[name]] = value if isinstance(value, bool | str) else Fraction(value)
    return point


# ---- implicant


@pytest.mark.parametrize(
    ("formula", "point", "literals"),
    [
        (AT_NIGHT, at(night=True), (AT_NIGHT,)),
        (negation(AT_NIGHT), at(), (Not(AT_NIGHT),)),
        (conjunction(AT_NIGHT, TANKER), at(night=True, craft="tanker"), (AT_NIGHT, TANKER)),
        (disjunction(AT_NIGHT, TANKER), at(night=True, craft="tanker"), (AT_NIGHT,)),
        (disjunction(AT_NIGHT, TANKER), at(craft="tanker"), (TANKER,)),
        (negation(conjunction(AT_NIGHT, TANKER)), at(night=True), (Not(TANKER),)),
        (negation(disjunction(AT_NIGHT, TANKER)), at(), (Not(AT_NIGHT), Not(TANKER))),
        (negation(says(RANGE, LESS, 1)), at(range=1), (says(RANGE, AT_LEAST, 1),)),
        (negation(says(RANGE, EQUAL, 1)), at(range=0), (says(RANGE, LESS, 1),)),
        (negation(says(RANGE, EQUAL, 1)), at(range=2), (says(RANGE, MORE, 1),)),
    ],
)
def test_literals(formula: Formula, point: Point, literals: tuple[Formula, ...]) -> None:
    assert implicant(formula, point) == literals


@given(formulas(), points())
def test_literals_hold_at_the_point_and_imply_the_formula(formula: Formula, point: Point) -> None:
    formula = formula if true_at(formula, point) else negation(formula)
    literals = implicant(formula, point)
    assert all(true_at(literal, point) for literal in literals)
    assert isinstance(Solver(ROLES, literals).ask(negation(formula)), Unsat)
    assert len(set(literals)) == len(literals)
    assert not any(isinstance(part, Not) and isinstance(part.operand, Compare) for part in literals)


# ---- project


@pytest.mark.parametrize(
    ("literals", "conditions"),
    [
        ((says(SEPARATION, AT_LEAST, RANGE, 2), says(SEPARATION, AT_MOST, 4)), (says(RANGE, AT_MOST, 2),)),
        ((says(SEPARATION, MORE, RANGE, 2), says(SEPARATION, AT_MOST, 4)), (says(RANGE, LESS, 2),)),
        ((says(SEPARATION, EQUAL, RANGE), says(SEPARATION, AT_MOST, 4)), (says(RANGE, AT_MOST, 4),)),
        ((says(SEPARATION, AT_LEAST, RANGE),), ()),
        (
            (says(SEPARATION, AT_LEAST, RANGE), says(SEPARATION, AT_LEAST, DEPTH), says(SEPARATION, AT_MOST, 1)),
            (says(RANGE, AT_MOST, 1), says(DEPTH, AT_MOST, 1)),
        ),
        (
            (says(HEIGHT, AT_LEAST, RANGE), says(HEIGHT, AT_MOST, SEPARATION), says(SEPARATION, AT_MOST, DEPTH)),
            (says(RANGE, AT_MOST, DEPTH),),
        ),
        ((Flag(CALL), AT_NIGHT), (AT_NIGHT,)),
    ],
)
def test_conditions_on_the_situation(literals: tuple[Formula, ...], conditions: tuple[Formula, ...]) -> None:
    assert project(literals, at(call=True), CONDUCT) == conditions


@given(formulas(), points(), points())
def test_conditions_hold_exactly_where_some_conduct_meets_the_literals(
    formula: Formula, point: Point, elsewhere: Point
) -> None:
    formula = formula if true_at(formula, point) else negation(formula)
    literals = implicant(formula, point)
    conditions = project(literals, point, CONDUCT)
    assert not any(v in CONDUCT for condition in conditions for v in variables(condition))
    kept = [fix(v, point[v]) for v in CONDUCT if not (isinstance(v.sort, NumberSort) and not v.sort.whole)]
    found = [fix(v, elsewhere[v]) for v in EVERYTHING if v not in CONDUCT]
    some = isinstance(Solver(ROLES, (*literals, *kept, *found)).ask(), Sat)
    assert all(true_at(condition, elsewhere) for condition in conditions) is some


# What is counted: boats are conduct, and these are found.
CREW, CREWS = Attribute("crew", None, BOATS.sort), Attribute("crews", None, BOATS.sort)
COUNTED = (BOATS, CREW, CREWS)


def counts() -> st.SearchStrategy[dict[Variable, Fraction]]:
    return st.fixed_dictionaries({v: st.integers(0, 3).map(Fraction) for v in COUNTED})


@given(
    st.lists(
        st.builds(
            says,
            st.just(BOATS),
            st.sampled_from(Relation),
            st.sampled_from([CREW, CREWS]) | st.integers(0, 3),
            st.sampled_from([1, 2]),
        ),
        min_size=1,
        max_size=5,
    ),
    counts(),
    counts(),
)
def test_between_counts_there_is_one_where_the_conditions_say_so(
    said: list[Formula], here: dict[Variable, Fraction], elsewhere: dict[Variable, Fraction]
) -> None:
    """A figure from 1,000 to 20,000 that is left open was told value by value: a check of one clause did not end."""
    told = [one if true_at(one, here) else negation(one) for one in said]
    literals = [literal for one in told for literal in implicant(one, here)]
    conditions = project(literals, here, [BOATS])
    some = any(all(true_at(one, elsewhere | {BOATS: Fraction(n)}) for one in literals) for n in range(-2, 10))
    assert all(true_at(one, elsewhere) for one in conditions) is some


def test_one_count_is_less_than_another_and_not_at_most_one_less() -> None:
    here: dict[Variable, Fraction] = {CREW: Fraction(0), BOATS: Fraction(1), CREWS: Fraction(2)}
    literals = (says(BOATS, AT_LEAST, CREW), says(BOATS, LESS, CREWS))
    assert project(literals, here, [BOATS]) == (says(CREW, LESS, CREWS),)


BESIDE = st.builds(says, st.just(CREW), st.sampled_from(Relation), st.just(BOATS), st.sampled_from([1, 2, 3]))


@given(st.lists(BESIDE, min_size=1, max_size=4), counts(), counts())
def test_where_it_is_not_known_whether_there_is_one_between_the_count_is_kept(
    said: list[Formula], here: dict[Variable, Fraction], elsewhere: dict[Variable, Fraction]
) -> None:
    told = [one if true_at(one, here) else negation(one) for one in said]
    literals = [literal for one in told for literal in implicant(one, here)]
    conditions = project(literals, here, [BOATS])
    assert all(true_at(one, here) for one in conditions)
    if all(true_at(one, elsewhere) for one in conditions):
        assert any(all(true_at(one, elsewhere | {BOATS: Fraction(n)}) for one in literals) for n in range(-2, 9))


CHAINED = st.builds(
    says,
    st.sampled_from([RANGE, SEPARATION, HEIGHT, DEPTH]),
    st.sampled_from(Relation),
    st.sampled_from([SEPARATION, HEIGHT, DEPTH]) | st.integers(-3, 3),
)


@given(st.lists(CHAINED | formulas(), min_size=3, max_size=8), points())
def test_conjuncts_that_nothing_links_say_nothing_of_what_is_kept(said: list[Formula], point: Point) -> None:
    told = [formula if true_at(formula, point) else negation(formula) for formula in said]
    others = [v for v in EVERYTHING if v is not RANGE]

    def conditions(said: Iterable[Formula]) -> tuple[Formula, ...]:
        return project([literal for one in said for literal in implicant(one, point)], point, others)

    joined = linked([RANGE], told)
    assert conditions(told) == conditions(p for f in told for p in parts_of(f) if not joined.isdisjoint(variables(p)))


def test_quantities_link_and_what_has_few_values_does_not() -> None:
    near, deep = says(RANGE, LESS, SEPARATION), says(SEPARATION, LESS, DEPTH)
    counted, dark = says(BOATS, LESS, HEIGHT), disjunction(AT_NIGHT, says(HEIGHT, LESS, 5))
    assert linked([RANGE], (conjunction(near, deep), counted, dark)) == {RANGE, SEPARATION, DEPTH}
    assert linked([NIGHT], (near, dark)) == {NIGHT, HEIGHT}
    assert linked([], (near,)) == frozenset()


@given(formulas(), points())
def test_literals_without_conduct_are_their_own_conditions(formula: Formula, point: Point) -> None:
    assume(true_at(formula, point) and not any(v in CONDUCT for v in variables(formula)))
    literals = implicant(formula, point)
    assert project(literals, point, CONDUCT) == literals


# ---- conduct_terms


@pytest.mark.parametrize(
    ("literals", "term"),
    [
        ((says(SEPARATION, EQUAL, RANGE, 2),), of_variable(RANGE).times(2)),
        ((says(SEPARATION, AT_LEAST, RANGE),), of_variable(RANGE).plus(Sum((), Fraction(1)))),
        ((says(SEPARATION, AT_MOST, RANGE),), of_variable(RANGE).plus(Sum((), Fraction(-1)))),
        (
            (says(SEPARATION, MORE, RANGE), says(SEPARATION, LESS, DEPTH)),
            of_variable(RANGE).plus(of_variable(DEPTH)).times(Fraction(1, 2)),
        ),
        (
            (says(SEPARATION, AT_LEAST, RANGE), says(SEPARATION, AT_LEAST, DEPTH)),
            of_variable(DEPTH).plus(Sum((), Fraction(1))),
        ),
        (
            (says(SEPARATION, AT_MOST, RANGE), says(SEPARATION, AT_MOST, DEPTH)),
            of_variable(RANGE).plus(Sum((), Fraction(-1))),
        ),
        ((), Sum()),
    ],
)
def test_a_quantity_follows_the_situation(literals: tuple[Formula, ...], term: Sum) -> None:
    point = dict(at(range=1, depth=3, separation=2))
    assert conduct_terms(literals, point, [SEPARATION]) == {SEPARATION: term}


def test_what_has_few_values_keeps_its_own() -> None:
    literals = (Flag(CALL), says(BOATS, AT_LEAST, 2))
    assert conduct_terms(literals, at(call=True, boats=3), [CALL, BOATS]) == {CALL: True, BOATS: Fraction(3)}


@pytest.mark.parametrize(
    ("literals", "term"),
    [
        ((says(BOATS, AT_LEAST, CREW),), of_variable(CREW)),
        ((says(BOATS, MORE, CREW), says(BOATS, AT_LEAST, 1)), of_variable(CREW).plus(Sum((), Fraction(1)))),
        ((says(BOATS, LESS, CREWS),), of_variable(CREWS).plus(Sum((), Fraction(-1)))),
        ((says(BOATS, EQUAL, CREW, 2),), of_variable(CREW).times(2)),
        ((says(CREWS, AT_MOST, BOATS, 2),), Fraction(2)),  # half of what they are may be no whole number
        ((says(BOATS, AT_LEAST, RANGE),), Fraction(2)),
    ],
)
def test_a_count_follows_other_counts(literals: tuple[Formula, ...], term: Sum | Fraction) -> None:
    """It was told value by value what answers a bound that the situation draws: such duties stayed undecided."""
    point = dict(at(boats=2, range=1)) | {CREW: Fraction(1), CREWS: Fraction(3)}
    assert conduct_terms(literals, point, [BOATS]) == {BOATS: term}


@given(formulas(), points())
def test_terms_keep_the_literals_true_at_the_point(formula: Formula, point: Point) -> None:
    formula = formula if true_at(formula, point) else negation(formula)
    literals = implicant(formula, point)
    terms = conduct_terms(literals, point, CONDUCT)
    assert set(terms) == set(CONDUCT)
    assert not any(v in CONDUCT for term in terms.values() if isinstance(term, Sum) for _, v in term.terms)
    for literal in literals:
        answered = substitute(literal, terms)
        assert true_at(answered, point)
        assert not any(v in CONDUCT for v in variables(answered))


def test_a_quantity_of_which_too_much_is_said_keeps_its_value() -> None:
    def of(variable: Variable, number: int) -> Sum:
        return of_variable(variable).times(Fraction(1000 + number, 1000)).plus(Sum((), Fraction(number)))

    point, apart = at(range=1, separation=2, depth=3), of_variable(SEPARATION)
    for many in (40, 60):
        literals = [compare(apart, AT_LEAST, of(RANGE, -number)) for number in range(1, many + 1)]
        literals += [compare(apart, AT_MOST, of(DEPTH, number)) for number in range(1, many + 1)]
        assert all(true_at(literal, point) for literal in literals)
        conditions = project(literals, point, CONDUCT)
        assert all(true_at(condition, point) for condition in conditions)
        assert {v for condition in conditions for v in variables(condition)} == {RANGE, DEPTH}
        told = [len(condition.variables) for condition in conditions]
        # Each lower bound against each upper one; or, with the value, each by itself.
        assert (set(told), len(told)) == (({2}, 1592) if many == 40 else ({1}, 120))
