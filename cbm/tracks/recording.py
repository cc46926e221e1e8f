"""What was recorded: where units were and when, what happened beside it, and what is wrong with the record."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from cbm.records import Record
from cbm.translation.saying import mark


class FlawKind(StrEnum):
    """What is wrong with a row, or between two rows: as programs are told, and in the language of readers on pages."""

    UNREADABLE = mark("unreadable")  # a cell that says nothing that can be used: nothing is judged before it is mended
    ORDER = mark("out of order")  # a row earlier than the one before it, or of the same time: it is set aside
    GAP = mark("gap")  # too long between two rows: nothing is judged in between
    JUMP = mark("impossible jump")  # faster than the unit can go: nothing is judged in between
    UNSTATED = mark("not stated")  # who a unit is: little can be told of it
    UNUSED = mark("not used")  # what the record holds and nothing asks for


class RecordFlaw(Record):
    """Something wrong with a record, at its line and column (from 1; 0: of the whole file or line)."""

    file: str
    line: int
    column: int
    kind: FlawKind
    words: str

    @property
    def place(self) -> str:
        """`tracks.csv:12:7`."""
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


class UnreadableRecord(Exception):
    """Rows that cannot be used, all of them."""

    def __init__(self, flaws: Iterable[RecordFlaw]) -> None:
        super().__init__()
        self.flaws = tuple(flaws)


@dataclass(slots=True)
class Track:
    """Where one unit was: times in ms since 1970 (UTC), degrees, metres per second, metres; NaN: not recorded.

    `lines` are those of the file. It is filled row by row while a file is read, and never after.
    """

    unit: str
    file: str
    times: array[int] = field(default_factory=lambda: array("q"))
    latitudes: array[float] = field(default_factory=lambda: array("d"))
    longitudes: array[float] = field(default_factory=lambda: array("d"))
    courses: array[float] = field(default_factory=lambda: array("d"))
    speeds: array[float] = field(default_factory=lambda: array("d"))
    altitudes: array[float] = field(default_factory=lambda: array("d"))
    lines: array[int] = field(default_factory=lambda: array("q"))

    def add(
        self, time: int, latitude: float, longitude: float, course: float, speed: float, altitude: float, line: int
    ) -> None:
        self.times.append(time)
        self.latitudes.append(latitude)
        self.longitudes.append(longitude)
        self.courses.append(course)
        self.speeds.append(speed)
        self.altitudes.append(altitude)
        self.lines.append(line)

    def __len__(self) -> int:
        return len(self.times)


class RecordedEvent(Record):
    """What a unit did, or what was so of it, from a time until another (both in ms since 1970).

    `what` is an act, an attribute (then `value` says what it was) or a moment of the vocabulary. `states` and `through`
    tell of a message. No unit: it is about both.
    """

    at: int
    until: int
    unit: str
    what: str
    value: str = ""
    other: str = ""
    states: tuple[str, ...] = ()
    through: str = ""
    line: int = 0
