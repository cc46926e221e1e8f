"""From a text that was read before to its tree after a change: what the change leaves alone is not read again.

What is not read again keeps its place in the text before the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cbm.source import Source, Span
from cbm.syntax.ast import Document, NormClause, Paragraph, Statement
from cbm.syntax.cutting.assemble import ParsedPiece, assemble
from cbm.syntax.cutting.cut import Piece, cut, says_nothing
from cbm.syntax.cutting.fenced_blocks import statements_in
from cbm.syntax.parse import read, without_mark


def amended(documents: Sequence[Document], source: Source) -> tuple[Document, ...] | None:
    """The documents of the changed text; None if it has a mistake.

    `documents` are all that stand in the text before the change, which had none.
    """
    before, after = _Cut(documents[0].span.source), _Cut(source)
    statements = [one for document in documents for one in (document.header, *_as_written(document.statements))]
    known = [ParsedPiece(piece, statement) for piece, statement in zip(before.pieces, statements, strict=True)]
    shorter = min(len(before.texts), len(after.texts))
    first = _alike(before.texts, after.texts, shorter)
    last = _alike(before.texts[::-1], after.texts[::-1], shorter - first)
    changed: list[ParsedPiece] = []
    for piece in after.pieces[first : len(after.pieces) - last]:
        for reading, mistake in read(source, after.text, piece):
            if mistake is not None:
                return None
            changed.append(reading)
    found, misplaced = assemble([*known[:first], *changed, *known[len(known) - last :]])
    return None if misplaced else found


def _as_written(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, with the sentences of a clause as one."""
    for place, several in groupby(statements, key=_place):
        first, *others = several
        sentences = [one for one in (first, *others) if isinstance(one, NormClause)]
        yield Paragraph(tuple(sentences), span=place) if others else first


def _place(statement: Statement) -> Span:
    """Where it is written; for a sentence, where its clause is."""
    of = statement.sentence if isinstance(statement, NormClause) else None
    return statement.span if of is None else of.span


class _Cut:
    """The pieces of a text that say something, in order, and the words of each."""

    def __init__(self, source: Source) -> None:
        self.text = without_mark(source.text)
        ranges = statements_in(source.name, self.text).ranges
        pieces = (piece for start, end in ranges for piece in cut(self.text, start, end))
        self.pieces: list[Piece] = [piece for piece in pieces if not says_nothing(self.text, piece)]
        self.texts = [self.text[piece.start : piece.end] for piece in self.pieces]


def _alike(before: Sequence[str], after: Sequence[str], most: int) -> int:
    """How many of the first texts are the same."""
    return next((i for i in range(most) if before[i] != after[i]), most)
