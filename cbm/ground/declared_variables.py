"""The variables that there are, whether norms mention them or not, and their ranges as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cbm.core.expressions import Formula, Order
from cbm.core.linear import Sum, at_zero, of_variable
from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.variables import ResultValue, Variable
from cbm.core.viewpoints import seen
from cbm.records import LATEST, Itself


def within_range(variable: Variable) -> tuple[Formula, ...]:
    """The declared range of a quantity; an angle stays below a full turn."""
    sort = variable.sort
    if not isinstance(sort, NumberSort):
        return ()
    total, bounds = of_variable(variable), []
    if sort.low is not None:
        bounds.append(at_zero(Sum((), sort.low).plus(total, -1), Order.AT_MOST))
    if sort.high is not None:
        order = Order.LESS if sort.dimension is Dimension.ANGLE else Order.AT_MOST
        bounds.append(at_zero(total.plus(Sum((), sort.high), -1), order))
    return tuple(bounds)


def declared_variables(system: NormSystem) -> tuple[Variable, ...]:
    """Every attribute, reading and result: cases and promises may speak of one that no norm mentions."""
    return _declared_variables(Itself(system))


@lru_cache(maxsize=LATEST)
def _declared_variables(of: Itself[NormSystem]) -> tuple[Variable, ...]:
    return tuple(_variables_in(of.thing))


def _variables_in(system: NormSystem) -> Iterator[Variable]:
    roles = range(len(system.situation.roles))
    for attribute in system.situation.attributes:
        yield from dict.fromkeys(seen(attribute, role) for role in roles)
    for term in system.open_terms:
        yield from dict.fromkeys(seen(term.variable, role) for role in roles)
    for result in system.results.values():
        value = ResultValue(result.name, 0 if result.each else None, result.sort)
        yield from dict.fromkeys(seen(value, role) for role in roles)
