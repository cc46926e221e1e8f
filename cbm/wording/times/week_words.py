"""Places in the week in words: on which days and between which hours something lies, by the clocks of the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from cbm.core.expressions import Compare, Order
from cbm.core.norms import NormSystem
from cbm.core.sorts import WEEK
from cbm.core.units import number_words
from cbm.core.variables import ClockOffset, Timed, TimeOf, Variable, WeekPlace
from cbm.search.fewer_cubes import AxisStretch
from cbm.wording.times.time_words import DAYS, clock_time, day_words, event_words, in_zone, point_words, week_words
from cbm.wording.told_zones import UTC, ahead, told_zones

_DAY = Fraction(24 * 3600)
BY_THE_WEEK = {
    (Order.LESS, False): "before ",
    (Order.AT_MOST, False): "not after ",
    (Order.EQUAL, False): "",
    (Order.LESS, True): "after ",
    (Order.AT_MOST, True): "not before ",
    (Order.EQUAL, True): "",
}
# Where weeks are counted from, when days are told by another clock.
_WEEKS = " (weeks from Mon 00:00 UTC)"


def weekly_words(
    system: NormSystem, compared: Compare, title: str, lengths: Iterable[tuple[Fraction, Variable, str]]
) -> str | None:
    """`the decision is before Mon 05:30 UTC + the delay`; None of what cannot be told by one day and hour.

    `title` names the place in the week that is spoken of, `lengths` are the lengths of time besides, with their
    coefficients and words. How far a clock that changes is ahead is none of them: the hour is told by that clock.
    """
    (sign, place), *more = [(c, v) for c, v in compared.terms if isinstance(v, WeekPlace)]
    times = {v: c for c, v in compared.terms if isinstance(v, Timed)}
    if more or abs(sign) != 1:
        return None
    subject, weeks = title, None
    if times:
        own = TimeOf(place.event) if TimeOf(place.event) in times else None
        others = [v for v in times if v != own]
        if own is None or times[own] != -sign or [times[v] for v in others] != [sign]:
            return None
        subject, weeks = point_words(system, others[0]), point_words(system, own)
    elsewhere, hour = divmod(compared.bound * sign, WEEK)
    if weeks is None and elsewhere:
        return None
    known = list(lengths)
    clocks = [(c, v, words) for c, v, words in known if isinstance(v, ClockOffset) and c == sign]
    rest = [one for one in known if one not in clocks]
    if len(clocks) == 1 and isinstance(clock := clocks[0][1], ClockOffset):
        than, elsewhere_told = f"{day_words(hour)} {in_zone(clock.zone)}", _WEEKS
    else:
        rest = known
        than, elsewhere_told = week_words(system, hour), "" if told_zones(system)[0] == UTC or weeks is None else _WEEKS
    told = f"{than}{_week(int(elsewhere), weeks) if weeks is not None else ''}{elsewhere_told}"
    beside = "".join(_beside(-coefficient * sign, words) for coefficient, _, words in rest)
    return f"{subject} is {BY_THE_WEEK[compared.order, sign < 0]}{told}{beside}"


def stretches_words(system: NormSystem, name: str, stretches: Sequence[AxisStretch]) -> str:
    """`day and time of the start is Mon to Thu after 18:00 and before 06:00 on the next day UTC`.

    What is the same on several days is told at once, in the days of the zone.
    """
    first, *others = [f"{_in_days(stretches, zone)} {in_zone(zone)}" for zone in told_zones(system)]
    return f"{name} is {first} ({', '.join(others)})" if others else f"{name} is {first}"


def place_words(system: NormSystem, place: WeekPlace) -> str:
    """`day and time of notify of organiser`, for the place in the week of something that a unit does."""
    return f"day and time of {event_words(system, place.event)}"


def _in_days(stretches: Sequence[AxisStretch], zone: str) -> str:
    """Stretches by the clocks of a zone; in UTC, the beginning and the end of the week need not be named."""
    by_day: dict[tuple[object, ...], list[AxisStretch]] = {}
    for stretch in sorted((_turned(s, zone) for s in stretches), key=lambda s: s.low or Fraction(0)):
        by_day.setdefault(_times(stretch), []).append(stretch)
    told = [_alone(some[0]) if len(some) == 1 else _on_days(some) for some in by_day.values()]
    return ", or ".join(told)


def _turned(stretch: AxisStretch, zone: str) -> AxisStretch:
    """The same by the clocks of the zone."""
    step = ahead(zone)
    if not step or stretch == AxisStretch():
        return stretch
    low, high = stretch.low or Fraction(0), WEEK if stretch.high is None else stretch.high
    before = stretch.before or stretch.high is None
    return AxisStretch((low + step) % WEEK, (high + step) % WEEK, stretch.after, before)


def _times(stretch: AxisStretch) -> tuple[object, ...]:
    """What stretches have in common that are told at once for several days; nothing of what lasts longer than one."""
    if stretch.low is None or stretch.high is None or (stretch.high - stretch.low) % WEEK >= _DAY:
        return (stretch,)
    return stretch.low % _DAY, stretch.high % _DAY, stretch.after, stretch.before


def _alone(stretch: AxisStretch) -> str:
    """`after Fri 18:00 and before Mon 06:00`."""
    if stretch.low is not None and stretch.low == stretch.high and not (stretch.after or stretch.before):
        return day_words(stretch.low)
    low = [] if stretch.low is None else [f"{'after' if stretch.after else 'not before'} {day_words(stretch.low)}"]
    high = [] if stretch.high is None else [f"{'before' if stretch.before else 'not after'} {day_words(stretch.high)}"]
    return " and ".join((*low, *high))


def _on_days(stretches: Sequence[AxisStretch]) -> str:
    """`Mon to Thu after 18:00 and before 06:00 on the next day`."""
    first = stretches[0]
    assert first.low is not None, "what is told for several days has two ends"
    assert first.high is not None, "what is told for several days has two ends"
    days = [int((stretch.low or 0) // _DAY) for stretch in stretches]
    low, high = first.low % _DAY, first.high % _DAY
    later = " on the next day" if high <= low and high else ""
    after, before = "after" if first.after else "not before", "before" if first.before else "not after"
    return f"{days_words(days)} {after} {clock_time(low)} and {before} {clock_time(high or _DAY)}{later}"


def days_words(days: Sequence[int]) -> str:
    """`Mon to Thu`, `Mon and Wed`."""
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    *rest, last = [DAYS[day] for day in days]
    return f"{', '.join(rest)} and {last}" if rest else last


def _week(away: int, point: str) -> str:
    """In which week, as seen from that of the point."""
    if not away:
        return f" in the week of {point}"
    count, side = abs(away), "after" if away > 0 else "before"
    return f" in the week {side} that of {point}" if count == 1 else f" {count} weeks {side} the week of {point}"


def _beside(coefficient: Fraction, words: str) -> str:
    factor = "" if abs(coefficient) == 1 else f"{number_words(abs(coefficient))} × "
    return f" {'+' if coefficient > 0 else '-'} {factor}{words}"
