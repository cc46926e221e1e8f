"""Titles of texts, for which a mark stands while the texts are examined: what is found is told with today's titles.

Nothing is asked about a title. With marks it is seen where findings tell one, whatever other words say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from cbm.core.norms import NormSystem
from cbm.finding import Finding
from cbm.patterns import pattern
from cbm.records import Record, parts, replace
from cbm.report import Outcome, Question
from cbm.source import Source, Span

# Of the characters that stand for nothing in any script.
_BEFORE, _AFTER = "\ue0f0", "\ue0f1"
Tell = Callable[[Finding], object]
_MARK = pattern(f"{_BEFORE}([0-9]+){_AFTER}")


def writes_marks(source: Source) -> bool:
    """Whether somebody writes what a mark is made of himself, so that none can be told apart."""
    return _BEFORE in source.text


def with_titles(titles: Sequence[str], words: str) -> str:
    """The words with titles in place of the marks that stand for these."""
    return _MARK.sub(lambda mark: titles[int(mark[1])], words) if _BEFORE in words else words


class TitlePlaces(Record):
    """A system with marks in place of the titles of its texts, and these titles."""

    system: NormSystem
    titles: tuple[str, ...]

    @staticmethod
    def of(system: NormSystem) -> TitlePlaces:
        """All titles are marked."""
        marked = {
            name: replace(text, title=f"{_BEFORE}{number}{_AFTER}")
            for number, (name, text) in enumerate(system.texts.items())
        }
        return TitlePlaces(replace(system, texts=marked), tuple(text.title for text in system.texts.values()))

    def told(self, words: str) -> str:
        """The words with titles in place of marks."""
        return with_titles(self.titles, words)

    def told_in(self, outcome: Outcome) -> Outcome:
        """What was found, with titles in place of marks."""
        told: Outcome = self._told(outcome)
        return told

    def hearing(self, tell: Tell | None) -> Tell | None:
        """Tells findings with titles in place of marks."""
        return None if tell is None else lambda finding: tell(self._told(finding))

    def _told(self, thing: Any) -> Any:
        match thing:
            case Enum():
                return thing
            case str():
                return self.told(thing)
            case tuple():
                return tuple(map(self._told, thing))
            case Question():
                return replace(thing, subject=self.told(thing.subject))
            case Record() if not isinstance(thing, Span):
                return type(thing)(*map(self._told, parts(thing)))
            case _:
                return thing
