"""Until when a message can be sent that arrives in time, however long it takes; in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from cbm.core.clause_limits.channel_bans import bars_channel, speaks_of_act
from cbm.core.episodes import Channel
from cbm.core.expressions import (
    TRUE,
    And,
    Compare,
    Does,
    Each,
    Expr,
    Or,
    Order,
    Through,
    conjunction,
    disjunction,
)
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.norms import Norm, NormSystem
from cbm.core.substitution import deeds_of
from cbm.core.variables import NOW, SENT, TimeOf, Variable
from cbm.dynamics.message_fares import longest_wait
from cbm.records import Record, replace
from cbm.syntax.ast import Relation
from cbm.translation.saying import say
from cbm.wording.channel_use import lacking
from cbm.wording.times.opening_hours import length_words
from cbm.wording.times.time_words import point_words


class Latest(Record):
    """The channel that is sure to be in time longest, how long it can take, and what that leaves of the time.

    Where that counts from a `point`, `length` is how long after it the message can be sent; `earlier`: only before.
    """

    channel: str
    takes: str
    words: str  # `within 22 h of the incident`
    content: Expr  # what is asked for through it: by the duty itself, or deemed to comply with it
    point: TimeOf | None = None
    length: Fraction = Fraction(0)
    earlier: bool = False

    @property
    def at_once(self) -> bool:
        """Whether it is sent upon its point, and neither before nor later."""
        begins = self.point is not None and _begins_at(self.content, self.point)
        return begins and not self.length and not self.earlier


def latest_sendings(system: NormSystem, norm: Norm, others: Iterable[Norm]) -> list[Latest]:
    """Of a duty, beside these clauses, by way to comply and channel: what leaves most time first.

    None where not even what is sent at once is sure to be in time.
    """
    found = [one for way, names in _used(system, norm, tuple(others)) for one in _by_channel(system, way, names)]
    return sorted(found, key=lambda latest: latest.length, reverse=True)


def surely_in_time(system: NormSystem, norm: Norm) -> bool:
    """Whether a duty can be sent so that it is in time however long that takes, whatever other clauses leave for it."""
    return any(_of_way(system, way, names) is not None for way, names in _used(system, norm, ()))


def lines_used(system: NormSystem, norm: Norm) -> frozenset[str]:
    """The channels that a duty can go through in any of its ways: those that serve, if any does."""
    return frozenset(name for _, names in _used(system, norm, ()) for name in names)


def sure_ways(system: NormSystem, norm: Norm) -> Iterator[Latest]:
    """The same of each channel by itself, and of each way to comply with the duty."""
    for way, names in _used(system, norm, ()):
        for name in names:
            if (latest := _of_way(system, way, [name])) is not None:
                yield latest


def _used(system: NormSystem, norm: Norm, others: tuple[Norm, ...]) -> list[tuple[Norm, list[str]]]:
    """Each way to comply with it, and the channels that these clauses leave for it: those that serve, if any does."""
    ways = list(_ways(norm))
    left = [list(_open_to(system, way, others)) for way in ways]
    serving = [_serving(system, way, names) for way, names in zip(ways, left, strict=True)]
    return list(zip(ways, serving if any(serving) else left, strict=True))


def _ways(norm: Norm) -> Iterator[Norm]:
    """The duty as if there were only one way to comply with it: its own, or what is deemed to comply."""
    yield replace(norm, content=norm.own_content)
    for deemed in norm.substitutes:
        yield replace(norm, content=deemed.content, through=deemed.through, topics=deemed.topics, needs=deemed.needs)


def _by_channel(system: NormSystem, way: Norm, channels: Sequence[str]) -> Iterator[Latest]:
    """Through the channel that is sure to be in time longest, through the next one, and so on."""
    told: set[str] = set()
    while (latest := _of_way(system, way, channels, told)) is not None:
        yield latest
        told.add(latest.channel)


def _of_way(system: NormSystem, way: Norm, channels: Iterable[str], told: Collection[str] = ()) -> Latest | None:
    """Through the channel that is sure to be in time longest, but for those of which it is told already.

    What stands in for another channel counts as far as it may be used: where no message through the other one could be
    in time, and that is known too late.
    """
    bound = next(_latest_times(way.content), None)
    if bound is None:
        return None
    names = tuple(channels)
    open_to = [name for name in names if name not in told]
    first = [name for name in names if name not in way.needs.standing_in]
    point, length = bound
    latest = _through(system, way, [name for name in first if name in open_to], point, length)
    if latest is not None or point is None or length is None or len(first) == len(names):
        return latest
    instead = _through(system, way, [name for name in open_to if name not in first], point, length)
    hopeful = [name for name in first if _at_best(system.channels[name]) <= length]
    if instead is None or not hopeful:
        return instead
    words = _words(system, way.content, point, Fraction(0))
    slowest = longest_wait(system, system.channels[hopeful[0]], norm=way)
    if words is None or hopeful[0] in told:
        return None
    if slowest is not None:
        instead = replace(instead, channel=hopeful[0], takes=length_words(slowest))
    return replace(instead, words=words, length=Fraction(0))


def _through(
    system: NormSystem, way: Norm, names: Sequence[str], point: TimeOf | None, length: Fraction | None
) -> Latest | None:
    """The same through these channels alone; None where not even what is sent at once is sure to be in time."""
    waits = ((longest_wait(system, system.channels[name], norm=way), name) for name in names)
    sure = [(wait, name) for wait, name in waits if wait is not None]
    if not sure:
        return None
    wait, name = min(sure)
    takes = length_words(wait)
    if point is None or length is None:
        return Latest(name, takes, say("at least {length} before its time is over", length=takes), way.content)
    words = _words(system, way.content, point, length - wait)
    return None if words is None else Latest(name, takes, words, way.content, point, length - wait)


def _at_best(channel: Channel) -> Fraction:
    """What a message through it waits for at least, its hours aside."""
    return sum((delay.low for delay in channel.delays), Fraction(0))


def sent(system: NormSystem, latest: Latest, *times: tuple[Relation, Fraction]) -> Expr:
    """That what is asked for is done through the channel, and how long after the point it is sent."""
    if latest.point is None:
        return TRUE
    counted = (of_variable(latest.point).plus(Sum((), length)) for _, length in times)
    then = [compare(of_variable(SENT), relation, time) for (relation, _), time in zip(times, counted, strict=True)]
    through = [deed for deed in deeds_of(latest.content) if latest.channel in system.lines.get(deed.act, ())]
    return disjunction(
        *(Does(deed.act, deed.role, conjunction(deed.manner, Through(latest.channel), *then)) for deed in through)
    )


def sent_in_good_time(system: NormSystem, latest: Latest) -> Expr:
    """That it goes through the channel at the latest moment, or sooner; not before its point where it begins there."""
    times = [(Relation.AT_MOST, latest.length)]
    if latest.point is not None and _begins_at(latest.content, latest.point):
        times.append((Relation.AT_LEAST, Fraction(0)))
    return sent(system, latest, *times)


def sooner(system: NormSystem, latest: Latest, length: Fraction, earlier: bool) -> Latest | None:
    """The same where it has to be sent so long after the point, or even earlier; None if that is before its time."""
    assert latest.point is not None
    words = _words(system, latest.content, latest.point, length, earlier)
    return None if words is None else replace(latest, words=words, length=length, earlier=earlier)


def _words(system: NormSystem, content: Expr, point: TimeOf, left: Fraction, earlier: bool = False) -> str | None:
    after = point_words(system, point)
    length = length_words(abs(left))
    if left > 0:
        if earlier:
            return say("less than {length} after {event}", length=length, event=after)
        return say("within {length} of {event}", length=length, event=after)
    if left < 0 or earlier:
        if _begins_at(content, point):
            return None
        if not left:
            return say("before {event}", event=after)
        if earlier:
            return say("more than {length} before {event}", length=length, event=after)
        return say("at least {length} before {event}", length=length, event=after)
    return say("at once, upon {event}", event=after)


def _serving(system: NormSystem, way: Norm, channels: Iterable[str]) -> list[str]:
    """Those of the channels that serve it on the date."""
    return [name for name in channels if not any(lacking(system, system.channels[name], way.topics, way.needs))]


def _open_to(system: NormSystem, norm: Norm, others: tuple[Norm, ...]) -> Iterator[str]:
    acts = [act for act in system.lines if speaks_of_act(norm.content, act)]
    for name in norm.through or dict.fromkeys(name for act in acts for name in system.lines[act]):
        if not any(bars_channel(other, acts, name) for other in others):
            yield name


def _latest_times(content: Expr) -> Iterator[tuple[TimeOf | None, Fraction | None]]:
    """Until how long after a point something is to be done; None where that is no fixed length."""
    for terms, bound in _times(content, NOW):
        if terms.get(NOW, 0) > 0:
            points = [v for v, factor in terms.items() if isinstance(v, TimeOf) and factor < 0]
            fixed = len(points) == 1 and len(terms) == 2
            yield (points[0], bound / terms[NOW]) if fixed else (None, None)


def _begins_at(content: Expr, point: TimeOf) -> bool:
    """Whether nothing is sent for it before the point."""
    return any(set(terms) == {SENT, point} and terms[SENT] < 0 for terms, _ in _times(content, SENT))


def _times(content: Expr, told: Variable) -> Iterator[tuple[dict[Variable, Fraction], Fraction]]:
    """What is said of a time of the doing at hand, as an upper bound of a sum."""
    match content:
        case Compare(terms, order, bound) if order is not Order.EQUAL and told in content.variables:
            yield {v: factor for factor, v in terms}, bound
        case Does(_, _, part) | Each(_, _, part):
            yield from _times(part, told)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _times(part, told)
        case _:
            return
