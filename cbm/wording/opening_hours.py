"""What the hours and the delays of a channel leave of a deadline, in words and in the time of both ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from cbm.core.episodes import Channel, OpeningHours
from cbm.core.expressions import And, Compare, Does, Each, Expr, Not, Or
from cbm.core.norms import Norm, NormSystem
from cbm.core.sorts import BEGINNING, WEEK
from cbm.core.variables import NOW, SENT
from cbm.dynamics.message_times import Week, week_of, weeks_alike
from cbm.resolve.clocks import monday, runs_of, weeks_asked_of
from cbm.resolve.time.transmission import has_changing_clocks
from cbm.wording.clause_names import listed
from cbm.wording.time_words import DAYS

# More times of the week than these are counted only.
_MOST = 7
_DAY = Fraction(24 * 3600)
_START = datetime(BEGINNING.year, BEGINNING.month, BEGINNING.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Served:
    """How a duty with a deadline fares through its channels: in words, one line for each way it can go."""

    how: str  # "can never be kept, not even at best", …
    notes: tuple[str, ...]


def served(system: NormSystem, norm: Norm, among: Sequence[str] | None = None) -> Served | None:
    """None where no channel with hours or delays is asked for, or no deadline is set for it.

    `among` are the channels that are left to it, where these are not just those that it asks for.
    """
    channels = [system.channels[name] for name in (norm.through if among is None else among)]
    deadline = _deadline(norm.content)
    if len(channels) != 1 or not takes_time(channels[0]):
        return None
    (channel,) = channels
    if deadline is None:
        never = f"through `{channel.name}` no message need ever arrive"
        return Served("can never be guaranteed", (never,)) if channel.endless else None
    fares = _over_the_year(system, channel, deadline)
    best = [week for fare in fares for week in fare.best.values()]
    worst = [week for fare in fares for week in fare.worst.values()]
    notes = (note for fare in fares for note in _notes(channel, fare, len(fares) > 1))
    first = ["this is so of its first time; in its later times it can come too late as well"] if norm.recurrence else []
    part = "part of the year" if len(fares) > 1 else "part of the week"
    return Served(_how(best, worst, part), (*notes, *_answers(system, channel), *first))


def time_needed(system: NormSystem, norm: Norm) -> Fraction | None:
    """The longest that a message can take through the one channel of a duty; None where there is no end to it."""
    channels, deadline = [system.channels[name] for name in norm.through], _deadline(norm.content)
    if deadline is None or len(channels) != 1:
        return None
    return longest_wait(system, channels[0], deadline)


def longest_wait(system: NormSystem, channel: Channel, deadline: Fraction = Fraction(0)) -> Fraction | None:
    """The longest that a message can take through the channel, whenever it is sent; None where that has no end."""
    worst = [week for fare in _over_the_year(system, channel, deadline) for week in fare.worst.values()]
    longest = [None if week is None else week.longest for week in worst]
    return max((length for length in longest if length is not None), default=None) if None not in longest else None


def carries(system: NormSystem, channel: Channel, content: Expr) -> bool:
    """Whether every message through the channel arrives by the deadline that is set, if one is."""
    deadline = _deadline(content)
    if deadline is None or not takes_time(channel):
        return True
    worst = (week for fare in _over_the_year(system, channel, deadline) for week in fare.worst.values())
    return all(week is not None and not week.late for week in worst)


def takes_time(channel: Channel) -> bool:
    """Whether a message through the channel may not arrive at once."""
    return bool(channel.hours or channel.delays or channel.hangs_on)


def _answers(system: NormSystem, channel: Channel) -> Iterator[str]:
    """What the other end has to do, in words."""
    for act, words in ((channel.consent, "nothing is sent"), (channel.acknowledged, "no message counts")):
        if act is not None:
            done = system.acts[act].title
            yield f"through `{channel.name}` {words} before the other end {done}, which it need never do"


@dataclass(frozen=True, slots=True)
class _Fare:
    """How messages fare in these weeks, in each way that they can go, at best and at worst."""

    weeks: list[int]
    best: dict[tuple[str, str], Week]
    worst: dict[tuple[str, str], Week | None]


def _over_the_year(system: NormSystem, channel: Channel, deadline: Fraction) -> list[_Fare]:
    """Of the weeks that are asked about, those together in which messages fare alike."""
    ways = [(one, other) for one in channel.parties for other in channel.parties if one != other]
    low, high = _delays(channel)
    asked = weeks_asked_of(system) if has_changing_clocks(channel) else (0,)
    fares: list[_Fare] = []
    for weeks in weeks_alike(channel, asked, (high or low) + deadline):
        best = {way: week_of(channel, *way, low, deadline, weeks[0]) for way in ways}
        worst = {way: None if high is None else week_of(channel, *way, high, deadline, weeks[0]) for way in ways}
        like = next((fare for fare in fares if (fare.best, fare.worst) == (best, worst)), None)
        if like is None:
            fares.append(_Fare(weeks, best, worst))
        else:
            like.weeks.extend(weeks)
    return fares


def _how(best: list[Week], worst: list[Week | None], part: str) -> str:
    if any(week.share == 1 for week in best):
        return "can never be complied with, not even at best"
    if any(week.share for week in best):
        return f"cannot be complied with in {part}, not even at best"
    if any(week is None or week.share == 1 for week in worst):
        return "can never be guaranteed"
    return f"cannot be guaranteed in {part}"


def _notes(channel: Channel, fare: _Fare, apart: bool) -> Iterator[str]:
    """Each way that a message can go, those alike together; in which weeks, where some are told apart."""
    start = f"in the {_weeks_words(fare.weeks)}: " if apart else ""
    for ways in _alike(fare.best, fare.worst):
        names = start + listed([f"{sender} to {receiver}" for sender, receiver in ways])
        at_best, at_worst = fare.best[ways[0]], fare.worst[ways[0]]
        if apart and not at_best.late and at_worst is not None and not at_worst.late:
            continue
        yield f"{names}, at best: {_week_words(channel, at_best, fare.weeks[0])}"
        if at_worst is None:
            yield f"{names}, at worst: no message need ever arrive"
        elif at_worst != at_best:
            yield f"{names}, at worst: {_week_words(channel, at_worst, fare.weeks[0])}"


def _weeks_words(weeks: list[int]) -> str:
    """`weeks of 2024-01-01 to 2024-03-18 and 2024-10-28`: each by its Monday."""
    spans = [
        f"{monday(first)}" if first == last else f"{monday(first)} to {monday(last)}" for first, last in runs_of(weeks)
    ]
    return f"{'week' if len(weeks) == 1 else 'weeks'} of {listed(spans)}"


def _alike(best: dict[tuple[str, str], Week], worst: dict[tuple[str, str], Week | None]) -> list[list[tuple[str, str]]]:
    groups: dict[object, list[tuple[str, str]]] = {}
    for way in best:
        groups.setdefault((best[way], worst[way]), []).append(way)
    return list(groups.values())


def _week_words(channel: Channel, week: Week, number: int) -> str:
    """`in time throughout the week`, or when it is not, and for how much of the week."""
    taken = _taken_words(week.longest)
    if not week.late:
        return f"in time throughout the week; {taken}"
    if week.share == 1:
        return f"too late throughout the week; {taken}"
    groups = _by_days(week.late)
    told = [_group_words(channel, number, *group) for group in list(groups.items())[:_MOST]]
    more = [f"{len(groups) - _MOST} further times"] if len(groups) > _MOST else []
    return f"too late in {_percent(week.share)} of the week, for what happens {listed([*told, *more])}; {taken}"


def _taken_words(longest: Fraction | None) -> str:
    if longest is None:
        return "it never arrives"
    return f"a message takes up to {length_words(longest)}" if longest else "a message arrives at once"


def _by_days(spans: tuple[OpeningHours, ...]) -> dict[tuple[Fraction, Fraction], list[int]]:
    """Spans that begin at one time of the day and are as long as each other, with the days on which they begin."""
    groups: dict[tuple[Fraction, Fraction], list[int]] = {}
    for span in spans:
        day, time = divmod(span.start, _DAY)
        groups.setdefault((time, span.end - span.start), []).append(int(day))
    return groups


def _group_words(channel: Channel, number: int, times: tuple[Fraction, Fraction], days: list[int]) -> str:
    """`Mon to Thu from 08:30 to 23:00 UTC (17:30 to 08:00 in Asia/Tokyo)`, the day named where it is another one."""
    start, length = times
    first = number * WEEK + days[0] * _DAY + start
    local = [
        f"{_clock(first, first, zone)} to {_clock(first + length, first, zone)} in {zone}"
        for zone in dict.fromkeys(hours.zone for hours in channel.hours if hours.zone != "UTC")
    ]
    told = f"{_days(days)} from {_clock(first, first)} to {_clock(first + length, first)} UTC"
    return told + (f" ({', '.join(local)})" if local else "")


def _days(days: list[int]) -> str:
    """`Mon to Thu`, `Mon and Wed`."""
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return listed([DAYS[day] for day in days])


def _clock(seconds: Fraction, beside: Fraction, zone: str = "UTC") -> str:
    """The time to the minute that has begun, with its day where that is not the day on which it is in UTC beside it."""
    time = _in_zone(seconds, zone)
    same_day = time.weekday() == _in_zone(beside, "UTC").weekday()
    return time.strftime("%H:%M") if same_day else f"{DAYS[time.weekday()]} {time:%H:%M}"


def _in_zone(seconds: Fraction, zone: str) -> datetime:
    return (_START + timedelta(minutes=seconds // 60)).astimezone(UTC if zone == "UTC" else ZoneInfo(zone))


def length_words(seconds: Fraction) -> str:
    """`2 days 15 h`, rounded up to whole minutes."""
    minutes = -(-seconds // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "day" if days == 1 else "days"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "no time"


def _percent(share: Fraction) -> str:
    """Rounded down, so that only the whole week is 100 %."""
    return f"{int(share * 100)} %" if share >= Fraction(1, 100) else "under 1 %"


def _delays(channel: Channel) -> tuple[Fraction, Fraction | None]:
    """The least and the most that a message waits; None: without end."""
    low = sum((delay.low for delay in channel.delays), Fraction(0))
    highs = [delay.high for delay in channel.delays]
    if None in highs or channel.hangs_on:
        return low, None
    return low, sum((high for high in highs if high is not None), Fraction(0))


def _deadline(content: Expr) -> Fraction | None:
    """How long after what it counts from a message has to arrive: the least of all that is said of it."""
    found = [limit for limit in _limits(content) if limit >= 0]
    return min(found, default=None)


def _limits(content: Expr) -> Iterator[Fraction]:
    match content:
        case Compare(((_, first), (_, second)) as terms, _, bound):
            late = next((coefficient for coefficient, variable in terms if variable == NOW), Fraction(0))
            if late > 0 and SENT not in (first, second):
                yield bound / late
        case Does(_, _, part) | Each(_, _, part):
            yield from _limits(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _limits(part)
        case Not():
            return
        case _:
            return
