"""How cells are marked where there is room for one character, and what each mark means."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.outcomes.coverage_map import Cell, Force, Layer, State
from cbm.render.maps.tables import TableBlock

_STATES = {
    State.IMPOSSIBLE: " ",
    State.OUTSIDE: "-",
    State.UNDECIDED: "?",
    State.CONTRADICTORY: "!",
    State.DEPENDING: "~",
    State.SILENT: ".",
    State.RESERVED: "r",
    State.EXCEPTED: "e",
    State.SWAYED: "c",
    State.PARTLY_RESERVED: "R",
    State.PARTLY: "/",
    State.NOTIFIED: "n",
}
_FORCES = {Force.BINDING: "#", Force.MIXED: "*", Force.HORTATORY: "+"}
# What each mark means, with what it stands for.
MARKS: dict[str, tuple[str, State | Force]] = {
    "#": ("governed", Force.BINDING),
    "*": ("governed, in part by advice only", Force.MIXED),
    "+": ("advised only", Force.HORTATORY),
    "n": ("notification only", State.NOTIFIED),
    "/": ("open in part", State.PARTLY),
    ".": ("silent", State.SILENT),
    "e": ("governed but for exceptions", State.EXCEPTED),
    "c": ("governed or not, as the unit acts", State.SWAYED),
    "r": ("reserved", State.RESERVED),
    "R": ("governed, in part reserved", State.PARTLY_RESERVED),
    "!": ("contradictory", State.CONTRADICTORY),
    "~": ("depends on a reading", State.DEPENDING),
    "?": ("undecided", State.UNDECIDED),
    "-": ("not promised", State.OUTSIDE),
    " ": ("impossible", State.IMPOSSIBLE),
}


def mark(cell: Cell) -> str:
    """One character for a cell."""
    if cell.state is State.GOVERNED:
        return _FORCES[cell.force or Force.BINDING]
    return _STATES[cell.state]


def legend(layer: Layer, tables: Iterable[TableBlock]) -> list[tuple[str, str, int]]:
    """The marks that occur in the tables of a layer, with their meaning and the number of types in all of it."""
    shown = {mark(cell) for block in tables for line in block.lines for cell in line.cells}
    counts: dict[str, int] = {}
    for cell in layer.cells:
        counts[mark(cell)] = counts.get(mark(cell), 0) + cell.types
    return [(sign, words, counts[sign]) for sign, (words, _) in MARKS.items() if sign in shown]
