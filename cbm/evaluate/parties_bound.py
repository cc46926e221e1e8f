"""Which texts count, who is a party to them on the date, and to whom what binds a role is owed."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.core.norms import Norm, NormSystem, Status, Text
from cbm.evaluate.complete_episode import CompleteEpisode, all_roles, as_role
from cbm.syntax.ast import DocumentKind

_COMMITMENTS = (Status.POLITICAL, Status.TREATY)


def owed(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether what binds this role is owed to those it meets: what an alliance asks for is owed to allies alone."""
    text = system.texts[norm.id.document]
    return text.towards_all or not text.binding or between_parties(norm, role, world, system)


def in_force(text: Text, system: NormSystem) -> bool:
    """Whether the text counts on the date; a draft is read as if in force, and no date asks for all texts.

    What several agreed binds nobody when one of them is left. What is read beside the text under check and says what it
    has become counts from a political commitment on.
    """
    day = system.as_of
    so_far = [status for status, since in text.statuses if day is None or since <= day]
    if text.statuses and text.name != system.subject and (not so_far or so_far[-1] not in _COMMITMENTS):
        return False
    if text.kind is DocumentKind.DRAFT or day is None:
        return True
    start = text.adopted if text.in_force is None else text.in_force
    if (start is not None and day < start) or (text.until is not None and text.until <= day):
        return False
    several = text.parties is not None and len(text.parties) >= 2 and not text.binding
    several = several and system.situation.party is not None
    left = {name for party in parties_of(text, system) for name in names_of(party, system)}
    return not several or len(left) >= 2


def viewpoint(norm: Norm, role: int) -> int:
    return role if norm.rotates else 0


def between_parties(norm: Norm, role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the role, and those the norm speaks of beside it, belong to parties; of none, whether any other does."""
    text = system.texts[norm.id.document]
    if system.situation.party is None or text.parties is None:
        return True
    joined = {one for one in all_roles(system) if party_in(parties_of(text, system), one, world, system)}
    owing = {one for one in joined - {role} if not _in_one_seat(text, (role, one), world, system)}
    spoken_of = {(other + viewpoint(norm, role)) % len(all_roles(system)) for other in norm.towards} - {role}
    met = spoken_of <= owing if spoken_of else len(owing) > 0 or len(all_roles(system)) == 1
    return role in joined and met


def party_in(parties: Iterable[str], role: int, world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the unit is of one of the parties that are named."""
    party = system.situation.party
    return party is not None and any(world.values[as_role(party, role)] in names_of(named, system) for named in parties)


def parties_of(text: Text, system: NormSystem) -> Iterable[str]:
    """The parties that the text has on the date, as it names them; without a date all that it ever has."""
    if text.parties is None or not text.memberships:
        return text.parties or ()
    return [one.party for one in text.memberships if one.holds(system.as_of)]


def _in_one_seat(text: Text, roles: tuple[int, int], world: CompleteEpisode, system: NormSystem) -> bool:
    """Whether the units are of two parties that have the place of one, or of one that has two names in turn."""
    party = system.situation.party
    assert party is not None, "a text has parties where units have them"
    names = [world.values[as_role(party, role)] for role in roles]
    for seat in {one.seat for one in text.memberships}:
        held = [one.party for one in text.memberships if one.seat == seat and one.holds(system.as_of)]
        sitting = {name for holder in held for name in names_of(holder, system)}
        if len(sitting) > 1 and sitting.issuperset(names):
            return True
    return False


def names_of(party: str, system: NormSystem) -> frozenset[str]:
    """What the party is called on the date: nothing before it is there. Without one, all names from then on."""
    if not system.continuations:
        return frozenset({party})
    later = [names_of(c.party, system) for c in system.continuations if c.of == party]
    if system.as_of is None:
        return frozenset({party}).union(*later)
    if any(system.as_of < c.since for c in system.continuations if c.party == party):
        return frozenset()
    if any(c.since <= system.as_of for c in system.continuations if c.of == party):
        return frozenset().union(*later)
    return frozenset({party})


def is_heard(norm: Norm, system: NormSystem) -> bool:
    """Whether those are there whom it is addressed to; of what is forbidden, or need not be, whether anybody is."""
    gone = [party for party in norm.recipients if not names_of(party, system)]
    return not gone or (not norm.is_to_all and len(gone) < len(norm.recipients))
