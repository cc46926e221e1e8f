"""The cells of a layer as tables: rows by one axis, columns by another, and a table for each choice of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_letters

from cbm.outcomes.coverage_map import Cell, Layer, State
from cbm.outcomes.map_parts import Axis
from cbm.translation.listing import row as joined_row
from cbm.translation.saying import mark, say

_UNSAID = (State.IMPOSSIBLE, State.OUTSIDE)
# The one row of a table without axes.
EVERYTHING = mark("every type")


@dataclass(frozen=True, slots=True)
class Line:
    """A class of values with the letter it is called by, and its cells; one cell where there is no second axis.

    `position` is that of the class on its axis, `numbers` are those of the cells in the layer.
    """

    letter: str
    words: str
    position: int
    cells: tuple[Cell, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The same of the axis across."""

    letter: str
    words: str
    position: int


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; its heading says which classes the other axes have, `apart` by axis and position, as far as they differ.

    `alike`: rows and columns have the same letters.
    """

    heading: str
    apart: tuple[tuple[int, int], ...]
    columns: tuple[Column, ...]
    alike: bool
    lines: tuple[Line, ...]


def blocks(axes: Sequence[Axis], layer: Layer, order: Sequence[int] = ()) -> Iterator[TableBlock]:
    """All tables of a layer; classes that the promise never speaks of are left out.

    `order` are positions of axes, none left out: the one down, the one across, and then the others.
    """
    if not layer.cells:
        return  # too many, or nothing is known of any
    held = {cell.place: (number, cell) for number, cell in enumerate(layer.cells)}
    chosen = list(order or range(len(axes)))
    seen = {place: _seen(layer, place) for place in chosen}
    down, over, rest = chosen[:1], chosen[1:2], chosen[2:]
    alike = bool(over) and axes[down[0]].kind == axes[over[0]].kind and layer.classes[down[0]] == layer.classes[over[0]]
    columns = [c for place in over for c in seen[place]]
    letters = _letters(sorted({*seen[down[0]], *columns}) if alike else columns)
    for others in product(*(seen[place] for place in rest)):
        lines = []
        for row in product(*(seen[place] for place in down)):
            across = product(*(seen[place] for place in over))
            here = [dict(zip(chosen, (*row, *column, *others), strict=True)) for column in across]
            found = [held[tuple(place[i] for i in range(len(axes)))] for place in here]
            words = layer.classes[down[0]][row[0]].words if row else say(EVERYTHING)
            numbers, cells = tuple(number for number, _ in found), tuple(cell for _, cell in found)
            lines.append(Line(letters[row[0]] if alike else "", words, row[0] if row else 0, cells, numbers))
        heads = tuple(Column(letters[c], layer.classes[over[0]][c].words, c) for c in columns)
        apart = tuple((place, v) for place, v in zip(rest, others, strict=True) if len(layer.classes[place]) > 1)
        heading = joined_row(
            say("{name}: {text}", name=axes[place].named.words, text=layer.classes[place][v].words)
            for place, v in apart
        )
        yield TableBlock(heading, apart, heads, alike, tuple(lines))


def _seen(layer: Layer, axis: int) -> list[int]:
    """The classes of an axis with a cell that the promise speaks of."""
    return sorted({cell.place[axis] for cell in layer.cells if cell.state not in _UNSAID})


def _letters(positions: Sequence[int]) -> dict[int, str]:
    """`A` to `Z`, `a` to `z`, and then numbers."""
    names = [*ascii_letters[26:], *ascii_letters[:26], *(str(n) for n in range(1, len(positions) + 1))]
    return dict(zip(positions, names, strict=False))
