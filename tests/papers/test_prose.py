"""Words of a document read as they are where Markdown is shown; each is tried with a program that shows it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from cbm.papers.prose import cell, inline, prose

SHOW = MarkdownIt("commonmark", {"html": False}).enable("table")


def shown(markdown: str) -> str:
    """What a reader sees: the words of one paragraph."""
    html = SHOW.render(markdown)
    assert html.startswith("<p>")
    assert html.count("<p>") == 1
    return unescape(re.sub(r"</?p>|<br />", "", html)).strip()


@pytest.mark.parametrize(
    "words",
    [
        *("1. a", "12) a", "# a", "> a", "- a", "+ a", "* a", "---", "=== ", "| a | b |", "a *b* _c_ `d`", "\\*"),
        *("[CN: 500 m | JP: 1,000 m]", "[a](b)", "[a]: b", "![a](b)", "[a][b]", "<b>", "&amp; &lt;", "~~a~~", "3.2 km"),
        *("http://example.org", "<!-- paragraph 1 00000000 -->", "2019-10-01", "```cbm"),
    ],
)
def test_nothing_is_markup(words: str) -> None:
    assert shown(prose(words)) == words.strip()
    assert shown(f"**1.** {inline(words)}").removeprefix("<strong>1.</strong>").strip() == words.strip()


def test_lines_and_cells() -> None:
    assert shown(prose("one\ntwo")) == "one\ntwo"
    table = SHOW.render(f"| {cell('a | b')} |\n|---|\n| {cell('[x|y]')} |")
    assert "<th>a | b</th>" in table
    assert "<td>[x|y]</td>" in table
