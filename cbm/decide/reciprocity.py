"""Whether a text binds its parties alike: encounters in which a unit is bound, and with the parties swapped is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from cbm.decide.inquiry import Inquiry
from cbm.decide.replay import Episode, episode
from cbm.semantics.core import (
    And,
    Expr,
    IsIn,
    KindSort,
    NormId,
    NormSystem,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)
from cbm.semantics.evaluate import binding
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.solve import Sat, Solver, Unknown


@dataclass(frozen=True, slots=True)
class OneSided:
    """Clauses that demand (or allow) one thing, and bind units of one party where those of the other stay free.

    `episode` shows it for the first; `condition` is where.
    """

    about: Ground
    norms: tuple[NormId, ...]
    bound: str
    free: str
    condition: Expr
    episode: Episode


def one_sided(inquiry: Inquiry) -> Iterator[OneSided | Unknown]:
    """Every asymmetry between two parties of the text under check, each group of clauses once."""
    for about in inquiry.grounds:
        groups = _groups(about)
        for own in groups.values():
            for pair in _pairs(about.system):
                found = _between(about, own, groups, pair)
                if found is not None:
                    yield found
                    break


def _groups(about: Ground) -> dict[tuple[object, ...], list[GroundNorm]]:
    """The clauses of the text under check by what they say to whom they bind."""
    groups: dict[tuple[object, ...], list[GroundNorm]] = {}
    for n in about.norms:
        if n.norm.id.document == about.system.subject:
            groups.setdefault(_saying(n, n.fulfilled), []).append(n)
    return groups


def _saying(n: GroundNorm, fulfilled: Expr) -> tuple[object, ...]:
    return (n.norm.modality, n.norm.strength, fulfilled)


def _pairs(system: NormSystem) -> Iterator[tuple[str, str]]:
    sort = next((v.sort for v in system.situation.attributes if v.name == system.situation.party), None)
    if isinstance(sort, KindSort):
        parties = system.texts[system.subject].parties
        yield from permutations([m for m in sort.members if parties is None or m in parties], 2)


def _between(
    about: Ground, own: list[GroundNorm], groups: dict[tuple[object, ...], list[GroundNorm]], pair: tuple[str, str]
) -> OneSided | Unknown | None:
    system = about.system
    binds = disjunction(*(n.binds for n in own))
    others = groups.get(_saying(own[0], swapped(own[0].fulfilled, pair, system)), [])
    mirrored = swapped(disjunction(*(n.binds for n in others)), pair, system)
    if mirrored == binds:
        return None
    party = next(v for v in system.situation.attributes if v.name == system.situation.party)
    bearer = IsIn(replace(party, role=about.bearer), (pair[0],))
    world = tuple(swapped(part, pair, system) for part in (*about.possible, *about.feasible))
    where = conjunction(bearer, binds, negation(mirrored))
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible, *world))
    answer = solver.decide(where)
    if isinstance(answer, Unknown):
        return answer
    if not isinstance(answer, Sat):
        return None
    shown = episode(
        about,
        (*world, where),
        lambda seen: any(binding(n.norm.id, about.bearer, seen, system) for n in own),
    )
    norms = tuple(n.norm.id for n in own if binding(n.norm.id, about.bearer, shown.world, system))
    return OneSided(about, norms, pair[0], pair[1], where, shown)


def swapped(formula: Expr, pair: tuple[str, str], system: NormSystem) -> Expr:
    """The formula with two parties in each other's place."""
    exchange = {pair[0]: pair[1], pair[1]: pair[0]}
    match formula:
        case IsIn(variable, members) if variable.name == system.situation.party and isinstance(variable.sort, KindSort):
            chosen = {exchange.get(member, member) for member in members}
            return IsIn(variable, tuple(member for member in variable.sort.members if member in chosen))
        case Not(operand):
            return negation(swapped(operand, pair, system))
        case And(parts):
            return conjunction(*(swapped(part, pair, system) for part in parts))
        case Or(parts):
            return disjunction(*(swapped(part, pair, system) for part in parts))
        case _:
            return formula
