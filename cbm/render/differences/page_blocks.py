"""What a page on two texts says, in pieces that each format sets out in its own way."""

from __future__ import annotations

from cbm.records import Record


class BlockEntry(Record):
    """One thing that is told: where it stands, what is noted of it, and what is told below it."""

    text: str
    place: str = ""
    notes: tuple[str, ...] = ()
    below: tuple[BlockEntry, ...] = ()


class BlockSection(Record):
    """Entries and notes under a heading, or under none."""

    heading: str = ""
    entries: tuple[BlockEntry, ...] = ()
    notes: tuple[str, ...] = ()


class CountTable(Record):
    """Rows of counts, each with its heading."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


class BlockSentence(Record):
    """What is said by itself."""

    text: str


Block = BlockSection | CountTable | BlockSentence


class Chapter(Record):
    """What is said of two texts; `above`: what this chapter is among others; `verdict` sums it up."""

    title: str
    verdict: str
    blocks: tuple[Block, ...]
    above: str = ""


class BlockPage(Record):
    """All chapters, and what is said of all of them together."""

    title: str
    chapters: tuple[Chapter, ...]
    together: tuple[BlockSection, ...] = ()
