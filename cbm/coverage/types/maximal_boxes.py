"""A region of types as maximal boxes, grown from its first type on: one way for all who can say what fits.

Each box is grown along the axes in several orders and the best one is kept, so that few boxes are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Protocol

from cbm.coverage.types.grid import Types, as_bytes, classes, indices, lowest, merged
from cbm.smt.solve import Unknown

# For each axis the positions of the values that a box has there, in order.
Sides = tuple[tuple[int, ...], ...]


# Boxes of no more types than this are looked through type by type.
_FEW = 48
# Values are gone through together where that leaves so many times fewer types.
_WORTH_MERGING = 4


class BoxCover(Protocol):
    """A region of types with types that may be added to its boxes; `cover` tells it what is covered already."""

    @property
    def sizes(self) -> tuple[int, ...]: ...

    def first(self) -> tuple[int, ...] | Unknown | None:
        """The positions of the first type of the region that is not covered; None if all are."""
        ...

    def fits(self, sides: Sides) -> bool | Unknown:
        """Whether a box holds nothing but types of the region and types that may be added."""
        ...

    def worth(self, sides: Sides) -> tuple[int, ...]:
        """What a box is good for: of several, the one worth most is taken."""
        ...

    def cover(self, sides: Sides) -> None: ...


def maximal_boxes(cover: BoxCover) -> Iterator[Sides | Unknown]:
    """Maximal boxes that cover the region, each with a type that those before it lack; Unknown ends them."""
    while (start := cover.first()) is not None:
        if isinstance(start, Unknown):
            yield start
            return
        box = _best(cover, start)
        if isinstance(box, Unknown):
            yield box
            return
        cover.cover(box)
        yield box


class KnownCover:
    """A cover whose types are known one by one. Values that it does not tell apart are gone through together."""

    def __init__(self, region: Types, spare: Types) -> None:
        self._grid, self._left = region.grid, region.bits
        self._groups = classes(region.grid, [region.bits, spare.bits])
        if prod(map(len, self._groups)) * _WORTH_MERGING > region.grid.count:
            self._groups = tuple(tuple((p,) for p in range(size)) for size in region.grid.sizes)
            self._coarse, within = region.grid, region.bits | spare.bits
        else:
            self._coarse, within = merged(region.grid, region.bits | spare.bits, self._groups)
        self._foreign = self._coarse.everything.bits & ~within
        self._looked_up = as_bytes(self._coarse, self._foreign)
        self._place = [{p: i for i, members in enumerate(rows) for p in members} for rows in self._groups]

    @property
    def sizes(self) -> tuple[int, ...]:
        return self._coarse.sizes

    def first(self) -> tuple[int, ...] | None:
        if not self._left:
            return None
        positions = self._grid.positions(lowest(self._left))
        return tuple(place[p] for place, p in zip(self._place, positions, strict=True))

    def fits(self, sides: Sides) -> bool:
        if prod(map(len, sides)) > _FEW:
            return not self._coarse.box(sides) & self._foreign
        return not any(self._looked_up[i >> 3] >> (i & 7) & 1 for i in indices(self._coarse, sides))

    def worth(self, sides: Sides) -> tuple[int, ...]:
        """Types it adds to those covered; of two that add as many, the smaller one is told more easily."""
        full = self.full(sides)
        return (self._grid.box(full) & self._left).bit_count(), -prod(map(len, full))

    def cover(self, sides: Sides) -> None:
        self._left &= ~self._grid.box(self.full(sides))

    def full(self, sides: Sides) -> Sides:
        """The box in all values."""
        return tuple(
            tuple(sorted(p for group in side for p in rows[group]))
            for side, rows in zip(sides, self._groups, strict=True)
        )


def _best(cover: BoxCover, start: Sequence[int]) -> Sides | Unknown:
    known: dict[Sides, bool] = {}
    grown: dict[Sides, tuple[int, ...]] = {}
    for order in _orders(len(cover.sizes)):
        sides: list[tuple[int, ...]] = [(position,) for position in start]
        for axis in order:
            row = _row(cover, sides, axis, known)
            if isinstance(row, Unknown):
                return row
            sides[axis] = row
        if (box := tuple(sides)) not in grown:
            grown[box] = cover.worth(box)
    return max(grown, key=lambda box: grown[box])


def _row(
    cover: BoxCover, sides: Sequence[tuple[int, ...]], axis: int, known: dict[Sides, bool]
) -> tuple[int, ...] | Unknown:
    """The positions along one axis at which the rest of the box fits."""
    found: list[int] = []
    for position in range(cover.sizes[axis]):
        slab = (*sides[:axis], (position,), *sides[axis + 1 :])
        if position not in sides[axis]:
            if slab not in known:
                fits = cover.fits(slab)
                if isinstance(fits, Unknown):
                    return fits
                known[slab] = fits
            if not known[slab]:
                continue
        found.append(position)
    return tuple(found)


def _orders(count: int) -> list[tuple[int, ...]]:
    """Each axis first once, the others after it in turn: enough variety without all permutations."""
    return [tuple((first + step) % count for step in range(count)) for first in range(count)] or [()]
