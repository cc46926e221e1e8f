"""Days of the year as moments: each is the end of its day, tied to the year in which another moment lies.

Times are seconds after `BEGINNING` wherever a day is named, and every year is asked about in which they can lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache, partial

from cbm.core.calendar.zone_data import zone_info
from cbm.core.episodes import Axiom, CalendarDay, Moment
from cbm.core.expressions import Expr, Flag, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable, within
from cbm.core.sorts import BEGINNING
from cbm.core.variables import moment_flag, time_of_moment
from cbm.finding import Finding
from cbm.resolve.faults import Fault, undefined, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.zones import known_zone
from cbm.syntax import ast
from cbm.syntax.ast import Relation
from cbm.translation.saying import mark, say

# The years in which a moment may lie whose day of the year is asked about.
YEARS = range(1971, 2069)
_START = datetime(BEGINNING.year, BEGINNING.month, BEGINNING.day, tzinfo=UTC)
_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip


def name_of(day: ast.CalendarDayNode) -> str:
    """The name of the moment that a day needs, which nobody declares; it has blanks, as no written name has."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    if day.of is None:
        return f"{words} {day.year} in {day.zone.text}"
    return f"{words} of the year {'before that ' if day.before else ''}of {day.of.parts[-1].text} in {day.zone.text}"


def add_days(scope: Scope, days: Iterable[ast.CalendarDayNode]) -> Iterator[Finding]:
    """Adds a moment for each of the days that texts name."""
    for day in days:
        name = name_of(day)
        try:
            if name not in scope.moments:
                on = day_of(scope, day)
                scope.entitle(("moment", name), partial(_title, scope, on))
                scope.moments[name] = Moment(name, scope.title(("moment", name)), on=on, span=day.span)
        except Fault as problem:
            if problem.finding is not None:
                yield problem.finding


def day_of(scope: Scope, day: ast.CalendarDayNode) -> CalendarDay:
    """The day, with the moment in whose year it lies."""
    zone = known_zone(day.zone)
    if day.of is None:
        return CalendarDay(day.day, day.month, day.year, of=None, before=False, zone=zone)
    name = day.of.parts[-1].text
    if len(day.of.parts) > 1 or day.of.document or name not in scope.moments:
        raise undefined(say("moment"), day.of.span.text, day.of.span, scope.moments)
    if scope.moments[name].times > 1:
        message = say("`{name}` may occur several times, so it cannot be told in whose year the day lies", name=name)
        raise wrong_type(day.of.span, message, say("name a moment that occurs once at most"))
    if scope.moments[name].on is not None:
        raise wrong_type(
            day.of.span, say("`{name}` is a day itself: name the moment in whose year that lies", name=name)
        )
    return CalendarDay(day.day, day.month, None, name, day.before, zone)


def dated(moment: Moment, on: CalendarDay) -> Axiom:
    """That the moment is the end of its day."""
    occurs, time = Flag(moment_flag(moment.name)), of_variable(time_of_moment(moment.name))
    if on.of is None:
        assert on.year is not None, "a day has its year, or the moment in whose year it lies"
        end = compare(time, Relation.EQUAL, Sum((), _end(on, on.year)))
        return Axiom("", conjunction(occurs, end), rotates=False)
    other = Flag(moment_flag(on.of))
    years = disjunction(*(_in_year(on, time, year) for year in YEARS))
    tied = conjunction(disjunction(negation(occurs), other), disjunction(negation(other), conjunction(occurs, years)))
    return Axiom("", tied, rotates=False)


def _in_year(on: CalendarDay, time: Sum, year: int) -> Expr:
    assert on.of is not None
    begins, ends = (Sum((), _begins(on.zone, date(y, 1, 1))) for y in (year, year + 1))
    lies = within(of_variable(time_of_moment(on.of)), begins, ends, high_open=True)
    return conjunction(lies, compare(time, Relation.EQUAL, Sum((), _end(on, year - on.before))))


def _end(on: CalendarDay, year: int) -> Fraction:
    return _begins(on.zone, date(year, on.month, on.day) + timedelta(days=1))


@cache
def _begins(zone: str, day: date) -> Fraction:
    """When the day begins there, in seconds after `BEGINNING`; a midnight that clocks skip is when they skip it."""
    return Fraction((datetime.combine(day, time(), zone_info(zone)) - _START) // timedelta(seconds=1))


def _title(scope: Scope, on: CalendarDay) -> str:
    day, month = on.day, say(_MONTHS[on.month - 1])
    if on.of is None:
        return say("the end of {day} {month} {year}", day=day, month=month, year=on.year)
    of = scope.title(("moment", on.of))
    if on.before:
        return say("the end of {day} {month} of the year before that of {moment}", day=day, month=month, moment=of)
    return say("the end of {day} {month} of the year of {moment}", day=day, month=month, moment=of)
