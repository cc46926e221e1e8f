"""Law: a day of the year lies, in formulas and for the evaluator, where looking for it finds it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.episodes import CalendarDay, Moment
from cbm.core.expressions import Formula, NormId, negation
from cbm.core.variables import Variable, moment_flag, time_of_moment
from cbm.evaluate.complete_episode import CompleteEpisode, Value
from cbm.evaluate.possible_episodes import day_after
from cbm.ground.grounding import Ground, ground
from cbm.resolve.time.dates import YEARS, dated
from cbm.search.exists_forall import fix
from cbm.search.implicants import true_at
from cbm.smt.solve import Sat, Solver, Unsat
from tests.laws.resolve.test_calendar_days import BEGAN, ZONES, begins
from tests.laws.timed import system_of

START, DUE = time_of_moment("start"), time_of_moment("due")
FLAGS = (moment_flag("start"), moment_flag("due"))
YEAR = 365 * 86_400

days = st.dates(date(2023, 1, 1), date(2023, 12, 31)).map(lambda day: (day.month, day.day))
# Around the turn of a year somewhere, or anywhere in it.
beside = st.one_of(st.integers(-2 * 86_400, 2 * 86_400), st.integers(0, YEAR))


@given(days, st.booleans(), st.sampled_from(ZONES), st.sampled_from(YEARS[1:-1]), beside, st.sampled_from((-1, 0, 1)))
@example((11, 15), True, "UTC", 2026, 0, 0)  # midnight belongs to the year that begins
@example((11, 15), True, "UTC", 2026, -1, 0)
@example((12, 31), False, "Asia/Tokyo", 2024, -1, 0)  # over the day that leap years have more
@example((2, 28), True, "Europe/Vienna", 2025, 100, 0)
def test_days_of_the_year_lie_where_the_calendar_has_them(
    day: tuple[int, int], before: bool, zone: str, year: int, second: int, beside_it: int
) -> None:
    """`beside_it`: so many seconds from where it lies; there it is only where that is none."""
    start = int((datetime(year, 1, 1, tzinfo=UTC) - BEGAN).total_seconds()) + second
    on = CalendarDay(day[1], day[0], None, "start", before, zone)
    shown = (BEGAN + timedelta(seconds=start)).astimezone(ZoneInfo(zone)).year
    end = begins(date(shown - before, *day) + timedelta(days=1), zone)
    expected = int((end - BEGAN).total_seconds())
    found: dict[Variable, Value] = {START: Fraction(start), DUE: Fraction(expected + beside_it)}
    assert day_after(on, CompleteEpisode(found)) == expected
    formula = _told(on)
    for flags in ((True, True), (True, False), (False, True), (False, False)):
        said = true_at(formula, {**found, **dict(zip(FLAGS, flags, strict=True))})
        assert said == (flags == (False, False) or (flags == (True, True) and not beside_it))


@given(st.dates(date(1971, 1, 1), date(2068, 12, 31)), st.sampled_from(ZONES), st.sampled_from((-1, 0, 1)))
def test_days_with_their_year_lie_there(day: date, zone: str, beside_it: int) -> None:
    on = CalendarDay(day.day, day.month, day.year, None, False, zone)
    expected = int((begins(day + timedelta(days=1), zone) - BEGAN).total_seconds())
    found: dict[Variable, Value] = {DUE: Fraction(expected + beside_it), FLAGS[1]: True}
    assert day_after(on, CompleteEpisode(found)) == expected
    assert true_at(_told(on), found) == (not beside_it)


TEXT = """\
vocabulary plans
party A
party B
situation activity
fixed roles organiser, informed
each party : party
moments decision, start
topic notices
act list_it topic notices
draft code
  uses plans
clause 1 organiser must list_it after decision not later than {day}
"""


@cache
def asked(day: str) -> tuple[Ground, Solver]:
    about = ground(system_of(TEXT.format(day=day)), 0)
    return about, Solver(about.system.situation.roles, (*about.possible, *about.feasible))


@given(
    st.sampled_from(("15 November", "31 December", "1 March")),
    st.booleans(),
    st.sampled_from(("UTC", "Asia/Tokyo", "America/New_York")),
    st.integers(2019, 2026),
    beside,
    st.sampled_from((-1, 0, 1, -86_400 * 40)),
)
def test_a_duty_by_a_day_can_be_kept_where_the_decision_lies_before_its_end(
    day: str, before: bool, zone: str, year: int, second: int, near: int
) -> None:
    """`near`: how long after the end of the day the decision falls."""
    about, solver = asked(f"{day} of the year {'before that ' if before else ''}of start in {zone}")
    start = int((datetime(year, 1, 1, tzinfo=UTC) - BEGAN).total_seconds()) + second
    shown = (BEGAN + timedelta(seconds=start)).astimezone(ZoneInfo(zone)).year - before
    end = begins(datetime.strptime(f"{day} {shown}", "%d %B %Y").date() + timedelta(days=1), zone)
    decision = int((end - BEGAN).total_seconds()) + near
    situation = [fix(moment_flag(name), True) for name in ("start", "decision")]
    situation += [fix(time_of_moment("start"), Fraction(start)), fix(time_of_moment("decision"), Fraction(decision))]
    duty = about.norm(NormId("code", "1"))
    assert isinstance(solver.ask(*situation, negation(duty.binds)), Unsat)
    assert isinstance(solver.ask(*situation, duty.demand), Sat) == (near < 0)


def _told(on: CalendarDay) -> Formula:
    """That the moment lies on its day; it speaks of times alone."""
    return cast("Formula", dated(Moment("due", "due", on=on), on).condition)
