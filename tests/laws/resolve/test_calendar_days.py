"""Laws: windows in days of the calendar, as formulas, are what dates and weekdays of Python's own calendar say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from fractions import Fraction
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.episodes import Moment
from cbm.core.expressions import Formula, conjunction
from cbm.core.variables import NOW, Variable, WeekPlace, time_of_moment
from cbm.evaluate.complete_episode import Value
from cbm.resolve.clocks import Clocks
from cbm.resolve.names.scope import Scope
from cbm.resolve.time.windows import Limit, limits_of
from cbm.search.implicants import true_at
from cbm.source import Source, Span
from cbm.syntax import ast

BEGAN = datetime(2020, 1, 6, tzinfo=UTC)  # a Monday, and the beginning of its week in UTC
YEAR = range(208, 261)  # the weeks from 2024-01-01 on
ZONES = (
    "UTC", "Asia/Tokyo", "Asia/Shanghai", "Asia/Kolkata", "Pacific/Marquesas", "Pacific/Kiritimati",
    "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "Asia/Beirut",
)  # fmt: skip
# Two weeks without a change of clocks, and those in which the clocks of some of these zones change.
WEEKS = (208, 217, 219, 220, 221, 224, 232, 250, 251)
HERE = Span(Source("made up", "contact"), 0, 7)
CONTACT = Moment("contact", "contact")

# Around midnight somewhere: zones are ahead of UTC by half hours.
seconds = st.builds(lambda halves, beside: 1_800 * halves + beside, st.integers(-480, 480), st.sampled_from((-1, 0, 1)))


def limits(before: bool, least: bool, count: int, working: bool, zone: str) -> tuple[list[Limit], Clocks]:
    scope = Scope()
    scope.clocks.asked = lambda: {None: YEAR}
    scope.moments["contact"] = CONTACT
    path = ast.Path((ast.Name("contact", span=HERE),), span=HERE)
    length = ast.DaysNode(count, working, ast.Name(zone, span=HERE), span=HERE)
    window: ast.Window = (ast.AtLeast if least else ast.Within)(length, not before, path, span=HERE)
    found = list(limits_of(scope, window, lambda _: pytest.fail("a length is asked for"), None))
    return found, scope.clocks


def kept(formula: Formula, clocks: Clocks, at: int, now: int, week: int) -> bool:
    """Whether the formula holds where clocks are as in this week, both times in seconds after its Monday."""
    time = time_of_moment("contact")
    point: dict[Variable, Value] = {
        time: Fraction(at),
        NOW: Fraction(now),
        WeekPlace(time.event): Fraction(at % (7 * 86_400)),
    }
    number = clocks.weeks.index(week + at // (7 * 86_400))
    point |= {ahead: Fraction(offsets[number]) for (_, offsets), ahead in clocks.ahead.items()}
    return true_at(formula, point)


@st.composite
def windows(draw: st.DrawFn) -> tuple[bool, bool, int, bool, str]:
    """Before or after, at least or within, so many days, working days or all, of a zone."""
    flag = st.booleans()
    return draw(st.tuples(flag, flag, st.integers(1, 7), flag, st.sampled_from(ZONES)))


@given(windows(), seconds, seconds, st.sampled_from((None, -1, 0, 1, 86_399, 86_400)), st.sampled_from(WEEKS))
@example((False, True, 1, False, "UTC"), 0, 86_400, None, 208)  # midnight is of the next day
@example((False, True, 1, False, "UTC"), 86_400, 86_400, None, 208)  # and of that alone
@example((False, True, 2, False, "Europe/Vienna"), 5 * 86_400, 0, -1, 220)  # over a night of 23 hours
@example((True, False, 2, False, "Europe/Vienna"), 6 * 86_400 + 3_600, 0, 0, 250)  # and one of 25
def test_windows_are_what_the_calendar_says(
    window: tuple[bool, bool, int, bool, str], at: int, now: int, near: int | None, week: int
) -> None:
    """`near` puts what is done beside the beginning or the end of the last day that is counted."""
    before, least, count, working, zone = window
    monday = BEGAN + timedelta(weeks=week)
    point = local(monday, at, zone)
    last = counted(point, -count if before else count, working)
    if near is not None:
        now = int((begins(last, zone) - monday).total_seconds()) + near
    done = local(monday, now, zone)
    if least:
        expected = done.date() <= last if before else done.date() >= last
    else:
        between = now <= at if before else now >= at
        expected = between and (done.date() >= last if before else done.date() <= last)
    time = time_of_moment("contact")
    found, clocks = limits(*window)
    formula = cast("Formula", conjunction(*(limit.holds(time) for limit in found)))  # it speaks of times alone
    assert kept(formula, clocks, at, now, week) == expected


def local(monday: datetime, second: int, zone: str) -> datetime:
    return (monday + timedelta(seconds=second)).astimezone(ZoneInfo(zone))


def begins(day: date, zone: str) -> datetime:
    """The first second of the day, looked for hour by hour and then second by second."""
    time = datetime.combine(day, clock(), UTC) - timedelta(hours=30)
    for step in (3600, 60, 1):
        while (time + timedelta(seconds=step)).astimezone(ZoneInfo(zone)).date() < day:
            time += timedelta(seconds=step)
    return time + timedelta(seconds=1)


def counted(point: datetime, count: int, working: bool) -> date:
    """The date so many days after that of the point, or before it; with `working` only Mondays to Fridays count."""
    day, step = point.date(), timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= not working or day.weekday() < 5
    return day
