"""Elimination of quantities from conditions, Fourier and Motzkin's way, with exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import overload

from cbm.core.expressions import (
    FALSE,
    And,
    Compare,
    Does,
    Each,
    Expr,
    Formula,
    Kind,
    Not,
    Or,
    Order,
    Truth,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import Sum, at_zero, difference, of_variable, opposite
from cbm.core.sorts import NumberSort
from cbm.core.substitution import mentioned, substitute, variables
from cbm.core.variables import Variable
from cbm.process.budget import require_going_on
from cbm.records import Record


@overload
def some(quantities: Sequence[Variable], condition: Formula) -> Formula: ...
@overload
def some(quantities: Sequence[Variable], condition: Expr) -> Expr: ...
def some(quantities: Sequence[Variable], condition: Expr) -> Expr:
    """Whether some values of the quantities make the condition true, said without them.

    In the condition, which need not be ground, they stand in comparisons only. What the ranges of other quantities rule
    out is left out.
    """
    found = []
    for literals in _ways(condition, frozenset(quantities), positive=True):
        require_going_on()  # there may be very many ways
        rest = list(literals)
        for variable in quantities:
            rest = eliminated(variable, rest)
        found.append(conjunction(*map(_within_ranges, rest)))
    return disjunction(*found)


Literals = tuple[Expr, ...]


def _ways(node: Expr, quantities: frozenset[Variable], *, positive: bool) -> Iterator[Literals]:
    """Each way to make the node true (or false), as literals; what does not speak of the quantities is kept whole."""
    if quantities.isdisjoint(mentioned(node)):
        said = node if positive else negation(node)
        if said != FALSE:
            yield (said,)
        return
    match node:
        case Not(operand):
            yield from _ways(operand, quantities, positive=not positive)
        case And(parts) | Or(parts):
            if isinstance(node, And) == positive:
                for chosen in product(*(list(_ways(part, quantities, positive=positive)) for part in parts)):
                    yield tuple(literal for literals in chosen for literal in literals)
            else:
                for part in parts:
                    yield from _ways(part, quantities, positive=positive)
        case Compare() if not positive:
            yield from _ways(opposite(node), quantities, positive=True)
        case Does() | Each():
            # In the manner of an act the same names are of its own doings.
            yield (node if positive else negation(node),)
        case _:
            yield (node,)


def _within_ranges(literal: Expr) -> Expr:
    """The literal, or what the ranges of its quantities make of it."""
    if not isinstance(literal, Compare) or literal.order is Order.EQUAL:
        return literal
    low, high = _extremes(difference(literal))
    strict = literal.order is Order.LESS
    if low is not None and (low > 0 or (strict and low == 0)):
        return FALSE
    if high is not None and (high < 0 or (not strict and high == 0)):
        return Truth(True)
    return literal


def _extremes(total: Sum) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value that the ranges of its quantities allow; None: no such."""
    low: Fraction | None = total.constant
    high: Fraction | None = total.constant
    for coefficient, variable in total.terms:
        assert isinstance(variable.sort, NumberSort)
        ends = (variable.sort.low, variable.sort.high)
        least, most = ends if coefficient > 0 else ends[::-1]
        low = None if low is None or least is None else low + coefficient * least
        high = None if high is None or most is None else high + coefficient * most
    return low, high


class Bound(Record):
    """variable >= limit (lower) or <= limit; `strict` leaves the limit itself out."""

    limit: Sum
    strict: bool


def eliminated(variable: Variable, conditions: list[Kind]) -> list[Kind]:
    """What is left of literals where some value of the variable makes all of them true."""
    touching = [c for c in conditions if isinstance(c, Compare) and variable in set(variables(c))]
    kept = [c for c in conditions if c not in touching]
    equal = next((c for c in touching if c.order is Order.EQUAL), None)
    if equal is not None:
        term = solved(equal, variable)
        kept += [substitute(c, {variable: term}) for c in touching if c is not equal]
    else:
        lower, upper = bounds(variable, touching)
        for low in lower:
            for high in upper:
                order = Order.LESS if low.strict or high.strict else Order.AT_MOST
                kept.append(at_zero(low.limit.plus(high.limit, -1), order))
    return list(dict.fromkeys(c for c in kept if c != Truth(True)))


def bounds(variable: Variable, rows: Iterable[Compare]) -> tuple[list[Bound], list[Bound]]:
    """What these inequalities say of the variable: its lower and its upper bounds."""
    lower: list[Bound] = []
    upper: list[Bound] = []
    for row in rows:
        total = difference(row)
        coefficient = total.coefficient(variable)
        limit = total.plus(of_variable(variable), -coefficient).times(-1 / coefficient)
        (upper if coefficient > 0 else lower).append(Bound(limit, row.order is Order.LESS))
    return lower, upper


def solved(equality: Compare, variable: Variable) -> Sum:
    """What the variable equals."""
    total = difference(equality)
    coefficient = total.coefficient(variable)
    return total.plus(of_variable(variable), -coefficient).times(-1 / coefficient)
