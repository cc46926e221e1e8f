"""How a draft stands to its models to the pages a negotiator reads."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.model_comparison import ModelReport
from cbm.render.columns import ahead, page, visible, width, wrap
from cbm.render.differences.comparison_outline import outline
from cbm.render.differences.noted_texts import noted, noted_below
from cbm.render.differences.page_blocks import BlockEntry, BlockSection, Chapter, CountTable
from cbm.translation.saying import say

# A heading longer than this is cut short in the table.
_HEAD = 48


def render(report: ModelReport) -> str:
    """The page for a terminal."""
    told = outline(report)
    lines: list[str] = []
    for chapter in told.chapters:
        lines += [*_chapter(chapter), ""]
    for section in told.together:
        lines += _section(section, colon=True)
    return page(lines).rstrip("\n") + "\n"


def markdown(report: ModelReport) -> str:
    """The page in Markdown."""
    from cbm.render.differences import blocks_markdown  # not every page needs it

    return blocks_markdown.render(outline(report))


def html(report: ModelReport) -> str:
    """The page in HTML."""
    from cbm.render.differences import blocks_html  # not every page needs it

    return blocks_html.render(outline(report))


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from wrap(chapter.title, rest="  ")
    yield ""
    for block in chapter.blocks:
        if isinstance(block, BlockSection):
            yield from _section(block, colon=False)
        elif isinstance(block, CountTable):
            yield from _table(block)
            yield ""
    yield from wrap(chapter.verdict)


def _section(section: BlockSection, *, colon: bool) -> Iterator[str]:
    """Notes have a colon above them; so have entries, but those of an article."""
    if section.notes and section.heading:
        yield from noted_below(section.heading, section.notes)
        return
    for note in section.notes:
        yield from noted(note)
    if section.heading:
        yield from wrap(say("{heading}:", heading=section.heading) if colon else section.heading, rest="  " * colon)
    for entry in section.entries:
        yield from _entry(entry)
    yield ""


def _entry(entry: BlockEntry) -> Iterator[str]:
    yield from wrap(entry.text, "  ", "      ")
    for note in entry.notes:
        yield from noted(note, "    " if entry.below else "      ")
    for one in entry.below:
        yield from wrap(one.text, "    - ", "      ")
        for note in one.notes:
            yield from noted(note, "      ")


def _table(table: CountTable) -> Iterator[str]:
    first = max((min(width(visible(head)), _HEAD) for head, _ in table.rows), default=0)
    yield "  " + " " * first + "".join(f"  {head}" for head in table.heads)
    for head, counts in table.rows:
        cells = (f"  {ahead(str(n or '·'), width(name))}" for n, name in zip(counts, table.heads, strict=True))
        yield f"  {_cut(head, first)}{''.join(cells)}"


def _cut(head: str, columns: int) -> str:
    """The heading in so many columns."""
    shown = visible(head)
    if width(shown) > columns:
        while width(shown) > columns - 1:
            shown = shown[:-1]
        shown += "…"
    return shown + " " * (columns - width(shown))
