"""Where and why a statement could not be read on: what was found, what stood before it, what could have followed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from re import Pattern

from cbm.patterns import pattern
from cbm.records import Record
from cbm.syntax.cutting.cut import Piece
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tables.lalr import Unexpected
from cbm.translation.saying import say

_PLAIN = pattern(r"[^\W\d]\w*")
_ATTRIBUTE = pattern(r'\w+\s*(?:(?:otherwise\s+)?(?:[a-z]{2,3}\s+)?"[^"\n]*"\s*)*:')
_TOGETHER = pattern(
    r"(?:(?:must|shall|should|need) not|in force|in place of|subject to|every unit|each party|every type of|bound by"
    r"|except when|applies when|exception to|types by|views differ on|fixed roles|without prejudice|as of"
    r"|open term|left out|one of|per party|<=|>=|!=)\Z"
)
_LONGEST_SHOWN = 40


class Written(Record):
    """A word, a number, a text in quotes or a single sign, as a reader sees it."""

    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """How a message names it."""
        if self.text.startswith('"') and len(self.text) > 1:
            return say("the text in quotes")
        return f"`{self.text if len(self.text) <= _LONGEST_SHOWN else self.text[:_LONGEST_SHOWN] + '…'}`"


class Failure(Record):
    """`found` is None where the statement ended too soon; `acceptable` is what could follow, in the grammar's names."""

    text: str
    piece: Piece
    before: tuple[Written, ...]  # what was read, as far as it could be
    found: Written | None
    acceptable: frozenset[str]

    @property
    def last(self) -> Written:
        """What was read last."""
        return self.before[-1] if self.before else Written("", self.piece.start, self.piece.start)

    @property
    def after(self) -> str:
        """How a message names what was read last, with the words that belong to it."""
        together = _TOGETHER.search(self.text, max(self.piece.start, self.last.end - _LONGEST_SHOWN), self.last.end)
        return f"`{together[0]}`" if together else self.last.shown

    @property
    def place(self) -> Written:
        """What to point at."""
        return self.found or self.last

    @property
    def word(self) -> str:
        """What was found if it is a plain word, and nothing otherwise."""
        return self.found.text if self.found and _PLAIN.fullmatch(self.found.text) else ""

    @property
    def rest(self) -> str:
        """The rest of the line, from what was found on."""
        if self.found is None:
            return ""
        return self.text[self.found.start : self.piece.end].split("\n", 1)[0]

    @property
    def line_start(self) -> int:
        """Where the line begins on which reading ended."""
        return self.text.rfind("\n", 0, self.place.start) + 1

    @property
    def begins_line(self) -> bool:
        if self.found is None:
            return False
        return not self.text[self.line_start : self.found.start].strip()

    @property
    def names_attribute(self) -> bool:
        """Whether what was found is a name with `:` behind it and its titles, as attributes are declared."""
        return bool(self.word) and _ATTRIBUTE.match(self.rest) is not None

    def accepts(self, *kinds: str) -> bool:
        """Whether each of these could have followed."""
        return self.acceptable.issuperset(kinds)

    def says(
        self,
        message: str,
        *remedies: str,
        at: Written | None = None,
        instead: str | None = None,
        mend: Mend | None = None,
    ) -> Mistake:
        """`instead` is what is advised in place of what is pointed at, or `mend` what else is."""
        place = at or self.place
        if instead is not None:
            mend = Mend(place.start, place.end, instead)
        return Mistake(message, place.start, place.end, remedies=remedies, mend=mend)

    def mended(self, mend: Mend) -> Failure | None:
        """Where and why the statement could not be read on once this is mended; None where it could."""
        start, end = mend.start - self.piece.start, mend.end - self.piece.start
        words = self.text[self.piece.start : self.piece.end]
        words = words[:start] + mend.text + words[end:]
        try:
            grammar().parse(words)
        except Unexpected as error:
            piece = Piece(self.piece.opening, 0, self.piece.opening_end - self.piece.start, len(words))
            return failure(words, piece, error)
        return None

    def left(self, mend: Mend) -> int:
        """How many characters are not read once this is mended; none where all of the statement is."""
        after = self.mended(mend)
        return 0 if after is None or after.found is None else after.piece.end - after.found.start

    @property
    def onwards(self) -> tuple[Written, ...]:
        """The words of the statement from what was found on."""
        return tuple(_words(self.text, self.place.start, self.piece.end))

    def following(self, words: int) -> int:
        """Where so many words end, from what was found on."""
        ends = [word.end for word in self.onwards]
        return ends[min(words, len(ends)) - 1] if ends else self.place.end


def failure(text: str, piece: Piece, error: Unexpected) -> Failure:
    """What there is to say about a statement the grammar does not recognise."""
    return _failure(text, piece, piece.start + error.start, grammar().acceptable(error.states))


def unknown_beginning(text: str, piece: Piece) -> Failure:
    """A piece of text that no statement begins with."""
    words = _words(text, piece.start, piece.end)
    return _failure(text, piece, next(words).start, frozenset())


def _failure(text: str, piece: Piece, at: int, acceptable: frozenset[str]) -> Failure:
    before = tuple(_words(text, piece.start, at))
    found = _anything().match(text, at, piece.end)
    return Failure(text, piece, before, Written(found[0], found.start(), found.end()) if found else None, acceptable)


def _words(text: str, start: int, end: int) -> Iterator[Written]:
    for found in _anything().finditer(text, start, end):
        if not found[0].startswith("#"):
            yield Written(found[0], found.start(), found.end())


@cache
def _anything() -> Pattern[str]:
    """Any word, number, text in quotes, comment or single sign; a word is what the grammar takes for a name."""
    name = grammar().pattern("NAME")
    return pattern(rf'#[^\n]*|"[^"\n]*"|{name}|[0-9]{{1,2}}:[0-9]{{2}}(?!\w)|[0-9](?:[\w.,]*\w)?|[^ \t\r\n]')
