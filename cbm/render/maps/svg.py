"""Map to one SVG: a sketch of an encounter for each gap that can be drawn, two in a row, with what it shows."""

from __future__ import annotations

from cbm.finding import Sketch
from cbm.outcomes.coverage_map import CoverageMap
from cbm.render.columns import wrap
from cbm.render.maps.map_words import gap_words, title, with_bearer
from cbm.render.maps.sketch import HEIGHT, WIDTH, description, parts
from cbm.render.maps.stylesheet import DRAWING
from cbm.render.markup import Markup, tag
from cbm.render.translated_page import caveat_lines
from cbm.translation.saying import say
from cbm.translation.speech import spoken

# So many gaps of a layer are drawn.
DRAWN = 4
_ACROSS, _MARGIN, _LINE, _ROWS, _LETTERS, _TITLE = 2, 16, 13, 6, 52, 72
_SHEET = ".head{font:bold 15px system-ui,sans-serif;fill:#111}\n.frame{fill:#fff;stroke:#bdbdbd}"
_STEP = HEIGHT + _LINE * (_ROWS + 1) + _MARGIN


def render(drawn: CoverageMap) -> str:
    """The sheet, with a line break at its end."""
    shown = [
        (
            say(
                "{matter}: nothing governs it where {gap}",
                matter=with_bearer(drawn, layer, layer.named.words),
                gap=gap_words(gap),
            ),
            gap.witness.shown.sketch,
        )
        for layer in drawn.layers
        for gap in [gap for gap in layer.gaps if gap.witness is not None][:DRAWN]
        if gap.witness is not None and gap.witness.shown.sketch is not None
    ]
    head = wrap(title(drawn), "", "", _TITLE)
    said = caveat_lines()
    below = len(head) * 20 + len(said) * _LINE + _MARGIN
    inside = [_at(_MARGIN, 20 + 20 * row, words, "head") for row, words in enumerate(head)]
    start = 20 * len(head) + 4
    inside += [_at(_MARGIN, start + _LINE * row, words, "words") for row, words in enumerate(said, start=1)]
    if not shown:
        inside.append(_at(_MARGIN, below + 14, say("no gap with an encounter that can be drawn"), "words"))
    for number, (words, sketch) in enumerate(shown):
        row, column = divmod(number, _ACROSS)
        inside.append(_one(words, sketch, _MARGIN + column * (WIDTH + _MARGIN), below + row * _STEP))
    rows = -(-len(shown) // _ACROSS) or 1
    wide, high = _ACROSS * (WIDTH + _MARGIN) + _MARGIN, below + (rows * _STEP if shown else 3 * _LINE)
    sheet = Markup(f"{DRAWING.strip()}\n{_SHEET}")
    return (
        tag(
            "svg",
            tag("title", title(drawn), id="title"),
            tag("style", sheet),
            *inside,
            xmlns="http://www.w3.org/2000/svg",
            lang=None if spoken() == "en" else spoken(),
            viewBox=f"0 0 {wide} {high}",
            width=wide,
            height=high,
            role="img",
            aria_labelledby="title",
        )
        + "\n"
    )


def _one(words: str, sketch: Sketch, x: int, y: int) -> Markup:
    told = wrap(words, "", "", _LETTERS)
    if len(told) > _ROWS:
        told = [*told[: _ROWS - 1], f"{told[_ROWS - 1]} …"]
    lines = [_at(0, HEIGHT + _LINE * (row + 1), line, "words") for row, line in enumerate(told)]
    frame = tag("rect", x=0, y=0, width=WIDTH, height=HEIGHT, class_="frame")
    return tag("g", tag("title", description(sketch)), frame, *parts(sketch), *lines, transform=f"translate({x} {y})")


def _at(x: int, y: int, words: str, kind: str) -> Markup:
    return tag("text", words, x=x, y=y, class_=kind)
