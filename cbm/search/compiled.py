"""Ground formula to a function of a point: the same answers as `true_at`, for formulas that are asked about often."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from cbm.core.expressions import (
    And,
    Compare,
    Flag,
    Formula,
    IsIn,
    Not,
    Or,
    Order,
    Same,
    Truth,
)
from cbm.core.linear import stands_at
from cbm.core.substitution import Value
from cbm.core.variables import Variable
from cbm.search.implicants import Point

Holds = Callable[[Point], bool]


def compiled(formula: Formula) -> Holds:
    """Whether the formula holds, as a function of points that have a value for each of its variables."""
    match formula:
        case Truth(value):
            return lambda _: value
        case Flag(variable):
            return lambda point: point[variable] is True
        case IsIn(variable, members):
            return lambda point: point[variable] in members
        case Same(left, right):
            return lambda point: point[left] == point[right]
        case Compare():
            return _comparison(formula)
        case Not(operand):
            denied = compiled(operand)
            return lambda point: not denied(point)
        case And(parts):
            conjuncts = tuple(map(compiled, parts))
            return lambda point: all(part(point) for part in conjuncts)
        case Or(parts):
            disjuncts = tuple(map(compiled, parts))
            return lambda point: any(part(point) for part in disjuncts)
        case _:
            assert_never(formula)


def _comparison(formula: Compare) -> Holds:
    if len(formula.terms) == 1:
        return _side_of(*formula.terms[0], formula.bound, formula.order)
    return lambda point: stands_at(formula, point)


def _side_of(coefficient: Fraction, variable: Variable, bound: Fraction, order: Order) -> Holds:
    """A comparison of one quantity: its value beside a threshold, without arithmetic at each point."""
    threshold = bound / coefficient
    if order is Order.EQUAL:
        return lambda point: point[variable] == threshold
    stands: Callable[[Value, Fraction], bool] = operator.lt if order is Order.LESS else operator.le
    if coefficient > 0:
        return lambda point: stands(point[variable], threshold)
    stands = operator.gt if order is Order.LESS else operator.ge
    return lambda point: stands(point[variable], threshold)
