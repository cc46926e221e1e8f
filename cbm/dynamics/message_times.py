"""How long a message takes from each hour of the week, and in which part of the week that is too long; exact.

A message is sent as soon as the sender's end is open, waits as long as the channel lets it wait, and arrives when the
receiver's end is open. The time that takes stays the same or shrinks by what has passed, but for jumps where an end
opens or closes: so it is enough to look between those points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

from cbm.core.episodes import Channel, OpeningHours
from cbm.core.sorts import WEEK
from cbm.records import Record
from cbm.resolve.time.transmission import joined, open_in

# So many weeks more are looked at than a message waits and has time for: whatever it waits for recurs every week.
_FURTHER = 3


class Week(Record):
    """Where in the week a deadline is missed, as spans after Monday 00:00 UTC; the longest a message takes."""

    late: tuple[OpeningHours, ...]
    longest: Fraction | None  # None: it never arrives

    @property
    def share(self) -> Fraction:
        """The part of the week in which it is missed."""
        return sum((span.end - span.start for span in self.late), Fraction(0)) / WEEK


def week_of(channel: Channel, sender: str, receiver: str, delay: Fraction, deadline: Fraction, number: int = 0) -> Week:
    """The week, of this number, of messages from one party to another that wait for `delay`."""
    around = range(-1, ceil((delay + deadline) / WEEK) + _FURTHER)
    sends, receives = (_openings(channel, party, number, around) for party in (sender, receiver))
    ends = [edge for span in sends for edge in (span.start, span.end)]
    ends += [edge - delay for span in receives for edge in (span.start, span.end)]
    arrivals = [span.start for span in receives] + [span.start + delay for span in sends]
    found = (*ends, *(arrival - deadline for arrival in arrivals))
    edges = {edge for edge in found if 0 < edge < WEEK} | {Fraction(0), WEEK}
    late: list[tuple[Fraction, Fraction]] = []
    longest: Fraction | None = Fraction(0)
    for start, end in pairwise(sorted(edges)):
        third = (end - start) / 3
        first, second = (_taken(channel, sends, receives, start + n * third, delay) for n in (1, 2))
        if first is None or second is None:
            return Week((OpeningHours(Fraction(0), WEEK),), None)
        longest = max(longest or Fraction(0), 2 * first - second)  # as it is just after the beginning
        if first > deadline:
            late.append((start, end))
    return Week(tuple(joined(late)), longest)


def weeks_alike(channel: Channel, weeks: Iterable[int], reach: Fraction) -> list[list[int]]:
    """These weeks, those together in which the hours of the channel are the same, as far ahead as is looked."""
    around = range(-1, ceil(reach / WEEK) + _FURTHER)
    groups: dict[object, list[int]] = {}
    for week in weeks:
        groups.setdefault(tuple(tuple(open_in(hours, week, around)) for hours in channel.hours), []).append(week)
    return list(groups.values())


def _openings(channel: Channel, party: str, week: int, around: range) -> tuple[OpeningHours, ...]:
    """The hours at the end of the party; all the time where it has none."""
    always = (OpeningHours(around.start * WEEK, around.stop * WEEK),)
    return next((tuple(open_in(hours, week, around)) for hours in channel.hours if hours.party == party), always)


def _taken(
    channel: Channel, sends: Sequence[OpeningHours], receives: Sequence[OpeningHours], now: Fraction, delay: Fraction
) -> Fraction | None:
    """From now until the message arrives; None if it never does."""
    if channel.holds:
        sent = _next(sends, now)
        arrived = None if sent is None else _next(receives, sent + delay)
        return None if arrived is None else arrived - now
    for sent in _candidates(sends, receives, now, delay):
        if _is_open(sends, sent) and _is_open(receives, sent + delay):
            return sent + delay - now
    return None


def _candidates(
    sends: Sequence[OpeningHours], receives: Sequence[OpeningHours], now: Fraction, delay: Fraction
) -> Iterator[Fraction]:
    """The times, in order, at which a message that is refused out of hours can first be sent."""
    starts = [span.start for span in sends] + [span.start - delay for span in receives]
    yield now
    yield from sorted(start for start in starts if start > now)


def _next(spans: Sequence[OpeningHours], time: Fraction) -> Fraction | None:
    return next((max(span.start, time) for span in spans if span.end >= time), None)


def _is_open(spans: Sequence[OpeningHours], time: Fraction) -> bool:
    return any(span.start <= time <= span.end for span in spans)
