"""Conflicts that precedence settles, each with an encounter in which all its clauses bind and some of them yield."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cbm.conflicts.precedence import Settlement, has_advice, settlements
from cbm.core.expressions import TRUE, Binds, Expr, Formula, NormId, conjunction, disjunction
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import binding, holds
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent, SituationClaim, extent_of
from cbm.given_situations.given_world import GivenWorld
from cbm.process.budget import RunStopped
from cbm.search.replay import Episode, episode
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown


@dataclass(frozen=True, slots=True)
class SettledConflict:
    """A clash that an edge settles: where, with an encounter; `complied`: what prevails is kept in it.

    `norms` are those that clash there; all of them bind in the encounter, if that can be.
    """

    settlement: Settlement
    where: ClaimExtent | Unknown
    shown: Episode | Unknown
    norms: tuple[NormId, ...]
    complied: bool = True


def settled_conflicts(given: GivenWorld) -> Iterator[SettledConflict]:
    """The settled conflicts of the text under check with itself or others, those of duties alone first."""
    system = given.system
    for advised in (False, True):
        for one in settlements(system, given.found, given.bearer, advised):
            own = any(norm.document == system.subject for norm in one.clash.takes_part)
            if not own or has_advice(system, one.clash) is not advised:
                continue
            found = _shown(given, one, advised)
            if found is not None:
                yield found


def _shown(given: GivenWorld, one: Settlement, advised: bool) -> SettledConflict | None:
    about, system = given.plain, given.system
    with asking(
        system=system,
        bearer=given.bearer,
        norms=one.clash.norms,
        question="do they clash where one of them yields to another",
        found="the conflict is settled there",
        none="it is not settled by this",
    ):
        where = extent_of(given.everywhere, SituationClaim(here=one.where))
        if where == NOWHERE:
            return None
        solver = Solver(system.situation.roles, (*about.possible, *about.feasible))
        bind = _binding(one, given.bearer)
        for said, complied in ((bind, True), (bind, False), (TRUE, True), (TRUE, False)):
            formula = about.grounder.formula(said)
            asked: tuple[Formula, ...] = (one.where, formula, *(given.demands(advised) if complied else ()))
            answer = solver.decide(*asked)
            if isinstance(answer, Unknown):
                return SettledConflict(one, where, answer, one.clash.norms)
            if isinstance(answer, Sat):
                return _settled(given, one, where, asked, said, complied)
    return None


def _settled(
    given: GivenWorld,
    one: Settlement,
    where: ClaimExtent | Unknown,
    asked: tuple[Formula, ...],
    said: Expr,
    complied: bool,
) -> SettledConflict:
    try:
        shown = episode(given.plain, asked, lambda seen: holds(said, seen, given.system))
    except RunStopped as why:
        return SettledConflict(one, where, Unknown(str(why)), one.clash.norms)
    norms = one.clash.norms if said == TRUE else _clashing(given, one, shown.world)
    return SettledConflict(one, where, shown, norms, complied)


def _binding(one: Settlement, role: int) -> Expr:
    """That a norm for each place of the set binds."""
    return conjunction(*(disjunction(*(Binds(norm, role) for norm in norms)) for norms in one.clash.choices))


def _clashing(given: GivenWorld, one: Settlement, seen: CompleteEpisode) -> tuple[NormId, ...]:
    """The norms of the set that bind in the encounter, one for each place."""
    found = (
        next(norm for norm in norms if binding(norm, given.bearer, seen, given.system)) for norms in one.clash.choices
    )
    return tuple(dict.fromkeys(found))
