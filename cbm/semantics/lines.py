"""Channel declarations to channels: their ends, their hours in UTC, and the delays that a situation may have."""

from __future__ import annotations

from fractions import Fraction

from cbm.semantics.channels import joined
from cbm.semantics.core import WEEK, Channel, Delay, Hours
from cbm.semantics.days import DAY
from cbm.semantics.expressions import Resolver
from cbm.semantics.faults import undefined, wrong_type
from cbm.semantics.scope import Scope
from cbm.semantics.zones import offset_of
from cbm.syntax import ast


def channel_of(scope: Scope, statement: ast.ChannelDeclaration, title: str) -> Channel:
    """What a declaration says."""
    parties = tuple(_party(scope, name) for name in statement.between)
    if len(set(parties)) != len(parties) or len(parties) == 1:
        place = statement.between[-1].span
        raise wrong_type(place, "a channel has two ends or more, each of another party", "write `between CN, JP`")
    for topic in statement.topics:
        if topic.text not in scope.topics:
            raise undefined("topic", topic.text, topic.span, scope.topics)
    for hours in statement.hours:
        if _party(scope, hours.party) not in parties:
            raise wrong_type(hours.party.span, f"`{hours.party.text}` is no end of this channel")
    ends = dict.fromkeys(hours.party.text for hours in statement.hours)
    return Channel(
        statement.name.text,
        title,
        parties,
        None if statement.level is None else _level(scope, statement.level),
        tuple(topic.text for topic in statement.topics),
        statement.operational,
        statement.until,
        tuple(_merged(end, [h for h in statement.hours if h.party.text == end]) for end in ends),
        statement.holds,
        tuple(_delay(scope, delay) for delay in statement.delays),
        span=statement.span,
    )


def _party(scope: Scope, name: ast.Name) -> str:
    if name.text not in scope.parties:
        raise undefined("party", name.text, name.span, scope.parties)
    return name.text


def _level(scope: Scope, name: ast.Name) -> str:
    known = [member for kind in scope.kinds.values() if kind.ordered for member in kind.members]
    if name.text not in known:
        raise undefined("level", name.text, name.span, known)
    return name.text


def _delay(scope: Scope, delay: ast.DelayDeclaration) -> Delay:
    low = _fixed(scope, delay.low)
    high = None if delay.high is None else _fixed(scope, delay.high)
    if high is not None and high < low:
        raise wrong_type(delay.span, "the delay is empty: its lower end lies above its upper end")
    return Delay(delay.title, low, high)


def _fixed(scope: Scope, node: ast.Expression) -> Fraction:
    ((_, quantity),) = Resolver(scope).duration(node)
    if not quantity.sum.is_constant:
        raise wrong_type(node.span, "the ends of a delay are fixed lengths of time")
    return quantity.sum.constant


def _merged(party: str, declared: list[ast.HoursDeclaration]) -> Hours:
    """The hours of one end, in UTC, as they lie in the week."""
    spans = [span for hours in declared for span in _spans(hours)]
    return Hours(party, declared[0].zone.text, tuple(joined(spans)))


def _spans(hours: ast.HoursDeclaration) -> list[tuple[Fraction, Fraction]]:
    """Hours that go over midnight end on the next day, those over the end of the week at its beginning."""
    offset = offset_of(hours.zone)
    result: list[tuple[Fraction, Fraction]] = []
    for day in hours.days:
        for first, last in hours.times:
            start = (day * DAY + 60 * first.minutes - offset) % WEEK
            end = start + 60 * ((last.minutes - first.minutes) % (24 * 60) or 24 * 60)
            result.append((start, min(end, WEEK)))
            if end > WEEK:
                result.append((Fraction(0), end - WEEK))
    return result
