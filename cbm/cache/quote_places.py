"""A text without the words that its clauses quote, and places in it: those of another text that quotes other words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from cbm.cache.fingerprints import NoFingerprint
from cbm.records import Record
from cbm.source import Source, Span
from cbm.syntax import ast

# What may quote words of which nothing is asked while it is resolved.
_QUOTING = (ast.NormClause, ast.ScopeClause, ast.ExceptionClause, ast.DeemingClause, ast.DeemedCompliance)


class Unquoted(Record, dict=True):  # with room for what is worked out once
    """A source with the places of what it quotes, each from its first character to behind its last one, in order."""

    source: Source
    quotes: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def of(source: Source, documents: Iterable[ast.Document]) -> Unquoted:
        """What stands in square brackets, or is read in other words than it is written, is no quote here, but text."""
        own = [document for document in documents if document.span.source == source]
        open_ = [part.span for one in own for choice in one.choices for part in (choice, *choice.places)]
        verbatim, otherwise = set[tuple[int, int]](), set[int]()
        for quote in _quotes(own):
            end = quote.span.end - 1
            is_open = any(part.start < end < part.end for part in open_)
            if quote.span.text.endswith(f'"{quote.text}"') and not is_open:
                verbatim.add((end - len(quote.text), end))
            else:
                otherwise.add(end)
        return Unquoted(source, tuple(sorted(place for place in verbatim if place[1] not in otherwise)))

    @cached_property
    def text(self) -> str:
        """What is left, with nothing between the quotation marks."""
        ends = [0, *(end for _, end in self.quotes)]
        starts = [*(start for start, _ in self.quotes), len(self.source.text)]
        return "".join(self.source.text[end:start] for end, start in zip(ends, starts, strict=True))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What is quoted."""
        return tuple(self.source.text[start:end] for start, end in self.quotes)

    def quote_at(self, span: Span) -> int | None:
        """Which quote ends with this place, quotation mark and all; None: none does."""
        ends = self._ends
        number = bisect_left(ends, span.end - 1)
        is_one = number < len(ends) and ends[number] == span.end - 1 and span.start < self.quotes[number][0]
        return number if is_one and span.source == self.source else None

    def left(self, offset: int) -> int:
        """Where a place is in what is left. NoFingerprint within a quote."""
        number = bisect_left(self._ends, offset)  # so many end before it
        if number < len(self.quotes) and self.quotes[number][0] <= offset:
            raise NoFingerprint(self.source.name)
        return offset - self._lengths[number]

    def place(self, left: int) -> int:
        """Where it is here. NoFingerprint where it would be within a quote."""
        number = bisect_left(self.left_out, left)
        if number < len(self.quotes) and self.left_out[number] == left:
            raise NoFingerprint(self.source.name)
        return left + self._lengths[number]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.quotes]

    @cached_property
    def _lengths(self) -> list[int]:
        """How many characters are quoted in all quotes before each, and in all of them."""
        lengths = [0]
        for start, end in self.quotes:
            lengths.append(lengths[-1] + end - start)
        return lengths

    @cached_property
    def left_out(self) -> list[int]:
        """The places of the quotes in what is left."""
        return [start - before for (start, _), before in zip(self.quotes, self._lengths, strict=False)]


def _quotes(documents: Iterable[ast.Document]) -> Iterator[ast.Title]:
    for document in documents:
        for statement in document.statements:
            yield from statement.texts if isinstance(statement, _QUOTING) else ()
