"""Ground formulas to sets of types: in which of them a formula holds when everything but the axes keeps its value.

Attributes that are axes by themselves go through all their values, quantities through one value of each stretch; a
term, or a sum of several quantities, has the value that follows from the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import ClassVar, assert_never

from cbm.core.episodes import TermAxis
from cbm.core.expressions import (
    And,
    Compare,
    Flag,
    Formula,
    IsIn,
    Not,
    Or,
    Same,
    Truth,
)
from cbm.core.sorts import KindSort
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.coverage.types.axes import FLAG_VALUES, Divider, Merged, atoms, literal, values_of, variable_of, weights_of
from cbm.coverage.types.grid import Grid, Types
from cbm.coverage.types.thresholds import ScaledAxis
from cbm.records import Placed, Record, Struct, field
from cbm.search.implicants import Point, true_at

# Sets of no more types than this are remembered for each part of a formula.
_REMEMBERED = 100_000
# For so many points an atom's answers are remembered.
_POINTS = 1_000


class _Atom(Record):
    """An atom, the axes that it is about by themselves, with their position, and its answers for points seen so far.

    `moving` are the variables whose values at a point have a part in the answer.
    """

    atom: Formula
    places: Mapping[Variable, int]
    moving: tuple[Variable, ...]
    bits: dict[tuple[Value | None, ...], int] = field(default_factory=dict)
    positions: dict[tuple[Value | None, ...], list[int]] = field(default_factory=dict)


class TypeSpace(Placed):
    """Some axes with their grid; `places` are the variables that are axes by themselves, with their position."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"_placed"})

    axes: tuple[Divider, ...]
    grid: Grid
    places: Mapping[Variable, int]
    _placed: dict[int, _Atom] = field(default_factory=dict)

    def placed(self, atom: Formula) -> _Atom:
        """What is known of an atom; remembered, since it is asked often."""
        known = self._placed.get(id(atom))
        if known is None:
            places = {v: self.places[v] for v in variables(atom) if v in self.places}
            moving = tuple(v for v in variables(atom) if v not in places or self._keeps_own(places[v]))
            known = self._placed[id(atom)] = _Atom(atom, places, moving)  # it is held, so its number stays its own
        return known

    def _keeps_own(self, place: int) -> bool:
        """Whether the point's own value stands for some position of the axis."""
        return isinstance(self.axes[place], Merged | ScaledAxis)

    def exact(self, formula: Formula) -> bool:
        """Whether in each type the axes alone tell if the formula holds."""
        return all(v in self.places for v in variables(formula)) and all(map(self._told, atoms(formula)))

    def where(self, formulas: Iterable[Formula], point: Point) -> Types:
        """The types that the point comes to when it is moved along the axes, as far as the formulas hold there.

        Of formulas that are exact these are all types in which they hold, whatever the point.
        """
        moved = MovedPoint(self, point)
        bits = self.grid.everything.bits
        for formula in formulas:
            bits &= moved.bits(formula) if bits else 0
        return Types(self.grid, bits)

    def following(self, point: Point) -> Types:
        """The types whose values of terms and of sums are those that follow from the point, moved along the rest."""
        return Types(self.grid, MovedPoint(self, point).all_following())

    def at(self, point: Point) -> Types:
        """The one type that the point itself belongs to."""
        index = 0
        for axis, size in zip(self.axes, self.grid.sizes, strict=True):
            index = index * size + _position(axis, point)
        return Types(self.grid, 1 << index)

    def _told(self, atom: Formula) -> bool:
        """Whether an atom has one answer for each value of the axes it is about."""
        axes = [self.axes[self.places[variable]] for variable in variables(atom)]
        match atom, axes:
            case Compare(), [ScaledAxis() as scale]:
                return scale.keeps_whole(atom)
            case IsIn(_, members), [Merged(_, groups)]:
                return all(len({member in members for member in group}) == 1 for group in groups)
            case _:
                return not any(isinstance(axis, Merged | ScaledAxis) for axis in axes)


def type_space(axes: tuple[Divider, ...]) -> TypeSpace:
    """These axes; of several that are about one variable, the first is moved along and the others follow."""
    places: dict[Variable, int] = {}
    for place, axis in enumerate(axes):
        variable = variable_of(axis)
        if variable is not None:
            places.setdefault(variable, place)
    weights = tuple(map(weights_of, axes)) if any(isinstance(axis, Merged) for axis in axes) else ()
    return TypeSpace(axes, Grid(tuple(map(values_of, axes)), weights), places)


