"""Map to Markdown: the same page as in the terminal, as headings, tables and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.outcomes.coverage_map import CoverageMap, Layer, State
from cbm.outcomes.map_parts import Axis
from cbm.render.columns import begun, page
from cbm.render.maps.languages import state_label
from cbm.render.maps.map_words import (
    DUE,
    additions_words,
    asymmetry_words,
    box_words,
    clash_words,
    clashes_of,
    count,
    due_words,
    example_words,
    excepted_words,
    gap_words,
    gaps_of,
    measure,
    reading,
    reserves_of,
    standing,
    title,
    with_bearer,
)
from cbm.render.maps.marks import legend, sign_of
from cbm.render.maps.tables import TableBlock, blocks
from cbm.translation.listing import listed, row, sentences
from cbm.translation.saying import say

_STATES = tuple(state for state in State if state not in (State.IMPOSSIBLE, State.OUTSIDE))


def render(drawn: CoverageMap) -> str:
    """The page, with a line break at its end."""
    lines = [f"# {_text(title(drawn))}", "", _stopped(reading(drawn)), "", *_summary(drawn), ""]
    for layer in drawn.layers:
        lines += [*_layer(drawn, layer), ""]
    lines += [*_list(say("Exceptions"), [excepted_words(e) for e in drawn.excepted])]
    lines += [*_list(say("Parties"), [asymmetry_words(a) for a in drawn.asymmetries])]
    lines += [*_list(say("Topics without a clause"), [topic.words for topic in drawn.silent_topics])]
    lines += [*_list(say("Notes"), drawn.notes)]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return page(kept).rstrip() + "\n"


def _summary(drawn: CoverageMap) -> Iterator[str]:
    shown = [state for state in _STATES if any(count(layer, state) for layer in drawn.layers)]
    yield from _row(["", say("promised"), *(say(state_label(state, drawn.hinges)) for state in shown)])
    yield from _row(["---"] + ["---:"] * (len(shown) + 1))
    for layer in drawn.layers:
        numbers = [f"{count(layer, state):,}" for state in shown]
        yield from _row([_text(with_bearer(drawn, layer, layer.named.words)), f"{layer.promised:,}", *numbers])


def _layer(drawn: CoverageMap, layer: Layer) -> Iterator[str]:
    yield f"## {_text(with_bearer(drawn, layer, layer.named.words))}"
    yield ""
    yield sentences((_stopped(measure(layer)), _stopped(standing(drawn, layer))))
    tables = list(blocks(drawn.axes, layer))
    for block in tables:
        yield ""
        yield from _block(drawn.axes, block)
    if layer.cells:
        yield ""
        meanings = [
            say("{sign} {meaning} ({types:,})", sign=f"`{sign}`", meaning=words, types=types)
            for sign, words, types in legend(layer, tables)
        ]
        yield listed(meanings, ",")
    for heading, gaps in gaps_of(layer):
        told = [row([gap_words(gap), *([example_words(gap.witness)] if gap.witness else [])]) for gap in gaps]
        yield from _list(begun(say(heading)), told, level=3)
    yield from _list(begun(say(DUE)), [due_words(due) for due in layer.due], level=3)
    yield from _list(say("Clauses that clash"), [clash_words(c, n) for c, n in clashes_of(layer)], 3)
    yield from _list(say("Left open on purpose"), reserves_of(layer), level=3)
    for words, boxes in additions_words(drawn, layer):
        yield from _list(begun(words), [box_words(box.words, box.types) for box in boxes], level=3)
    if layer.bounded:
        yield ""
        yield say("Note: {note}.", note=_text(layer.bounded))


def _block(axes: Sequence[Axis], block: TableBlock) -> Iterator[str]:
    if block.heading:
        yield f"**{_text(block.heading)}**"
        yield ""
    corner = axes[0].named.words if axes else ""
    yield from _row(
        [_text(corner), *(_text(column.words) for column in block.columns)] + ([] if block.columns else [""])
    )
    yield from _row(["---"] + [":---:"] * max(len(block.columns), 1))
    for line in block.lines:
        yield from _row([_text(line.words), *(f"`{sign_of(cell)}`" for cell in line.cells)])


def _row(cells: Sequence[str]) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _list(heading: str, entries: Sequence[str], level: int = 2) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{'#' * level} {_text(heading)}"
        yield ""
        yield from (f"- {_text(entry)}" for entry in entries)


def _stopped(words: str) -> str:
    """The words as a sentence."""
    return say("{sentence}.", sentence=_text(begun(words)))


def _text(words: str) -> str:
    """Words that mean nothing to Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in words)
