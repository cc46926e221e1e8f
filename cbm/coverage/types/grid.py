"""Sets of types of encounter: the product of the values of some axes, each set written as the bits of one number.

Numbers of a million bits are combined about as fast as memory is read, so that whole maps are put together from
products of values without going through their types one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from math import prod
from operator import eq

from cbm.records import Record

Type = tuple[str, ...]
# For each axis the positions of some of its values, in order; None for all of them.
Sides = Sequence[Sequence[int] | None]


class Grid(Record, dict=True):  # with room for what is worked out once
    """The values of some axes, in order. Bit i of a set stands for type i; the last axis changes fastest.

    `weights` say for each value how many it stands for; none: each stands for itself.
    """

    values: tuple[tuple[str, ...], ...]
    weights: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.values))

    @cached_property
    def count(self) -> int:
        return prod(self.sizes)

    @cached_property
    def everything(self) -> Types:
        return Types(self, (1 << self.count) - 1)

    @property
    def nothing(self) -> Types:
        return Types(self, 0)

    def box(self, sides: Sides) -> int:
        """The types whose values all stand at one of these positions."""
        bits, width = 1, 1
        for side, size in zip(reversed(sides), reversed(self.sizes), strict=True):
            bits = _repeated(bits, width, size) if side is None else _placed(bits, width, side)
            width *= size
        return bits

    def index(self, positions: Sequence[int]) -> int:
        """The number of the type with these positions of values."""
        index = 0
        for position, size in zip(positions, self.sizes, strict=True):
            index = index * size + position
        return index

    def positions(self, index: int) -> tuple[int, ...]:
        """The positions of the values of a type."""
        found: list[int] = []
        for size in reversed(self.sizes):
            index, position = divmod(index, size)
            found.append(position)
        return tuple(reversed(found))

    def named(self, positions: Sequence[int]) -> Type:
        return tuple(values[position] for values, position in zip(self.values, positions, strict=True))

    def placed(self, named: Type) -> tuple[int, ...]:
        """The positions of a type told by its values."""
        return tuple(values.index(value) for values, value in zip(self.values, named, strict=True))

    def at(self, positions: Sequence[int]) -> Types:
        """One type by the positions of its values."""
        return Types(self, 1 << self.index(positions))

    def slab(self, axis: int, position: int) -> int:
        """The types at one position of an axis."""
        return self.box([(position,) if place == axis else None for place in range(len(self.values))])

    def types(self, several: Iterable[Type]) -> Types:
        """A set of types told by their values."""
        bits = 0
        for one in several:
            bits |= 1 << self.index(self.placed(one))
        return Types(self, bits)


class Types(Record):
    """A set of types of one grid."""

    grid: Grid
    bits: int

    def __bool__(self) -> bool:
        return self.bits != 0

    def __len__(self) -> int:
        """How many types it stands for."""
        if not self.grid.weights or not self.bits:
            return self.bits.bit_count()
        alike = [sorted(set(row)) for row in self.grid.weights]
        total = 0
        for chosen in product(*alike):
            sides = [
                [p for p, w in enumerate(row) if w == weight]
                for row, weight in zip(self.grid.weights, chosen, strict=True)
            ]
            total += prod(chosen) * (self.bits & self.grid.box(sides)).bit_count()
        return total

    def __iter__(self) -> Iterator[Type]:
        """The types by their values, in order."""
        return map(self.grid.named, self.places)

    @property
    def places(self) -> Iterator[tuple[int, ...]]:
        """The types by the positions of their values, in order."""
        # Byte by byte: taking the lowest bit off a long number again and again is slow.
        for place, byte in enumerate(as_bytes(self.grid, self.bits)):
            for bit in range(8) if byte else ():
                if byte >> bit & 1:
                    yield self.grid.positions(place * 8 + bit)

    def __contains__(self, named: Type) -> bool:
        return bool(self.bits >> self.grid.index(self.grid.placed(named)) & 1)

    def __and__(self, other: Types) -> Types:
        return Types(self.grid, self.bits & other.bits)

    def __or__(self, other: Types) -> Types:
        return Types(self.grid, self.bits | other.bits)

    def __sub__(self, other: Types) -> Types:
        return Types(self.grid, self.bits & ~other.bits)

    @property
    def first(self) -> Type:
        """The first type of a set that is not empty."""
        return self.grid.named(self.grid.positions(lowest(self.bits)))


def classes(grid: Grid, sets: Sequence[int]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """For each axis, the positions that none of these sets tells apart: they come together, in order of the first."""
    telling = [bits for bits in dict.fromkeys(sets) if bits not in (0, grid.everything.bits)]
    return tuple(tuple(map(tuple, _alike(grid, telling, axis))) for axis in range(len(grid.sizes)))


def _alike(grid: Grid, sets: Sequence[int], axis: int) -> list[list[int]]:
    """The positions of an axis that none of the sets tells apart; each is compared with the first of each class."""
    groups: list[list[int]] = []
    first = grid.slab(axis, 0)
    width = prod(grid.sizes[axis + 1 :])

    def held(position: int) -> Iterator[int]:
        return (bits >> position * width & first for bits in sets)

    for position in range(grid.sizes[axis]):
        same = next((group for group in groups if all(map(eq, held(group[0]), held(position)))), None)
        if same is None:
            groups.append([position])
        else:
            same.append(position)
    return groups


def merged(grid: Grid, bits: int, groups: Sequence[Sequence[Sequence[int]]]) -> tuple[Grid, int]:
    """The grid with one value for each class, its first one, and the set there; the classes must not part the set."""
    coarse = Grid(tuple(tuple(v[members[0]] for members in rows) for v, rows in zip(grid.values, groups, strict=True)))
    held, found = as_bytes(grid, bits), bytearray((coarse.count + 7) // 8)
    for number, index in enumerate(indices(grid, [[members[0] for members in rows] for rows in groups])):
        if held[index >> 3] >> (index & 7) & 1:
            found[number >> 3] |= 1 << (number & 7)
    return coarse, int.from_bytes(found, "little")


def as_bytes(grid: Grid, bits: int) -> bytes:
    """A set in a form in which single types are looked up at once: bit `i & 7` of byte `i >> 3` is type i."""
    return bits.to_bytes((grid.count + 7) // 8, "little")


def indices(grid: Grid, sides: Sequence[Sequence[int]]) -> list[int]:
    """The numbers of the types in a box, in order."""
    indices = [0]
    for side, size in zip(sides, grid.sizes, strict=True):
        indices = [index * size + position for index in indices for position in side]
    return indices


def lowest(bits: int) -> int:
    """The number of the first type of a set that is not empty."""
    return (bits & -bits).bit_length() - 1


def _repeated(bits: int, width: int, times: int) -> int:
    """The same bits several times in a row."""
    found, have = bits, 1
    while have * 2 <= times:
        found |= found << width * have
        have *= 2
    if rest := times - have:
        found |= (found & ((1 << width * rest) - 1)) << width * have
    return found


def _placed(bits: int, width: int, side: Sequence[int]) -> int:
    """The same bits at some places of a row."""
    found = 0
    for position in side:
        found |= bits << width * position
    return found
