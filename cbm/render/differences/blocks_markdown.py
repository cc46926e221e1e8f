"""The pieces of a page on two texts as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.render.columns import page
from cbm.render.differences.page_blocks import BlockEntry, BlockPage, BlockSection, Chapter, CountTable
from cbm.render.markdown_text import plain_words


def render(told: BlockPage) -> str:
    """The page, with a line break at its end."""
    alone = len(told.chapters) == 1
    lines = [] if alone else [f"# {plain_words(told.title)}", ""]
    for chapter in told.chapters:
        lines += _chapter(chapter, "#" if alone else "##")
    for section in told.together:
        lines += _section(section, "##")
    return page(lines[:-1])


def _chapter(chapter: Chapter, level: str) -> Iterator[str]:
    yield from (f"{level} {plain_words(chapter.above or chapter.title)}", "", plain_words(chapter.verdict), "")
    for block in chapter.blocks:
        if isinstance(block, BlockSection):
            yield from _section(block, f"{level}#")
        elif isinstance(block, CountTable):
            yield from _table(block)
        else:
            yield from (plain_words(block.text), "")


def _section(section: BlockSection, level: str) -> Iterator[str]:
    if section.heading:
        yield from (f"{level} {plain_words(section.heading)}", "")
    yield from (f"- {plain_words(note)}" for note in section.notes)
    for entry in section.entries:
        yield from _entry(entry)
    yield ""


def _entry(entry: BlockEntry, before: str = "") -> Iterator[str]:
    at = f" ({plain_words(entry.place)})" if entry.place else ""
    yield f"{before}- {plain_words(entry.text)}{at}"
    yield from (f"{before}  - {plain_words(note)}" for note in entry.notes)
    for one in entry.below:
        yield from _entry(one, f"{before}  ")


def _table(table: CountTable) -> Iterator[str]:
    yield f"| | {' | '.join(map(plain_words, table.heads))} |"
    yield f"|---|{'---:|' * len(table.heads)}"
    for head, counts in table.rows:
        yield f"| {plain_words(head)} | {' | '.join(str(count or '') for count in counts)} |"
    yield ""
