"""An episode to what can be drawn of it: where two units are towards each other, and in what place."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cbm.core.expressions import Formula
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, KindSort, NumberSort
from cbm.core.substitution import Value
from cbm.core.variables import Variable
from cbm.core.viewpoints import seen
from cbm.outcomes.map_parts import Named, Sketch
from cbm.syntax.ast import Relation
from cbm.wording.condition_words import value_words
from cbm.wording.phrases import member_words
from cbm.wording.scenarios import unit_words

# What is drawn best, where an example is free to be so: degrees from the bows, metres apart.
_BEARINGS, _APART, _AT_LEAST = (Fraction(30), Fraction(315)), Fraction(1852), Fraction(185)


def preferences(system: NormSystem) -> tuple[tuple[Formula, ...], ...]:
    """What is asked of an example in addition, so that a drawing shows something: the best, the next best, nothing."""
    drawn = _drawn(system)
    if drawn is None:
        return ((),)
    bearing, distance = drawn
    turned = zip((0, 1), _BEARINGS, strict=True)
    well = [compare(of_variable(seen(bearing, r)), Relation.EQUAL, Sum((), value)) for r, value in turned]
    apart = compare(of_variable(distance), Relation.EQUAL, Sum((), _APART))
    near = compare(of_variable(distance), Relation.AT_LEAST, Sum((), _AT_LEAST))
    return ((*well, apart), (*well, near), (near,), ())


def sketch(system: NormSystem, values: Mapping[Variable, Value]) -> Sketch | None:
    """The sketch, if each of two units has a bearing to the other and there is a distance between them.

    These are the first attributes of that dimension, and the place is the first kind that both units share.
    """
    drawn = _drawn(system)
    if drawn is None:
        return None
    bearing, distance = drawn
    place = next((v for v in system.situation.attributes if v.role is None and isinstance(v.sort, KindSort)), None)
    first, second = (values.get(seen(bearing, role)) for role in (0, 1))
    apart, where = values.get(distance), None if place is None else values.get(place)
    if not (isinstance(first, Fraction) and isinstance(second, Fraction) and isinstance(apart, Fraction)):
        return None
    return Sketch(
        (unit_words(system, 0, values), unit_words(system, 1, values)),
        (first, second),
        apart,
        value_words(system, distance, apart),
        _place(system, where) if isinstance(where, str) else None,
    )


def _drawn(system: NormSystem) -> tuple[Variable, Variable] | None:
    """The bearing that each unit has and the distance between both."""
    if len(system.situation.roles) != 2:
        return None
    bearing = next((v for v in system.situation.attributes if v.role is not None and _is(v, Dimension.ANGLE)), None)
    distance = next((v for v in system.situation.attributes if v.role is None and _is(v, Dimension.LENGTH)), None)
    return None if bearing is None or distance is None else (bearing, distance)


def _is(variable: Variable, dimension: Dimension) -> bool:
    return isinstance(variable.sort, NumberSort) and variable.sort.dimension is dimension


def _place(system: NormSystem, member: str) -> Named:
    return Named(member, member_words(system, member), system.words.translations.get(("member", member), {}))
