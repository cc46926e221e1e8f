"""A text whose parties stand in the places of others: what it says of the one, it says of the other instead.

Everything the text says is said anew, and so is what the texts beside it say; what a vocabulary says of a party stays.
Parties change places in a circle, so that none of them stands for two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from cbm.core.episodes import Act, Channel
from cbm.core.expressions import Formula, IsIn, Same
from cbm.core.norms import NormSystem, Text
from cbm.core.rewriting import Rewriting
from cbm.core.roles import same
from cbm.core.sorts import KindSort
from cbm.core.substitution import Atom
from cbm.core.variables import Attribute, Variable
from cbm.records import replace


def in_places(system: NormSystem, places: Mapping[str, str]) -> NormSystem:
    """The system with each party in the place that is named for it; no two have the same place.

    Whoever ever was a party to the text itself is one: its dates are compared by themselves.
    """
    moved = _everybody(places)
    party = system.situation.party
    own = system.texts[system.subject]
    undated = tuple(replace(one, since=None, until=None) for one in own.memberships)
    system = replace(system, texts={**system.texts, own.name: replace(own, memberships=undated)})
    if party is None or not any(name != place for name, place in moved.items()):
        return system
    assert isinstance(party.sort, KindSort)
    members = tuple(moved.get(name, name) for name in party.sort.members)
    known = party.sort if set(members) == set(party.sort.members) else replace(party.sort, members=members)
    anew = Rewriting(partial(_placed, party, known, moved), addressee=lambda name: moved.get(name, name))
    turned = anew.system(system)

    def attribute(variable: Variable) -> Variable:
        if isinstance(variable, Attribute) and variable.name == party.name:
            return replace(variable, sort=known)
        return variable

    return replace(
        turned,
        situation=replace(
            system.situation,
            party=replace(party, sort=known),
            attributes=tuple(map(attribute, system.situation.attributes)),
        ),
        texts={name: _text(one, moved) for name, one in system.texts.items()},
        axioms=tuple(
            axiom if axiom.document is None and known == party.sort else image
            for axiom, image in zip(system.axioms, turned.axioms, strict=True)
        ),
        acts={name: _act(act, moved) for name, act in system.acts.items()},
        channels={name: _channel(channel, moved) for name, channel in system.channels.items()},
    )


def _text(text: Text, moved: Mapping[str, str]) -> Text:
    def named(parties: Iterable[str]) -> frozenset[str]:
        return frozenset(moved.get(name, name) for name in parties)

    seats = (replace(m, party=moved.get(m.party, m.party), seat=moved.get(m.seat, m.seat)) for m in text.memberships)
    parties = None if text.parties is None else named(text.parties)
    return replace(text, parties=parties, binding=named(text.binding), memberships=tuple(seats))


def _everybody(places: Mapping[str, str]) -> dict[str, str]:
    """The places of those named, and of those who have to leave theirs: they take what is free."""
    free = [name for name in places if name not in places.values()]
    homeless = [place for place in places.values() if place not in places]
    return {**places, **dict(zip(homeless, free, strict=True))}


def _placed(party: Attribute, sort: KindSort, places: Mapping[str, str], atom: Atom) -> Formula:
    def is_party(variable: Variable) -> bool:
        return isinstance(variable, Attribute) and variable.name == party.name

    def known(variable: Variable) -> Variable:
        return replace(variable, sort=sort) if isinstance(variable, Attribute) and is_party(variable) else variable

    if isinstance(atom, Same) and (is_party(atom.left) or is_party(atom.right)):
        return same(known(atom.left), known(atom.right))
    if isinstance(atom, IsIn) and is_party(atom.variable):
        chosen = {places.get(member, member) for member in atom.members}
        return IsIn(known(atom.variable), tuple(member for member in sort.members if member in chosen))
    return atom


def _act(act: Act, places: Mapping[str, str]) -> Act:
    return replace(act, recipients=tuple(places.get(name, name) for name in act.recipients))


def _channel(channel: Channel, places: Mapping[str, str]) -> Channel:
    return replace(
        channel,
        parties=tuple(places.get(name, name) for name in channel.parties),
        hours=tuple(replace(hours, party=places.get(hours.party, hours.party)) for hours in channel.hours),
    )
