"""Map to text for a terminal of eighty columns: what is forgotten first, then how each type of encounter stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cbm.outcomes.coverage_map import CoverageMap, Gap, Layer, State
from cbm.outcomes.map_parts import Axis
from cbm.render.columns import ahead, padded, page, width, wrap
from cbm.render.maps.map_words import (
    DUE,
    WHOLLY,
    additions_words,
    asymmetry_words,
    box_words,
    called,
    clash_words,
    clashes_of,
    count,
    due_words,
    example_words,
    excepted_words,
    gap_words,
    gaps_of,
    measure,
    name_words,
    percent,
    reading,
    reserves_of,
    standing,
    title,
)
from cbm.render.maps.marks import legend, sign_of
from cbm.render.maps.tables import TableBlock, blocks
from cbm.render.remarks import named
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say, say_count

LIMIT = 80
# More gaps of one layer, and more tables, are counted and not printed.
GAPS, BLOCKS = 10, 12
_LABEL = 46
_STATES = {
    State.GOVERNED: mark("governed"),
    State.NOTIFIED: mark("notified"),
    State.PARTLY: mark("in part"),
    State.SILENT: mark("silent"),
    State.RESERVED: mark("reserved"),
    State.PARTLY_RESERVED: mark("part res."),
    State.EXCEPTED: mark("excepted"),
    State.SWAYED: mark("as acted"),
    State.CONTRADICTORY: mark("clashing"),
    State.DEPENDING: mark("depending"),
    State.UNDECIDED: mark("undecided"),
}


def render(drawn: CoverageMap) -> str:
    """The page, with a line break at its end."""
    lines = [
        *_wrapped(say("Coverage of {text}", text=title(drawn)), "", "  "),
        *_wrapped(reading(drawn), "  "),
        "",
        *_summary(drawn),
        "",
    ]
    for layer in drawn.layers:
        lines += [*_layer(drawn, layer), ""]
    lines += [*_excepted(drawn), *_asymmetries(drawn), *_unspoken(drawn)]
    lines += [line for note in drawn.notes for line in _wrapped(_note(note), "", "  ")]
    return page(lines).rstrip() + "\n"


def _summary(drawn: CoverageMap) -> Iterator[str]:
    """One line a matter, in numbers of types; as many tables as it takes to keep within the limit."""
    counted_layers = [layer for layer in drawn.layers if layer.tally]
    shown = [state for state in _STATES if any(count(layer, state) for layer in counted_layers)]
    columns = [(say("promised"), [f"{layer.promised:,}" for layer in counted_layers])]
    columns += [(say(_STATES[state]), [_number(layer, state) for layer in counted_layers]) for state in shown]
    names = [name_words(drawn, layer) for layer in counted_layers]
    wide = max(map(width, names), default=0)
    for several in _abreast(columns, LIMIT - wide - 2):
        yield f"  {'':{wide}}{''.join(ahead(head, room) for head, _, room in several)}"
        for number, name in enumerate(names):
            yield f"  {padded(name, wide)}{''.join(ahead(cells[number], room) for _, cells, room in several)}"
    for layer in drawn.layers:
        if not layer.tally:
            yield from _wrapped(named(name_words(drawn, layer), standing(drawn, layer)), "  ", "    ")


def _abreast(columns: Sequence[tuple[str, Sequence[str]]], room: int) -> Iterator[list[tuple[str, Sequence[str], int]]]:
    """The columns, with the room each takes, in rows that keep within this room."""
    row: list[tuple[str, Sequence[str], int]] = []
    for head, cells in columns:
        needed = max(map(width, (head, *cells)), default=0) + 2
        if row and sum(taken for _, _, taken in row) + needed > room:
            yield row
            row = []
        row.append((head, cells, needed))
    if row and row[0][1]:
        yield row


def _number(layer: Layer, state: State) -> str:
    number = count(layer, state)
    if state is State.GOVERNED and layer.promised:
        return f"{number:,} {ahead(percent(Fraction(number, layer.promised)), 4)}"
    return f"{number:,}"


def _note(note: str) -> str:
    return say("note: {note}", note=note)


def _layer(drawn: CoverageMap, layer: Layer) -> Iterator[str]:
    name = name_words(drawn, layer)
    yield name.upper() if called(layer.named).isascii() else name
    yield from _wrapped(measure(layer), "  ", "    ")
    yield from _wrapped(standing(drawn, layer), "  ", "    ")
    gaps = dict(gaps_of(layer))
    yield from _gaps(WHOLLY, gaps.pop(WHOLLY, ()))
    tables = [block for block in blocks(drawn.axes, layer) if block.lines]
    yield from _tables(drawn.axes, tables)
    if layer.cells:
        yield ""
        meanings = legend(layer, tables)
        told = (say("{sign} {meaning} ({types:,})", sign=s, meaning=words, types=t).strip() for s, words, t in meanings)
        yield from _wrapped(row(told), "  ")
    for heading, some in gaps.items():
        yield from _gaps(heading, some)
    if layer.due:
        yield ""
        yield "  " + say(DUE)
    for due in layer.due:
        yield from _wrapped(due_words(due), "    - ", "      ")
    if clashes := clashes_of(layer):
        yield ""
    for clash, types in clashes:
        yield from _wrapped(f"{'~' if clash.reading else '!'} {clash_words(clash, types)}", "  ", "    ")
    if reserves := reserves_of(layer):
        yield ""
    for reserve in reserves:
        yield from _wrapped(reserve, "  ", "    ")
    yield from _additions(drawn, layer)
    if layer.bounded:
        yield ""
        yield from _wrapped(_note(layer.bounded), "  ", "    ")


def _additions(drawn: CoverageMap, layer: Layer) -> Iterator[str]:
    for words, boxes in additions_words(drawn, layer):
        yield ""
        yield from _wrapped(say("{heading}:", heading=words), "  ", "    ")
        for box in boxes[:GAPS]:
            yield from _wrapped(box_words(box.words, box.types), "    - ", "      ")


def _tables(axes: Sequence[Axis], tables: Sequence[TableBlock]) -> Iterator[str]:
    for block in tables[:BLOCKS]:
        yield ""
        yield from _block(axes, block)
    if len(tables) > BLOCKS:
        more = say_count(
            "and {count:,} more table: ask by fewer axes with --by",
            "and {count:,} more tables: ask by fewer axes with --by",
            len(tables) - BLOCKS,
        )
        yield from _wrapped(more, "  ", "    ")


def _block(axes: Sequence[Axis], block: TableBlock) -> Iterator[str]:
    if block.heading:
        yield from _wrapped(block.heading, "  ", "    ")
    letters = [column.letter for column in block.columns]
    labels = [_wrapped(f"{line.letter} {line.words}".strip(), "  ", "    ", _LABEL) for line in block.lines]
    corner = f"  {called(axes[0].named)} \\ {called(axes[1].named)}" if letters else ""
    wide = max(width(corner), *(width(line) for label in labels for line in label))
    room = (LIMIT - wide - 2) // 2
    for start in range(0, max(len(letters), 1), room):
        chosen = slice(start, start + room)
        if letters:
            yield f"{padded(corner, wide)}  {' '.join(letters[chosen])}"
        for label, line in zip(labels, block.lines, strict=True):
            *above, last = label
            yield from above
            yield f"{padded(last, wide)}  {' '.join(sign_of(cell) for cell in line.cells[chosen])}".rstrip()
    if block.columns and not block.alike:
        for column in block.columns:
            yield from _wrapped(f"{column.letter} {column.words}", "    ", "      ")


def _gaps(heading: str, gaps: Sequence[Gap]) -> Iterator[str]:
    if gaps:
        yield ""
        yield "  " + say(heading)
    for number, gap in enumerate(gaps[:GAPS], start=1):
        yield from _gap(number, gap)
    if len(gaps) > GAPS:
        more = say("and {count} more", count=len(gaps) - GAPS)
        yield f"     {more}"


def _gap(number: int, gap: Gap) -> Iterator[str]:
    yield from _wrapped(gap_words(gap), f"  {number:>2}. ", "      ")
    if gap.witness is not None:
        yield from _wrapped(example_words(gap.witness), "      ", "        ")


def _excepted(drawn: CoverageMap) -> Iterator[str]:
    if drawn.excepted:
        yield say("Exceptions").upper()
        for excepted in drawn.excepted:
            yield from _wrapped(excepted_words(excepted), "  ", "    ")
        yield ""


def _asymmetries(drawn: CoverageMap) -> Iterator[str]:
    if drawn.asymmetries:
        yield say("Parties").upper()
        for asymmetry in drawn.asymmetries:
            yield from _wrapped(asymmetry_words(asymmetry), "  ", "    ")
            if asymmetry.witness is not None:
                yield from _wrapped(example_words(asymmetry.witness), "      ", "        ")
        yield ""


def _unspoken(drawn: CoverageMap) -> Iterator[str]:
    if drawn.silent_topics:
        topics = listed([called(topic) for topic in drawn.silent_topics])
        yield from _wrapped(say("no clause of this text is on {topics}", topics=topics), "", "  ")


def _wrapped(text: str, first: str = "", rest: str = "", limit: int = LIMIT) -> list[str]:
    return wrap(text, first, rest or first, limit)