class MovedPoint(Struct):
    """A point moved along the axes: for each of them its values by position; remembers what was worked out."""

    type_space: TypeSpace
    point: Point
    values: Sequence[Sequence[Value]] = ()
    known: dict[int, tuple[Formula, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values = [_values(axis, self.point) for axis in self.type_space.axes]

    def all_following(self) -> int:
        """The types whose values of terms and of sums are those that follow from the point."""
        space = self.type_space
        bits = space.grid.everything.bits
        for place, axis in enumerate(space.axes):
            if place not in space.places.values():
                bits &= self._following(place, axis) if bits else 0
        return bits

    def tells(self, formula: Formula) -> bool:
        """Whether the point has a value for all that the formula speaks of."""
        return all(v in self.point for v in variables(formula))

    def _following(self, place: int, axis: Divider) -> int:
        found = 0
        for position, value in enumerate(values_of(axis)):
            sides: list[Sequence[int] | None] = [None] * len(self.type_space.axes)
            sides[place] = (position,)
            found |= self.type_space.grid.box(sides) & self.bits(literal(axis, (value,)))
        return found

    def bits(self, formula: Formula) -> int:
        """The types in which it holds."""
        known = self.known.get(id(formula))
        if known is not None:
            return known[1]
        bits = self._bits(formula)
        if self.type_space.grid.count <= _REMEMBERED:
            self.known[id(formula)] = (formula, bits)  # the formula is held, so its number stays its own
        return bits

    def _bits(self, formula: Formula) -> int:
        grid = self.type_space.grid
        match formula:
            case Truth(value):
                return grid.everything.bits if value else 0
            case Flag() | IsIn() | Same() | Compare():
                return self._atom(formula)
            case Not(operand):
                return grid.everything.bits ^ self.bits(operand)
            case And(parts):
                return self._all(parts)
            case Or(parts):
                found = 0
                for part in parts:
                    if found == grid.everything.bits:
                        break
                    found |= self.bits(part)
                return found
            case _:
                assert_never(formula)

    def _all(self, parts: tuple[Formula, ...]) -> int:
        """What is said of no axis is looked at first; what is said of single axes is one product, made at once."""
        if any(self._fails(part) for part in parts):
            return 0
        sides: list[Sequence[int] | None] = [None] * len(self.type_space.axes)
        rest: list[Formula] = []
        for part in parts:
            single = self._single(part)
            if single is None:
                rest.append(part)
            else:
                place, positions = single
                before = sides[place]
                sides[place] = positions if before is None else [p for p in before if p in positions]
        bits = self.type_space.grid.box(sides)
        for part in rest:
            bits &= self.bits(part) if bits else 0
        return bits

    def _fails(self, part: Formula) -> bool:
        """Whether it is an atom or its negation, about no axis, and does not hold at the point."""
        atom = part.operand if isinstance(part, Not) else part
        if not isinstance(atom, Flag | IsIn | Same | Compare) or self.type_space.placed(atom).places:
            return False
        return bool(self._atom(atom)) is (part is not atom)

    def _single(self, part: Formula) -> tuple[int, list[int]] | None:
        """The axis that alone decides an atom or its negation, with the positions at which it holds."""
        atom = part.operand if isinstance(part, Not) else part
        if not isinstance(atom, Flag | IsIn | Same | Compare):
            return None
        known = self.type_space.placed(atom)
        if len(known.places) != 1:
            return None
        ((variable, place),) = known.places.items()
        here = tuple(map(self.point.get, known.moving))
        positions = known.positions.get(here)
        if positions is None:
            held = [true_at(atom, {**self._rest(atom), variable: value}) for value in self.values[place]]
            positions = [position for position, holds in enumerate(held) if holds]
            if len(known.positions) < _POINTS:
                known.positions[here] = positions
        if part is not atom:
            positions = [position for position in range(len(self.values[place])) if position not in positions]
        return place, positions

    def _atom(self, atom: Formula) -> int:
        known = self.type_space.placed(atom)
        here = tuple(map(self.point.get, known.moving))
        bits = known.bits.get(here)
        if bits is None:
            bits = self._holding(atom, known.places)
            if len(known.bits) < _POINTS and self.type_space.grid.count <= _REMEMBERED:
                known.bits[here] = bits
        return bits

    def _holding(self, atom: Formula, places: Mapping[Variable, int]) -> int:
        rest, found = self._rest(atom), 0
        for chosen in product(*(enumerate(self.values[place]) for place in places.values())):
            if true_at(atom, rest | dict(zip(places, (value for _, value in chosen), strict=True))):
                sides: list[Sequence[int] | None] = [None] * len(self.type_space.axes)
                for place, (position, _) in zip(places.values(), chosen, strict=True):
                    sides[place] = (position,)
                found |= self.type_space.grid.box(sides)
        return found

    def _rest(self, atom: Formula) -> dict[Variable, Value]:
        return {v: self.point[v] for v in variables(atom) if v not in self.type_space.places}


def _values(axis: Divider, point: Point) -> Sequence[Value]:
    """A value for each position of an axis that is a variable; where the point stands, its own."""
    match axis:
        case Merged(variable, groups):
            mine = point.get(variable)
            return [mine if isinstance(mine, str) and mine in group else group[0] for group in groups]
        case ScaledAxis(_, stretches) if axis.variable is not None:
            own = point.get(axis.variable)
            values: list[Value] = [axis.some_value(stretch) for stretch in stretches]
            if own is not None:
                values[_position(axis, point)] = own
            return values
        case TermAxis() | ScaledAxis():
            return ()
        case _:
            return axis.sort.members if isinstance(axis.sort, KindSort) else [name == "yes" for name in FLAG_VALUES]


def _position(axis: Divider, point: Point) -> int:
    """Where the point stands on an axis."""
    if isinstance(axis, Variable):
        value = point[axis]
        return values_of(axis).index(value if isinstance(value, str) else FLAG_VALUES[0 if value else 1])
    held = (true_at(literal(axis, (value,)), point) for value in values_of(axis))
    return next(position for position, holds in enumerate(held) if holds)
