"""Points in time in words: how far apart two of them lie, and an episode as a time line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import assert_never

from cbm.core.calendar.zone_data import zone_info
from cbm.core.episodes import CalendarDay
from cbm.core.expressions import Compare, Order
from cbm.core.norms import NormSystem
from cbm.core.sorts import BEGINNING, TIME, WEEK
from cbm.core.units import show
from cbm.core.variables import (
    ActInstance,
    AtHand,
    ClockOffset,
    Counterpart,
    Occurrence,
    Occurs,
    SentAt,
    Timed,
    TimeOf,
    Variable,
    WeekNumber,
    WeekPlace,
    time_of_moment,
)
from cbm.core.variables import Event as Happening
from cbm.finding import Event
from cbm.resolve.clocks import monday
from cbm.resolve.zones import changes
from cbm.search.implicants import Point
from cbm.translation.listing import in_brackets, listed
from cbm.translation.saying import mark, say, say_as, say_count
from cbm.translation.speech import spoken
from cbm.translation.verb_forms import fits, is_phrase
from cbm.wording.phrases import occurrence_words, role_words, title_of_act
from cbm.wording.told_zones import UTC as UTC_ZONE
from cbm.wording.told_zones import ahead, told_zones
from cbm.wording.variable_names import event_name

MINUTE, HOUR = Fraction(60), Fraction(3600)
_LONG = 72  # from so many hours on days are told
# What is asked about around a point in time lies from shortly before its week to so long after it.
_REACH = timedelta(days=3)
_HOURS = 24 * 7 * 22
_START = datetime(BEGINNING.year, BEGINNING.month, BEGINNING.day, tzinfo=UTC)
DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))


def tells_times(compared: Compare) -> bool:
    """Whether it only says how far apart two points in time are."""
    return (
        len(compared.terms) == 2
        and all(isinstance(v, Timed) for _, v in compared.terms)
        and not sum(coefficient for coefficient, _ in compared.terms)
    )


# How a point in time lies to another one: by the order, and by whether they are compared with the later one's end.
_APART = {
    (Order.LESS, True): mark("{point} is less than {length} after {other}"),
    (Order.AT_MOST, True): mark("{point} is at most {length} after {other}"),
    (Order.EQUAL, True): mark("{point} is exactly {length} after {other}"),
    (Order.LESS, False): mark("{point} is more than {length} before {other}"),
    (Order.AT_MOST, False): mark("{point} is at least {length} before {other}"),
    (Order.EQUAL, False): mark("{point} is exactly {length} before {other}"),
}
_NOT_APART = {
    True: mark("{point} is not {length} after {other}"),
    False: mark("{point} is not {length} before {other}"),
}
_IN_ORDER = {
    Order.LESS: mark("{point} is before {other}"),
    Order.AT_MOST: mark("{point} is not after {other}"),
    Order.EQUAL: mark("{point} is at the same time as {other}"),
}


def apart_words(system: NormSystem, compared: Compare, *, denied: bool = False) -> str:
    """`start is less than 42 days after decision`; `denied` of an equation that it does not hold."""
    (coefficient, first), (_, second) = compared.terms
    later, earlier = (first, second) if coefficient > 0 else (second, first)
    one, other = point_words(system, later), point_words(system, earlier)
    limit, order = compared.bound / abs(coefficient), compared.order
    if not limit:
        if denied:
            return say("{point} is not at the same time as {other}", point=one, other=other)
        return say(_IN_ORDER[order], point=one, other=other)
    length, after = distance_words(abs(limit), compared.unit), limit > 0
    message = _NOT_APART[after] if denied else _APART[order, after]
    return say(message, point=one, length=length, other=other)


def distance_words(length: Fraction, unit: str | None) -> str:
    """In the author's unit; else long ones as in time lines, `14 days 6 h`."""
    if unit is None and length >= _LONG * HOUR and length % (24 * HOUR):
        return _exact_length(length)
    return show(length, unit, TIME.dimension)


def lasting_words(length: Fraction, unit: str | None) -> str:
    """How long something lasts: in the author's unit, or `11 h 59 min` where that is no whole number of hours."""
    return _exact_length(length) if length > HOUR and length % HOUR else distance_words(length, unit)


def point_words(system: NormSystem, variable: Variable) -> str:
    """`start`, or `report of own unit` for when a unit does something."""
    match variable:
        case TimeOf(event):
            return event_words(system, event)
        case SentAt(event):
            return say("{event} (sent)", event=event_words(system, event))
        case Counterpart(other):
            return point_words(system, other)
        case _:
            return say("the time")


