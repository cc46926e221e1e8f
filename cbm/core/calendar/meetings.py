"""Meetings to be held once in so long: by when the next one is due, by the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from cbm.core.episodes import Channel
from cbm.syntax.ast import MeetingInterval
from cbm.translation.saying import say_count

_YEARS = range(2000, 2004)  # of these one is a leap year


def due_on(channel: Channel, as_of: date) -> date | None:
    """The last day by which it is to be held again, as it is on the date; None if it has no interval."""
    began = [day for day in (channel.operational, *channel.held) if day is not None and day <= as_of]
    return None if channel.interval is None or not began else _later(max(began), channel.interval)


def works(channel: Channel, as_of: date | None) -> bool:
    """Whether it serves on the date: it is operational, not suspended, and no meeting that is overdue."""
    due = None if as_of is None else due_on(channel, as_of)
    return channel.works(as_of) and not (as_of is not None and due is not None and due < as_of)


def longest_gap(interval: MeetingInterval) -> int:
    """The most days from one meeting to the next, whenever the one is held.

    What is held once every year may be held on the first day of one and on the last day of the next.
    """
    days = (date(_YEARS[0], 1, 1) + timedelta(days=n) for n in range(366 * len(_YEARS)))
    return max((_later(day, interval) - day).days for day in days)


def _later(day: date, interval: MeetingInterval) -> date:
    """The same day so many months on, or the last one of a month that is shorter; then so many days.

    What is held once every year is held in each calendar year, on whatever day. No day comes after the last one of the
    calendar.
    """
    years, month = divmod(day.month - 1 + interval.months, 12)
    year = day.year + years + interval.years
    if year > MAXYEAR:
        return date.max
    if interval.years:
        return date(year, 12, 31)
    last = monthrange(year, month + 1)[1]
    then = date(year, month + 1, min(day.day, last))
    return then + min(timedelta(days=interval.days), date.max - then)


def how_often(interval: MeetingInterval) -> str:
    """In words: `once every 6 months`."""
    match interval.unit:
        case "day":
            return say_count("once every day", "once every {count} days", interval.count)
        case "week":
            return say_count("once every week", "once every {count} weeks", interval.count)
        case "month":
            return say_count("once every month", "once every {count} months", interval.count)
        case _:
            return say_count("once every year", "once every {count} years", interval.count)
