"""Who stands where a text names a party, on the date asked about, and whom its clauses bind between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import combinations

from cbm.core.expressions import FALSE, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.norms import Norm, NormSystem, Text
from cbm.core.variables import Addressee, MessagePart
from cbm.core.viewpoints import seen
from cbm.records import LATEST, Itself


def standing(system: NormSystem, party: str) -> tuple[str, ...]:
    """Who is meant where a text names the party: the one name that it has on the date, or none if it is not there yet.

    Without a date it is all names that it has from then on.
    """
    names = [party]
    while following := next((c.party for c in system.continuations if c.of == names[-1]), None):
        names.append(following)
    there = existing(system)
    return tuple(name for name in names if name in there)


def existing(system: NormSystem) -> tuple[str, ...]:
    """The parties that there are on the date, in the order in which they are declared."""
    if system.as_of is None or not system.continuations:
        return system.situation.parties
    return _existing(Itself(system))


@lru_cache(maxsize=LATEST)
def _existing(of: Itself[NormSystem]) -> tuple[str, ...]:
    system, day = of.thing, of.thing.as_of
    assert day is not None, "there is a date"
    over = {c.of for c in system.continuations if c.since <= day}
    to_come = {c.party for c in system.continuations if c.since > day}
    return tuple(party for party in system.situation.parties if party not in over | to_come)


def meant(system: NormSystem, parties: Collection[str]) -> tuple[str, ...]:
    """Who stands on the date where these are named, in the order in which they are declared."""
    if not system.continuations:
        return tuple(party for party in system.situation.parties if party in parties)
    found = {name for party in parties for name in standing(system, party)}
    return tuple(party for party in system.situation.parties if party in found)


def members(text: Text, system: NormSystem) -> tuple[str, ...]:
    """The parties of the text on the date; of a text without parties, none."""
    if not text.memberships:
        return meant(system, text.parties or ())
    return meant(system, [one.party for one in text.memberships if one.holds(system.as_of)])


def third_parties(system: NormSystem, upper: str, lower: str) -> tuple[str, ...]:
    """Those to whom the lower text is owed on the date, and who are no party to the upper one.

    What the parties to the upper text agree on lifts nothing of that (Vienna Convention on the Law of Treaties,
    Articles 30(4)(b) and 34). Of a text of others only what binds its parties whomever they meet is asked about: so it
    is what allies owe to each other.
    """
    above, below = system.texts[upper], system.texts[lower]
    if below.is_owed_to_all or above.parties is None:
        return ()
    agreed = members(above, system)
    return tuple(party for party in members(below, system) if party not in agreed)


def apart(text: Text, system: NormSystem, one: int, other: int) -> Formula:
    """That two units do not stand in the place of one party: who succeeds it owes the others there nothing."""
    party = system.situation.party
    assert party is not None, "who is bound by party has one"
    shared = (
        conjunction(IsIn(seen(party, one), seat), IsIn(seen(party, other), seat)) for seat in _shared(text, system)
    )
    return negation(disjunction(*shared))


def _shared(text: Text, system: NormSystem) -> Iterator[tuple[str, ...]]:
    """The seats of the text in which several parties are, or are in turn."""
    seats: dict[str, list[str]] = {}
    for one in text.memberships:
        if one.holds(system.as_of):
            seats.setdefault(one.seat, []).append(one.party)
    for seat in seats.values():
        held = meant(system, seat)
        if len(held) > 1:
            yield held


def of_their_time(system: NormSystem) -> Iterator[Formula]:
    """That no unit is of a party that is not there on the date; without one, that no party meets itself."""
    party, there = system.situation.party, existing(system)
    if party is None or not system.continuations:
        return
    units = [seen(party, role) for role in range(len(system.situation.roles))]
    if system.as_of is not None:
        yield from (IsIn(unit, there) for unit in units)
        return
    for name in system.situation.parties:
        later = standing(system, name)[1:]
        for one, other in combinations(units, 2) if later else ():
            for first, second in ((one, other), (other, one)):
                yield negation(conjunction(IsIn(first, (name,)), IsIn(second, later)))


def named(system: NormSystem, condition: IsIn) -> Formula:
    """A condition on whose unit one is, with who is meant by the parties that it names."""
    if not system.continuations:
        return condition
    found = meant(system, condition.members)
    return IsIn(condition.variable, found) if found else FALSE


def told(system: NormSystem, item: MessagePart) -> tuple[MessagePart, ...]:
    """What is told of a doing of which this is told: whom a message is addressed to, on the date."""
    return tuple(map(Addressee, standing(system, item.party))) if isinstance(item, Addressee) else (item,)


def is_heard(norm: Norm, system: NormSystem) -> bool:
    """Whether those whom it is addressed to are there on the date: all of them, of what is forbidden any of them."""
    there = [bool(standing(system, party)) for party in norm.recipients]
    return not there or (all(there) if norm.is_to_all else any(there))


def absent(text: Text, system: NormSystem) -> Collection[str]:
    """The parties that the text has on the date, and that are not there yet."""
    parties = [one.party for one in text.memberships if one.holds(system.as_of)] or sorted(text.parties or ())
    return [party for party in parties if not standing(system, party)]
