"""The cells of a layer as tables: rows by the first axis, columns by the second one, a table for each of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_letters

from cbm.coverage_map import Axis, Cell, Layer, State

_UNSAID = (State.IMPOSSIBLE, State.OUTSIDE)
# The one row of a table without axes.
EVERYTHING = "every type"


@dataclass(frozen=True, slots=True)
class Line:
    """A class of values with the letter it is called by, and its cells; one cell where there is no second axis."""

    letter: str
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """A table; its heading says which values the other axes have. `alike`: rows and columns have the same letters."""

    heading: str
    columns: tuple[Column, ...]
    alike: bool
    lines: tuple[Line, ...]


def blocks(axes: Sequence[Axis], layer: Layer) -> Iterator[Block]:
    """All tables of a layer; classes that the promise never speaks of are left out."""
    held = {cell.place: cell for cell in layer.cells}
    seen = [_seen(layer, place) for place in range(len(axes))]
    down, over = seen[:1], seen[1:2]
    alike = len(axes) > 1 and axes[0].kind == axes[1].kind and layer.classes[0] == layer.classes[1]
    letters = _letters(sorted({*down[0], *over[0]}) if alike else over[0] if over else [])
    for others in product(*seen[2:]) if layer.cells else ():
        lines = []
        for row in product(*down):
            cells = tuple(held[(*row, *column, *others)] for column in product(*over))
            words = layer.classes[0][row[0]].words if row else EVERYTHING
            lines.append(Line(letters[row[0]] if alike else "", words, cells))
        columns = tuple(Column(letters[c], layer.classes[1][c].words) for c in (over[0] if over else ()))
        yield Block(_heading(axes, layer, others), columns, alike, tuple(lines))


def _heading(axes: Sequence[Axis], layer: Layer, others: Sequence[int]) -> str:
    """Which values the axes beyond the second one have; what all of them share is not said."""
    return "; ".join(
        f"{axis.named.words}: {layer.classes[place][value].words}"
        for place, (axis, value) in enumerate(zip(axes[2:], others, strict=True), start=2)
        if len(layer.classes[place]) > 1
    )


def _seen(layer: Layer, axis: int) -> list[int]:
    """The classes of an axis with a cell that the promise speaks of."""
    return sorted({cell.place[axis] for cell in layer.cells if cell.state not in _UNSAID})


def _letters(positions: Sequence[int]) -> dict[int, str]:
    """`A` to `Z`, `a` to `z`, and then numbers."""
    names = [*ascii_letters[26:], *ascii_letters[:26], *(str(n) for n in range(1, len(positions) + 1))]
    return dict(zip(positions, names, strict=False))
