"""Channel declarations to channels: their ends, their hours, and the delays that a situation may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from cbm.core.calendar.meetings import longest_gap
from cbm.core.episodes import Channel, Delay, Hours
from cbm.resolve.conditions import Resolver
from cbm.resolve.fallbacks import languages_of
from cbm.resolve.faults import undefined, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.time.calendar_days import DAY
from cbm.resolve.time.transmission import joined
from cbm.resolve.zones import known_zone
from cbm.syntax import ast
from cbm.translation.saying import say


def channel_of(scope: Scope, statement: ast.ChannelDeclaration, title: str, delays: Iterable[str]) -> Channel:
    """What a declaration says."""
    parties = tuple(_party(scope, name) for name in statement.between)
    if len(set(parties)) != len(parties) or len(parties) == 1:
        place = statement.between[-1].span
        raise wrong_type(
            place, say("a channel has two ends or more, each of another party"), say("write `between CN, JP`")
        )
    for topic in statement.topics:
        if topic.text not in scope.topics:
            raise undefined(say("topic"), topic.text, topic.span, scope.topics)
    for hours in statement.hours:
        if _party(scope, hours.party) not in parties:
            raise wrong_type(hours.party.span, say("`{text}` is no end of this channel", text=hours.party.text))
    ends = dict.fromkeys(hours.party.text for hours in statement.hours)
    return Channel(
        name=statement.name.text,
        title=title,
        parties=parties,
        level=None if statement.level is None else _level(scope, statement.level),
        topics=tuple(topic.text for topic in statement.topics),
        agreed=_agreed(statement),
        operational=statement.operational,
        until=statement.until,
        hours=tuple(_merged(end, [h for h in statement.hours if h.party.text == end]) for end in ends),
        holds=statement.holds,
        delays=(
            *(_delay(scope, delay, words) for delay, words in zip(statement.delays, delays, strict=True)),
            *_next_meeting(statement),
        ),
        interval=statement.interval,
        held=_held(statement),
        suspended=tuple((pause.start, pause.until) for pause in statement.suspended),
        languages=languages_of(scope, statement.languages),
        fallback=tuple(name.text for name in statement.fallback),
        consent=_answer(scope, statement.consent),
        acknowledged=_answer(scope, statement.acknowledged),
        span=statement.span,
    )


def _agreed(statement: ast.ChannelDeclaration) -> date | None:
    """The day of the agreement, which comes first."""
    agreed, begins = statement.agreed, statement.operational
    if agreed is not None and begins is not None and begins < agreed:
        message = say(
            "it is said to be operational from {begins}, before it is agreed on {agreed}", begins=begins, agreed=agreed
        )
        raise wrong_type(statement.span, message, say("leave `agreed` out where a line is in use without an agreement"))
    return agreed


def _held(statement: ast.ChannelDeclaration) -> tuple[date, ...]:
    """When it was held: once it was agreed, and while it was not suspended."""
    for day in statement.held:
        if statement.operational is None or day < statement.operational:
            message = say("it is said to be held on {day}, before it is operational", day=day)
            raise wrong_type(
                statement.span, message, say("say `operational from …` with the day on which it was agreed")
            )
        if any(p.start <= day and not (p.until and p.until <= day) for p in statement.suspended):
            raise wrong_type(statement.span, say("it is said to be held on {day}, while it is suspended", day=day))
    return statement.held


def _party(scope: Scope, name: ast.Name) -> str:
    if name.text not in scope.parties:
        raise undefined(say("party"), name.text, name.span, scope.parties)
    return name.text


def _answer(scope: Scope, act: ast.Name | None) -> str | None:
    """What the other end does."""
    if act is not None and act.text not in scope.acts:
        raise undefined(say("act"), act.text, act.span, scope.acts)
    return None if act is None else act.text


def _level(scope: Scope, name: ast.Name) -> str:
    known = [member for kind in scope.kinds.values() if kind.ordered for member in kind.members]
    if name.text not in known:
        raise undefined(say("level"), name.text, name.span, known)
    return name.text


def _delay(scope: Scope, delay: ast.DelayDeclaration, title: str) -> Delay:
    low = _fixed(scope, delay.low)
    high = None if delay.high is None else _fixed(scope, delay.high)
    if delay.high is not None and high is not None and high < low:
        message = say("the delay is empty: its lower end lies above its upper end")
        turned = f"{delay.high.span.text} to {delay.low.span.text}"
        raise wrong_type(delay.span, message, say("write `{words}`", words=turned))
    return Delay(title, low, high)


def _next_meeting(statement: ast.ChannelDeclaration) -> Iterator[Delay]:
    """What is told at a meeting waits for the next one, whose day is not known; for ever, if no interval is agreed."""
    if statement.interval is not None or statement.held:
        days = None if statement.interval is None else longest_gap(statement.interval) * DAY
        yield Delay(say("the next meeting"), Fraction(0), days, next_meeting=True)


def _fixed(scope: Scope, node: ast.Expression) -> Fraction:
    ((_, quantity),) = Resolver(scope).duration(node)
    if not quantity.sum.is_constant:
        raise wrong_type(node.span, say("the ends of a delay are fixed lengths of time"))
    return quantity.sum.constant


def _merged(party: str, declared: list[ast.HoursDeclaration]) -> Hours:
    """The hours of one end, as its clocks show them in the week."""
    first = declared[0].zone
    for hours in declared[1:]:
        if hours.zone.text != first.text:
            message = say(
                "the hours at {party} are written by the clocks of two zones, `{first}` and `{other}`",
                party=party,
                first=first.text,
                other=hours.zone.text,
            )
            raise wrong_type(hours.zone.span, message, say("write the hours at one end by one clock"))
    spans = [span for hours in declared for span in _spans(hours)]
    return Hours(party, known_zone(first), tuple(joined(spans)))


def _spans(hours: ast.HoursDeclaration) -> Iterator[tuple[Fraction, Fraction]]:
    """Hours that go over midnight end on the next day."""
    for day in hours.days:
        for first, last in hours.times:
            start = day * DAY + 60 * first.minutes
            yield start, start + 60 * ((last.minutes - first.minutes) % (24 * 60) or 24 * 60)
