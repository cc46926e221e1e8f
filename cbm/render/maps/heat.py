"""A layer as a section of a page: a table of cells for each choice of axes, and what each cell opens to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from cbm.outcomes.coverage_map import Cell, CoverageMap, Hinge, Layer, State
from cbm.outcomes.map_parts import Axis, Clause, Witness
from cbm.render.columns import begun
from cbm.render.maps.languages import FORCES, ORIGINS, axis_name, class_name, named, spans, state_label, word
from cbm.render.maps.map_words import (
    additions_words,
    box_words,
    clash_words,
    clashes_of,
    due_words,
    gap_words,
    gaps_of,
    measure,
    reserves_of,
    standing,
)
from cbm.render.maps.marks import sign_of
from cbm.render.maps.sketch import drawing, shows_something
from cbm.render.maps.stylesheet import COLOURS
from cbm.render.maps.tables import EVERYTHING, TableBlock, blocks
from cbm.render.markup import Markup, joined, tag
from cbm.render.remarks import named as named_text
from cbm.translation.listing import listed, row, sentences
from cbm.translation.saying import say

# More cells than this are shown by the first two axes only.
MANY = 2_000
# So many choices of axes are offered.
VIEWS = 6
# The heading of what turns on these, and not on readings alone.
_TURNING = {
    frozenset((Hinge.PACKAGE,)): "packages",
    frozenset(Hinge): "packages and readings",
}


def section(drawn: CoverageMap, layer: Layer, number: int) -> Markup:
    """The layer with this number on the page."""
    chosen = orders(drawn.axes, layer)
    return tag(
        "section",
        tag("h2", named(layer.named), bearer_of(drawn, layer), id=f"m{number}"),
        tag("p", sentences((_sentence(measure(layer)), _sentence(standing(drawn, layer))))),
        *(_choice(drawn.axes, chosen, number) if len(chosen) > 1 else ()),
        *(_view(drawn, layer, number, position, order) for position, order in enumerate(chosen)),
        *(_panel(drawn, layer, number, index, cell) for index, cell in enumerate(layer.cells) if _opens(cell)),
        *_below(drawn, layer, number),
        class_="layer",
        aria_labelledby=f"m{number}",
    )


def bearer_of(drawn: CoverageMap, layer: Layer) -> str:
    """Whom a layer is about, behind its name, where that differs from layer to layer."""
    return say(" ({bearer})", bearer=layer.bearer) if len({one.bearer for one in drawn.layers}) > 1 else ""


def orders(axes: Sequence[Axis], layer: Layer) -> list[tuple[int, ...]]:
    """The choices of axes: each two of those that tell cells apart, in their order, the others after them."""
    if not layer.cells:
        return []
    places = range(len(axes))
    telling = [place for place in places if len(layer.classes[place]) > 1]
    first = telling if len(telling) > 1 else list(places)
    pairs: list[tuple[int, ...]] = list(combinations(first, 2)) or [tuple(places)]
    found = [(*pair, *(place for place in places if place not in pair)) for pair in pairs]
    return found[: 1 if len(layer.cells) > MANY else VIEWS]


def example(witness: Witness, name: str) -> Markup:
    """An example in words, with a drawing if it can be drawn."""
    words = tag("p", word("example"), say(": {words}", words=witness.shown.words))
    sketch = witness.shown.sketch
    if sketch is None or not shows_something(sketch):
        return words
    return joined(words, tag("figure", drawing(sketch, name)))


def clause_links(clauses: Sequence[str], known: Mapping[str, Clause]) -> Markup:
    """Clauses by name, each leading to what it says."""
    places = {reference: place for place, reference in enumerate(known)}
    return Markup(listed([tag("a", known[r].name, href=f"#k{places[r]}") for r in clauses], ","))


def _clause_words(clauses: Sequence[str], known: Mapping[str, Clause]) -> Markup:
    """The same as a list, with the words of each clause."""
    told = (
        joined(clause_links((r,), known), say(": {words}", words=known[r].wording) if known[r].wording else "")
        for r in clauses
    )
    return tag("ul", *(tag("li", line) for line in told))


def _choice(axes: Sequence[Axis], chosen: Sequence[tuple[int, ...]], number: int) -> Iterator[Markup]:
    options: list[Markup] = []
    for position, (down, over, *_) in enumerate(chosen):
        name = f"v{number}-{position}"
        checked = "checked" if position == 0 else None
        kind = f"pick-{position}"
        button = tag("input", type="radio", name=f"v{number}", id=name, class_=kind, checked=checked)
        label = tag("label", axis_name(axes[down]), " × ", axis_name(axes[over]), for_=name)
        options.append(tag("span", button, label, class_="choice"))
    yield tag("fieldset", tag("legend", word("axes")), *options)


def _view(drawn: CoverageMap, layer: Layer, number: int, position: int, order: tuple[int, ...]) -> Markup:
    tables = list(blocks(drawn.axes, layer, order))
    return tag(
        "div", *(_table(drawn.axes, layer, number, block, order) for block in tables), class_=f"view view-{position}"
    )


def _table(axes: Sequence[Axis], layer: Layer, number: int, block: TableBlock, order: tuple[int, ...]) -> Markup:
    def heading(axis: int, place: int, scope: str) -> Markup:
        cls = layer.classes[axis][place]
        return tag("th", class_name(axes[axis], cls.values, cls.words), scope=scope)

    apart = [(axes[axis], layer.classes[axis][place]) for axis, place in block.apart]
    caption = [_called(axis_name(axis), class_name(axis, c.values, c.words)) for axis, c in apart]
    rows: list[Markup] = []
    if block.columns:
        corner = tag("td", axis_name(axes[order[0]]), " ↓ ", axis_name(axes[order[1]]), " →", class_="corner")
        rows.append(tag("tr", corner, *(heading(order[1], column.position, "col") for column in block.columns)))
    for line in block.lines:
        head = heading(order[0], line.position, "row") if order else tag("th", say(EVERYTHING), scope="row")
        rows.append(
            tag("tr", head, *(_cell(c, layer, number, n) for c, n in zip(line.cells, line.numbers, strict=True)))
        )
    told = [Markup(row(caption))] if caption else [named(layer.named)]
    return tag("div", tag("table", tag("caption", *told), tag("tbody", *rows)), class_="wide")


def _cell(cell: Cell, layer: Layer, section: int, number: int) -> Markup:
    state = spans(state_label(cell.state, layer.hinges))
    sign = joined(tag("span", sign_of(cell), aria_hidden="true"), tag("span", state, class_="vh"))
    inside = tag("a", sign, href=f"#c{section}-{number}") if _opens(cell) else tag("span", sign)
    blank = "" if _opens(cell) else " blank"
    return tag("td", inside, class_=f"{look(cell)}{blank}")


def look(cell: Cell) -> str:
    """The class that gives a cell its colours."""
    if cell.state is State.GOVERNED and cell.force is not None:
        return COLOURS[cell.force][0]
    return COLOURS[cell.state][0] if cell.state in COLOURS else "binding"


def _opens(cell: Cell) -> bool:
    return cell.state is not State.IMPOSSIBLE


def _panel(drawn: CoverageMap, layer: Layer, number: int, index: int, cell: Cell) -> Markup:
    """What a cell opens to."""
    where = [
        _called(axis_name(axis), class_name(axis, classes[place].values, classes[place].words))
        for axis, classes, place in zip(drawn.axes, layer.classes, cell.place, strict=True)
    ]
    rows: list[tuple[str, Markup]] = [("types", joined(f"{cell.types:,}"))]
    state = [spans(state_label(cell.state, layer.hinges))]
    state += [spans(FORCES[cell.force])] if cell.force else []
    state += [spans(ORIGINS[cell.origin])] if cell.origin else []
    rows.insert(0, ("state", Markup(listed(state, ","))))
    if cell.clauses:
        rows.append(("clauses", _clause_words(cell.clauses, drawn.clauses)))
    known = [clash for clash, _ in clashes_of(layer)]
    if cell.clashes:
        links = [tag("li", tag("a", c.words, href=f"#x{number}-{known.index(c)}")) for c in cell.clashes]
        rows.append(("clashes", tag("ul", *links)))
    rows += [("reserves", tag("ul", *(tag("li", r) for r in cell.reserves)))] if cell.reserves else []
    rows += (
        [(_TURNING.get(layer.hinges, "readings"), tag("ul", *(tag("li", r) for r in cell.readings)))]
        if cell.readings
        else []
    )
    return tag(
        "section",
        tag("h3", _called(named(layer.named), Markup(row(where)) if where else joined(say(EVERYTHING)))),
        tag("dl", *(part for key, inside in rows for part in (tag("dt", word(key)), tag("dd", inside)))),
        *([example(cell.witness, f"s{number}-{index}")] if cell.witness else []),
        tag("p", tag("a", word("back"), href=f"#m{number}"), class_="back"),
        id=f"c{number}-{index}",
        class_="cell",
        tabindex="-1",
    )


def _below(drawn: CoverageMap, layer: Layer, number: int) -> Iterator[Markup]:
    for kind, (heading, gaps) in enumerate(gaps_of(layer)):
        yield tag("h3", _called(word("gaps"), joined(say(heading))))
        told = []
        for place, gap in enumerate(gaps):
            shown = [] if gap.witness is None else [example(gap.witness, f"g{number}-{kind}-{place}")]
            told.append(tag("li", tag("details", tag("summary", gap_words(gap)), *shown)))
        yield tag("ol", *told, class_="gaps")
    if layer.due:
        yield tag("h3", word("due"))
        yield tag("ul", *(tag("li", due_words(due)) for due in layer.due))
    if clashes := clashes_of(layer):
        yield tag("h3", word("clashes"))
        lines = [_called(joined(clash_words(c, n)), clause_links(c.clauses, drawn.clauses)) for c, n in clashes]
        yield tag("ul", *(tag("li", line, id=f"x{number}-{place}") for place, line in enumerate(lines)))
    if reserves := reserves_of(layer):
        yield tag("h3", word("reserves"))
        yield tag("ul", *(tag("li", reserve) for reserve in reserves))
    for words, boxes in additions_words(drawn, layer):
        yield tag("h3", _called(word("adds"), joined(words)))
        yield tag("ul", *(tag("li", box_words(box.words, box.types)) for box in boxes))
    if layer.bounded:
        yield tag("p", _sentence(layer.bounded))


def _sentence(words: str) -> str:
    return say("{sentence}.", sentence=begun(words))


def _called(name: Markup, text: Markup) -> Markup:
    return Markup(named_text(name, text))
