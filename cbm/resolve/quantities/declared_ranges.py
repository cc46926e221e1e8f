"""The range of a quantity: two fixed ends of its dimension, the lower one first."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from cbm.core.sorts import Dimension, NumberSort
from cbm.core.units import DIMENSION_POWERS, dimension_words
from cbm.resolve.faults import wrong_type, wrong_unit
from cbm.resolve.quantities.quantity_arithmetic import Rows
from cbm.syntax import ast
from cbm.translation.saying import say


def range_of(
    read: Callable[[ast.Expression], Rows],
    dimension: Dimension,
    low: ast.Expression,
    high: ast.Expression,
    name: str,
) -> tuple[NumberSort, str | None]:
    """The sort of what is called `name`, and the unit its range is written in, if any; `read` says what is meant."""
    bounds: list[Fraction] = []
    unit: str | None = None
    for end in (low, high):
        rows = read(end)
        quantity = rows[0][1]
        if quantity.powers != DIMENSION_POWERS[dimension]:
            message = say(
                "`{text}` is {dimension}, and `{name}` is {wanted}",
                text=end.span.text,
                dimension=dimension_words(quantity.powers),
                name=name,
                wanted=dimension_words(DIMENSION_POWERS[dimension]),
            )
            raise wrong_unit(end.span, message)
        if len(rows) > 1 or not quantity.sum.is_constant:
            message = say(
                "`{text}` is not fixed, as the ends of the range of `{name}` must be", text=end.span.text, name=name
            )
            raise wrong_type(end.span, message, say("write a number with its unit"))
        bounds.append(quantity.sum.constant)
        unit = quantity.unit or unit
    if bounds[0] > bounds[1]:
        place = low.span.to(high.span)
        message = say("the range of `{name}` is empty: its lower end lies above its upper end", name=name)
        turned = f"from {high.span.text} to {low.span.text}"
        raise wrong_type(place, message, say("write `{words}`", words=turned))
    return NumberSort(dimension, bounds[0], bounds[1]), unit
