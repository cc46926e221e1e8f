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
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.times.time_words import (
    beside,
    clock_time,
    day_name,
    day_words,
    event_words,
    in_zone,
    point_words,
    week_words,
)
from cbm.wording.told_zones import UTC, ahead, told_zones

_DAY = Fraction(24 * 3600)
# How something lies to a day and an hour, by the order and by whether these come before it.
_LIES = {
    (Order.LESS, False): mark("{what} is before {time}"),
    (Order.AT_MOST, False): mark("{what} is not after {time}"),
    (Order.EQUAL, False): mark("{what} is {time}"),
    (Order.LESS, True): mark("{what} is after {time}"),
    (Order.AT_MOST, True): mark("{what} is not before {time}"),
    (Order.EQUAL, True): mark("{what} is {time}"),
}


def weekly_words(
    system: NormSystem,
    compared: Compare,
    title: str,
    lengths: Iterable[tuple[Fraction, Variable, str]],
    *,
    denied: bool = False,
) -> str | None:
    """`the decision is before Mon 05:30 UTC + the delay`; None of what cannot be told by one day and hour.

    `title` names the place in the week that is spoken of, `lengths` are the lengths of time besides, with their
    coefficients and words. How far a clock that changes is ahead is none of them: the hour is told by that clock.
    `denied` of an equation that it does not hold.
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
        told, counted = in_zone(day_words(hour), clock.zone), True
    else:
        rest = known
        told, counted = week_words(system, hour), told_zones(system)[0] != UTC and weeks is not None
    if weeks is not None:
        told = _in_week(told, int(elsewhere), weeks)
    if counted:  # where weeks are counted from, when days are told by another clock
        told = say("{time} (weeks from Mon 00:00 UTC)", time=told)
    told += "".join(_added(-coefficient * sign, words) for coefficient, _, words in rest)
    if denied:
        return say("{what} is not {time}", what=subject, time=told)
    return say(_LIES[compared.order, sign < 0], what=subject, time=told)


def stretches_words(system: NormSystem, name: str, stretches: Sequence[AxisStretch]) -> str:
    """`day and time of the start is Mon to Thu after 18:00 and before 06:00 on the next day UTC`.

    What is the same on several days is told at once, in the days of the zone.
    """
    told = [in_zone(_in_days(stretches, zone), zone) for zone in told_zones(system)]
    return say("{what} is {time}", what=name, time=beside(told))


def place_words(system: NormSystem, place: WeekPlace) -> str:
    """`day and time of notify of organiser`, for the place in the week of something that a unit does."""
    return say("day and time of {event}", event=event_words(system, place.event))


def _in_days(stretches: Sequence[AxisStretch], zone: str) -> str:
    """Stretches by the clocks of a zone; in UTC, the beginning and the end of the week need not be named."""
    by_day: dict[tuple[object, ...], list[AxisStretch]] = {}
    for stretch in sorted((_turned(s, zone) for s in stretches), key=lambda s: s.low or Fraction(0)):
        by_day.setdefault(_times(stretch), []).append(stretch)
    told = [_alone(some[0]) if len(some) == 1 else _on_days(some) for some in by_day.values()]
    return say(", or ").join(told)


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
    if stretch.low is not None and stretch.high is not None:
        return _between(day_words(stretch.low), day_words(stretch.high), stretch)
    ends = [] if stretch.low is None else [_from(day_words(stretch.low), after=stretch.after)]
    ends += [] if stretch.high is None else [_until(day_words(stretch.high), before=stretch.before)]
    return "".join(ends)


def _between(start: str, end: str, stretch: AxisStretch) -> str:
    """`from 08:00 to 17:00`, `from 08:00 on and before 17:00`, `after 08:00 and before 17:00`."""
    if not stretch.after:
        whole = mark("from {start} on and before {end}") if stretch.before else mark("from {start} to {end}")
        return say(whole, start=start, end=end)
    return say("{start} and {end}", start=_from(start, after=True), end=_until(end, before=stretch.before))


def _from(time: str, *, after: bool) -> str:
    return say("after {time}", time=time) if after else say("not before {time}", time=time)


def _until(time: str, *, before: bool) -> str:
    return say("before {time}", time=time) if before else say("not after {time}", time=time)


def _on_days(stretches: Sequence[AxisStretch]) -> str:
    """`Mon to Thu after 18:00 and before 06:00 on the next day`."""
    first = stretches[0]
    assert first.low is not None, "what is told for several days has two ends"
    assert first.high is not None, "what is told for several days has two ends"
    days = [int((stretch.low or 0) // _DAY) for stretch in stretches]
    low, high = first.low % _DAY, first.high % _DAY
    begin, end = clock_time(low), clock_time(high or _DAY)
    if high <= low and high:
        end = say("{time} on the next day", time=end)
    return say("{days} {times}", days=days_words(days), times=_between(begin, end, first))


def days_words(days: Sequence[int]) -> str:
    """`Mon to Thu`, `Mon and Wed`."""
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return say("{first} to {last}", first=day_name(days[0]), last=day_name(days[-1]))
    return listed([day_name(day) for day in days])


def _in_week(time: str, away: int, point: str) -> str:
    """The time, and in which week it is, as seen from that of the point."""
    if not away:
        return say("{time} in the week of {point}", time=time, point=point)
    if away > 0:
        return say_count(
            "{time} in the week after that of {point}",
            "{time} {count} weeks after the week of {point}",
            away,
            time=time,
            point=point,
        )
    return say_count(
        "{time} in the week before that of {point}",
        "{time} {count} weeks before the week of {point}",
        -away,
        time=time,
        point=point,
    )


def _added(coefficient: Fraction, words: str) -> str:
    factor = "" if abs(coefficient) == 1 else f"{number_words(abs(coefficient))} × "
    return f" {'+' if coefficient > 0 else '-'} {factor}{words}"
