"""A woven text to Markdown for readers: its words, and below them their statements as plain blocks."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.woven_text import WovenRow, WovenText
from cbm.render.columns import page


def render(told: WovenText) -> str:
    """The page, with a line break at its end."""
    lines = [line for row in told.rows for line in (*_lines(row), "")]
    return page(lines[:-1])


def _lines(row: WovenRow) -> Iterator[str]:
    yield from row.prose.split("\n") if row.prose else ()
    if row.source:
        marks = "```" if "```" not in row.source else "~~~~"
        yield from ("", f"{marks}text", *row.source.split("\n"), marks)
