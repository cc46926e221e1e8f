"""Linear sums of variables with exact coefficients, and comparisons in their one normal form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import assert_never

from cbm.core.expressions import Compare, Flag, Formula, Order, Truth, conjunction, disjunction, negation
from cbm.core.roles import same, sorted_terms
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.variables import Variable
from cbm.records import Record
from cbm.syntax.ast import Relation


class Sum(Record):
    """sum(coefficient * variable) + constant, in base units; terms sorted, coefficients not zero."""

    terms: tuple[tuple[Fraction, Variable], ...] = ()
    constant: Fraction = Fraction(0)

    def plus(self, other: Sum, factor: Fraction | int = 1) -> Sum:
        """This sum plus `factor` times the other."""
        return total([(1, self), (factor, other)])

    def times(self, factor: Fraction | int) -> Sum:
        if factor == 1:
            return self
        if factor == 0:
            return Sum()
        return Sum(
            tuple((factor * coefficient, variable) for coefficient, variable in self.terms), factor * self.constant
        )

    @property
    def is_constant(self) -> bool:
        return not self.terms

    def coefficient(self, variable: Variable) -> Fraction:
        return next((c for c, v in self.terms if v == variable), Fraction(0))


_ONE = Fraction(1)


def of_variable(variable: Variable) -> Sum:
    return Sum(((_ONE, variable),))


def total(parts: Iterable[tuple[Fraction | int, Sum]]) -> Sum:
    """Each sum times its factor, added up."""
    coefficients: dict[Variable, Fraction] = {}
    constant = Fraction(0)
    for factor, part in parts:
        scaled = part.times(factor)
        for coefficient, variable in scaled.terms:
            before = coefficients.get(variable)
            coefficients[variable] = coefficient if before is None else before + coefficient
        if scaled.constant:
            constant += scaled.constant
    return Sum(sorted_terms(coefficients), constant)


def compare(left: Sum, relation: Relation, right: Sum, unit: str | None = None) -> Formula:
    """left RELATION right, normalised: first coefficient 1 or -1, only `<`, `<=`, `=` left, constants folded."""
    match relation:
        case Relation.MORE:
            return compare(right, Relation.LESS, left, unit)
        case Relation.AT_LEAST:
            return compare(right, Relation.AT_MOST, left, unit)
        case Relation.UNEQUAL:
            return negation(compare(left, Relation.EQUAL, right, unit))
        case Relation.LESS | Relation.AT_MOST | Relation.EQUAL:
            return at_zero(left.plus(right, -1), Order(relation.value), unit)


def equal(one: Variable, other: Variable) -> Formula:
    """That two variables of one sort have one value."""
    match one.sort:
        case NumberSort():
            return compare(of_variable(one), Relation.EQUAL, of_variable(other))
        case FlagSort():
            both, neither = (one, other), (negation(Flag(one)), negation(Flag(other)))
            return disjunction(conjunction(*map(Flag, both)), conjunction(*neither))
        case KindSort():
            return same(one, other)
        case _:
            assert_never(one.sort)


def at_zero(difference: Sum, order: Order, unit: str | None = None) -> Formula:
    """difference ORDER 0, normalised."""
    if difference.is_constant:
        value = difference.constant
        return Truth(value < 0 if order is Order.LESS else value <= 0 if order is Order.AT_MOST else value == 0)
    leading = difference.terms[0][0]
    if leading == 1 or (leading == -1 and order is not Order.EQUAL):
        scaled = difference
    else:
        scaled = difference.times(1 / (leading if order is Order.EQUAL else abs(leading)))
    return Compare(scaled.terms, order, -scaled.constant, unit)


def difference(comparison: Compare) -> Sum:
    """The sum that the comparison relates to zero."""
    return Sum(comparison.terms, -comparison.bound)


def stands_at(comparison: Compare, values: Mapping[Variable, object]) -> bool:
    """Whether it holds at these values of its variables, in whole numbers: fractions take several times as long."""
    terms, bound = _in_whole_numbers(comparison)
    total, parts = -bound, 1  # so far, in parts of one
    for coefficient, variable in terms:
        value = values[variable]
        assert isinstance(value, Fraction)
        size = value.denominator
        if size == parts:
            total += coefficient * value.numerator
        else:
            total = total * size + coefficient * value.numerator * parts
            parts *= size
    order = comparison.order
    return total < 0 if order is Order.LESS else total <= 0 if order is Order.AT_MOST else total == 0


def _in_whole_numbers(comparison: Compare) -> tuple[tuple[tuple[int, Variable], ...], int]:
    """Its coefficients and its bound, each as many times as large; they are kept with it."""
    known: tuple[tuple[tuple[int, Variable], ...], int] | None = comparison.kept("in whole numbers")
    if known is None:
        times = lcm(comparison.bound.denominator, *(coefficient.denominator for coefficient, _ in comparison.terms))
        terms = tuple((int(coefficient * times), variable) for coefficient, variable in comparison.terms)
        known = terms, int(comparison.bound * times)
        comparison.keep("in whole numbers", known)
    return known


def opposite(comparison: Compare) -> Formula:
    """Its negation without a Not: a strict bound the other way, or two of them for an equality."""
    turned = difference(comparison).times(-1)
    match comparison.order:
        case Order.LESS:
            return at_zero(turned, Order.AT_MOST, comparison.unit)
        case Order.AT_MOST:
            return at_zero(turned, Order.LESS, comparison.unit)
        case Order.EQUAL:
            below = at_zero(difference(comparison), Order.LESS, comparison.unit)
            return disjunction(below, at_zero(turned, Order.LESS, comparison.unit))


def within(
    subject: Sum,
    low: Sum,
    high: Sum,
    *,
    low_open: bool = False,
    high_open: bool = False,
    units: tuple[str | None, str | None] = (None, None),
) -> Formula:
    """low <= subject <= high, each bound strict where open; told in these units, if authors wrote in any."""
    lower = compare(subject, Relation.MORE if low_open else Relation.AT_LEAST, low, units[0])
    upper = compare(subject, Relation.LESS if high_open else Relation.AT_MOST, high, units[1])
    return conjunction(lower, upper)
