"""Messages as part of what is feasible: what is sent through a channel arrives as late as that takes.

The hours of a channel and what the other end does are conditions of the duties that messages are sent for; here such a
message takes at least as long as the channel lets it wait.
"""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.episodes import Channel
from cbm.core.expressions import Formula, IsIn, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.norms import NormSystem
from cbm.core.variables import NO_CHANNEL, ActInstance, Variable
from cbm.syntax.ast import Relation


def lines_for(system: NormSystem, act: str) -> tuple[Channel, ...]:
    """The channels that clauses name for the act: through others it is not done."""
    return tuple(system.channels[name] for name in system.lines.get(act, ()))


def carried(system: NormSystem, done: ActInstance) -> Iterator[Formula]:
    """What is done through no channel is done at once, and a message arrives after all that it waits for."""
    lines = lines_for(system, done.act)
    if not lines:
        return
    through = done.through(system.channels)
    yield IsIn(through, (NO_CHANNEL, *(channel.name for channel in lines)))
    yield disjunction(negation(IsIn(through, (NO_CHANNEL,))), compare(*_times(done, Relation.EQUAL, ())))
    for channel in lines:
        relation = Relation.AT_LEAST if may_wait(channel) else Relation.EQUAL
        arrives = compare(*_times(done, relation, channel.waits))
        yield disjunction(negation(IsIn(through, (channel.name,))), arrives)


def may_wait(channel: Channel) -> bool:
    """Whether a message may be taken later than when its delays are over."""
    return bool(channel.hours or channel.acknowledged)


def arrival(sent: Sum, waits: tuple[Variable, ...]) -> Sum:
    """When what was sent then has waited for all this."""
    for wait in waits:
        sent = sent.plus(of_variable(wait))
    return sent


def _times(done: ActInstance, relation: Relation, waits: tuple[Variable, ...]) -> tuple[Sum, Relation, Sum]:
    return of_variable(done.at), relation, arrival(of_variable(done.sent), waits)
