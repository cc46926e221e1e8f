"""Whether a text binds its parties alike: encounters in which a unit is bound, and with the parties swapped is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from cbm.core.expressions import And, Formula, IsIn, NormId, Not, Or, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.viewpoints import seen
from cbm.coverage.types.axes import atoms
from cbm.evaluate.what_binds import binding
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.members import members
from cbm.inquiry import Inquiry
from cbm.process.budget import WorkSpent
from cbm.search.replay import Episode, episode
from cbm.smt.solve import Sat, Solver, Unknown

# What clauses say to whom they bind.
Saying = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OneSided:
    """A clause that binds units of one party where those of the other are not bound to the same by any clause.

    `episode` shows it for the first; `condition` is where.
    """

    about: Ground
    norm: NormId
    bound: str
    free: str
    condition: Formula
    episode: Episode


def one_sided(inquiry: Inquiry) -> Iterator[OneSided | Unknown]:
    """Every clause of the text under check that is not the same for two of its parties, for each two in either order.

    Of parties that nothing tells apart the first one is told.
    """
    for about in inquiry.grounds:
        groups = _groups(about)
        pairs = list(permutations(_told_apart(about, groups), 2))
        for n in (n for own in groups.values() for n in own):
            found = (_between(about, n, groups, pair) for pair in pairs)
            yield from (one for one in found if one is not None)


def _groups(about: Ground) -> Mapping[Saying, Sequence[GroundNorm]]:
    """The clauses of the text under check by what they say to whom they bind."""
    groups: dict[Saying, list[GroundNorm]] = {}
    for n in about.norms:
        if n.norm.id.document == about.system.subject:
            groups.setdefault(_saying(n, n.fulfilled), []).append(n)
    return groups


def _saying(n: GroundNorm, fulfilled: Formula) -> Saying:
    return (n.norm.modality, n.norm.strength, fulfilled)


def _told_apart(about: Ground, groups: Mapping[Saying, Sequence[GroundNorm]]) -> list[str]:
    """Of each kind of party that something tells apart from others: the first party to the text on the date."""
    system = about.system
    if system.situation.party is None:
        return []
    formulas = [f for own in groups.values() for n in own for f in (n.binds, n.owed, n.fulfilled)]
    choices = dict.fromkeys(_chosen(system, (*formulas, *about.possible, *about.feasible)))
    text = system.texts[system.subject]
    parties = None if text.parties is None else members(text, system)
    first: dict[tuple[bool, ...], str] = {}
    for member in system.situation.parties:
        if parties is None or member in parties:
            first.setdefault(tuple(member in chosen for chosen in choices), member)
    return list(first.values())


def _chosen(system: NormSystem, formulas: Iterable[Formula]) -> Iterator[tuple[str, ...]]:
    for atom in (atom for formula in formulas for atom in atoms(formula)):
        if isinstance(atom, IsIn) and system.situation.tells_party(atom.variable):
            yield atom.members


def _between(
    about: Ground, n: GroundNorm, groups: Mapping[Saying, Sequence[GroundNorm]], pair: tuple[str, str]
) -> OneSided | Unknown | None:
    system = about.system
    others = groups.get(_saying(n, swapped(n.fulfilled, pair, system)), [])
    mirrored = swapped(disjunction(*(conjunction(other.binds, other.owed) for other in others)), pair, system)
    binds = conjunction(n.binds, n.owed)  # what is not owed to the other side is nobody's counterpart
    if mirrored == binds:
        return None
    party = system.situation.party
    assert party is not None, "two parties are compared"
    bearer = IsIn(seen(party, about.bearer), (pair[0],))
    world = tuple(swapped(part, pair, system) for part in (*about.possible, *about.feasible))
    where = conjunction(bearer, binds, negation(mirrored))
    answer = Solver(system.situation.roles, (*about.possible, *about.feasible, *world)).decide(where)
    if isinstance(answer, Unknown):
        return answer
    if not isinstance(answer, Sat):
        return None
    try:
        shown = episode(about, (*world, where), lambda seen: binding(n.norm.id, about.bearer, seen, system))
    except WorkSpent as spent:
        return Unknown(str(spent))
    return OneSided(about, n.norm.id, pair[0], pair[1], where, shown)


def swapped(formula: Formula, pair: tuple[str, str], system: NormSystem) -> Formula:
    """The formula with two parties in each other's place."""
    exchange = {pair[0]: pair[1], pair[1]: pair[0]}
    match formula:
        case IsIn(variable, members) if system.situation.tells_party(variable):
            chosen = {exchange.get(member, member) for member in members}
            return IsIn(variable, tuple(member for member in system.situation.parties if member in chosen))
        case Not(operand):
            return negation(swapped(operand, pair, system))
        case And(parts):
            return conjunction(*(swapped(part, pair, system) for part in parts))
        case Or(parts):
            return disjunction(*(swapped(part, pair, system) for part in parts))
        case _:
            return formula
