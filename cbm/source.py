"""Text read from somewhere, and places in it: the one notion of where something is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from cbm.records import Record


class Source(Record, dict=True):
    """One text: `name` is shown to the reader (a relative path as a rule), `text` is its content.

    `standard`: it came with cbm, and belongs to no project.
    """

    name: str
    text: str
    standard: bool = False

    def __repr__(self) -> str:
        return f"Source(name={self.name!r})"

    def __reduce__(self) -> tuple[Callable[[str, str, bool], Source], tuple[str, str, bool]]:
        return _read, (self.name, self.text, self.standard)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts = [0]
        starts.extend(i + 1 for i, character in enumerate(self.text) if character == "\n")
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, number: int) -> int:
        """The offset at which a line begins, counted from 1."""
        return self._starts[number - 1]

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def stands_in(self, text: str) -> bool:
        """Whether each of its lines, as far as they are known, stands in this text where it stands here."""
        lines = ((start, self.line(number)) for number, start in enumerate(self._starts, 1))
        return all(text.startswith(line, start) for start, line in lines if line.strip())


@lru_cache(maxsize=64)
def _read(name: str, text: str, standard: bool) -> Source:
    """What comes from another process many times over is one source here."""
    return Source(name, text, standard)


class Span(Record):
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


class Edit(Record):
    """What stands at `span` is to be replaced; an empty span is a place where something is put in."""

    span: Span
    replacement: str


def overlapping(edits: Iterable[Edit]) -> bool:
    """Whether two of the edits of one text change the same characters; to put in at one place is no overlap."""
    last: Edit | None = None
    for edit in _ordered(edits):
        if last is not None and last.span.source == edit.span.source and edit.span.start < last.span.end:
            return True
        last = edit
    return False


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The text with all its edits, which must not overlap; what is put in at one place keeps the order given."""
    parts: list[str] = []
    done = 0
    for edit in _ordered(edit for edit in edits if edit.span.source == source):
        parts += (source.text[done : edit.span.start], edit.replacement)
        done = edit.span.end
    return "".join((*parts, source.text[done:]))


class Hunk(Record):
    """Whole lines of a text that are replaced, from a line counted from 1 on; without their line breaks."""

    source: Source
    line: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


def hunks(edits: Iterable[Edit]) -> tuple[Hunk, ...]:
    """The lines that the edits change, text by text and in order; edits on one line make one hunk."""
    groups: list[list[Edit]] = []
    for edit in _ordered(edits):
        last = groups[-1][-1].span if groups else None
        if last is not None and last.source == edit.span.source and last.finish[0] == edit.span.begin[0]:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return tuple(map(_hunk, groups))


def _hunk(edits: list[Edit]) -> Hunk:
    """Lines that stay the same at either end are left out."""
    source, first = edits[0].span.source, edits[0].span.begin[0]
    removed = [source.line(number) for number in range(first, edits[-1].span.finish[0] + 1)]
    start = edits[0].span.start - (edits[0].span.begin[1] - 1)
    end = source.text.find("\n", edits[-1].span.end)
    end = len(source.text) if end < 0 else end
    whole = Source(source.name, source.text[start:end], source.standard)
    moved = (Edit(Span(whole, e.span.start - start, e.span.end - start), e.replacement) for e in edits)
    added = [line.rstrip("\r") for line in edited(whole, moved).split("\n")]
    while removed and added and removed[0] == added[0]:
        del removed[0], added[0]
        first += 1
    while removed and added and removed[-1] == added[-1]:
        del removed[-1], added[-1]
    return Hunk(source, first, tuple(removed), tuple(added))


def _ordered(edits: Iterable[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: (edit.span.source.name, edit.span.start, edit.span.end))