def event_words(system: NormSystem, event: Happening) -> str:
    """`start`, or `report of own unit`."""
    match event:
        case Occurrence():
            return occurrence_words(system, event)
        case ActInstance(act, role):
            unit, title = role_words(system, role), title_of_act(system, act, role)
            if is_phrase(title):
                if spoken() == "en":
                    return say("the moment when {unit} {deed}", unit=unit, deed=title)
                return say_as("phrase", "{act} of {unit}", act=title, unit=unit)
            return say("{act} of {unit}", act=act.replace("_", " "), unit=unit)
        case AtHand():
            return say("now")
        case _:
            assert_never(event)


def week_words(system: NormSystem, seconds: Fraction) -> str:
    """`Fri 08:30 UTC`, or `Fri 17:30 in Asia/Tokyo`, from how long after the beginning of the week it is."""
    return beside([in_zone(day_words((seconds + ahead(zone)) % WEEK), zone) for zone in told_zones(system)])


def beside(words: Sequence[str]) -> str:
    """`Fri 08:30 UTC (Fri 17:30 in Asia/Tokyo)`: the first one, and what else it is behind it."""
    first, *others = words
    return f"{first}{in_brackets(say(', ').join(others))}" if others else first


def day_words(seconds: Fraction) -> str:
    """`Fri 08:30`, from how long after the beginning of the week it is."""
    day, rest = divmod(seconds, 24 * 3600)
    return day_and_time(int(day), clock_time(rest))


def day_and_time(day: int, time: str) -> str:
    """`Fri 08:30`, of the day with this number from Monday on."""
    return say("{day} {time}", day=day_name(day), time=time)


def day_name(number: int) -> str:
    """`Mon` for 0, and so on for every week."""
    return say(DAYS[number % len(DAYS)])


