"""Laws: windows in days of the calendar, as formulas, are what dates and weekdays of Python's own calendar say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cbm.decide.implicant import true_at
from cbm.semantics.core import NOW, Expr, Moment, Variable, conjunction, place_in_week, time_of_moment
from cbm.semantics.evaluate import Value
from cbm.semantics.scope import Scope
from cbm.semantics.times import Limit, limits_of
from cbm.source import Source, Span
from cbm.syntax import ast

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday, and the beginning of its week in UTC
ZONES = ("UTC", "Asia/Tokyo", "Asia/Shanghai", "Asia/Kolkata", "Pacific/Marquesas", "Pacific/Kiritimati")
HERE = Span(Source("made up", "contact"), 0, 7)
CONTACT = Moment("contact", "contact")

# Around midnight somewhere: zones are ahead of UTC by half hours.
seconds = st.builds(lambda halves, beside: 1_800 * halves + beside, st.integers(-480, 480), st.sampled_from((-1, 0, 1)))


def limits(before: bool, least: bool, count: int, working: bool, zone: str) -> list[Limit]:
    scope = Scope()
    scope.moments["contact"] = CONTACT
    path = ast.Path((ast.Name("contact", span=HERE),), span=HERE)
    length = ast.Days(count, working, ast.Name(zone, span=HERE), span=HERE)
    window: ast.Window = (ast.AtLeast if least else ast.Within)(length, not before, path, span=HERE)
    return list(limits_of(scope, window, lambda _: pytest.fail("a length is asked for"), None))


def kept(formula: Expr, at: int, now: int) -> bool:
    """Whether the formula holds, both times in seconds after the Monday."""
    time = time_of_moment("contact")
    point: dict[Variable, Value] = {
        time: Fraction(at),
        NOW: Fraction(now),
        place_in_week(time): Fraction(at % (7 * 86_400)),
    }
    return true_at(formula, point)


@st.composite
def windows(draw: st.DrawFn) -> tuple[bool, bool, int, bool, str]:
    """Before or after, at least or within, so many days, working days or all, of a zone."""
    flag = st.booleans()
    return draw(st.tuples(flag, flag, st.integers(1, 7), flag, st.sampled_from(ZONES)))


@given(windows(), seconds, seconds, st.sampled_from((None, -1, 0, 1, 86_399, 86_400)))
@example((False, True, 1, False, "UTC"), 0, 86_400, None)  # midnight is of the next day
@example((False, True, 1, False, "UTC"), 86_400, 86_400, None)  # and of that alone
def test_windows_are_what_the_calendar_says(
    window: tuple[bool, bool, int, bool, str], at: int, now: int, near: int | None
) -> None:
    """`near` puts what is done beside the beginning or the end of the last day that is counted."""
    before, least, count, working, zone = window
    point = local(at, zone)
    last = counted(point, -count if before else count, working)
    if near is not None:
        now = int((datetime.combine(last, clock(), ZoneInfo(zone)) - MONDAY).total_seconds()) + near
    done = local(now, zone)
    if least:
        expected = done.date() <= last if before else done.date() >= last
    else:
        between = done <= point if before else done >= point
        expected = between and (done.date() >= last if before else done.date() <= last)
    time = time_of_moment("contact")
    formula = conjunction(*(limit.holds(time) for limit in limits(*window)))
    assert kept(formula, at, now) == expected


def local(second: int, zone: str) -> datetime:
    return (MONDAY + timedelta(seconds=second)).astimezone(ZoneInfo(zone))


def counted(point: datetime, count: int, working: bool) -> date:
    """The date so many days after that of the point, or before it; with `working` only Mondays to Fridays count."""
    day, step = point.date(), timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= not working or day.weekday() < 5
    return day
