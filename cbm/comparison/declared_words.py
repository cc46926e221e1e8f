"""What is declared, each in a line of words: channels, hours, and what values there are."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cbm.core.calendar.meetings import how_often
from cbm.core.episodes import Channel, Hours
from cbm.core.sorts import Dimension, KindSort, NumberSort, Sort
from cbm.core.units import show, written
from cbm.translation.saying import mark, say

DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
DIMENSIONS = {
    Dimension.LENGTH: mark("length"),
    Dimension.SPEED: mark("speed"),
    Dimension.ANGLE: mark("angle"),
    Dimension.DURATION: mark("duration"),
    Dimension.COUNT: mark("count"),
}


def several(words: Iterable[str]) -> str:
    """One after the other."""
    return say(", ").join(words)


def channel_words(channel: Channel) -> str:
    """All that is agreed of a channel, in one line; the order of parties, topics and languages says nothing."""
    hours = say("; ").join(map(_hours, channel.hours))
    delays = several(
        say("{delay} {low} to {high}", delay=d.title, low=_length(d.low), high=_length(d.high))
        for d in channel.delays
        if not d.next_meeting  # that is told by how often it is held
    )
    suspended = several(say("{low} to {high}", low=a, high=b) for a, b in channel.suspended)
    told = [
        say("between {parties}", parties=several(sorted(channel.parties))) if channel.parties else "",
        say("level {level}", level=channel.level) if channel.level else "",
        say("for {topics}", topics=several(sorted(channel.topics))) if channel.topics else "",
        say("agreed {day}", day=channel.agreed) if channel.agreed else "",
        say("from {day}", day=channel.operational) if channel.operational else say("not in operation"),
        say("until {day}", day=channel.until) if channel.until else "",
        say("open {hours}", hours=hours) if hours else "",
        "" if channel.holds else say("refuses messages when closed"),
        say("delays: {delays}", delays=delays) if delays else "",
        say("in {languages}", languages=several(sorted(channel.languages))) if channel.languages else "",
        say("else {channels}", channels=several(channel.fallback)) if channel.fallback else "",
        say("after consent ({consent})", consent=channel.consent) if channel.consent else "",
        say("acknowledged ({acknowledged})", acknowledged=channel.acknowledged) if channel.acknowledged else "",
        say("suspended {days}", days=suspended) if suspended else "",
        say("held {days}", days=several(map(str, channel.held))) if channel.held else "",
        how_often(channel.interval) if channel.interval else "",
    ]
    return several(part for part in told if part)


def _hours(hours: Hours) -> str:
    spans = several(say("{low} to {high}", low=_hour(s.start), high=_hour(s.end)) for s in hours.shown)
    return f"{hours.party} {spans} {hours.zone}"


def _hour(seconds: Fraction) -> str:
    day, minutes = divmod(int(seconds) // 60, 24 * 60)
    return f"{say(DAYS[day % 7])} {minutes // 60:02d}:{minutes % 60:02d}"


def _length(seconds: Fraction | None) -> str:
    return say("never") if seconds is None else quantity_words(seconds, Dimension.DURATION)


def quantity_words(value: Fraction | None, dimension: Dimension, unit: str | None = None) -> str:
    """A quantity in a usual unit, whatever unit its text has: the same words for the same quantity alone.

    Or in this unit.
    """
    if value is None:
        return say("no bound")
    exact = written(value, unit, dimension) is not None
    return show(value, unit, dimension) if exact else say("{value} (base unit)", value=value)


def sort_words(sort: Sort, unit: str | None = None) -> str:
    """What values there are; quantities in usual units, or in this one."""
    if isinstance(sort, KindSort):
        return one_of(sort.members)
    if isinstance(sort, NumberSort):
        return say(
            "{quantity} from {low} to {high}",
            quantity=say(DIMENSIONS[sort.dimension]),
            low=quantity_words(sort.low, sort.dimension, unit),
            high=quantity_words(sort.high, sort.dimension, unit),
        )
    return say("yes or no")


def one_of(members: Iterable[str]) -> str:
    """A choice among these."""
    return say("one of {values}", values=several(members))
