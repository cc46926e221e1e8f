"""What comes of a Word document: the text that it is laid out as, and the copy with findings."""

from __future__ import annotations

from cbm.records import Record


class LaidOutDocument(Record):
    """The text, how many paragraphs it has and how many of them a place for a clause; what is left to be done.

    `unknown_authors` are those whose party nobody knows, `unread` how much is told as not read.
    """

    text: str
    paragraphs: int
    provisions: int
    unknown_authors: tuple[str, ...]
    unread: int


class CommentedDocument(Record):
    """The bytes of a document with comments, how many findings these tell, and how many have no paragraph."""

    content: bytes
    findings: int
    without_place: int
