"""One mistake in a text, found while a statement is read: what is said about it and where it stands."""

from __future__ import annotations

from cbm.finding import Finding, Label, RuleId, Severity
from cbm.records import Record, replace
from cbm.source import Source, Span


class Mend(Record):
    """What stands from `start` to `end` is replaced.

    `lexical`: by the same in the signs and letters of the language, so that nothing of its meaning is guessed.
    """

    start: int
    end: int
    text: str
    lexical: bool = False


class Mistake(Record):
    """`start` and `end` are offsets in the source; `remark` is said at the place, `remedies` are ways out.

    `mend` is what the message advises, where that is one thing.
    """

    message: str
    start: int
    end: int
    remark: str = ""
    remedies: tuple[str, ...] = ()
    related: tuple[tuple[int, int, str], ...] = ()
    mend: Mend | None = None

    @property
    def lexical(self) -> Mistake:
        """The same, where what it advises guesses nothing."""
        return self if self.mend is None else replace(self, mend=replace(self.mend, lexical=True))

    def finding(self, source: Source) -> Finding:
        return Finding(
            RuleId.SYNTAX,
            Severity.ERROR,
            self.message,
            Label(Span(source, self.start, self.end), self.remark),
            related=tuple(Label(Span(source, start, end), text) for start, end, text in self.related),
            remedies=self.remedies,
        )


class Mistaken(Exception):
    """Ends the reading of one statement; never leaves this package."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


def mistaken(span: Span, message: str, *remedies: str) -> Mistaken:
    """What a builder raises at a place of the tree."""
    return Mistaken(Mistake(message, span.start, span.end, remedies=remedies))
