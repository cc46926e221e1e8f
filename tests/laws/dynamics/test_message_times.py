"""Law: the part of the week in which a message comes too late is where the formulas leave no way to send it in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from cbm import check, load_text
from cbm.core.episodes import Hours, OpeningHours
from cbm.core.sorts import FLAG, WEEK
from cbm.core.substitution import Value
from cbm.core.variables import Attribute, Occurrence, Variable, WeekNumber, WeekPlace, moment_flag, time_of_moment
from cbm.core.viewpoints import seen
from cbm.dynamics.message_times import week_of
from cbm.ground.declared_variables import declared_variables
from cbm.ground.grounding import ground
from cbm.resolve.time.transmission import has_changing_clocks, open_in
from cbm.search.exists_forall import fix
from cbm.smt.solve import Sat, Solver
from cbm.wording.variable_names import variable_name
from tests.laws.sparing import sparingly
from tests.laws.timed import system_of

BEGAN = datetime(2020, 1, 6, tzinfo=UTC)
HOUR, MINUTE = 3600, 60
# Weeks of 2024: two in which clocks do not change, and those before and in which they do, in Vienna and in New York.
WEEKS = (208, 216, 217, 219, 220, 232, 249, 250, 251)
SPREAD = sparingly(2)


@st.composite
def hours(draw: st.DrawFn, party: str) -> str:
    start, length = draw(st.integers(0, 23)), draw(st.sampled_from((1, 3, 10, 20)))
    days = draw(st.sampled_from(("Mon to Fri", "Mon to Sun", "Sat, Sun", "Wed", "Fri to Mon")))
    zone = draw(st.sampled_from(("UTC", "Asia/Tokyo", "Asia/Shanghai", "Europe/Vienna", "America/New_York")))
    return f"  open {start:02}:30 to {(start + length) % 24:02}:30 {zone} {days} at {party}"


@st.composite
def specifications(draw: st.DrawFn) -> tuple[str, Fraction]:
    """A text with one duty through a channel, and its deadline."""
    deadline = draw(st.sampled_from((1, 5, 30, 100, 200)))
    parts = [draw(hours(party)) for party in ("A", "B") if draw(st.sampled_from((True, True, False)))]
    parts.append(f"  when closed {draw(st.sampled_from(('holds', 'refuses')))} messages")
    parts += ['  delay "waiting" 0 min to 6 h'] * draw(st.integers(0, 2))
    return _specified(deadline, *parts)


def _specified(deadline: int, *parts: str) -> tuple[str, Fraction]:
    text = "\n".join([
        "vocabulary sea", "party A", "party B", "situation encounter", "roles own, other", "each party : party",
        "moments incident", "topic telling", "act report topic telling", "channel line between A, B", *parts,
        "draft code", "  uses sea", "  proposed 2024-01-01",
        f"clause 1 every unit must report within {deadline} h after incident through line", "",
    ])  # fmt: skip
    return text, Fraction(deadline * HOUR)


# What is sent just when the one end closes comes in just when the other one opens, or closes.
_JUST = [
    _specified(
        deadline,
        "  open 08:30 to 09:30 UTC Mon to Sun at A",
        f"  open {receives} UTC Mon to Sun at B",
        f"  when closed {kept} messages",
        '  delay "waiting" 0 min to 6 h',
    )
    for deadline, receives, kept in ((5, "10:30 to 20:30", "refuses"), (5, "06:30 to 09:30", "refuses"),
                                     (5, "06:30 to 09:30", "holds"), (30, "06:30 to 09:30", "holds"))
]  # fmt: skip


@SPREAD
@example(_JUST[0], [4 * 8 + 3, 4 * 9 + 3, 4 * 5 + 2], 1, 0)
@example(_JUST[1], [4 * 8 + 3, 4 * 5 + 2, 4 * 4 + 2], 1, 0)
@example(_JUST[2], [4 * 8 + 3, 4 * 5 + 2, 4 * 4 + 2], 1, 0)
@example(_JUST[3], [4 * 8 + 3, 4 * 5 + 2, 4 * 4 + 2], 1, 0)
@given(
    specifications(),
    st.lists(st.integers(0, 7 * 24 * 4 - 1), min_size=3, max_size=8),
    st.integers(0, 6),
    st.sampled_from(WEEKS),
)
def test_where_it_is_too_late_no_way_is_left(
    specification: tuple[str, Fraction], quarters: list[int], delay: int, number: int
) -> None:
    text, deadline = specification
    system = system_of(text)
    channel, about = system.channels["line"], ground(system, 0)
    number = number if has_changing_clocks(channel) else 0  # where one week is like the other it is that of all times
    (norm,) = about.norms
    week = week_of(channel, "A", "B", Fraction(delay * HOUR) * len(channel.delays), deadline, number)
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible, norm.demand))
    drawn = [Fraction(quarter * 15 * MINUTE + 7) for quarter in quarters]  # not where something opens or closes
    beside = [edge + step for span in week.late[:2] for edge in (span.start, span.end) for step in (-7, 7)]
    for place in (*drawn, *(edge for edge in beside if 0 <= edge < WEEK)):
        late = any(span.start < place < span.end for span in week.late)
        found: dict[Variable, Value] = {
            Attribute("party", 0, FLAG): "A", Attribute("party", 1, FLAG): "B", moment_flag("incident"): True,
            time_of_moment("incident"): place + number * WEEK,
            WeekPlace(Occurrence("incident")): place,
            WeekNumber(Occurrence("incident")): Fraction(number),
        }  # fmt: skip
        found |= {channel.delay(n): Fraction(delay * HOUR) for n in range(len(channel.delays))}
        sorts = {v: v for v in declared_variables(system)}
        answer = solver.ask(*(fix(sorts[v], value) for v, value in found.items() if v in sorts))
        assert isinstance(answer, Sat) is not late, (text, place)


@SPREAD
@given(specifications(), st.lists(st.integers(0, 7 * 24 * 4 - 1), min_size=2, max_size=4), st.integers(0, 6))
def test_it_is_as_late_after_an_act_of_its_own_at_that_hour(
    specification: tuple[str, Fraction], quarters: list[int], delay: int
) -> None:
    """The unit has to act upon the incident, and to report so long after that act; clocks do not change."""
    text, deadline = specification
    text = text.replace("Europe/Vienna", "Asia/Tokyo").replace("America/New_York", "Asia/Shanghai")
    text = text.replace("act report topic telling", "act report topic telling\nact ask once topic telling")
    text = text.replace("after incident", "after own.ask") + "clause 2 every unit must ask upon incident\n"
    system = system_of(text)
    channel, about = system.channels["line"], ground(system, 0)
    week = week_of(channel, "A", "B", Fraction(delay * HOUR) * len(channel.delays), deadline, 0)
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible, *(n.demand for n in about.norms)))
    declared = {variable_name(v): v for v in declared_variables(system) if v.role in (None, 0)}
    waits = [fix(channel.delay(n), Fraction(delay * HOUR)) for n in range(len(channel.delays))]
    for quarter in quarters:
        place = Fraction(quarter * 15 * MINUTE + 7)
        late = any(span.start < place < span.end for span in week.late)
        found = [fix(declared["party"], "A"), fix(seen(declared["party"], 1), "B"), *waits]
        found += [fix(declared["incident"], True), fix(declared["incident at"], place)]
        assert isinstance(solver.ask(*found), Sat) is not late, (text, place)


@given(
    st.integers(0, 6), st.integers(0, 47), st.integers(1, 48), st.sampled_from(WEEKS),
    st.sampled_from(("Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Tokyo")),
    st.integers(0, 7 * 24 * 12 - 1),
)  # fmt: skip
@example(6, 5, 3, 220, "Europe/Vienna", 6 * 24 * 12 + 13)  # hours that begin with those that are skipped
@example(6, 4, 1, 250, "Europe/Vienna", 6 * 24 * 12 + 14)  # hours that come twice
def test_hours_are_open_when_the_clock_shows_them(
    day: int, start: int, length: int, week: int, zone: str, minutes: int
) -> None:
    """Where clocks show hours twice it is open from the first to the last of them."""
    first = Fraction(day * 86_400 + start * 1_800)
    hours = Hours("A", zone, (OpeningHours(first, first + length * 1_800),))
    at = Fraction(minutes * 300 + 7)
    opened = any(span.start <= at <= span.end for span in open_in(hours, week, range(-1, 2)))
    time = BEGAN + timedelta(weeks=week, seconds=int(at))
    shown = _shows(hours, time)
    around = [_shows(hours, time + timedelta(minutes=step)) for step in range(-130, 131, 5)]
    offsets = {(time + timedelta(hours=h)).astimezone(ZoneInfo(zone)).utcoffset() for h in (-2, 0, 2)}
    assert opened == shown or (len(offsets) > 1 and opened and any(around))


CLOSING = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
topic telling
act report topic telling
moments contact
channel phone "a line" between A, B for telling operational from 2010-01-01
  open 08:00 to 16:00 UTC Mon to Sun at A
  open 08:00 to 16:00 UTC Mon to Sun at B
  when closed holds messages
draft code
  uses sea
  between A, B
clause 1 every unit must report at least 10 h after contact through phone
clause 2 every unit must not report after contact
"""


def test_what_comes_in_as_the_other_end_closes_is_not_held_until_it_opens_again() -> None:
    """What is sent at the last moment arrives then: so nothing that is sent at 16:00 is done ten hours later."""
    (system,), faults = load_text(CLOSING, name="code.cbm")
    assert not faults
    (clash,) = check(system, select=["conflict"]).findings
    assert clash.whenever == "contact occurs (always when these clauses apply together)"


def _shows(hours: Hours, time: datetime) -> bool:
    """Whether a clock on the wall shows the hours, which may have begun in the week before."""
    wall = time.astimezone(ZoneInfo(hours.zone))
    place = wall.weekday() * 86_400 + wall.hour * 3_600 + wall.minute * 60 + wall.second
    (span,) = hours.shown
    return any(span.start <= place + shift <= span.end for shift in (0, 7 * 86_400))
