"""Replacing variables in ground formulas: what becomes constant is folded, and what it says stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import (
    FALSE,
    TRUE,
    And,
    Binds,
    Does,
    Expr,
    Flag,
    Formula,
    IsIn,
    NormId,
    Not,
    Or,
    Same,
    States,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.substitution import Replacement, conjuncts, disjuncts, mentioned, parts_of, substitute, variables
from cbm.core.variables import Variable
from cbm.search.implicants import Point, true_at, value_of
from cbm.syntax.ast import Relation
from tests.formulas import (
    CALL,
    DEPTH,
    FLAGS,
    KINDS,
    NIGHT,
    OTHER,
    OWN,
    QUANTITIES,
    RANGE,
    SEPARATION,
    formulas,
    points,
    sums,
    values,
)

NEAR = compare(of_variable(RANGE), Relation.LESS, of_variable(SEPARATION))


@pytest.mark.parametrize(
    ("before", "replacements", "after"),
    [
        (Flag(NIGHT), {NIGHT: CALL}, Flag(CALL)),
        (Flag(NIGHT), {NIGHT: True}, TRUE),
        (Not(Flag(NIGHT)), {NIGHT: True}, FALSE),
        (Flag(NIGHT), {CALL: True}, Flag(NIGHT)),
        (IsIn(OWN, ("frigate", "tanker")), {OWN: "tanker"}, TRUE),
        (IsIn(OWN, ("frigate", "tanker")), {OWN: "helicopter"}, FALSE),
        (IsIn(OWN, ("frigate", "tanker")), {OWN: OTHER}, IsIn(OTHER, ("frigate", "tanker"))),
        (Same(OWN, OTHER), {OWN: "tanker"}, IsIn(OTHER, ("tanker",))),
        (Same(OWN, OTHER), {OTHER: "tanker"}, IsIn(OWN, ("tanker",))),
        (Same(OWN, OTHER), {OWN: "tanker", OTHER: "frigate"}, FALSE),
        (Same(OWN, OTHER), {OWN: OTHER}, TRUE),
        (Same(OWN, OTHER), {OWN: OTHER, OTHER: OWN}, Same(OWN, OTHER)),
        (NEAR, {RANGE: Fraction(1), SEPARATION: Fraction(2)}, TRUE),
        (NEAR, {RANGE: SEPARATION}, FALSE),
        (NEAR, {SEPARATION: of_variable(RANGE).times(2)}, compare(Sum(), Relation.LESS, of_variable(RANGE))),
        (NEAR, {RANGE: DEPTH}, compare(of_variable(DEPTH), Relation.LESS, of_variable(SEPARATION))),
        (conjunction(Flag(NIGHT), Flag(CALL)), {NIGHT: True}, Flag(CALL)),
        (conjunction(Flag(NIGHT), Flag(CALL)), {NIGHT: False}, FALSE),
        (disjunction(Flag(NIGHT), Flag(CALL)), {NIGHT: True}, TRUE),
        (disjunction(Flag(NIGHT), Flag(CALL)), {NIGHT: CALL}, Flag(CALL)),
    ],
)  # fmt: skip
def test_one_replacement(before: Formula, replacements: Mapping[Variable, Replacement], after: Formula) -> None:
    assert substitute(before, replacements) == after


@st.composite
def replaced(draw: st.DrawFn) -> dict[Variable, Replacement]:
    """Some variables with what may stand for them: others of their kind, values, sums."""
    chosen: dict[Variable, Replacement] = {}
    for group in (FLAGS, KINDS, QUANTITIES):
        for variable in group:
            stands = [st.none(), st.sampled_from(group), values(variable)]
            new = draw(st.one_of(*stands, *([sums(QUANTITIES)] if group is QUANTITIES else [])))
            if new is not None:
                chosen[variable] = new
    return chosen


@given(formulas(), replaced(), points())
def test_it_says_of_what_is_new_what_was_said_of_the_old(
    formula: Formula, replacements: dict[Variable, Replacement], point: Point
) -> None:
    moved = dict(point)
    for variable, new in replacements.items():
        moved[variable] = (
            point[new] if isinstance(new, Variable) else value_of(new, point) if isinstance(new, Sum) else new
        )
    result = substitute(formula, replacements)
    assert true_at(result, point) is true_at(formula, moved)
    kept = {v for v in variables(formula) if v not in replacements}
    brought = {v for new in replacements.values() for v in _inside(new)}
    assert set(variables(result)) <= kept | brought


@given(formulas(), points())
def test_with_a_value_for_everything_a_formula_is_settled(formula: Formula, point: Point) -> None:
    assert substitute(formula, dict(point)) == (TRUE if true_at(formula, point) else FALSE)


BINDING = Binds(NormId("code", "1"), 0)
GROUND: tuple[Formula, ...] = (negation(Flag(NIGHT)), conjunction(Flag(NIGHT), IsIn(OWN, ("tanker",))))
AS_WRITTEN: tuple[Expr, ...] = (*GROUND, Does("call", 0), conjunction(Flag(NIGHT), States("nature")))
# What is not ground is refused by mypy, inside of others as well; it reports a `type: ignore` that ignores nothing.
NOT_GROUND = (
    partial(substitute, Does("call", 0)),  # type: ignore[arg-type]
    partial(substitute, negation(BINDING)),  # type: ignore[arg-type]
    partial(substitute, And((Flag(NIGHT), Or((States("nature"), Flag(NIGHT)))))),  # type: ignore[arg-type]
)


def test_a_ground_formula_is_an_expression_as_well() -> None:
    assert [mentioned(expression) for expression in AS_WRITTEN] == [(NIGHT,), (NIGHT, OWN), (), (NIGHT,)]


@given(formulas())
def test_without_replacements_nothing_changes(formula: Formula) -> None:
    assert substitute(formula, {}) == formula


def test_a_quantity_is_replaced_by_quantities_only() -> None:
    with pytest.raises(TypeError, match="not a quantity"):
        substitute(NEAR, {RANGE: "tanker"})


def test_variables_come_in_order_and_once_each() -> None:
    formula = conjunction(disjunction(Flag(CALL), Same(OWN, OTHER)), negation(IsIn(OWN, ("tanker",))), NEAR)
    assert list(variables(formula)) == [CALL, OWN, OTHER, RANGE, SEPARATION]


def test_the_parts_of_a_formula_are_what_it_says_together() -> None:
    assert parts_of(TRUE) == ()
    assert parts_of(Flag(NIGHT)) == (Flag(NIGHT),)
    assert parts_of(conjunction(Flag(NIGHT), NEAR)) == (Flag(NIGHT), NEAR)
    assert parts_of(disjunction(Flag(NIGHT), NEAR)) == (disjunction(Flag(NIGHT), NEAR),)


def _inside(new: Replacement) -> list[Variable]:
    if isinstance(new, Variable):
        return [new]
    match new:
        case Sum(terms):
            return [variable for _, variable in terms]
        case _:
            return []


@given(formulas(), points())
def test_a_formula_is_its_parts_taken_together(formula: Formula, point: Point) -> None:
    """However deep they stand, and none of them can be taken apart in the same way."""
    for parts, together, apart in (
        (conjuncts(formula), conjunction, conjuncts),
        (disjuncts(formula), disjunction, disjuncts),
    ):
        assert true_at(together(*parts), point) == true_at(formula, point)
        assert all(apart(part) == (part,) for part in parts)
