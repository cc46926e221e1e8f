"""Channel declarations to channels: their ends, their hours in UTC, and the delays that a situation may have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cbm.semantics.channels import joined
from cbm.semantics.core import WEEK, Channel, Delay, Hours
from cbm.semantics.expressions import Resolver
from cbm.semantics.faults import fault, suggestion, undefined, wrong_type
from cbm.semantics.scope import Scope
from cbm.syntax import ast

_DAY = Fraction(24 * 3600)
# A clock that shows the same offset in every month of these years is taken not to change.
_YEARS = range(2000, 2036)


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
    offset = _offset(hours.zone)
    result: list[tuple[Fraction, Fraction]] = []
    for day in hours.days:
        for first, last in hours.times:
            start = (day * _DAY + 60 * first.minutes - offset) % WEEK
            end = start + 60 * ((last.minutes - first.minutes) % (24 * 60) or 24 * 60)
            result.append((start, min(end, WEEK)))
            if end > WEEK:
                result.append((Fraction(0), end - WEEK))
    return result


def _offset(zone: ast.Name) -> Fraction:
    """How far the zone is ahead of UTC, in seconds."""
    try:
        known = ZoneInfo(zone.text)
    except (ZoneInfoNotFoundError, ValueError):
        remedies = suggestion(zone.text, available_timezones())
        raise fault("undefined", zone.span, f"no time zone is called `{zone.text}`", remedies=remedies) from None
    offsets = {_at(known, year, month) for year in _YEARS for month in range(1, 13)}
    if len(offsets) > 1:
        message = f"clocks in `{zone.text}` change with the season, and hours there are not supported yet"
        raise wrong_type(zone.span, message, "write the hours in UTC, as they are in the season that is asked about")
    (offset,) = offsets
    return Fraction(offset // timedelta(seconds=1))


def _at(zone: ZoneInfo, year: int, month: int) -> timedelta:
    return datetime(year, month, 1, tzinfo=UTC).astimezone(zone).utcoffset() or timedelta(0)
