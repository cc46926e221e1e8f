"""Days of the calendar as they are written: which one is meant has to be said, and by whose clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from cbm.source import Span
from cbm.syntax.ast import CalendarDayNode, Name, Path
from cbm.syntax.mistake import mistaken
from cbm.syntax.tokens import Day, Word
from cbm.translation.saying import say

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Years around which points in time can lie.
_YEARS = range(1971, 2069)
_LEAP = 2000


def _calendar_day(span: Span, first: Word | Day, *parts: Word | Path) -> CalendarDayNode:
    of = next((part for part in parts if isinstance(part, Path)), None)
    words = [part for part in parts if isinstance(part, Word)]
    zone = next((word for word in words if not word.text.startswith("of ")), None)
    day, month, year = _read(first)
    _check(first.span, year, of)
    if zone is None:
        raise mistaken(
            span,
            say("a day ends at another time in each time zone"),
            say("write `{words}`, or another zone", words=f"{span.text} in UTC"),
        )
    before = any(" before " in word.text for word in words)
    return CalendarDayNode(day, month, year, of, before, Name(zone.text, span=zone.span), span=span)


def _read(written: Word | Day) -> tuple[int, int, int | None]:
    if isinstance(written, Day):
        return written.value.day, written.value.month, written.value.year
    number, name, *rest = written.text.split()
    day, month, year = int(number), _MONTHS.index(name[:3]) + 1, int(rest[0]) if rest else None
    try:
        date(year or _LEAP, month, day)
    except ValueError:
        raise mistaken(written.span, say("there is no such day as `{day}`", day=written.text)) from None
    return day, month, year


def _check(place: Span, year: int | None, of: Path | None) -> None:
    """Which year is meant is said once, and is none too far away."""
    if year is None and of is None:
        message = say("`{day}` comes every year, and it is not said which one is meant", day=place.text)
        one, other = (f"{place.text} of the year {which}of start in UTC" for which in ("", "before that "))
        raise mistaken(
            place,
            message,
            say("write, for example, `{words}` or `{others}`", words=one, others=other),
            say("or the year itself: `{words}`", words=f"{place.text} 2026"),
        )
    if year is not None and of is not None:
        raise mistaken(place, say("`{day}` has its year already: leave out `of the year …`", day=place.text))
    if year is not None and year not in _YEARS:
        raise mistaken(place, say("days are read from {first} to {last}", first=_YEARS[0], last=_YEARS[-1]))
    if year is None and place.text.split()[0] == "29" and "Feb" in place.text:
        raise mistaken(
            place,
            say("`{day}` does not come every year", day=place.text),
            say("write `28 February`, or `1 March`"),
        )


BUILDERS: Mapping[str, Callable[..., object]] = {"calendar_day": _calendar_day}
