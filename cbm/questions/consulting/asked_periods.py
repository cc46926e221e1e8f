"""When: the stretches of days on which the same texts, parties and channels count, and what is told of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from cbm.core.calendar.meetings import works
from cbm.core.norms import NormSystem
from cbm.ground.members import existing, members
from cbm.ground.texts_in_force import in_force
from cbm.outcomes.answers import AnswerPeriod
from cbm.records import replace


def asked_periods(system: NormSystem, since: date | None, until: date | None) -> Iterator[tuple[str, str, NormSystem]]:
    """The stretches of days on which the same texts and channels count."""
    if until is None or since is None:
        yield "", "", system
        return
    first, latest = since, _counting_on(system, since)
    day = first
    while day <= until:
        counting = _counting_on(system, day)
        if counting != latest:
            yield first.isoformat(), (day - timedelta(days=1)).isoformat(), replace(system, as_of=first, week=None)
            first, latest = day, counting
        day += timedelta(days=1)
    yield first.isoformat(), until.isoformat(), replace(system, as_of=first, week=None)


def _counting_on(system: NormSystem, day: date) -> tuple[object, ...]:
    dated = replace(system, as_of=day)
    texts = tuple(in_force(text, dated) for text in system.texts.values())
    parties = tuple(members(text, dated) for text in system.texts.values())
    return texts, parties, existing(dated), tuple(works(channel, day) for channel in system.channels.values())


def merged_periods(periods: Iterable[AnswerPeriod]) -> Iterator[AnswerPeriod]:
    """Stretches of which the same is told are one."""
    last: AnswerPeriod | None = None
    for period in periods:
        if last is not None and replace(period, first=last.first, last=last.last) == last:
            last = replace(last, last=period.last)
            continue
        if last is not None:
            yield last
        last = period
    if last is not None:
        yield last
