"""Channels: lines between parties, with what they are agreed for, their hours and their delays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

from cbm.records import Record
from cbm.source import Span
from cbm.syntax.ast import (
    ChannelDeclaration,
    Clock,
    DelayDeclaration,
    Expression,
    HoursDeclaration,
    LanguageDeclaration,
    MeetingInterval,
    Name,
    Path,
    Suspension,
    Title,
)
from cbm.syntax.mistake import Mend, Mistake, Mistaken, mistaken
from cbm.syntax.statements.clause_parts import Between, Cites, Concerns, Ends, Part, gathered
from cbm.syntax.tokens import Day, Names, Titles, Word
from cbm.translation.saying import say

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MIDNIGHT = 24 * 60
_ENDLESS = frozenset(
    ("unlimited", "infinity", "infinite", "indefinite", "indefinitely", "forever", "unknown", "endless")
)


class AtLevel(Part[Name]):
    """`level ministry`."""


class Agreed(Part[date]):
    """`agreed 1998-11-26`: on which day, whether it was put into operation or not."""


class Operational(Part[date]):
    """`operational from 2023-03-31`."""


class Opens(Part[HoursDeclaration]):
    """`open 08:30 to 17:30 Asia/Tokyo Mon to Fri at JP`."""


class Closed(Part[bool]):
    """`when closed holds messages`."""


class Waits(Part[DelayDeclaration]):
    """`delay "consent" 0 min to 4 h`."""


class Meets(Part[MeetingInterval]):
    """`meets once every year`."""


class Held(Part[date]):
    """`held 2018-12-27, 2019-12-26`."""


class Suspended(Part[Suspension]):
    """`suspended from 2022-08-05 to 2024-11-06`."""


class Spoken(Part[Name]):
    """`languages english, french`."""


class FallsBack(Part[Name]):
    """`falls back to embassy, rescue_centres`."""


class Consents(Part[Name]):
    """`prior consent agree_to_call`."""


class Acknowledged(Part[Name]):
    """`acknowledged by confirm_receipt`."""


class DayNumbers(Record):
    numbers: tuple[int, ...]


_ONCE = (
    Between, AtLevel, Concerns, Agreed, Operational, Ends, Closed, Meets, Held, Spoken, FallsBack, Consents,
    Acknowledged,
)  # fmt: skip


def _channel(span: Span, name: Name, titles: Titles, *parts: Part[object]) -> ChannelDeclaration:
    for kind in _ONCE:
        said = [part for part in parts if isinstance(part, kind)]
        if len(said) > 1:
            word = said[1].span.text.split()[0]
            raise mistaken(said[1].span, say("`{word}` stands twice in this channel", word=word), say("say it once"))
    _refuse_end_of_pause(parts)
    return ChannelDeclaration(
        name,
        titles,
        between=gathered(parts, Between),
        level=next(iter(gathered(parts, AtLevel)), None),
        topics=gathered(parts, Concerns),
        agreed=next(iter(gathered(parts, Agreed)), None),
        operational=next(iter(gathered(parts, Operational)), None),
        until=next(iter(gathered(parts, Ends)), None),
        hours=gathered(parts, Opens),
        holds=next(iter(gathered(parts, Closed)), True),
        delays=gathered(parts, Waits),
        interval=next(iter(gathered(parts, Meets)), None),
        held=gathered(parts, Held),
        suspended=gathered(parts, Suspended),
        languages=gathered(parts, Spoken),
        fallback=gathered(parts, FallsBack),
        consent=next(iter(gathered(parts, Consents)), None),
        acknowledged=next(iter(gathered(parts, Acknowledged)), None),
        citations=gathered(parts, Cites),
        span=span,
    )


def _refuse_end_of_pause(parts: tuple[Part[object], ...]) -> None:
    """`suspended from 2020-02-01 until 2021-06-01`, after which it would never be used again."""
    for pause, end in pairwise(parts):
        if isinstance(pause, Suspended) and isinstance(end, Ends) and pause.values[0].until is None:
            message = say("`until` ends a channel for good, and not a time in which it is suspended")
            ways = (
                say(
                    "write `suspended from {start} to {end}` where it serves again",
                    start=pause.values[0].start,
                    end=end.values[0],
                ),
                say("or put `until {end}` in front of `suspended` where it does not", end=end.values[0]),
            )
            raise mistaken(end.span, message, *ways)


def _level(span: Span, name: Name) -> AtLevel:
    return AtLevel((name,), span)


def _serves(span: Span, names: Names) -> Concerns:
    return Concerns(names, span)


def _agreed(span: Span, day: Day) -> Agreed:
    return Agreed((day.value,), span)


def _operational(span: Span, _words: Word, day: Day) -> Operational:
    return Operational((day.value,), span)


def _hours(span: Span, *parts: tuple[Clock, Clock] | Word | DayNumbers | Name) -> Opens:
    times = tuple(part for part in parts if isinstance(part, tuple))
    zone, days, party = parts[-3:]
    assert isinstance(zone, Word)
    assert isinstance(days, DayNumbers)
    assert isinstance(party, Name)
    declared = HoursDeclaration(times, Name(zone.text, span=zone.span), days.numbers, party, span=span)
    return Opens((declared,), span)


def _hours_of_day(span: Span, start: Word, end: Word) -> tuple[Clock, Clock]:
    first, last = _clock(start), _clock(end)
    if first.minutes == last.minutes:
        raise mistaken(span, say("these hours have no length"), say("write `00:00 to 24:00` for a whole day"))
    return first, last


def _clock(word: Word) -> Clock:
    hours, minutes = map(int, word.text.split(":"))
    if minutes > 59 or hours * 60 + minutes > _MIDNIGHT:
        raise mistaken(
            word.span,
            say("there is no such time of day as `{time}`", time=word.text),
            say("write hours and minutes, as in `08:30`"),
        )
    return Clock(hours * 60 + minutes, span=word.span)


def _days(_: Span, *days: DayNumbers) -> DayNumbers:
    return DayNumbers(tuple(sorted({number for some in days for number in some.numbers})))


def _day(_: Span, first: Word, last: Word | None = None) -> DayNumbers:
    """`Mon to Fri`; `Sat to Mon` goes over the end of the week."""
    start = _DAYS.index(first.text)
    end = start if last is None else _DAYS.index(last.text)
    return DayNumbers(tuple((start + step) % 7 for step in range((end - start) % 7 + 1)))


def _closed(span: Span, how: Word) -> Closed:
    return Closed((how.text == "holds",), span)


def _delay(span: Span, *parts: Title | Expression | Word) -> Waits:
    titles = tuple(part for part in parts if isinstance(part, Title))
    low, high = parts[len(titles) :]
    assert not isinstance(low, Title | Word)
    assert not isinstance(high, Title)
    if isinstance(low, Path) and [name.text for name in low.parts] == ["up"]:
        raise Mistaken(
            Mistake(
                say("a delay has a shortest and a longest time"),
                low.span.start,
                high.span.end,
                remedies=(say("write `{words}`", words=f"0 min to {high.span.text}"),),
                mend=Mend(low.span.start, low.span.end, "0 min"),
            )
        )
    if isinstance(high, Path) and high.parts[0].text in _ENDLESS:
        message = say("a delay that may be without end goes `to never`")
        raise Mistaken(
            Mistake(message, high.span.start, high.span.end, mend=Mend(high.span.start, high.span.end, "never"))
        )
    return Waits((DelayDeclaration(titles, low, None if isinstance(high, Word) else high, span=span),), span)


# How many of each unit there are in a hundred years.
_MOST = {"day": 36_524, "week": 5_217, "month": 1_200, "year": 100}


def _interval(span: Span, written: Word) -> Meets:
    words = written.text.split()[3:]
    figure, unit = (words[0] if len(words) > 1 else "1").lstrip("0"), words[-1].removesuffix("s")
    if len(figure) > len(str(_MOST[unit])) or int(figure or "0") > _MOST[unit]:
        raise mistaken(written.span, say("a meeting is held once in at most 100 years"))
    number = int(figure or "0")
    if not number:
        raise mistaken(written.span, say("a meeting is held once in some time, and this is none"))
    return Meets((MeetingInterval(number, unit, span=span),), span)


def _held(span: Span, *days: Day) -> Held:
    for before, after in pairwise(days):
        if after.value <= before.value:
            raise mistaken(after.span, say("the dates on which it was held stand in order, the first one first"))
    return Held(tuple(day.value for day in days), span)


def _suspended(span: Span, _words: Word, start: Day, until: Day | None = None) -> Suspended:
    if until is not None and until.value <= start.value:
        raise mistaken(
            until.span, say("it ends on {end}, before it begins on {start}", end=until.value, start=start.value)
        )
    return Suspended((Suspension(start.value, until.value if until else None, span=span),), span)


def _spoken(span: Span, names: Names) -> Spoken:
    return Spoken(names, span)


def _fallback(span: Span, names: Names) -> FallsBack:
    return FallsBack(names, span)


def _consent(span: Span, act: Name) -> Consents:
    return Consents((act,), span)


def _acknowledged(span: Span, act: Name) -> Acknowledged:
    return Acknowledged((act,), span)


def _language(span: Span, name: Name, titles: Titles) -> LanguageDeclaration:
    return LanguageDeclaration(name, titles, span=span)


BUILDERS: Mapping[str, Callable[..., object]] = {
    "channel": _channel,
    "level": _level,
    "serves": _serves,
    "agreed": _agreed,
    "operational": _operational,
    "hours": _hours,
    "hours_of_day": _hours_of_day,
    "days": _days,
    "day": _day,
    "closed": _closed,
    "delay": _delay,
    "interval": _interval,
    "held": _held,
    "suspended": _suspended,
    "spoken": _spoken,
    "fallback": _fallback,
    "consent": _consent,
    "acknowledged": _acknowledged,
    "language": _language,
}
