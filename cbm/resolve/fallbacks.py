"""The ways that a message can take: the channels of a demand, what they fall back to, and when that comes in.

A channel that is named serves before those that it falls back to. They are used where it does not serve at all, and
where no message through it could be in time, as the situation has it: its delays, its hours, what the other end does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cbm.core.episodes import Channel
from cbm.core.expressions import FALSE, TRUE, Expr, IsIn, Through, Worded, Works, conjunction, disjunction, negation
from cbm.core.fourier_motzkin import some
from cbm.core.norms import Needs
from cbm.core.variables import NOW, SENT, Variable
from cbm.core.viewpoints import seen
from cbm.finding import RuleId
from cbm.records import Record
from cbm.resolve.faults import Fault, fault, undefined, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.term_definitions import ActPoint
from cbm.resolve.time.transmission import Answers
from cbm.resolve.time.windows import for_some
from cbm.syntax import ast
from cbm.syntax.ast import Modality
from cbm.translation.listing import listed
from cbm.translation.saying import say

Way = tuple[Channel, ...]  # a channel, and what it falls back to, in order
Sent = Mapping[str, Callable[[Answers], Expr]]  # by channels: of the doing at hand, it is sent and arrives so


def channels_of(scope: Scope, names: Sequence[ast.Name]) -> tuple[Channel, ...]:
    """The channels of these names."""
    for name in names:
        if name.text not in scope.channels:
            if name.text in scope.acts:  # `call through vhf_16, call through vhf_121_5`
                message = say("`{name}` is an act, and channels stand behind `through`", name=name.text)
                ways = (
                    say("write the channels alone, with `,` between them"),
                    say("or write `or {name}` before `through`, if it is another act that is enough", name=name.text),
                )
                raise wrong_type(name.span, message, *ways)
            titles = {channel.name: (channel.title,) for channel in scope.channels.values()}
            raise undefined(say("channel"), name.text, name.span, scope.channels, titles)
    return tuple(scope.channels[name.text] for name in names)


def languages_of(scope: Scope, names: Sequence[ast.Name]) -> tuple[str, ...]:
    """The languages of these names."""
    for name in names:
        if name.text not in scope.languages:
            raise _no_language(scope, name)
    return tuple(name.text for name in names)


def _no_language(scope: Scope, name: ast.Name) -> Fault:
    if scope.languages:
        titles = {known: (title,) for known, title in scope.languages.items()}
        return undefined(say("language"), name.text, name.span, scope.languages, titles)
    message = say("no {what} is called `{name}`", what=say("language"), name=name.text)
    remedy = say('declare it in the vocabulary: `language {name} "…"`', name=name.text)
    return fault(RuleId.UNDEFINED, name.span, message, remedies=(remedy,))


def levels_of(scope: Scope, level: ast.Level) -> tuple[str, ...]:
    """The levels that will do: the one named, or it and those above it in its order."""
    orders = [kind.members for kind in scope.kinds.values() if kind.ordered]
    members = next((known for known in orders if level.name.text in known), None)
    if members is None:
        raise undefined(say("level"), level.name.text, level.name.span, [name for known in orders for name in known])
    place = members.index(level.name.text)
    return members[place:] if level.above else (members[place],)


def needs_of(scope: Scope, demand: ast.DemandNode) -> Needs:
    """What a demand asks of the channel that it goes through."""
    levels = () if demand.level is None else levels_of(scope, demand.level)
    ways = ways_of(scope, demand)
    named = {way[0].name for way in ways}
    others = dict.fromkeys(channel.name for way in ways for channel in way if channel.name not in named)
    return Needs(levels, languages_of(scope, demand.languages), tuple(others))


def ways_of(scope: Scope, demand: ast.DemandNode) -> tuple[Way, ...]:
    """The channels that a demand names, or all of the level that it names; what is forbidden falls back to nothing."""
    named = channels_of(scope, demand.through)
    among = None if demand.level is None or named else levels_of(scope, demand.level)
    if among is not None:
        named = tuple(channel for channel in scope.channels.values() if channel.level in among)
    if demand.modality is not Modality.OBLIGATION:
        if demand.level is not None and not named:
            message = say("no channel runs on the level `{text}`, so this says nothing", text=demand.level.name.text)
            raise wrong_type(demand.level.span, message, say("leave the level out, or declare a channel of this level"))
        return tuple((channel,) for channel in named)
    ways = (_with_fallbacks(scope, channel) for channel in named)
    return tuple(tuple(c for c in way if among is None or c.level in among) for way in ways)


def _with_fallbacks(scope: Scope, channel: Channel) -> Iterator[Channel]:
    yield channel
    known = dict.fromkeys((channel.name,))
    for name in channel.fallback:
        for other in _with_fallbacks(scope, scope.channels[name]):
            if other.name not in known:
                known[other.name] = None
                yield other


def check_fallback(scope: Scope, statement: ast.ChannelDeclaration) -> None:
    """A channel falls back to others, and never, by whatever way, to itself."""
    read = tuple(n for n in statement.fallback if ("channel", n.text) not in scope.places or n.text in scope.channels)
    channels_of(scope, read)
    for name in read:
        found = _back_to(scope, statement.name.text, (name.text,))
        if found:
            ways = listed([f"`{step}`" for step in (statement.name.text, *found)], ",")
            message = say("this falls back to itself: {ways}", ways=ways)
            raise wrong_type(name.span, message, say("let the last of them stand without a fallback"))


def _back_to(scope: Scope, wanted: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The channels by which the last one of the path leads to the one wanted, if it does."""
    if path[-1] == wanted:
        return path
    known = scope.channels.get(path[-1])
    steps = (name for name in (known.fallback if known else ()) if name == wanted or name not in path)
    return next((found for name in steps if (found := _back_to(scope, wanted, (*path, name)))), ())