def clock_time(seconds: Fraction) -> str:
    """`08:30`, to the minute that has begun."""
    minutes = int(seconds // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def in_zone(time: str, zone: str) -> str:
    """`Fri 08:30 UTC`, `Fri 17:30 in Asia/Tokyo`: by which clocks a time is told."""
    return say("{time} UTC", time=time) if zone == UTC_ZONE else say("{time} in {zone}", time=time, zone=zone)


def local_words(system: NormSystem, seconds: Fraction) -> str:
    """`Fri 08:30 UTC, Fri 17:30 in Asia/Tokyo`: the same by the clocks that the clauses go by.

    What clocks show that change with the season is told by `clock_words`.
    """
    zones = dict.fromkeys((UTC_ZONE, *(zone for norm in system.norms.values() for zone in norm.zones)))
    return say(", ").join(in_zone(_wall(seconds, zone), zone) for zone in zones if not changes(zone))


def _wall(seconds: Fraction, zone: str) -> str:
    """What a clock shows there, to the minute that has begun."""
    time = (_START + timedelta(minutes=int(seconds // 60))).astimezone(zone_info(zone))
    return day_and_time(time.weekday(), f"{time:%H:%M}")


def clock_words(variable: Variable, point: Point) -> str | None:
    """`clocks in Europe/Vienna: UTC+2, before they change on 2024-10-27`; None of what tells of no clock."""
    ahead = point[variable]
    if not isinstance(variable, ClockOffset) or not isinstance(ahead, Fraction):
        return None
    event, zone = variable.event, variable.zone
    shown = {value for v, value in point.items() if isinstance(v, ClockOffset) and (v.event, v.zone) == (event, zone)}
    week = point.get(WeekNumber(event))
    words = say("clocks in {zone}: {offset}", zone=zone, offset=_offset_words(ahead))
    change = _change(zone, shown, monday(int(week))) if isinstance(week, Fraction) else None
    if change is None:
        return words
    before, on = change
    if ahead == before:
        return say("{clocks}, before they change on {date}", clocks=words, date=on)
    return say("{clocks}, after they change on {date}", clocks=words, date=on)


def _change(zone: str, shown: Collection[object], week: date) -> tuple[Fraction, date] | None:
    """What the clocks are ahead before they change between the two offsets, and the day on which they do."""
    time = datetime(week.year, week.month, week.day, tzinfo=UTC).astimezone(zone_info(zone)) - _REACH
    for _ in range(_HOURS):
        later = (time.astimezone(UTC) + timedelta(hours=1)).astimezone(zone_info(zone))
        before, after = (_ahead(t) for t in (time, later))
        if before != after and {before, after} == set(shown):
            return before, later.date()
        time = later
    return None


def _ahead(time: datetime) -> Fraction:
    offset = time.utcoffset()
    assert offset is not None, "a time in a zone has an offset"
    return Fraction(offset // timedelta(seconds=1))


def _offset_words(ahead: Fraction) -> str:
    """`UTC+2`, `UTC-3:30`."""
    hours, minutes = divmod(abs(int(ahead)) // 60, 60)
    sign = "-" if ahead < 0 else "+"
    return f"UTC{sign}{hours}{f':{minutes:02}' if minutes else ''}" if ahead else "UTC"


def time_line(system: NormSystem, point: Point, mattering: Iterable[Variable]) -> tuple[Event, ...]:
    """The points in time among what matters, as far as they occur, in order.

    Of a doing of which it matters when its message is sent, it is told that it arrives then; and through which channel,
    where messages of the unit that do the same go through several.
    """
    ordered = _dated_times(system, point, tuple(mattering))
    sent = dict.fromkeys(v.instance for v, _, _ in ordered if isinstance(v, SentAt))
    lines = {done: point.get(done.through(system.channels)) for done in sent if isinstance(done, ActInstance)}
    alike = {(done.act, done.role): set[object]() for done in lines}
    for done, line in lines.items():
        alike[done.act, done.role].add(line)
    told = {done: str(line) if len(alike[done.act, done.role]) > 1 else "" for done, line in lines.items()}
    beginning = ordered[0][1] if ordered else Fraction(0)
    return tuple(_event(system, v, at - beginning, told, day) for v, at, day in ordered)


def days_told(system: NormSystem, point: Point, mattering: Iterable[Variable]) -> frozenset[str]:
    """The days and hours that the time line of these tells, each in brackets."""
    return frozenset(day for _, _, day in _dated_times(system, point, tuple(mattering)))


def _dated_times(
    system: NormSystem, point: Point, mattering: Sequence[Variable]
) -> list[tuple[TimeOf | SentAt, Fraction, str]]:
    """The points in time that occur, in order, each with its day and hour in brackets where that is known."""
    chosen = [v for v in dict.fromkeys(mattering) if isinstance(v, Timed) and _occurs(v, point)]
    times: dict[TimeOf | SentAt, Fraction] = {
        variable: value for variable in chosen if isinstance(value := point[variable], Fraction)
    }
    first = {_happening(v): place for place, v in reversed(list(enumerate(chosen)))}
    # Of what happens at one time, a message is sent before it arrives.
    ordered = sorted(times.items(), key=lambda one: (one[1], first[_happening(one[0])], not isinstance(one[0], SentAt)))
    days: dict[TimeOf | SentAt, CalendarDay] = {
        time_of_moment(moment.name): moment.on for moment in system.situation.moments if moment.on
    }
    zone = next((on.zone for time, on in days.items() if time in times), None)
    ends = {times[v] for v in days if v in times}  # of a day: what happens then is told of that day
    dates = {v: "" if zone is None else in_brackets(_date(at - (at in ends), zone)) for v, at in ordered}
    known = next((found for place in dict.fromkeys(mattering) if (found := _origin(place, point)) is not None), None)
    if known is not None and zone is None:
        dates = {v: in_brackets(local_words(system, (known + at) % WEEK)) for v, at in ordered}
    return [(v, at, dates[v]) for v, at in ordered]


def _origin(place: Variable, point: Point) -> Fraction | None:
    """How long after a Monday 00:00 UTC the beginning of times lies, by what is known of the place of one of them."""
    if not isinstance(place, WeekPlace) or place not in point:
        return None
    lies, at = point[place], point.get(TimeOf(place.event))
    return lies - at if isinstance(lies, Fraction) and isinstance(at, Fraction) else None


def _date(seconds: Fraction, zone: str) -> date:
    """The day on which a point in time lies there, where such points have a day."""
    return (_START + timedelta(seconds=floor(seconds))).astimezone(zone_info(zone)).date()


def apart_from_others(system: NormSystem, variable: TimeOf | SentAt, point: Point, others: Iterable[Variable]) -> str:
    """How long before or after the nearest of the others that occur it is; nothing where none does.

    A message is told from what else happens, and only where nothing does from its own sending or arrival.
    """
    happening = [v for v in others if isinstance(v, Timed) and v != variable and _occurs(v, point)]
    gaps = [
        (v, at - place)
        for v in happening
        if isinstance(at := point[variable], Fraction) and isinstance(place := point[v], Fraction)
    ]
    if not gaps:
        return ""
    nearest, gap = min(gaps, key=lambda one: (_happening(one[0]) == _happening(variable), abs(one[1])))
    one, other = point_words(system, variable), point_words(system, nearest)
    if not gap:
        return say(_IN_ORDER[Order.EQUAL], point=one, other=other)
    return say(_APART[Order.EQUAL, gap > 0], point=one, length=_exact_length(abs(gap)), other=other)


def time_line_words(events: tuple[Event, ...]) -> str:
    """`start, 41 days after decision`: each point by how long after the one before."""
    once = {(event.words, event.after): event for event in events}  # what is done several times at once
    return listed(list(_steps(tuple(once.values()))), "then") if events else ""


def _steps(events: tuple[Event, ...]) -> Iterator[str]:
    before: Event | None = None
    for event in events:
        gap = Fraction(0) if before is None else Fraction(event.after) - Fraction(before.after)
        if before is None:
            yield event.words
        elif not gap:
            yield say("{event} at the same time", event=event.words)
        else:
            yield say("{event} {length} later", event=event.words, length=_length_words(gap))
        before = event


def _length_words(gap: Fraction) -> str:
    """`2 h`, `23 h 40 min`, or `about 10 min` where some seconds more tell the reader nothing."""
    if (
        gap < MINUTE
        or not gap % (24 * HOUR)
        or (gap < _LONG * HOUR and not gap % HOUR)
        or (gap < HOUR and not gap % MINUTE)
    ):
        return show(gap, None, TIME.dimension)
    whole = round(gap / MINUTE) * MINUTE
    length = _exact_length(whole)
    return say("about {length}", length=length) if gap % MINUTE else length


def _exact_length(gap: Fraction) -> str:
    """`14 days 1 min 59 s`: nothing is rounded."""
    minutes, seconds = divmod(gap, MINUTE)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24) if hours >= _LONG else (0, hours)
    told = [say_count("{count} day", "{count} days", days)] * bool(days)
    told += [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    told += [show(seconds, None, TIME.dimension)] * bool(seconds)
    return " ".join(told)


def _event(
    system: NormSystem, variable: TimeOf | SentAt, after: Fraction, sent: Mapping[ActInstance, str], day: str
) -> Event:
    """`sent`: of messages, the channel where it is to be told."""
    subject = None if variable.role is None else system.situation.roles[variable.role]
    happens = _happening(variable)
    name, words = event_name(happens), _happening_words(system, happens)
    channel = sent.get(happens) if isinstance(happens, ActInstance) else None
    if isinstance(variable, SentAt):
        through = mark("{event} (sent through `{channel}`)") if channel else mark("{event} (sent)")
        told = say(through, event=words, channel=channel)
        return Event(subject, f"{name} sent", str(after), f"{told}{day}")
    if channel is None:
        return Event(subject, name, str(after), f"{words}{day}")
    through = mark("{event} (received through `{channel}`)") if channel else mark("{event} (received)")
    told = say(through, event=words, channel=channel)
    return Event(subject, name, str(after), f"{told}{day}")


def _happening_words(system: NormSystem, event: Happening) -> str:
    """`start`, or what a unit does then, as its vocabulary says it: `own unit reports the incident`."""
    if not isinstance(event, ActInstance) or system.acts[event.act].title == event.act:
        return event_words(system, event)
    unit, deed = role_words(system, event.role), title_of_act(system, event.act, event.role)
    return say("{unit} {deed}", unit=unit, deed=deed) if fits(deed) else event_words(system, event)


def _happening(variable: TimeOf | SentAt) -> Happening:
    """What it is the time of."""
    return variable.instance if isinstance(variable, SentAt) else variable.event


def _occurs(variable: TimeOf | SentAt, point: Point) -> bool:
    """Whether that happens of which it is the time."""
    match happens := _happening(variable):
        case Occurrence():
            flag: Variable = Occurs(happens)
        case ActInstance():
            flag = happens.performed
        case AtHand():
            return False
        case _:
            assert_never(happens)
    return variable in point and point.get(flag) is True
