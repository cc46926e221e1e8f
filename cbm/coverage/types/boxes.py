"""Which types of encounter belong to a region, and the region as maximal boxes: products of values of the axes.

A type belongs to the region if some situation of that type meets the conditions. A refused type excludes a whole
box of types at once (the part of it that the refusal needs); an accepted one is moved along all axes by evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from cbm.core.expressions import Formula
from cbm.core.substitution import Value, variables
from cbm.core.variables import Variable
from cbm.coverage.types.axes import FLAG_VALUES as FLAG_VALUES
from cbm.coverage.types.axes import Divider, literal, values_of
from cbm.coverage.types.evaluation import MovedPoint, type_space
from cbm.coverage.types.grid import Type as Type
from cbm.coverage.types.grid import Types, lowest
from cbm.coverage.types.maximal_boxes import KnownCover, maximal_boxes
from cbm.records import Record, field
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# More types of encounter than this are not told apart one by one.
TYPES = 10_000_000
# Sets of no more types than this, all together, are remembered for further questions.
_REMEMBERED = 100_000_000


class Box(Record):
    """One set of values for each axis, in the order of the axis; `types` are those of the region inside."""

    sides: tuple[tuple[str, ...], ...]
    types: Types


Ask = Callable[..., Mapping[Variable, Value] | Unsat | Unknown]


def situations(
    solver: Solver, formulas: tuple[Formula, ...], axes: tuple[Divider, ...], also: Iterable[Variable] = ()
) -> Ask:
    """`ask` for a region told by formulas, which the solver requires; without any, situations are not looked at.

    They have a value for the variables in `also`, too.
    """
    told = [literal(axis, (value,)) for axis in axes for value in values_of(axis)] if formulas else []
    needed = list(dict.fromkeys((*(v for formula in (*formulas, *told) for v in variables(formula)), *also)))

    def ask(*literals: Formula) -> Mapping[Variable, Value] | Unsat | Unknown:
        answer = solver.decide(*literals)
        return answer.values(needed) if isinstance(answer, Sat) else answer

    return ask


def boxes(axes: tuple[Divider, ...], region: Types, spare: Types) -> Iterator[Box]:
    """Maximal boxes that cover the region and hold nothing but region and spare types."""
    cover, names = KnownCover(region, spare), [values_of(axis) for axis in axes]
    for box in maximal_boxes(cover):
        assert not isinstance(box, Unknown), "what is known type by type is known"
        sides = cover.full(box)
        named = tuple(tuple(values[p] for p in side) for values, side in zip(names, sides, strict=True))
        yield Box(named, Types(region.grid, region.grid.box(sides) & region.bits))


class _Shown(Record):
    """A situation of the region, and the types in which it lies when it is moved along the axes."""

    moved: MovedPoint
    types: int
    meeting: dict[int, int] = field(default_factory=dict)  # by the number of a condition: the types where it holds

    def under(self, number: int, condition: Formula) -> int:
        """The types in which it meets the condition; none if it is not known."""
        known = self.meeting.get(number)
        if known is None:
            known = self.moved.bits(condition) & self.types if self.moved.tells(condition) else 0
            self.meeting[number] = known
        return known


class _Refused(Record):
    """Types that hold no situation of the region under these conditions, told by their numbers."""

    conditions: frozenset[int]
    types: int


class TypeSearch:
    """Which types a region has under conditions, asked about one set of conditions after the other.

    A situation that was found, or types that were refused, are remembered: what follows from them is not asked again.

    `ask` takes literals that name a type and returns such a situation of it, or a refusal. The situation has a value
    for all variables of `sufficient`: formulas that hold only where the region is (none, if it is not told by
    formulas over the situation). What is `necessary` holds all over the region.
    """

    def __init__(
        self, axes: tuple[Divider, ...], ask: Ask, sufficient: tuple[Formula, ...], necessary: tuple[Formula, ...] = ()
    ) -> None:
        self._space, self._ask = type_space(axes), ask
        self._necessary, self._sufficient = necessary, sufficient
        self._numbers: dict[Formula, int] = {}
        self._shown: list[_Shown] = []
        self._refused: list[_Refused] = []

    def under(self, conditions: Sequence[Formula], among: Types | None = None) -> Types | Unknown:
        """The types with a situation that meets all of these conditions; where `among` is given, of these only."""
        grid = self._space.grid
        if grid.count > TYPES:
            reason = mark(
                "there are {types:,} types of encounter to tell apart, and at most {most:,} are looked at",
                types=grid.count,
                most=TYPES,
            )
            return Unknown(reason)
        candidates = self._candidates(conditions)
        return self._found(conditions, candidates if among is None else candidates & among)

    @property
    def _remembers(self) -> bool:
        return (len(self._shown) + len(self._refused)) * self._space.grid.count <= _REMEMBERED

    @cached_property
    def _known(self) -> list[Formula]:
        """What the axes alone tell of the region."""
        return [formula for formula in self._necessary if self._space.exact(formula)]

    @cached_property
    def _everywhere(self) -> Types:
        return self._space.where(self._known, {})

    @cached_property
    def _told(self) -> tuple[Formula, ...] | None:
        """What holds where the region is, apart from that; None: nothing is known of a type but what is asked."""
        if not self._sufficient:
            return None
        return tuple(formula for formula in self._sufficient if not any(formula is other for other in self._known))

    @cached_property
    def _literals(self) -> list[list[Formula]]:
        return [[literal(axis, (value,)) for value in values_of(axis)] for axis in self._space.axes]

    def _candidates(self, conditions: Iterable[Formula]) -> Types:
        exact = [condition for condition in conditions if self._space.exact(condition)]
        return self._everywhere & self._space.where(exact, {}) if exact else self._everywhere

    def _found(self, conditions: Sequence[Formula], candidates: Types) -> Types | Unknown:
        """Those of the candidates that have a situation of the region under the conditions.

        What earlier questions refused or showed is used first. Of each type that is left then it is asked whether it
        has one: where it has none, no type has that agrees with it in the axes that the refusal needs.
        """
        grid, left = self._space.grid, candidates.bits
        numbered = {self._numbers.setdefault(condition, len(self._numbers)): condition for condition in conditions}
        for refused in self._refused if left else ():
            if refused.conditions <= numbered.keys():
                left &= ~refused.types
        inside = 0
        for shown in reversed(self._shown):
            if not left:
                break
            reached = _meeting(shown, numbered, left)
            inside |= reached
            left &= ~reached
        while left:
            positions = grid.positions(lowest(left))
            rows = zip(self._literals, positions, strict=True)
            named = {row[position]: axis for axis, (row, position) in enumerate(rows)}
            answer = self._ask(*named, *conditions)
            match answer:
                case Unknown():
                    return answer
                case Unsat(core):
                    needed = {named[part] for part in core if part in named}
                    box = grid.box([(p,) if axis in needed else None for axis, p in enumerate(positions)])
                    of = frozenset(self._numbers[part] for part in core if part not in named)
                    if self._remembers:
                        self._refused.append(_Refused(of, box))
                    left &= ~box
                case _:
                    shown = self._seen(answer, grid.box([(p,) for p in positions]))
                    if self._remembers:
                        self._shown.append(shown)
                    reached = _meeting(shown, numbered, candidates.bits) | grid.box([(p,) for p in positions])
                    inside |= reached & candidates.bits
                    left &= ~reached
        return Types(grid, inside)

    def _seen(self, point: Mapping[Variable, Value], cell: int) -> _Shown:
        moved = MovedPoint(self._space, point)
        if self._told is None:
            return _Shown(moved, cell)
        bits = self._space.grid.everything.bits
        for formula in self._told:
            bits &= moved.bits(formula) if bits else 0
        reached = moved.all_following() & bits if bits else 0
        moved.known.clear()  # the formulas of the region are not asked about again
        return _Shown(moved, cell | reached)


def _meeting(shown: _Shown, numbered: Mapping[int, Formula], among: int) -> int:
    """The types, of these, in which the situation that was shown meets the conditions."""
    bits = shown.types & among
    for number, condition in numbered.items():
        if not bits:
            break
        bits &= shown.under(number, condition)
    return bits
