"""Exact shares: which part of their types conditions make up, and which part of the range of a quantity a box takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

from cbm.core.episodes import Measured
from cbm.core.expressions import FALSE, Formula
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.substitution import substitute, variables
from cbm.core.variable_order import variable_order
from cbm.core.variables import Variable
from cbm.coverage.types.axes import FLAG_VALUES, Divider, variable_of
from cbm.coverage.types.thresholds import ScaledAxis, comparisons, cuts, is_whole, reach, scaled
from cbm.search.implicants import true_at
from cbm.smt.index import Interval


def share_of(conditions: Sequence[Formula], promised: Sequence[Formula] = ()) -> Fraction | None:
    """The part of all values of the attributes they speak of, as far as they are promised, for which they hold.

    Values of a kind count alike, and so do the two of a flag; of a quantity counts the length, or how many there are.
    None where conditions relate several attributes, or what is promised does, or a quantity has no ends.
    """
    share = Fraction(1)
    groups: dict[Variable, list[Formula]] = {}
    for condition in conditions:
        about = set(variables(condition))
        if len(about) != 1:
            return None
        groups.setdefault(about.pop(), []).append(condition)
    for variable, several in groups.items():
        known = [one for one in promised if variable in one.variables]
        if any(set(variables(one)) != {variable} for one in known):
            return None
        part, whole = _part(variable, [*several, *known]), _part(variable, known)
        if part is None or not whole:
            return None
        share *= part / whole
    return share


def said_in(
    axioms: Iterable[Formula], conditions: Iterable[Formula], axes: Sequence[Divider], sides: Sequence[tuple[str, ...]]
) -> tuple[Formula, ...] | None:
    """What axioms say of attributes that conditions speak of in each type of a box; None where that is not one thing.

    Left out are axioms that relate such an attribute to what tells no types apart.
    """
    about = {variable for condition in conditions for variable in variables(condition)}
    values = {variable_of(axis): _values(axis, side) for axis, side in zip(axes, sides, strict=True)}
    said: list[Formula] = []
    for axiom in axioms:
        spoken = set(variables(axiom))
        others = sorted(spoken - about, key=variable_order)
        if len(spoken & about) == 1 and all(values.get(other) for other in others):
            types = product(*(values[other] for other in others))
            left = {substitute(axiom, dict(zip(others, values_there, strict=True))) for values_there in types} - {FALSE}
            if len(left) > 1:
                return None
            said += left
    return tuple(said)


def _values(axis: Divider, side: Iterable[str]) -> tuple[bool | str, ...]:
    """What the attribute of an axis is in these types; nothing where no single one tells it, or it is a quantity."""
    variable = variable_of(axis)
    match variable.sort if variable is not None else None:
        case FlagSort():
            return tuple(value == FLAG_VALUES[0] for value in side)
        case KindSort():
            return tuple(side)
        case _:
            return ()


def share_along(axes: Iterable[Divider], sides: Iterable[tuple[str, ...]]) -> Fraction | None:
    """The part of its range that a box takes of the one axis that is a quantity with ends."""
    scales = [(axis, side) for axis, side in zip(axes, sides, strict=True) if isinstance(axis, ScaledAxis)]
    if len(scales) != 1:
        return None
    ((scale, side),) = scales
    low, high = reach(scale.axis)
    whole = is_whole(scale.axis)
    total = length(Interval(low, high), whole)
    if not total:
        return None
    parts = [length(s.interval, whole) for s in scale.stretches if s.name in side]
    return sum((part for part in parts if part is not None), Fraction(0)) / total


def length(interval: Interval, whole: bool) -> Fraction | None:
    """How long an interval is, or how many whole numbers it holds; None without ends."""
    if interval.low is None or interval.high is None:
        return None
    return interval.high[0] - interval.low[0] + (1 if whole else 0)


def _part(variable: Variable, conditions: Sequence[Formula]) -> Fraction | None:
    match variable.sort:
        case FlagSort():
            return _counted(variable, conditions, (False, True))
        case KindSort(_, members):
            return _counted(variable, conditions, members)
        case NumberSort():
            return _measured(variable, conditions)


def _counted(variable: Variable, conditions: Sequence[Formula], values: Sequence[bool | str]) -> Fraction:
    held = sum(all(true_at(c, {variable: value}) for c in conditions) for value in values)
    return Fraction(held, len(values))


def _measured(variable: Variable, conditions: Sequence[Formula]) -> Fraction | None:
    axis = Measured("", ((Fraction(1), variable),))
    places = {place for c in conditions for compared in comparisons(c) for place in cuts(compared, axis.terms)}
    scale = scaled(axis, places)
    held = [s for s in scale.stretches if all(true_at(c, {variable: scale.some_value(s)}) for c in conditions)]
    return share_along((scale,), (tuple(stretch.name for stretch in held),))
