"""A witness to one with rounder figures: each quantity in the unit of the bound next to it, as round as that allows.

What no text bounds by itself is round in the unit of its range, where that is known.

Nothing but figures is changed, one after the other, and all that was asked for still holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import NamedTuple

from cbm.core.expressions import Compare, Formula, Order
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.substitution import Value, atoms_of, parts_of, variables
from cbm.core.units import UNITS
from cbm.core.variables import Origin, Variable
from cbm.search.implicants import true_at

_MEASURED = frozenset((Dimension.LENGTH, Dimension.SPEED, Dimension.ANGLE, Dimension.COUNT))
_FOUND = frozenset((Origin.SITUATION, Origin.READING, Origin.RESULT))
_COMPASS = tuple(map(Fraction, ("45", "10", "5", "1")))  # degrees
_FINEST = Fraction(1, 10)
_NO_UNITS: Mapping[Variable, str] = MappingProxyType({})


def with_round_figures(
    values: Mapping[Variable, Value], formulas: Iterable[Formula], units: Mapping[Variable, str] = _NO_UNITS
) -> dict[Variable, Value]:
    """The witness with rounder figures, where the formulas leave a choice; they mention nothing that has no value.

    `units` are those of the ranges of open terms.
    """
    point, about = dict(values), _by_variable(formulas)
    fixed = {v for v, listed in about.items() if any(isinstance(f, Compare) and _fixes(f) for f in listed)}
    left = [v for v in values if _is_measured(v) and v.origin in _FOUND and v not in fixed]
    while left:  # one that lies close to another one may become rounder once that one has
        changed: dict[Variable, Value] = {}
        for variable in left:
            change = _made_rounder(variable, point, about, units)
            point |= change
            changed |= change
        left = [v for v in left if v not in changed] if changed else []
    return point


def _fixes(comparison: Compare) -> bool:
    """Whether it leaves a quantity one value."""
    return len(comparison.terms) == 1 and comparison.order is Order.EQUAL


def _made_rounder(
    variable: Variable,
    point: Mapping[Variable, Value],
    about: Mapping[Variable, Sequence[Formula]],
    units: Mapping[Variable, str],
) -> dict[Variable, Value]:
    """Another figure for a quantity, or for all that have the same one; nothing where there is none."""
    value = point[variable]
    alike = [v for v in about if value and point[v] == value and _dimension(v) is _dimension(variable)]
    bounds = _bounds([variable, *alike], about)
    ranged = next((v for v in (variable, *alike) if v in units), None)
    if ranged is not None:
        bounds = {figure: unit for figure, unit in bounds.items() if _in_range(ranged, figure)}
    apart, together = dict.fromkeys((variable,)), dict.fromkeys((variable, *alike))
    ways = [(moved, _speaking(moved, about)) for moved in ((apart, together) if len(together) > 1 else (apart,))]
    for figure in _rounder(variable, value, bounds, None if ranged is None else units[ranged]):
        for moved, formulas in ways:
            changed: dict[Variable, Value] = dict.fromkeys(moved, figure)
            after = {**point, **changed}
            if all(true_at(formula, after) for formula in formulas):
                return changed
    return {}


def _in_range(variable: Variable, figure: Fraction) -> bool:
    sort = variable.sort
    assert isinstance(sort, NumberSort)
    return (sort.low is None or sort.low <= figure) and (sort.high is None or figure <= sort.high)


def _speaking(of: Iterable[Variable], about: Mapping[Variable, Sequence[Formula]]) -> list[Formula]:
    """The formulas that mention one of these, each once."""
    return list({id(formula): formula for variable in of for formula in about.get(variable, ())}.values())


def _dimension(variable: Variable) -> Dimension | None:
    return variable.sort.dimension if isinstance(variable.sort, NumberSort) else None


def _is_measured(variable: Variable) -> bool:
    return _dimension(variable) in _MEASURED


def _by_variable(formulas: Iterable[Formula]) -> dict[Variable, list[Formula]]:
    """The formulas that mention each quantity."""
    about: dict[Variable, list[Formula]] = {}
    for formula in formulas:
        for part in parts_of(formula):
            for variable in filter(_is_measured, variables(part)):
                about.setdefault(variable, []).append(part)
    return about


def _bounds(alike: Sequence[Variable], about: Mapping[Variable, Sequence[Formula]]) -> dict[Fraction, str]:
    """What texts compare them with, each by itself, and in which unit."""
    found: dict[Fraction, str] = {}
    known = dict.fromkeys(alike)
    for formula in _speaking(known, about):
        bounds = _bounds_in(formula)
        alone = len(known) == 1  # as a rule: of the many bounds in a long formula few are its own
        own = bounds.by_quantity.get(alike[0], ()) if alone else (one for one in bounds.all if one.of in known)
        for bound in own:
            found.setdefault(bound.figure, bound.unit)
    return found


class _WrittenBound(NamedTuple):
    """What a quantity is compared with by itself, as written in this unit."""

    of: Variable
    figure: Fraction
    unit: str


class _WrittenBounds(NamedTuple):
    """Those of a formula, in their order, and those of each quantity."""

    all: tuple[_WrittenBound, ...]
    by_quantity: Mapping[Variable, Sequence[_WrittenBound]]


def _bounds_in(formula: Formula) -> _WrittenBounds:
    """Worked out once: many examples are found of the same formulas."""
    known: _WrittenBounds | None = formula.kept(_WrittenBounds)
    if known is None:
        compared = (atom for atom in atoms_of(formula) if isinstance(atom, Compare) and len(atom.terms) == 1)
        sides = ((*atom.terms[0], atom) for atom in compared)
        found = tuple(
            _WrittenBound(v, atom.bound / coefficient, atom.unit) for coefficient, v, atom in sides if atom.unit
        )
        by_quantity: dict[Variable, list[_WrittenBound]] = {}
        for bound in found:
            by_quantity.setdefault(bound.of, []).append(bound)
        known = _WrittenBounds(found, by_quantity)
        formula.keep(_WrittenBounds, known)
    return known


def _rounder(
    variable: Variable, value: Value, bounds: Mapping[Fraction, str], ranged: str | None
) -> Iterator[Fraction]:
    """Figures that are rounder than the value, the roundest first; none where it is round itself.

    Units that touch, or lie still, are an odd example of what is near, or slow: such a figure is half of a bound.
    """
    assert isinstance(variable.sort, NumberSort)
    assert isinstance(value, Fraction)
    dimension = variable.sort.dimension
    from_nothing = dimension in (Dimension.LENGTH, Dimension.SPEED)
    near = [bound for bound in bounds if value or bound > 0]
    nearest = min(near, key=lambda bound: (abs(bound - value), bound), default=None)
    if not value and (nearest is None or not from_nothing):
        return
    unit = UNITS.get((ranged or "") if nearest is None else bounds[nearest])
    factor = unit.factor if unit is not None and unit.dimension is dimension else Fraction(1)
    figure = (value or (nearest or Fraction(0)) / 2) / factor
    for step in _steps(dimension, figure):
        if value and not figure % step:
            return
        below = floor(figure / step) * step
        for rounder in sorted((below, below + step), key=lambda known: abs(known - figure)):
            if rounder or not from_nothing:
                yield rounder * factor


def _steps(dimension: Dimension, figure: Fraction) -> Iterator[Fraction]:
    """1 and 5 of each power of ten, from the size of the figure downwards; directions by the compass."""
    if dimension is Dimension.ANGLE:
        yield from _COMPASS
        return
    size = Fraction(10) ** (len(str(floor(abs(figure)))) - 1)
    while size >= (1 if dimension is Dimension.COUNT else _FINEST):
        yield size
        if size > 1 or dimension is not Dimension.COUNT:
            yield size / 2
        size /= 10
