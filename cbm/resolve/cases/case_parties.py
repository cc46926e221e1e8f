"""Whose units a case is about where it does not say so: those of the parties to its text, on the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from cbm.core.expressions import TRUE, Expr, IsIn, conjunction, disjunction, negation
from cbm.core.norms import Text
from cbm.core.substitution import atoms_of
from cbm.core.variables import Attribute
from cbm.core.viewpoints import seen
from cbm.resolve.names.scope import Scope


def whose_units(text: Text, scope: Scope, day: date | None, said: Expr, bearer: int | None) -> Expr:
    """That units of which it is not `said` whose they are belong to parties to the text, or to whom it binds by itself.

    `bearer` is the role that is expected to be bound by the text, if one is. Of more than two units two belong to
    parties, the bearer among them. TRUE where the text is open to all, or has no two parties on the date.
    """
    party = scope.party
    if party is None or text.parties is None:
        return TRUE
    told = set(_roles_with_party(party, said))
    if text.parties <= text.binding:
        return _somebody_bound(text, scope, party, told, bearer)
    seats = _seats(text, day)
    roles = range(len(scope.roles))
    if len(seats) < 2 or len(told) >= min(2, len(roles)):
        return TRUE
    joined = _declared(scope, (one for members in seats for one in members))
    shared = [_declared(scope, members) for members in seats if len(members) > 1]

    def between(*units: int) -> Expr:
        of_parties = (IsIn(seen(party, unit), joined) for unit in units if unit not in told or len(roles) > 2)
        return conjunction(
            *of_parties, *(_apart(party, members, pair) for members in shared for pair in combinations(units, 2))
        )

    if len(roles) <= 2:
        return between(*roles)
    return disjunction(*(between(*pair) for pair in combinations(roles, 2) if bearer is None or bearer in pair))


def _somebody_bound(text: Text, scope: Scope, party: Attribute, told: set[int], bearer: int | None) -> Expr:
    """That the bearer, or some unit, is of a party that the text binds whomever it meets."""
    roles = range(len(scope.roles)) if bearer is None else (bearer,)
    if told.intersection(roles):
        return TRUE
    return disjunction(*(IsIn(seen(party, role), _declared(scope, text.binding)) for role in roles))


def _seats(text: Text, day: date | None) -> list[list[str]]:
    """The parties to the text on the date, by the place that several of them have in turn."""
    seats: dict[str, list[str]] = {name: [name] for name in (() if text.memberships else text.parties or ())}
    for one in text.memberships:
        if one.holds(day):
            seats.setdefault(one.seat, []).append(one.party)
    return list(seats.values())


def _declared(scope: Scope, names: Iterable[str]) -> tuple[str, ...]:
    known = set(names)
    return tuple(party for party in scope.parties if party in known)


def _apart(party: Attribute, members: tuple[str, ...], units: tuple[int, int]) -> Expr:
    """That two units do not stand in the place of one party: they owe each other nothing by the text."""
    return negation(conjunction(*(IsIn(seen(party, unit), members) for unit in units)))


def _roles_with_party(party: Attribute, said: Expr) -> Iterator[int]:
    """The roles of which it is said of which party they are, or are not."""
    for atom in atoms_of(said):
        if isinstance(atom, IsIn) and isinstance(atom.variable, Attribute) and atom.variable.name == party.name:
            yield from () if atom.variable.role is None else (atom.variable.role,)
