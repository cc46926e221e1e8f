"""The pieces of a page on two texts as one HTML file without network or script."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.render.columns import visible
from cbm.render.differences.page_blocks import (
    Block,
    BlockEntry,
    BlockPage,
    BlockSection,
    BlockSentence,
    Chapter,
    CountTable,
)
from cbm.render.markup import Markup, joined, tag, words
from cbm.render.translated_page import html_document
from cbm.translation.saying import say

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--quiet:#57606a;--line:#d0d7de}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--quiet:#9aa4af;--line:#30363d}}
body{margin:0 auto;max-width:60rem;padding:1.5rem;font:1rem/1.55 system-ui,sans-serif}
body{color:var(--ink);background:var(--paper)}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.25rem;margin-top:2.5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1.1rem;margin-top:2rem}
.verdict{font-size:1.1rem}ul{padding-left:1.25rem}li{margin:.35rem 0}li ul{color:var(--quiet)}
ul.told{list-style:none;padding-left:0}ul.told>li{margin:1rem 0;padding-left:.75rem;border-left:3px solid var(--line)}
.place{color:var(--quiet);font:.85em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;display:block}
div.wide{overflow-x:auto}table{border-collapse:collapse}
th,td{border-bottom:1px solid var(--line);padding:.25rem .75rem;text-align:right}th[scope=row]{text-align:left}
th{font-weight:600}
a.skip{position:absolute;left:-100rem}a.skip:focus{left:1rem}
@media print{body{max-width:none}h2,h3{break-after:avoid}li{break-inside:avoid}}
"""


def render(told: BlockPage) -> str:
    """The page, with a line break at its end."""
    alone = len(told.chapters) == 1
    title = told.chapters[0].title if alone else told.title
    verdict = [tag("p", words(told.chapters[0].verdict), class_="verdict")] if alone else []
    return html_document(
        visible(title),
        _STYLE,
        tag("a", say("To the sections"), href="#sections", class_="skip"),
        tag("header", tag("h1", words(title)), *verdict),
        tag(
            "main",
            *(_chapter(chapter, alone) for chapter in told.chapters),
            *(_section(section, "h2") for section in told.together),
            id="sections",
        ),
        policy="default-src 'none'; style-src 'unsafe-inline'",
    )


def _chapter(chapter: Chapter, alone: bool) -> Markup:
    """What is said of two texts; its title and verdict stand above the page where there is no other one."""
    head = (tag("h2", words(chapter.above or chapter.title)), tag("p", words(chapter.verdict), class_="verdict"))
    level = "h2" if alone else "h3"
    return tag("section", *(() if alone else head), *(_block(block, level) for block in chapter.blocks))


def _block(block: Block, level: str) -> Markup:
    match block:
        case BlockSection():
            return _section(block, level)
        case CountTable():
            return _table(block)
        case BlockSentence():
            return tag("p", words(block.text))


def _section(section: BlockSection, level: str) -> Markup:
    return tag("section", *_parts(section, level))


def _parts(section: BlockSection, level: str) -> Iterator[Markup]:
    if section.heading:
        yield tag(level, words(section.heading))
    if section.notes:
        yield tag("ul", *(tag("li", words(note)) for note in section.notes))
    if section.entries:
        yield tag("ul", *map(_entry, section.entries), class_="told")


def _entry(entry: BlockEntry) -> Markup:
    place = tag("span", visible(entry.place), class_="place") if entry.place else Markup("")
    lines = [*(tag("li", words(note)) for note in entry.notes), *map(_entry, entry.below)]
    return tag("li", joined(words(entry.text), place, tag("ul", *lines) if lines else Markup("")))


def _table(table: CountTable) -> Markup:
    heads = tag("tr", tag("td"), *(tag("th", words(head), scope="col") for head in table.heads))
    rows = (
        tag("tr", tag("th", words(head), scope="row"), *(tag("td", str(count or "·")) for count in counts))
        for head, counts in table.rows
    )
    return tag("div", tag("table", tag("thead", heads), tag("tbody", *rows)), class_="wide")
