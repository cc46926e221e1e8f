"""Reading on behind a mistake: what is advised is done, and what is wrong behind it is told as well.

The text that is mended so is never kept: places are those of the text as it was written.
"""

from __future__ import annotations

from typing import Any

from cbm.records import Record, parts, replace
from cbm.source import Source, Span
from cbm.syntax import ast
from cbm.syntax.cutting.cut import Piece
from cbm.syntax.mistake import Mend, Mistake, Mistaken
from cbm.syntax.mistakes.failure import failure
from cbm.syntax.mistakes.messages import explain
from cbm.syntax.mistakes.spelling import misspelt_opening
from cbm.syntax.statements.build import build
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tables.lalr import Unexpected

_MOST_MENDS = 12


class MendedStatement(Record):
    """All mistakes of a statement as far as it could be read, and the statement that was meant if it was read whole."""

    statement: ast.Statement | None
    mistakes: tuple[Mistake, ...]
    begun: int | None = None  # where another statement begins, with a word that is none


def read_on(source: Source, text: str, piece: Piece, first: Mistake) -> MendedStatement:
    """A statement with a mistake, read again and again as it is advised, up to a mistake without such advice."""
    words = _MendedWords(text[piece.start : piece.end], piece.start)
    mistakes, mistake = [first], replace(first, mend=_moved(first.mend, -piece.start))
    while mistake.mend is not None and len(mistakes) <= _MOST_MENDS:
        words = words.mended(mistake.mend)
        within = Piece(piece.opening, 0, piece.opening_end - piece.start, len(words.text))
        try:
            tree = grammar().parse(words.text)
            statement = build(Source(source.name, words.text), 0, tree)
            return MendedStatement(_placed(statement, source, words), tuple(mistakes))
        except Mistaken as mistaken:
            mistake = mistaken.mistake
        except Unexpected as error:
            why = failure(words.text, within, error)
            if misspelt_opening(why):
                return _up_to(source, words, why.place.start, mistakes)
            mistake = explain(why)
        told = words.told(mistake)
        if told.start <= mistakes[-1].start:
            break  # nothing was read behind what is mended
        mistakes.append(told)
    return MendedStatement(None, tuple(mistakes))


def _up_to(source: Source, words: _MendedWords, end: int, mistakes: list[Mistake]) -> MendedStatement:
    """A statement that ends where another one begins."""
    begun = words.place(end)
    try:
        statement = build(Source(source.name, words.text), 0, grammar().parse(words.text[:end]))
    except (Mistaken, Unexpected):
        return MendedStatement(None, tuple(mistakes), begun)
    return MendedStatement(_placed(statement, source, words), tuple(mistakes), begun)


class _MendedWords(Record):
    """The words of a statement, some of them mended, and where they stand in the text as it was written."""

    text: str
    start: int
    mends: tuple[Mend, ...] = ()

    def mended(self, mend: Mend) -> _MendedWords:
        text = self.text[: mend.start] + mend.text + self.text[mend.end :]
        return _MendedWords(text, self.start, (*self.mends, mend))

    def place(self, at: int, *, ending: bool = False) -> int:
        """Where it was written."""
        for mend in reversed(self.mends):
            if at >= mend.start + len(mend.text) and (at > mend.start or not mend.text):
                at += mend.end - mend.start - len(mend.text)
            elif at > mend.start:
                at = mend.end if ending else mend.start
        return at + self.start

    def told(self, mistake: Mistake) -> Mistake:
        """The mistake at its place; what else it points at, and what it advises, is told where it is the same."""
        start, end = self.place(mistake.start), self.place(mistake.end, ending=True)
        related = tuple((self.place(a), self.place(b, ending=True), words) for a, b, words in mistake.related)
        mend = None if mistake.mend is None else self._written(mistake.mend)
        return replace(mistake, start=start, end=max(start, end), related=related, mend=mend)

    def _written(self, mend: Mend) -> Mend | None:
        """The same change of the text as it was written; None where it would change what another one put in."""
        start, end = self.place(mend.start), self.place(mend.end, ending=True)
        return replace(mend, start=start, end=end) if end - start == mend.end - mend.start else None


def _moved(mend: Mend | None, by: int) -> Mend | None:
    return None if mend is None else replace(mend, start=mend.start + by, end=mend.end + by)


def _placed(thing: Any, source: Source, words: _MendedWords) -> Any:
    """The same tree, at the places where it was written."""
    if isinstance(thing, tuple):
        return tuple(_placed(part, source, words) for part in thing)
    if isinstance(thing, Span):
        return Span(source, words.place(thing.start), words.place(thing.end, ending=True))
    if isinstance(thing, ast.Node):
        fields = zip(thing.__struct_fields__, parts(thing), strict=True)
        return type(thing)(**{name: _placed(part, source, words) for name, part in fields})
    return thing
