"""How cells are marked where there is room for one character, and what each mark means."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.outcomes.coverage_map import Cell, Force, Hinge, Layer, State
from cbm.render.maps.languages import state_label
from cbm.render.maps.tables import TableBlock
from cbm.translation.saying import mark, say

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
    "#": (mark("governed"), Force.BINDING),
    "*": (mark("governed, in part by advice only"), Force.MIXED),
    "+": (mark("advised only"), Force.HORTATORY),
    "n": (mark("notification only"), State.NOTIFIED),
    "/": (mark("open in part"), State.PARTLY),
    ".": (mark("silent"), State.SILENT),
    "e": (mark("governed but for exceptions"), State.EXCEPTED),
    "c": (mark("governed or not, as the unit acts"), State.SWAYED),
    "r": (mark("reserved"), State.RESERVED),
    "R": (mark("governed, in part reserved"), State.PARTLY_RESERVED),
    "!": (mark("contradictory"), State.CONTRADICTORY),
    "~": (mark("depends on a reading"), State.DEPENDING),
    "?": (mark("undecided"), State.UNDECIDED),
    "-": (mark("not promised"), State.OUTSIDE),
    " ": (mark("impossible"), State.IMPOSSIBLE),
}


def sign_of(cell: Cell) -> str:
    """One character for a cell."""
    if cell.state is State.GOVERNED:
        return _FORCES[cell.force or Force.BINDING]
    return _STATES[cell.state]


def legend(layer: Layer, tables: Iterable[TableBlock]) -> list[tuple[str, str, int]]:
    """The marks that occur in the tables of a layer, with their meaning and the number of types in all of it."""
    shown = {sign_of(cell) for block in tables for line in block.lines for cell in line.cells}
    counts: dict[str, int] = {}
    for cell in layer.cells:
        counts[sign_of(cell)] = counts.get(sign_of(cell), 0) + cell.types
    return [(sign, say(meaning(sign, layer.hinges)), counts[sign]) for sign in MARKS if sign in shown]


def meaning(sign: str, hinges: frozenset[Hinge]) -> str:
    """What a mark means in a map, or a layer, in which anything turns on these."""
    words, state = MARKS[sign]
    return state_label(state, hinges) if state is State.DEPENDING else words
