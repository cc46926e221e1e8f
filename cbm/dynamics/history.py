"""Conduct that is the same up to the cut: what was done before it stays done, and what was sent is under way.

An act through a channel is done when its message arrives. What was sent before the cut stays sent; when it arrives
depends on how long messages take in the situation at hand, which nobody knows before one has arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from cbm.core.episodes import Channel
from cbm.core.expressions import Flag, Formula, IsIn, Order, conjunction, disjunction, negation
from cbm.core.linear import Sum, at_zero, compare, equal, of_variable
from cbm.core.norms import NormSystem
from cbm.core.substitution import substitute, variables
from cbm.core.variables import NO_CHANNEL, ActInstance, Origin, Timed, Variable, instance_of
from cbm.dynamics.indistinguishable import BEFORE, CUT, ELSEWHERE, Pair, is_earlier, is_past
from cbm.ground.grounder import Grounder
from cbm.ground.grounding import Ground
from cbm.ground.sending import arrival, carried, lines_for, may_wait
from cbm.records import Record
from cbm.search.world import copy_of
from cbm.syntax.ast import Relation


class Room(Record):
    """The doings of an act for which there is room: `later` ones, and `earlier` ones for what was done before the cut.

    Of an act that is done once at most there is one for both. `channels` are those that clauses name for it: through
    others it is not done.
    """

    later: tuple[ActInstance, ...]
    earlier: tuple[ActInstance, ...]
    channels: tuple[Channel, ...]

    @property
    def once(self) -> bool:
        return not self.earlier

    @property
    def before(self) -> tuple[ActInstance, ...]:
        """Those that may be done before the cut."""
        return self.earlier or self.later


def rooms(about: Ground, formulas: Sequence[Formula]) -> tuple[Room, ...]:
    """For each act of the bearer of which the formulas say when it is done."""
    view = Grounder(about.system, (about.bearer,), again=True)
    return tuple(
        Room(*view.doings(act, about.bearer), lines_for(about.system, act)) for act in timed_acts(about, formulas)
    )


def timed_acts(about: Ground, formulas: Iterable[Formula]) -> tuple[str, ...]:
    """The acts of the bearer of which formulas say when they are done, in order.

    Of what is done at no time in particular nothing is done before something else: it belongs to the whole episode.
    """
    told = dict.fromkeys(v for formula in formulas for v in variables(formula))
    own = (v for v in told if _is_own(about, v) and isinstance(v, Timed))
    done = (instance for v in own if (instance := instance_of(v)) is not None)
    return tuple(dict.fromkeys(instance.act for instance in done))


def kept_back(about: Ground, several: Iterable[Room]) -> Iterator[Formula]:
    """What was done before the cut elsewhere was done here, too, and nothing else; said of doings set apart for it.

    What is under way arrives from the cut on, as late as that takes here. Nothing is under way through a channel with
    hours, nor through one whose messages are acknowledged: whoever sends it trusts that it can still be taken.
    """
    for room in several:
        for done in room.before:
            closing = tuple(channel.name for channel in room.channels if may_wait(channel))
            if closing:
                sent = conjunction(_begun(about, room, done), IsIn(done.through(about.system.channels), closing))
                yield of_before(disjunction(negation(sent), is_earlier(done.at)))
        for done in room.earlier:
            begun = of_before(_begun(about, room, done))
            yield disjunction(negation(begun), Flag(done.performed))
            yield disjunction(begun, negation(Flag(done.performed)))
            yield from (equal(v, copy_of(v, BEFORE)) for v in _message_variables(about.system, done))
            yield from (*carried(about.system, done), disjunction(negation(begun), _arrives(room, done)))


def from_then_on(about: Ground, several: Iterable[Room]) -> Iterator[Formula]:
    """What else is done is done from the cut on."""
    for room in several:
        for done in room.later:
            if not room.once:
                yield negation(_begun(about, room, done))
                continue
            begun = of_before(_begun(about, room, done))
            said = (equal(v, copy_of(v, BEFORE)) for v in _message_variables(about.system, done))
            yield disjunction(begun, negation(_begun(about, room, done)))
            yield disjunction(negation(begun), conjunction(Flag(done.performed), *said, _arrives(room, done)))


def _arrives(room: Room, done: ActInstance) -> Formula:
    """When it was done elsewhere, if that was before the cut; otherwise from the cut on."""
    elsewhere = equal(done.at, copy_of(done.at, BEFORE))
    if not room.channels:
        return elsewhere
    arrived = of_before(is_earlier(done.at))
    return disjunction(conjunction(arrived, elsewhere), conjunction(negation(arrived), negation(is_earlier(done.at))))


class Message(Record):
    """One that may be sent elsewhere, and when it would arrive here and arrives there, hours of the channel aside.

    `used`: it is sent, at the time of `begun`; `sent`: before the cut. The same in formulas of the conduct elsewhere.
    """

    channel: Channel
    done: ActInstance
    used: Formula
    sent: Formula
    begun: Sum
    here: Sum
    there: Sum

    def takes_as_long(self) -> Formula:
        """Here as there."""
        return conjunction(*(equal(v, copy_of(v, ELSEWHERE)) for v in self.channel.waits))

    def alike(self) -> Formula:
        """How long it takes is the same if it has arrived before the cut, here or there."""
        arrived = conjunction(self.sent, disjunction(_less(self.here), _less(self.there)))
        return disjunction(negation(arrived), self.takes_as_long())

    def cut(self) -> Formula:
        """At the cut it arrives in one of the two situations alone."""
        return disjunction(conjunction(self.used, self.missed()), conjunction(self.sent, self.arrived()))

    def arrived(self) -> Formula:
        """Here alone."""
        return conjunction(_at_cut(self.here), negation(_at_cut(self.there)))

    def missed(self) -> Formula:
        """There alone."""
        return conjunction(_at_cut(self.there), negation(_at_cut(self.here)))

    def clearly(self, length: Fraction) -> Iterator[Formula]:
        """It takes so long at least, and so much longer in the one than in the other if it does not take as long."""
        for earlier, later in ((self.begun, self.here), (self.begun, self.there)):
            yield disjunction(negation(self.used), _apart(earlier, later, length))
        differs = disjunction(_apart(self.here, self.there, length), _apart(self.there, self.here, length))
        yield disjunction(negation(self.used), self.takes_as_long(), differs)


def messages(about: Ground, both: Pair, several: Iterable[Room]) -> Iterator[Message]:
    """All that may be sent through a channel of which it is not known how long it takes."""
    for room in several:
        for channel in (c for c in room.channels if c in both.channels):
            for done in room.before:
                through = of_before(IsIn(done.through(about.system.channels), (channel.name,)))
                begun = of_variable(copy_of(done.sent, BEFORE))
                there = tuple(copy_of(v, ELSEWHERE) for v in channel.waits)
                yield Message(
                    channel=channel,
                    done=done,
                    used=conjunction(of_before(Flag(done.performed)), through),
                    sent=conjunction(of_before(_begun(about, room, done)), through),
                    begun=begun,
                    here=arrival(begun, channel.waits),
                    there=arrival(begun, there),
                )


def of_before(formula: Formula) -> Formula:
    """The formula said of the conduct elsewhere."""
    return substitute(formula, {v: copy_of(v, BEFORE) for v in variables(formula) if v != CUT})


def _begun(about: Ground, room: Room, done: ActInstance) -> Formula:
    """It is done, and it was begun before the cut: when the message was sent, if there was one."""
    if not room.channels:
        return is_past(done.performed, done.at)
    none = IsIn(done.through(about.system.channels), (NO_CHANNEL,))
    at_once = conjunction(none, is_earlier(done.at))
    return conjunction(Flag(done.performed), disjunction(at_once, conjunction(negation(none), is_earlier(done.sent))))


def _is_own(about: Ground, variable: Variable) -> bool:
    """Whether it tells of something that the bearer does."""
    return variable.origin is Origin.DOING and variable.role == about.bearer


def _message_variables(system: NormSystem, done: ActInstance) -> list[Variable]:
    stated: list[Variable] = [done.states(item) for item in system.acts[done.act].told]
    worded = [done.language(system.languages)] if system.languages else []
    sent: list[Variable] = [done.through(system.channels), done.sent] if done.act in system.lines else []
    return [*stated, *worded, *sent]


def _apart(earlier: Sum, later: Sum, length: Fraction) -> Formula:
    return compare(earlier.plus(Sum((), length)), Relation.AT_MOST, later)


def _less(time: Sum) -> Formula:
    return at_zero(time.plus(of_variable(CUT), -1), Order.LESS)


def _at_cut(time: Sum) -> Formula:
    return at_zero(time.plus(of_variable(CUT), -1), Order.EQUAL)


def without(formula: Formula, several: Sequence[Room], later: bool) -> Formula:
    """The formula where none of the later doings is done, or none of the earlier ones."""
    undone = (done for room in several if not room.once for done in (room.later if later else room.earlier))
    return substitute(formula, {done.performed: False for done in undone})
