"""Which paragraph of a document a stretch of a text was laid out from: lines that no reader of the page sees."""

from __future__ import annotations

import re
from urllib.parse import unquote

from cbm.papers.paper import PaperParagraph
from cbm.records import Record

_ORIGIN = re.compile(r"^<!-- cbm docx: (?P<file>.+?) -->$", re.MULTILINE)
_ANCHOR = re.compile(r"^<!-- paragraph (?P<place>[0-9]+) (?P<digest>[0-9a-f]{8}) -->$", re.MULTILINE)


class Anchor(Record):
    """Where a paragraph is laid out: its place in the document, and a digest of its words as they were then."""

    offset: int
    place: int
    digest: str


def origin_line(file: str) -> str:
    """Says from which file a text was laid out; what would end the line too early is written by its code."""
    return f"<!-- cbm docx: {file.replace('%', '%25').replace('--', '-%2D')} -->"


def anchor_line(paragraph: PaperParagraph) -> str:
    return f"<!-- paragraph {paragraph.place} {paragraph.digest} -->"


def origin_of(text: str) -> str:
    """The file that a text says it was laid out from; empty where it says none."""
    found = _ORIGIN.search(text)
    return unquote(found["file"]) if found else ""


def anchors_in(text: str) -> tuple[Anchor, ...]:
    """All anchors of a text in order."""
    return tuple(Anchor(one.start(), int(one["place"]), one["digest"]) for one in _ANCHOR.finditer(text))
