"""How messages through a channel fare in each way and week that is asked about: the longest they take, and too late."""

from __future__ import annotations

from fractions import Fraction

from cbm.core.clause_limits.deadlines import deadline_of
from cbm.core.episodes import Channel
from cbm.core.expressions import Expr, IsIn
from cbm.core.norms import Norm, NormSystem
from cbm.core.substitution import parts_of
from cbm.core.viewpoints import seen
from cbm.dynamics.message_times import Week, week_of, weeks_alike
from cbm.records import Record
from cbm.resolve.clocks import weeks_asked_of
from cbm.resolve.time.transmission import has_changing_clocks

# Who sends to whom where no ends are named: no hours are then, and each message takes as long.
ANYBODY = ("", "")


class Fare(Record):
    """How messages fare in these weeks, in each way that they can go, at best and at worst."""

    weeks: list[int]
    best: dict[tuple[str, str], Week]
    worst: dict[tuple[str, str], Week | None]


def over_the_year(system: NormSystem, channel: Channel, deadline: Fraction, norm: Norm | None = None) -> list[Fare]:
    """Of the weeks that are asked about, those together in which messages fare alike that are sent for the norm."""
    ways = [(one, other) for one in channel.parties for other in channel.parties if one != other]
    bound = ways if norm is None else [way for way in ways if _may_bind(system, norm, way[0])]
    ways = bound or ways or [ANYBODY]
    low, high = _delays(channel)
    asked = weeks_asked_of(system) if has_changing_clocks(channel) else (0,)
    fares: list[Fare] = []
    for weeks in weeks_alike(channel, asked, (high or low) + deadline):
        best = {way: week_of(channel, *way, low, deadline, weeks[0]) for way in ways}
        worst = {way: None if high is None else week_of(channel, *way, high, deadline, weeks[0]) for way in ways}
        like = next((fare for fare in fares if (fare.best, fare.worst) == (best, worst)), None)
        if like is None:
            fares.append(Fare(weeks, best, worst))
        else:
            like.weeks.extend(weeks)
    return fares


def _may_bind(system: NormSystem, norm: Norm, named: str) -> bool:
    """Whether the norm does not bind units of other parties alone."""
    party = system.situation.party
    parts = (part for guard in norm.guards for part in parts_of(guard.condition) or (guard.condition,))
    whose = [p for p in parts if party is not None and isinstance(p, IsIn) and p.variable == seen(party, norm.bearer)]
    return all(named in part.members for part in whose)


def takes_time(channel: Channel) -> bool:
    """Whether a message through the channel may not arrive at once."""
    return bool(channel.hours or channel.delays or channel.hangs_on)


def time_needed(system: NormSystem, norm: Norm) -> Fraction | None:
    """The longest that a message can take through the one channel of a duty; None where there is no end to it."""
    channels, deadline = [system.channels[name] for name in norm.through], deadline_of(norm.content)
    if deadline is None or len(channels) != 1:
        return None
    return longest_wait(system, channels[0], deadline, norm)


def longest_wait(
    system: NormSystem, channel: Channel, deadline: Fraction = Fraction(0), norm: Norm | None = None
) -> Fraction | None:
    """The longest that a message can take through the channel, whenever it is sent; None where that has no end.

    `norm` is what it is sent for, where that is known.
    """
    worst = [week for fare in over_the_year(system, channel, deadline, norm) for week in fare.worst.values()]
    longest = [None if week is None else week.longest for week in worst]
    return max((length for length in longest if length is not None), default=None) if None not in longest else None


def carries(system: NormSystem, channel: Channel, content: Expr) -> bool:
    """Whether every message through the channel arrives by the deadline that is set, if one is."""
    deadline = deadline_of(content)
    if deadline is None or not takes_time(channel):
        return True
    worst = (week for fare in over_the_year(system, channel, deadline) for week in fare.worst.values())
    return all(week is not None and not week.late for week in worst)


def _delays(channel: Channel) -> tuple[Fraction, Fraction | None]:
    """The least and the most that a message waits; None: without end."""
    low = sum((delay.low for delay in channel.delays), Fraction(0))
    highs = [delay.high for delay in channel.delays]
    if None in highs or channel.hangs_on:
        return low, None
    return low, sum((high for high in highs if high is not None), Fraction(0))
