"""What changed between texts to the pages a negotiator reads."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.difference import Ledger
from cbm.render.columns import page, wrap
from cbm.render.differences.difference_outline import outline
from cbm.render.differences.noted_texts import noted, noted_below
from cbm.render.differences.page_blocks import BlockSection, BlockSentence, Chapter
from cbm.translation.saying import say


def render(ledger: Ledger) -> str:
    """The page for a terminal."""
    told = outline(ledger)
    lines: list[str] = []
    for chapter in told.chapters:
        lines += [say("{heading}:", heading=chapter.above), ""] if chapter.above else []
        lines += [*_chapter(chapter), ""]
    for section in told.together:
        lines += list(_section(section))[:-1]
    return page(lines if told.together else lines[:-1])


def markdown(ledger: Ledger) -> str:
    """The page in Markdown."""
    from cbm.render.differences import blocks_markdown  # not every page needs it

    return blocks_markdown.render(outline(ledger))


def html(ledger: Ledger) -> str:
    """The page in HTML."""
    from cbm.render.differences import blocks_html  # not every page needs it

    return blocks_html.render(outline(ledger))


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from (chapter.title, "")
    for block in chapter.blocks:
        if isinstance(block, BlockSection):
            yield from _section(block)
        elif isinstance(block, BlockSentence):
            yield from (block.text, "")
    yield from wrap(chapter.verdict)


def _section(section: BlockSection) -> Iterator[str]:
    for entry in section.entries:
        yield from wrap(entry.text, rest="  ")
        yield f" --> {entry.place}"
        for note in entry.notes:
            yield from noted(note)
        yield ""
    if section.heading:
        yield from noted_below(section.heading, section.notes)
