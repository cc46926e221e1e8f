"""What a document on paper says, paragraph by paragraph, whoever wrote it with what: plain data."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from itertools import chain

from cbm.records import Record


class TrackedKind(StrEnum):
    """What a tracked change does with the words that it is of."""

    INSERTED = "inserted"
    DELETED = "deleted"


class TrackedChange(Record):
    """A change that somebody proposes; its author as the document has the name."""

    kind: TrackedKind
    author: str


class WordPiece(Record):
    """Words in a row with the changes that they are part of, the outermost first.

    `unread`: in place of words, what stands here and was not read. `is_ours`: the words are what readers are told in
    place of something, such as a sign that leads to a note.
    """

    text: str
    changes: tuple[TrackedChange, ...] = ()
    unread: str = ""
    is_ours: bool = False

    @property
    def is_deleted(self) -> bool:
        return any(change.kind is TrackedKind.DELETED for change in self.changes)


class MarginNote(Record):
    """What stands beside or below a paragraph: what it is called ("comment by Li"), and its words."""

    name: str
    words: str


class PaperParagraph(Record):
    """A paragraph: its place among those of the body and its tables, its number ("3.2", "(a)"), and its words.

    `number` is made by the program that shows the document; one that was typed is part of the words. `numbered_as` are
    the list that counts it and its level there, `heading` the level of a heading, 0 of what is none. `is_title`: it is
    the title of the document. `unread` is what was not read of it as a whole.
    """

    place: int
    pieces: tuple[WordPiece, ...]
    number: str = ""
    numbered_as: tuple[str, int] | None = None
    heading: int = 0
    is_title: bool = False
    notes: tuple[MarginNote, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """As they read with all that is proposed to be inserted, and without what is to be deleted."""
        return "".join(piece.text for piece in self.pieces if not piece.is_deleted)

    @property
    def all_words(self) -> str:
        """With what is to be deleted, and nothing that is not the document's own: the same for every reader."""
        return "".join(piece.text for piece in self.pieces if not piece.is_ours)

    @property
    def change(self) -> TrackedChange | None:
        """The change that all of it is part of, if there is one."""
        said = [piece for piece in self.pieces if piece.text.strip()]
        changes = {piece.changes[:1] for piece in said}
        return next(iter(changes))[0] if len(changes) == 1 and () not in changes else None

    @property
    def digest(self) -> str:
        """By what it is found again when others have come to stand before it."""
        return sha256(" ".join(self.all_words.split()).encode()).hexdigest()[:8]


class PaperTable(Record):
    """A table: of each cell its paragraphs; what was not read of it."""

    rows: tuple[tuple[tuple[PaperParagraph, ...], ...], ...]
    unread: tuple[str, ...] = ()


class UnreadPart(Record):
    """What stands in the body and was not read."""

    words: str


class Paper(Record):
    """A document: what stands in its body, and what above and below its pages, each with its name."""

    title: str
    blocks: tuple[PaperParagraph | PaperTable | UnreadPart, ...]
    around: tuple[MarginNote, ...] = ()

    @property
    def paragraphs(self) -> tuple[PaperParagraph, ...]:
        """Those of the body in order, those in tables among them."""
        return tuple(chain.from_iterable(map(_paragraphs_of, self.blocks)))


def _paragraphs_of(block: PaperParagraph | PaperTable | UnreadPart) -> Iterator[PaperParagraph]:
    match block:
        case PaperParagraph():
            yield block
        case PaperTable():
            yield from (one for row in block.rows for inside in row for one in inside)
        case UnreadPart():
            pass
