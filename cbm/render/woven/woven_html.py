"""A woven text to one HTML file without network or script: its words left, its statements right.

On narrow screens they stand below each other, and on paper side by side.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt

from cbm.outcomes.woven_text import WovenRow, WovenText
from cbm.render.columns import page, visible
from cbm.render.markup import Markup, tag
from cbm.render.report.report_html import POLICY
from cbm.render.translated_page import html_document
from cbm.render.woven.woven_stylesheet import WOVEN_STYLE
from cbm.translation.saying import say


def render(told: WovenText) -> str:
    """The page, with a line break at its end."""
    shown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    whole = html_document(
        visible(told.title),
        WOVEN_STYLE,
        tag("a", say("To the text"), href="#text", class_="skip"),
        tag("header", tag("p", say("The clauses stand beside their words, or below them."), class_="quiet")),
        tag("main", *(_row(row, shown) for row in told.rows), id="text"),
        policy=POLICY,
    )
    return page(whole.removesuffix("\n").split("\n"))


def _row(row: WovenRow, shown: MarkdownIt) -> Markup:
    cells = list(_cells(row, shown))
    return tag("section", *cells, class_="row" if row.statements else "row whole")


def _cells(row: WovenRow, shown: MarkdownIt) -> Iterator[Markup]:
    yield tag("div", Markup(shown.render("\n".join(map(_inert, row.prose.split("\n"))))), class_="prose")
    if row.statements:
        code = (
            tag("span", _lines(one.text), class_=one.kind) if one.kind else _lines(one.text) for one in row.statements
        )
        yield tag("pre", tag("code", *code), class_="clauses")


def _inert(line: str) -> str:
    """A line that is not turned round by what stands in it."""
    return "\t".join(map(visible, line.split("\t")))


def _lines(text: str) -> str:
    return "\n".join(map(_inert, text.split("\n")))
