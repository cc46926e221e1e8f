"""Linear sums and comparisons: exact arithmetic in one normal form."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import FALSE, TRUE, Compare, Expr, Not, Or, Order
from cbm.core.linear import Sum, at_zero, compare, difference, of_variable, opposite, within
from cbm.core.variables import Variable
from cbm.search.implicants import Point, true_at, value_of
from cbm.syntax.ast import Relation
from tests.formulas import DEPTH, RANGE, SEPARATION, numbers, points, sums


def plain(*terms: tuple[int | Fraction, Variable]) -> tuple[tuple[Fraction, Variable], ...]:
    return tuple((Fraction(coefficient), variable) for coefficient, variable in terms)


def metres(value: int) -> Sum:
    return Sum((), Fraction(value))


# ---- sums


def test_like_terms_are_gathered_and_nothing_is_left_of_zero() -> None:
    total = of_variable(SEPARATION).plus(of_variable(RANGE), 2).plus(metres(500))
    assert total == Sum(plain((2, RANGE), (1, SEPARATION)), Fraction(500))
    assert total.plus(total, -1) == Sum()
    assert total.plus(of_variable(RANGE), -2).terms == plain((1, SEPARATION))
    assert [total.coefficient(v) for v in (RANGE, SEPARATION, DEPTH)] == [2, 1, 0]


def test_what_is_constant() -> None:
    assert metres(3).is_constant
    assert not of_variable(RANGE).is_constant
    assert of_variable(RANGE).times(0).is_constant


@given(sums(), sums(), numbers, points())
def test_sums_are_added_as_their_values_are(one: Sum, other: Sum, factor: Fraction, point: Point) -> None:
    assert value_of(one.plus(other, factor), point) == value_of(one, point) + factor * value_of(other, point)
    assert value_of(one.times(factor), point) == factor * value_of(one, point)


# ---- comparisons


@pytest.mark.parametrize(
    ("relation", "meant"),
    [
        (Relation.LESS, Compare(plain((1, RANGE)), Order.LESS, Fraction(500))),
        (Relation.AT_MOST, Compare(plain((1, RANGE)), Order.AT_MOST, Fraction(500))),
        (Relation.EQUAL, Compare(plain((1, RANGE)), Order.EQUAL, Fraction(500))),
        (Relation.UNEQUAL, Not(Compare(plain((1, RANGE)), Order.EQUAL, Fraction(500)))),
        (Relation.AT_LEAST, Compare(plain((-1, RANGE)), Order.AT_MOST, Fraction(-500))),
        (Relation.MORE, Compare(plain((-1, RANGE)), Order.LESS, Fraction(-500))),
    ],
)
def test_three_orders_are_enough(relation: Relation, meant: Expr) -> None:
    assert compare(of_variable(RANGE), relation, metres(500)) == meant


def test_the_first_coefficient_is_one() -> None:
    double = compare(of_variable(RANGE).times(2), Relation.LESS, of_variable(SEPARATION).plus(metres(1_000)))
    assert double == Compare(plain((1, RANGE), (Fraction(-1, 2), SEPARATION)), Order.LESS, Fraction(500))
    negative = compare(of_variable(RANGE).times(-3), Relation.EQUAL, metres(600))
    assert negative == Compare(plain((1, RANGE)), Order.EQUAL, Fraction(-200))


def test_what_compares_no_variable_is_settled() -> None:
    assert compare(metres(1), Relation.LESS, metres(2)) == TRUE
    assert compare(of_variable(RANGE), Relation.LESS, of_variable(RANGE)) == FALSE
    assert compare(of_variable(RANGE), Relation.AT_MOST, of_variable(RANGE)) == TRUE
    assert compare(of_variable(RANGE), Relation.UNEQUAL, of_variable(RANGE)) == FALSE


def test_the_unit_is_kept_and_makes_no_difference() -> None:
    written = compare(of_variable(RANGE), Relation.LESS, metres(1852), "nmi")
    assert isinstance(written, Compare)
    assert written.unit == "nmi"
    assert written == compare(of_variable(RANGE), Relation.LESS, metres(1852), "m")


@given(sums(), st.sampled_from(Relation), sums(), points())
def test_a_comparison_holds_where_the_values_compare_so(
    left: Sum, relation: Relation, right: Sum, point: Point
) -> None:
    a, b = value_of(left, point), value_of(right, point)
    holds = {
        Relation.LESS: a < b,
        Relation.AT_MOST: a <= b,
        Relation.EQUAL: a == b,
        Relation.UNEQUAL: a != b,
        Relation.AT_LEAST: a >= b,
        Relation.MORE: a > b,
    }[relation]
    assert true_at(compare(left, relation, right), point) is holds


@given(sums(), st.sampled_from(Order), numbers)
def test_one_comparison_has_one_form(total: Sum, order: Order, factor: Fraction) -> None:
    assume(factor > 0 or (order is Order.EQUAL and factor != 0))
    comparison = at_zero(total, order)
    assert at_zero(total.times(factor), order) == comparison
    if isinstance(comparison, Compare):
        assert abs(comparison.terms[0][0]) == 1
        assert at_zero(difference(comparison), order) == comparison


@given(sums(), st.sampled_from(Order), points())
def test_the_opposite_holds_where_the_comparison_does_not(total: Sum, order: Order, point: Point) -> None:
    comparison = at_zero(total, order)
    assume(isinstance(comparison, Compare))
    assert isinstance(comparison, Compare)
    turned = opposite(comparison)
    assert true_at(turned, point) is not true_at(comparison, point)
    assert isinstance(turned, Or if order is Order.EQUAL else Compare)


@given(sums(), sums(), st.booleans(), sums(), st.booleans(), points())
def test_a_range_has_its_ends_unless_they_are_left_out(
    subject: Sum, low: Sum, low_open: bool, high: Sum, high_open: bool, point: Point
) -> None:
    a, x, b = (value_of(total, point) for total in (low, subject, high))
    above, below = (x > a if low_open else x >= a), (x < b if high_open else x <= b)
    assert true_at(within(subject, low, high, low_open=low_open, high_open=high_open), point) is (above and below)
