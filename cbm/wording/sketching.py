"""Values of an encounter to what can be drawn of it: only what matters, for a drawing says that what it shows is so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, KindSort, NumberSort
from cbm.core.substitution import Value
from cbm.core.variables import ResultValue, Variable
from cbm.core.viewpoints import seen
from cbm.finding import Sketch
from cbm.translation.saying import say
from cbm.wording.condition_words import value_words, variable_words


def sketch(
    system: NormSystem, values: Mapping[Variable, Value], mattering: Collection[Variable], units: tuple[str, str]
) -> Sketch | None:
    """The sketch of two units, called so; None where none of what can be drawn matters.

    Drawn are the bearing that each unit has, the distance between both (of attributes, else of results), and the place:
    each the first one of its sort.
    """
    told = {variable: values[variable] for variable in mattering if variable in values}
    bearing = bearing_of(system)
    first, second = ((None if bearing is None else _number(told.get(seen(bearing, role)))) for role in (0, 1))
    apart = next((v for v in told if v.role is None and is_of(v, Dimension.LENGTH) and _is_distance(system, v)), None)
    place = place_of(system)
    where = None if place is None else told.get(place)
    if first is None and second is None and apart is None and not isinstance(where, str):
        return None
    return Sketch(
        units,
        (first, second),
        None if apart is None else _number(told[apart]),
        "" if apart is None else value_words(system, apart, told[apart]),
        where if isinstance(where, str) else "",
        "" if place is None or not isinstance(where, str) else _place_words(system, place, where),
    )


def _place_words(system: NormSystem, place: Variable, where: str) -> str:
    """`zone: the high seas`: what is drawn as the place need not be a zone."""
    return say("{what}: {value}", what=variable_words(system, place), value=value_words(system, place, where))


def bearing_of(system: NormSystem) -> Variable | None:
    """The bearing that each unit has, where two units meet."""
    if len(system.situation.roles) != 2:
        return None
    return next((v for v in system.situation.attributes if v.role is not None and is_of(v, Dimension.ANGLE)), None)


def distance_of(system: NormSystem) -> Variable | None:
    """The distance between two units."""
    if len(system.situation.roles) != 2:
        return None
    return next((v for v in system.situation.attributes if v.role is None and is_of(v, Dimension.LENGTH)), None)


def place_of(system: NormSystem) -> Variable | None:
    """The place of an encounter."""
    return next((v for v in system.situation.attributes if v.role is None and isinstance(v.sort, KindSort)), None)


def is_of(variable: Variable, dimension: Dimension) -> bool:
    return isinstance(variable.sort, NumberSort) and variable.sort.dimension is dimension


def _is_distance(system: NormSystem, variable: Variable) -> bool:
    """Whether it is the distance between the units: the attribute, or the first result that is a length."""
    if not isinstance(variable, ResultValue):
        return variable == distance_of(system)
    shared = (name for name, result in system.results.items() if not result.each and result.sort == variable.sort)
    return variable.name == next(shared, None)


def _number(value: Value | None) -> Fraction | None:
    return value if isinstance(value, Fraction) else None
