"""Text read from somewhere, and places in it: the one notion of where something is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Source:
    """One text: `name` is shown to the reader (a relative path as a rule), `text` is its content."""

    name: str
    text: str = field(repr=False)

    def __reduce__(self) -> tuple[Callable[[str, str], Source], tuple[str, str]]:
        return _read, (self.name, self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts = [0]
        starts.extend(i + 1 for i, character in enumerate(self.text) if character == "\n")
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@lru_cache(maxsize=64)
def _read(name: str, text: str) -> Source:
    """What comes from another process many times over is one source here."""
    return Source(name, text)


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters in a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def begin(self) -> tuple[int, int]:
        """Line and column where it begins, counted from 1."""
        return self.source.position(self.start)

    @property
    def finish(self) -> tuple[int, int]:
        """Line and column just after its last character, counted from 1."""
        return self.source.position(self.end)

    def covers(self, other: Span) -> bool:
        """Whether the other range lies within this one."""
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def to(self, other: Span) -> Span:
        """The range from the start of this one to the end of the other."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))