def serves(scope: Scope, channel: Channel, topics: Iterable[str], needs: Needs) -> Expr:
    """Whether the channel serves the parties that meet on the date, for these topics, as is needed."""
    suits = needs.level_suits(channel) and needs.language_suits(channel)
    if not suits or any(topic not in channel.topics for topic in topics):
        return FALSE
    return conjunction(Works(channel.name), _connects(scope, channel))


def _connects(scope: Scope, channel: Channel) -> Expr:
    party = scope.party
    if party is None or not channel.parties or set(scope.parties) <= set(channel.parties):
        return TRUE
    units = (seen(party, role) for role in range(len(scope.roles)))
    return conjunction(*(IsIn(unit, channel.parties) for unit in units))


class Routes(Record):
    """The ways of the messages of one demand, sent by the role `sender` to the other one."""

    scope: Scope
    demand: ast.DemandNode
    sender: int

    def used(self, ways: Sequence[Way], sent: Sent, in_time: Expr) -> Expr:
        """Of the doing at hand: it takes one of the ways. `in_time`: what its times have to be like besides.

        A channel that does not serve is not used. Where none does, all that are named count as if they served: that
        they do not is told by itself.
        """
        channels = list(dict.fromkeys(channel for way in ways for channel in way))
        if len(channels) == 1:
            return self._through(channels[0], sent)
        serving = {channel: self._serves(channel) for channel in channels}
        none = negation(disjunction(*serving.values()))
        taken = [conjunction(none, self._through(way[0], sent)) for way in ways]
        for way in ways:
            before: list[Expr] = []
            for place, channel in enumerate(way):
                taken.append(conjunction(serving[channel], *before, self._through(channel, sent)))
                if place < len(way) - 1:
                    before.append(negation(conjunction(serving[channel], self._reaches(channel, sent, in_time))))
        return disjunction(*taken)

    def if_through(self, channel: Channel, sent: Callable[[Answers], Expr]) -> Expr:
        """Of the doing at hand: if it goes through the channel, it is taken there and arrives so."""
        return disjunction(negation(Through(channel.name)), self._taken(channel, sent))

    def _through(self, channel: Channel, sent: Sent) -> Expr:
        return conjunction(Through(channel.name), self._taken(channel, sent[channel.name]))

    def _taken(self, channel: Channel, sent: Callable[[Answers], Expr]) -> Expr:
        return conjunction(self._worded(channel), self._answered(channel, sent))

    def _reaches(self, channel: Channel, sent: Sent, in_time: Expr) -> Expr:
        """Whether some message through the channel could be in time."""

        def could(answers: Answers) -> Expr:
            return some((NOW, SENT), conjunction(sent[channel.name](answers), in_time))

        return self._answered(channel, could)

    def _answered(self, channel: Channel, says: Callable[[Answers], Expr]) -> Expr:
        """What the other end has to do is done, at times for which `says` holds."""
        consent = self._answer(channel, channel.consent, "prior consent")
        acknowledged = self._answer(channel, channel.acknowledged, "acknowledged by")

        def confirmed(agreed: Variable | None) -> Expr:
            if acknowledged is None:
                return says(Answers(agreed))
            return for_some(acknowledged, lambda at: says(Answers(agreed, at)))

        return confirmed(None) if consent is None else for_some(consent, confirmed)

    def _answer(self, channel: Channel, act: str | None, words: str) -> ActPoint | None:
        """When the other end does this, of which the channel says so with these words."""
        if act is None:
            return None
        if len(self.scope.roles) != 2:
            message = say(
                "`{channel}` has `{words} {act}`, and of more than two roles it is open which one does that",
                channel=channel.name,
                words=words,
                act=act,
            )
            way = say("take that out of `{channel}`, or name a channel without it", channel=channel.name)
            raise wrong_type(self.demand.span, message, way)
        return ActPoint(act, 1 - self.sender)

    def _worded(self, channel: Channel) -> Expr:
        """In a language that the channel takes; where the clause asks for another, that is told by itself."""
        wanted = languages_of(self.scope, self.demand.languages)
        if not channel.languages or (wanted and not set(wanted) & set(channel.languages)):
            return TRUE
        return disjunction(*(Worded(language) for language in channel.languages))

    def _serves(self, channel: Channel) -> Expr:
        """Whether the channel serves these parties on the date, for what the demand is about, as it asks for it."""
        return serves(self.scope, channel, self._topics(), needs_of(self.scope, self.demand))

    def _topics(self) -> Iterator[str]:
        for item in self.demand.items:
            known = self.scope.acts.get(item.act.text) if isinstance(item, ast.ActItem) else None
            if known is not None and known.topic is not None:
                yield known.topic
