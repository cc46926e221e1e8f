"""What the hours and the delays of a channel leave of a deadline, in words and in the time of both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from cbm.core.calendar.meetings import how_often
from cbm.core.calendar.zone_data import zone_info
from cbm.core.clause_limits.deadlines import length_from_one_moment
from cbm.core.episodes import Channel, OpeningHours
from cbm.core.expressions import Expr, NormId
from cbm.core.norms import Modality, Norm, NormSystem, Strength
from cbm.core.sorts import BEGINNING, WEEK
from cbm.core.substitution import deeds_of, mentioned
from cbm.core.variables import NOW, SENT
from cbm.dynamics.message_fares import ANYBODY, Fare, carries, longest_wait, over_the_year, takes_time
from cbm.dynamics.message_times import Week
from cbm.records import Record, replace
from cbm.resolve.clocks import monday, runs_of
from cbm.resolve.time.transmission import has_changing_clocks
from cbm.translation.listing import listed, row
from cbm.translation.saying import mark, say, say_count
from cbm.wording.channel_use import out_of_use
from cbm.wording.clause_names import names_of
from cbm.wording.times.time_words import beside, day_and_time, in_zone
from cbm.wording.times.week_words import days_words
from cbm.wording.told_zones import UTC as UTC_ZONE

# More times of the week than these are counted only.
_MOST = 7
_START = datetime(BEGINNING.year, BEGINNING.month, BEGINNING.day, tzinfo=UTC)


class Served(Record):
    """How a duty with a deadline fares through its channels: in words, one line for each way it can go."""

    how: str  # to be said of the duty: "{clauses} can never be complied with, not even at best", …
    notes: tuple[str, ...]
    ways_out: tuple[str, ...]
    ever: bool = True  # whether a message can be in time at all


def served(
    system: NormSystem,
    norm: Norm,
    among: Sequence[str] | None = None,
    left_by: Sequence[NormId] = (),
    barred_by: Sequence[NormId] = (),
) -> Served | None:
    """None where every message is in time, no channel with hours or delays is asked for, or no length from one moment.

    `among` are the channels that are left to it, where these are not just those that it asks for, and `left_by` the
    clauses that leave no others. Clauses that bar what the duty does not name now are `barred_by`.
    """
    channels = [system.channels[name] for name in (norm.through if among is None else among)]
    if len(channels) != 1 or not takes_time(channels[0]):
        return None
    (channel,) = channels
    deadline = length_from_one_moment(norm)
    if deadline is None:
        if channel.next_meeting:
            never = meeting_words(channel)
        else:
            never = say("through `{channel}` no message need ever arrive", channel=channel.name)
        ways = _ways_out(system, channel, endless=True, left_by=left_by)
        return (
            Served(_NEVER_SURE, (never, *_also_free(system, channel, left_by, barred_by)), ways)
            if channel.endless
            else None
        )
    fares = over_the_year(system, channel, deadline, norm)
    best = [week for fare in fares for week in fare.best.values()]
    worst = [week for fare in fares for week in fare.worst.values()]
    if not any(week is None or week.late for week in (*best, *worst)):
        return None  # what cannot be kept there is so for something else
    if channel.next_meeting and not channel.hours:
        notes = iter((meeting_words(channel),))
    else:
        told_apart = _told_apart(channel, fares)
        notes = (note for fare in told_apart for note in _notes(channel, fare, len(told_apart) > 1))
    first = [say("this is so of its first time; in its later times it can come too late as well")]
    how = _how(best, worst, over_the_year=len(fares) > 1)
    further = _also_free(system, channel, left_by, barred_by)
    told = (*notes, *_answers(system, channel), *(first if norm.recurrence else ()), *further)
    ways = _ways_out(system, channel, endless=None in worst, left_by=left_by)
    return Served(how, told, ways, ever=all(week.share < 1 for week in best))


def _also_free(
    system: NormSystem, channel: Channel, left_by: Sequence[NormId], barred_by: Sequence[NormId]
) -> Iterator[str]:
    """What else it takes to name another channel where these clauses leave none, or bar it."""
    named = () if out_of_use(system, channel) else left_by  # the way out names them there
    if barring := (*named, *barred_by):
        yield say(
            "what is named besides `{channel}` has to be left free by {clauses}, too: `except through …`",
            channel=channel.name,
            clauses=listed(names_of(system, barring)),
        )


def ways_out_in_time(system: NormSystem, through: Sequence[str], content: Expr) -> tuple[str, ...]:
    """What helps where the one channel that is named does not carry every message by its deadline, if it does not."""
    channels = [system.channels[name] for name in through]
    if len(channels) != 1 or carries(system, channels[0], content):
        return ()
    return _ways_out(system, channels[0], endless=longest_wait(system, channels[0]) is None)


def _ways_out(
    system: NormSystem, channel: Channel, *, endless: bool, left_by: Sequence[NormId] = ()
) -> tuple[str, ...]:
    """What helps where messages come too late; of one that need never arrive more time is none, nor of a dead line."""
    if why := out_of_use(system, channel):
        if not left_by:
            return (say("name a channel that is in use: `{channel}` {is_so}", channel=channel.name, is_so=why),)
        leave = mark("let {clauses} leave a channel that is in use: `{channel}` {is_so}")
        clauses = listed(names_of(system, left_by))
        return (say(leave, clauses=clauses, channel=channel.name, is_so=why),)
    if channel.next_meeting:
        if channel.interval is None:
            words = mark("or agree how often `{channel}` is held, and set no deadline that is shorter than that")
            more_often = say(words, channel=channel.name)
        else:
            more_often = say("or agree to hold `{channel}` more often", channel=channel.name)
        if endless:
            return say("name as a fallback a channel that is no meeting"), more_often
        return say("give it more time, or name as a fallback a channel that is no meeting"), more_often
    if channel.hours:
        delayed = any(delay.high != 0 for delay in channel.delays)
        if endless:
            fallback = say("name a channel that is open at all hours as a fallback")
            if _are_owed_in_time(system, channel):
                return fallback, say("or agree with the other side on longer hours")
            return fallback, say("or agree with the other side on longer hours and on an answer within a fixed time")
        fallback = say("give it more time, or name a channel that is open at all hours as a fallback")
        if delayed:
            return fallback, say("or agree with the other side on longer hours and shorter delays")
        return fallback, say("or agree with the other side on longer hours")
    if endless:
        fallback = say("name a quicker channel as a fallback")
        if channel.hangs_on and all(delay.high is not None for delay in channel.delays):
            fallback = say("name as a fallback a channel through which a message counts without an answer")
        if _are_owed_in_time(system, channel):
            return (fallback,)
        return fallback, say("or agree with the other side on an answer within a fixed time")
    fallback = say("give it more time, or name a quicker channel as a fallback")
    return fallback, say("or agree with the other side on shorter delays")


def meeting_words(channel: Channel) -> str:
    """How often it is held, and how long what is told there may wait for it."""
    longest = None if channel.next_meeting is None else channel.next_meeting.high
    if channel.interval is None or longest is None:
        words = mark("no interval is agreed for `{channel}`: what is told there may wait for ever")
        return say(words, channel=channel.name)
    may_wait = (
        mark(
            "`{channel}` is held {often}, on days that are not known (early in one year, say, and late in a later one):"
            " what is told there may wait up to {length}"
        )
        if channel.interval.years
        else mark("`{channel}` is held {often}, on days that are not known: what is told there may wait up to {length}")
    )
    return say(
        may_wait,
        channel=channel.name,
        often=how_often(channel.interval),
        length=length_words(longest),
    )


def _are_owed_in_time(system: NormSystem, channel: Channel) -> bool:
    """Whether what the other end has to do is asked of it already, and within a time."""
    return bool(channel.hangs_on) and all(_owed(system, act, in_time=True) for act in channel.hangs_on)


def _owed(system: NormSystem, act: str, *, in_time: bool = False) -> list[NormId]:
    """The duties to do an act, or to do it in some time."""
    duties = (n for n in system.norms.values() if n.modality is Modality.OBLIGATION and n.strength is Strength.MUST)
    return [
        norm.id
        for norm in duties
        for deed in deeds_of(norm.own_content)
        if deed.act == act and not (in_time and {NOW, SENT}.isdisjoint(mentioned(deed.manner)))
    ]


def _answers(system: NormSystem, channel: Channel) -> Iterator[str]:
    """What the other end has to do, in words."""
    held_up = (
        (
            channel.consent,
            mark("through `{channel}` nothing is sent before the other end {deed}, which it need never do"),
            mark("through `{channel}` nothing is sent before the other end {deed}, as is asked of it in {clauses}"),
        ),
        (
            channel.acknowledged,
            mark("through `{channel}` no message counts before the other end {deed}, which it need never do"),
            mark("through `{channel}` no message counts before the other end {deed}, as is asked of it in {clauses}"),
        ),
    )
    for act, unasked, asked in held_up:
        if act is not None:
            owed = names_of(system, _owed(system, act))
            words = asked if owed else unasked
            yield say(words, channel=channel.name, deed=system.acts[act].title, clauses=listed(owed))


_NEVER_SURE = mark("{clauses} can never be guaranteed")


def _how(best: list[Week], worst: list[Week | None], *, over_the_year: bool) -> str:
    if any(week.share == 1 for week in best):
        return mark("{clauses} can never be complied with, not even at best")
    if any(week.share for week in best):
        if over_the_year:
            return mark("{clauses} cannot be complied with in part of the year, not even at best")
        return mark("{clauses} cannot be complied with in part of the week, not even at best")
    if any(week is None or week.share == 1 for week in worst):
        return _NEVER_SURE
    if over_the_year:
        return mark("{clauses} cannot be guaranteed in part of the year")
    return mark("{clauses} cannot be guaranteed in part of the week")


def _told_apart(channel: Channel, fares: Iterable[Fare]) -> list[Fare]:
    """Weeks of which the same is said, as their clocks show it, are told together."""
    groups: dict[tuple[str, ...], list[Fare]] = {}
    for fare in fares:
        groups.setdefault(tuple(_notes(channel, fare, apart=False)), []).append(fare)
    return [replace(some[0], weeks=sorted(week for fare in some for week in fare.weeks)) for some in groups.values()]


def _notes(channel: Channel, fare: Fare, apart: bool) -> Iterator[str]:
    """Each way that a message can go, those alike together; in which weeks, where some are told apart."""
    for ways in _alike(fare.best, fare.worst):
        where = listed([say("{sender} to {receiver}", sender=one, receiver=other) for one, other in ways])
        if apart:
            where = say("in the {weeks}: {ways}", weeks=_weeks_words(fare.weeks), ways=where)
        at_best, at_worst = fare.best[ways[0]], fare.worst[ways[0]]
        if apart and not at_best.late and at_worst is not None and not at_worst.late:
            continue
        best = _week_words(channel, at_best, fare.weeks[0])
        worst = at_worst and _week_words(channel, at_worst, fare.weeks[0])
        if ways == [ANYBODY]:
            yield say("at best: {fare}", fare=best)
            if worst is None:
                yield say("at worst: no message need ever arrive")
            elif at_worst != at_best:
                yield say("at worst: {fare}", fare=worst)
            continue
        yield say("{ways}, at best: {fare}", ways=where, fare=best)
        if worst is None:
            yield say("{ways}, at worst: no message need ever arrive", ways=where)
        elif at_worst != at_best:
            yield say("{ways}, at worst: {fare}", ways=where, fare=worst)


def _weeks_words(weeks: list[int]) -> str:
    """`weeks of 2024-01-01 to 2024-03-18 and 2024-10-28`: each by its Monday."""
    spans = [
        f"{monday(one)}" if one == last else say("{first} to {last}", first=monday(one), last=monday(last))
        for one, last in runs_of(weeks)
    ]
    return say("week of {day}", day=spans[0]) if len(weeks) == 1 else say("weeks of {days}", days=listed(spans))


def _alike(best: dict[tuple[str, str], Week], worst: dict[tuple[str, str], Week | None]) -> list[list[tuple[str, str]]]:
    groups: dict[object, list[tuple[str, str]]] = {}
    for way in best:
        groups.setdefault((best[way], worst[way]), []).append(way)
    return list(groups.values())


def _week_words(channel: Channel, week: Week, number: int) -> str:
    """`in time throughout the week`, or when it is not, and for how much of the week."""
    taken = _taken_words(week.longest)
    if not week.late:
        return row([say("in time throughout the week"), taken])
    if week.share == 1:
        return row([say("too late throughout the week"), taken])
    groups = _by_days(channel, number, _around(channel, week.late))
    told = [_group_words(channel, some) for some in groups[:_MOST]]
    if len(groups) > _MOST:
        told.append(say_count("{count} further time", "{count} further times", len(groups) - _MOST))
    zone, *others = _zones(channel)
    times = listed(told) if others else in_zone(listed(told), zone)
    share = _percent(week.share)
    late = say("too late in {share} of the week, for what happens {times}", share=share, times=times)
    return row([late, taken])


def _taken_words(longest: Fraction | None) -> str:
    if longest is None:
        return say("it never arrives")
    if not longest:
        return say("a message arrives at once")
    return say("a message takes up to {length}", length=length_words(longest))


def _around(channel: Channel, late: Sequence[OpeningHours]) -> list[OpeningHours]:
    """What goes on over the end of the week as one; weeks that differ from the next one end where they end."""
    first, last = late[0], late[-1]
    if len(late) == 1 or first.start > 0 or last.end < WEEK or has_changing_clocks(channel):
        return list(late)
    return [*late[1:-1], OpeningHours(last.start, first.end + WEEK)]


# From when to when, in seconds after `BEGINNING`.
_Span = tuple[Fraction, Fraction]


def _by_days(channel: Channel, number: int, late: Sequence[OpeningHours]) -> list[list[_Span]]:
    """Spans that begin and end at one time of the day by the clocks of the channel, together, in the order of days."""
    zone = _zones(channel)[0]
    groups: dict[tuple[str, str, int], list[_Span]] = {}
    spans = [(number * WEEK + span.start, number * WEEK + span.end) for span in late]
    for start, end in sorted(spans, key=lambda span: (_in_zone(span[0], zone).weekday(), span[0])):
        key = f"{_in_zone(start, zone):%H:%M}", f"{_in_zone(end, zone):%H:%M}", _days_later(start, end, zone)
        groups.setdefault(key, []).append((start, end))
    return list(groups.values())


def _group_words(channel: Channel, spans: Sequence[_Span]) -> str:
    """`Mon to Thu from 17:30 to 08:00 on the next day`; where hours are of several zones, the time in each of them."""
    zone, *others = _zones(channel)
    start, end = spans[0]
    days = days_words([_in_zone(one, zone).weekday() for one, _ in spans])
    begin, end_of = f"{_in_zone(start, zone):%H:%M}", _end_words(start, end, zone, len(spans) > 1)
    told = say("{days} from {start} to {end}", days=days, start=begin, end=end_of)
    if not others:
        return told
    return beside([in_zone(told, zone), *(in_zone(_span_there(spans[0], zone, other), other) for other in others)])


def _span_there(span: _Span, zone: str, other: str) -> str:
    """The same span by other clocks; once a day is named, so is the other one, if it is another."""
    start, end = span
    begin, last = (_clock(one, other, one, zone) for one in span)
    time = _in_zone(end, other)
    if begin != f"{_in_zone(start, other):%H:%M}" and _days_later(start, end, other):
        last = day_and_time(time.weekday(), f"{time:%H:%M}")
    return say("{start} to {end}", start=begin, end=last)


def _end_words(start: Fraction, end: Fraction, zone: str, several: bool) -> str:
    """The time to the minute that has begun, with its day where that is not the one on which it began."""
    time, later = _in_zone(end, zone), _days_later(start, end, zone)
    clock = f"{time:%H:%M}"
    if not later:
        return clock
    if not several:
        return day_and_time(time.weekday(), clock)
    if later == 1:
        return say("{time} on the next day", time=clock)
    return say("{time} {number} days later", time=clock, number=later)


def _clock(seconds: Fraction, zone: str, near: Fraction, other: str) -> str:
    """The time to the minute that has begun, with its day where by the other clock it is another one."""
    time = _in_zone(seconds, zone)
    clock, same_day = f"{time:%H:%M}", time.weekday() == _in_zone(near, other).weekday()
    return clock if same_day else day_and_time(time.weekday(), clock)


def _days_later(start: Fraction, end: Fraction, zone: str) -> int:
    return (_in_zone(end, zone).date() - _in_zone(start, zone).date()).days


def _zones(channel: Channel) -> tuple[str, ...]:
    """By whose clocks its hours are written."""
    return tuple(dict.fromkeys(hours.zone for hours in channel.hours)) or (UTC_ZONE,)


def _in_zone(seconds: Fraction, zone: str) -> datetime:
    return (_START + timedelta(minutes=seconds // 60)).astimezone(UTC if zone == UTC_ZONE else zone_info(zone))


def length_words(seconds: Fraction) -> str:
    """`2 days 15 h`, rounded up to whole minutes."""
    minutes = -(-seconds // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [say_count("{count} day", "{count} days", days)] * bool(days)
    parts += [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    return " ".join(parts) or say("no time")


def _percent(share: Fraction) -> str:
    """Rounded down, so that only the whole week is 100 %."""
    return f"{int(share * 100)} %" if share >= Fraction(1, 100) else say("under 1 %")
