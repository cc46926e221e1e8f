"""Sets of conditions to fewer ones that say the same: what others include is left out, and stretches that meet are one.

Places in the week are on a circle: what begins where it ends and ends where it begins is one stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from cbm.core.expressions import And, Compare, Expr, Formula, IsIn, Or, Order, conjunction, disjunction
from cbm.core.linear import Sum, at_zero
from cbm.core.sorts import IN_WEEK, WEEK
from cbm.core.substitution import atoms_of, parts_of
from cbm.core.variables import Variable, WeekPlace
from cbm.records import Record, replace

Cube = tuple[Formula, ...]
Axis = tuple[tuple[Fraction, Variable], ...]  # a sum of which bounds are told; its first coefficient is positive


class AxisStretch(Record):
    """From one value to another one; None: without end. `after` and `before` leave the ends themselves out."""

    low: Fraction | None = None
    high: Fraction | None = None
    after: bool = False
    before: bool = False

    def __and__(self, other: AxisStretch) -> AxisStretch:
        lower = max(self, other, key=lambda s: (s.low is not None, s.low or 0, s.after))
        upper = min(self, other, key=lambda s: (s.high is None, s.high or 0, not s.before))
        return AxisStretch(lower.low, upper.high, lower.after, upper.before)

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.after or self.before))

    def includes(self, other: AxisStretch) -> bool:
        return self & other == other

    def meets(self, later: AxisStretch) -> bool:
        """Whether nothing lies between it and one that begins no earlier."""
        if self.high is None or later.low is None:
            return True
        return later.low < self.high or (later.low == self.high and not (self.before and later.after))

    def literals(self, axis: Axis, unit: str | None) -> Iterator[Formula]:
        """The same as bounds of the sum."""
        if self.low is not None and self.low == self.high and not (self.after or self.before):
            yield at_zero(Sum(axis, -self.low), Order.EQUAL, unit)
            return
        if self.low is not None:
            order = Order.LESS if self.after else Order.AT_MOST
            yield at_zero(Sum(axis, -self.low).times(-1), order, unit)
        if self.high is not None:
            yield at_zero(Sum(axis, -self.high), Order.LESS if self.before else Order.AT_MOST, unit)


def fewer(cubes: Sequence[Cube]) -> tuple[Cube, ...]:
    """As few as can be made so; those that are left stay in their order."""
    if len(cubes) < 2:
        return tuple(cubes)
    left = list(cubes)
    while True:
        before = len(left)
        left = _largest(left)
        for axis in dict.fromkeys(axis for cube in left for literal in cube for axis in _axes(literal)):
            left = list(_joined(left, axis))
        if len(left) == before:
            return tuple(left)


def week_stretches(formula: Expr) -> tuple[WeekPlace, tuple[AxisStretch, ...]] | None:
    """The stretches of the week in which a formula says that something lies; None if it says anything else.

    What goes on over the end of the week is one stretch, which then ends before it begins.
    """
    alternatives = formula.parts if isinstance(formula, Or) else (formula,)
    found: list[AxisStretch] = []
    places: set[Variable] = set()
    for alternative in alternatives:
        stretch = AxisStretch()
        for part in alternative.parts if isinstance(alternative, And) else (alternative,):
            bounds = list(_bound(part))
            if not bounds or len(bounds[0][0]) > 1:
                return None
            ((((coefficient, place),), bound),) = bounds
            if coefficient != 1:
                return None
            places.add(place)
            stretch = stretch & bound
        found.append(stretch)
    place = next(iter(places))
    if len(places) > 1 or not isinstance(place, WeekPlace):
        return None
    return place, _around(_union(found))


def _largest(cubes: Sequence[Cube]) -> list[Cube]:
    """Those that no other one includes, in the place of the first that they include; of equal ones the first."""
    kept: dict[Cube, None] = {}
    for cube in cubes:
        largest = cube
        for other in cubes:
            if _implies(largest, other) and not _implies(other, largest):
                largest = other
        kept[next(other for other in cubes if _implies(largest, other) and _implies(other, largest))] = None
    return list(kept)


def _implies(cube: Cube, other: Cube) -> bool:
    """Whether each condition of the other one is among these, or follows from one of them alone."""
    return all(any(_follows(wanted, literal) for literal in cube) for wanted in other)


def _follows(wanted: Formula, literal: Formula) -> bool:
    if wanted == literal:
        return True
    if isinstance(wanted, IsIn) and isinstance(literal, IsIn):
        return wanted.variable == literal.variable and set(literal.members) <= set(wanted.members)
    pairs = ((a, b) for a in _bound(wanted) for b in _bound(literal))
    return any(axis == other and wide.includes(narrow) for (axis, wide), (other, narrow) in pairs)


def _joined(cubes: Sequence[Cube], axis: Axis) -> Iterator[Cube]:
    """Cubes that differ only in a stretch of this axis, as one in the place of the first, as far as they meet."""
    groups: dict[frozenset[Formula], list[Cube]] = {}
    for cube in cubes:
        groups.setdefault(frozenset(literal for literal in cube if not _is_of(literal, axis)), []).append(cube)
    for group in groups.values():
        union = _union(stretch for cube in group for stretch in _stretches(cube, axis))
        weekly = len(axis) == 1 and axis[0][1].sort == IN_WEEK
        if len(group) == 1 or (len(union) == len(group) and not weekly):
            yield from group
            continue
        said = (part for cube in group for literal in cube if _is_of(literal, axis) for part in atoms_of(literal))
        unit = next((part.unit for part in said if isinstance(part, Compare)), None)
        rest = tuple(literal for literal in group[0] if not _is_of(literal, axis))
        told = [tuple(stretch.literals(axis, unit)) for stretch in union]
        if weekly and len(told) > 1:
            either = disjunction(*(conjunction(*literals) for literals in told))
            yield (*rest, either)
        else:
            yield from ((*rest, *literals) for literals in told)


def _is_of(literal: Formula, axis: Axis) -> bool:
    return set(_axes(literal)) == {axis}


def _axes(literal: Formula) -> list[Axis]:
    """The sums of which the literal is a bound, or says that they lie in one of several stretches."""
    parts = [part for way in literal.parts for part in parts_of(way)] if isinstance(literal, Or) else [literal]
    found = [axis for part in parts for axis, _ in _bound(part)]
    return found if len(found) == len(parts) else []


def _stretches(cube: Cube, axis: Axis) -> list[AxisStretch]:
    """Where on the axis the cube lies."""
    result = [AxisStretch()]
    for literal in (literal for literal in cube if _is_of(literal, axis)):
        ways = [_stretch(parts_of(way), axis) for way in (literal.parts if isinstance(literal, Or) else (literal,))]
        result = [one & way for one in result for way in ways if not (one & way).is_empty]
    return result


def _stretch(literals: Iterable[Formula], axis: Axis) -> AxisStretch:
    result = AxisStretch()
    for literal in literals:
        for other, stretch in _bound(literal):
            result = result & stretch if other == axis else result
    return result


def _bound(literal: Expr) -> Iterator[tuple[Axis, AxisStretch]]:
    """What a comparison bounds, and how."""
    if not isinstance(literal, Compare):
        return
    upwards = literal.terms[0][0] < 0
    axis = tuple((-c, v) for c, v in literal.terms) if upwards else literal.terms
    strict = literal.order is Order.LESS
    if literal.order is Order.EQUAL:
        value = -literal.bound if upwards else literal.bound
        yield axis, AxisStretch(value, value)
    elif upwards:
        yield axis, AxisStretch(low=-literal.bound, after=strict)
    else:
        yield axis, AxisStretch(high=literal.bound, before=strict)


def _union(stretches: Iterable[AxisStretch]) -> list[AxisStretch]:
    """The same values in as few stretches as it takes, in order."""
    joined: list[AxisStretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.low is not None, s.low or 0, s.after)):
        if joined and joined[-1].meets(stretch):
            last = joined[-1]
            upper = max(last, stretch, key=lambda s: (s.high is None, s.high or 0, not s.before))
            joined[-1] = replace(last, high=upper.high, before=upper.before)
        else:
            joined.append(stretch)
    return joined


def _around(stretches: Sequence[AxisStretch]) -> tuple[AxisStretch, ...]:
    """The last and the first one as one, where that goes on to the end of the week and this one from its beginning."""
    first, last = stretches[0], stretches[-1]
    begins = first.low is None or (first.low <= 0 and not first.after)
    ends = last.high is None or last.high >= WEEK
    if len(stretches) == 1 or not (begins and ends):
        return tuple(stretches)
    return (*stretches[1:-1], AxisStretch(last.low, first.high, last.after, first.before))
