"""The day asked about, as one that notes what is asked of it: on a day with the same answers all the rest is the same.

What is found rests on the day by comparisons alone (whether a text is in force by then, whether a reserve has ended),
as long as nobody names the day, reckons with it, or looks it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from cbm.records import Struct, field


class DayNotes(Struct):
    """What was asked of the day: how it compares with which other day, and whether it was taken in any other way."""

    answers: dict[tuple[str, date], bool] = field(default_factory=dict)
    taken: bool = False

    def same_on(self, day: date) -> bool:
        """Whether another day gives all these answers."""
        return not self.taken and all(
            bool(getattr(day, comparison)(other)) is answer for (comparison, other), answer in self.answers.items()
        )

    def add(self, others: DayNotes) -> None:
        self.answers.update(others.answers)
        self.taken = self.taken or others.taken


_notes: ContextVar[DayNotes | None] = ContextVar("_notes", default=None)


@contextmanager
def noting() -> Iterator[DayNotes]:
    """Notes what is asked within of an `AskedDay`, whichever it is: there is one day asked about at a time."""
    notes = DayNotes()
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def note_all(notes: DayNotes) -> None:
    """Takes over what was noted elsewhere in a part of the work."""
    here = _notes.get()
    if here is not None:
        here.add(notes)


class AskedDay(date):
    """A date like any other."""

    @classmethod
    def of(cls, day: date) -> AskedDay:
        return cls(day.year, day.month, day.day)


def _compared(plain: Callable[[date, object], Any], comparison: str) -> Callable[[date, object], Any]:
    def compare(self: date, other: object) -> Any:
        answer, notes = plain(self, other), _notes.get()
        if notes is not None and isinstance(other, date):
            year, month, day = date.timetuple(other)[:3]
            notes.answers[comparison, date(year, month, day)] = answer
        return answer

    return compare


def _taken(plain: Callable[..., Any]) -> Callable[..., Any]:
    def take(self: date, *of: Any, **named: Any) -> Any:
        notes = _notes.get()
        if notes is not None:
            notes.taken = True
        return plain(self, *of, **named)

    return take


COMPARISONS = ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__")
PARTS = ("year", "month", "day")
USES = (
    *("__hash__", "__str__", "__repr__", "__format__", "__add__", "__radd__", "__sub__", "__rsub__"),
    *("ctime", "isocalendar", "isoformat", "isoweekday", "replace", "strftime", "timetuple", "toordinal", "weekday"),
    *(("__replace__",) if hasattr(date, "__replace__") else ()),  # from Python 3.13 on
)
for _name in COMPARISONS:
    setattr(AskedDay, _name, _compared(getattr(date, _name), _name))
for _name in PARTS:
    setattr(AskedDay, _name, property(_taken(getattr(date, _name).__get__)))
for _name in USES:
    setattr(AskedDay, _name, _taken(getattr(date, _name)))
