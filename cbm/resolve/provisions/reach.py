"""How far the times of a clause reach: so long is what it looks at, from the first point in time to the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cbm.core.linear import Sum
from cbm.core.sorts import NumberSort
from cbm.resolve.conditions import Resolver
from cbm.resolve.time.calendar_days import DAY
from cbm.syntax import ast

# A working day may have a weekend on either side.
_WORKING_DAYS_OF_A_WEEK = 5
_YEAR = 366 * DAY


def reach_of(resolver: Resolver, demands: Iterable[ast.DemandNode]) -> Fraction:
    """The longest of its windows; one that is counted from a breach comes behind the one before it."""
    return sum((max(_lengths(resolver, demand), default=Fraction(0)) for demand in demands), Fraction(0))


def _lengths(resolver: Resolver, demand: ast.DemandNode) -> Iterator[Fraction]:
    for window in demand.windows:
        match window:
            case ast.Within(length) | ast.AtLeast(length):
                yield from _length(resolver, length)
            case ast.NotLater(day):
                yield _YEAR if day.of is not None else Fraction(0)
            case _:
                pass


def _length(resolver: Resolver, length: ast.Expression | ast.DaysNode) -> Iterator[Fraction]:
    if isinstance(length, ast.DaysNode):
        weekends = 2 * (length.count // _WORKING_DAYS_OF_A_WEEK + 1) if length.working else 0
        yield Fraction((length.count + weekends) * DAY)
        return
    for _, quantity in resolver.duration(length):
        yield _largest(quantity.sum)


def _largest(total: Sum) -> Fraction:
    """The largest value, where the quantities in it have a range."""
    found = total.constant
    for coefficient, variable in total.terms:
        sort = variable.sort
        assert isinstance(sort, NumberSort), "lengths of time are made of quantities"
        end = sort.high if coefficient > 0 else sort.low
        found += coefficient * (end or Fraction(0))
    return found
