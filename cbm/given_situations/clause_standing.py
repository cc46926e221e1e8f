"""Which clauses bind one bearer under what is given, and which are displaced or yield there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from cbm.core.expressions import FALSE, And, Formula, NormId, Not, Or, conjunction, negation
from cbm.core.norms import Guard, Substitute
from cbm.core.substitution import parts_of, variables
from cbm.core.variables import Decision, Performed, decision_of
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent, SituationClaim, extent_of
from cbm.given_situations.given_world import GivenWorld
from cbm.ground.grounder import GroundNorm
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat


class StandingMark(StrEnum):
    """How a clause stands towards the bearer in a situation."""

    BINDS = "binds"  # whatever the bearer does
    BY_CONDUCT = "binds by own conduct"  # if the bearer does some things, and not if it does others
    DISPLACED = "displaced"  # it would bind, and another one stands in its place
    YIELDS = "yields"  # it binds, and yields where it clashes with another one
    BREACHED = "breached by what is given"


class ConductSense(Enum):
    """What doing an act can do to a clause."""

    BRINGS_IN = auto()
    KEEPS_OUT = auto()
    EITHER = auto()  # as some of it is done or not; results always, as they have many values


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """A clause with one of its marks, and where it has it; `by` are clauses that displace it or prevail over it.

    `swayed` are the acts and results that bring it into play or keep it out, for what binds by own conduct.
    """

    norm: GroundNorm
    mark: StandingMark
    where: ClaimExtent | Unknown
    by: tuple[NormId, ...] = ()
    swayed: tuple[tuple[Decision, ConductSense], ...] = ()


def standings(given: GivenWorld) -> Iterator[ClauseStanding]:
    """Every mark of every clause that holds somewhere; those of which that is not known. The others never bind."""
    world = given.everywhere
    solver = Solver(world.roles, (*world.possible, *world.feasible))
    for n in given.plain.norms:
        with asking(
            system=given.system,
            bearer=given.bearer,
            norms=(n.norm.id,),
            question="does it bind under what is given",
            found="it does",
            none="it does not",
        ):
            if n.live != FALSE and not isinstance(solver.ask(n.live), Unsat):
                yield from _of_one(given, world, n)


def deemed_to_comply(given: GivenWorld, n: GroundNorm) -> Iterator[tuple[Substitute, ClaimExtent | Unknown]]:
    """What else complies with a clause, and where it binds and that is so; what never does so there is left out."""
    for deemed in n.norm.substitutes:
        condition = given.plain.grounder.guard(Guard(deemed.condition), n.norm, given.bearer)
        where = extent_of(given.everywhere, _some(given.everywhere, conjunction(n.binds, condition)))
        if where != NOWHERE:
            yield deemed, where


def _of_one(given: GivenWorld, world: World, n: GroundNorm) -> Iterator[ClauseStanding]:
    spoken = not world.conduct.isdisjoint(variables(n.binds))
    bound = SituationClaim(none=negation(n.binds)) if spoken else SituationClaim(here=n.binds)
    yield from _marked(world, n, StandingMark.BINDS, bound)
    if spoken:
        by_conduct = SituationClaim(some=(n.binds, negation(n.binds)))
        yield from _marked(world, n, StandingMark.BY_CONDUCT, by_conduct, swayed=tuple(_swaying(world, n.binds)))
    if n.binds != n.live:
        displaced = conjunction(n.live, negation(n.binds))
        yield from _marked(world, n, StandingMark.DISPLACED, _some(world, displaced), by=_above(given, n))
    advised = given.suspended.get(n.norm.id, FALSE)
    if advised != FALSE:
        yielding = conjunction(n.binds, advised)
        yield from _marked(world, n, StandingMark.YIELDS, _some(world, yielding), by=_over(given, n))
    for clash in given.clashes:
        if clash.is_breach and clash.clash.norms == (n.norm.id,):
            yield from _marked(world, n, StandingMark.BREACHED, SituationClaim(here=clash.where))


def _swaying(world: World, binds: Formula) -> Iterator[tuple[Decision, ConductSense]]:
    """Each act and result of the bearer that a clause hangs on, and what doing it can do to the clause."""
    senses: dict[Decision, set[bool]] = {}
    for atom, positive in _signed(binds, positive=True):
        for variable in variables(atom):
            if variable in world.conduct:
                of = senses.setdefault(decision_of(variable), set())
                if isinstance(variable, Performed):  # what is said of how it is done says so of the act as well
                    of.add(positive)
                elif not decision_of(variable).is_act:
                    of.update((True, False))
    known = {frozenset((True,)): ConductSense.BRINGS_IN, frozenset((False,)): ConductSense.KEEPS_OUT}
    for decision, signs in senses.items():
        yield decision, known.get(frozenset(signs), ConductSense.EITHER)


def _signed(formula: Formula, positive: bool) -> Iterator[tuple[Formula, bool]]:
    """Each atom, and whether it stands there or its negation."""
    match formula:
        case Not(operand):
            yield from _signed(operand, not positive)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _signed(part, positive)
        case _:
            yield formula, positive


def _some(world: World, formula: Formula) -> SituationClaim:
    """That it is so with some conduct; what speaks of no conduct is so whatever is done."""
    if world.conduct.isdisjoint(variables(formula)):
        return SituationClaim(here=formula)
    here = tuple(part for part in parts_of(formula) if world.conduct.isdisjoint(variables(part)))
    return SituationClaim(here=conjunction(*here), some=(formula,))


def _marked(
    world: World,
    n: GroundNorm,
    mark: StandingMark,
    claim: SituationClaim,
    *,
    by: tuple[NormId, ...] = (),
    swayed: tuple[tuple[Decision, ConductSense], ...] = (),
) -> Iterator[ClauseStanding]:
    where = extent_of(world, claim)
    if where != NOWHERE:
        yield ClauseStanding(n, mark, where, by, swayed)


def _above(given: GivenWorld, n: GroundNorm) -> tuple[NormId, ...]:
    """The clauses that stand in its place in some of the situations."""
    system, grounder = given.system, given.plain.grounder
    world = given.everywhere
    solver = Solver(world.roles, (*world.possible, *world.feasible, n.live))
    found: dict[NormId, None] = {}
    for edge in system.displacements:
        if edge.of == n.norm.id:
            for role in range(len(system.situation.roles)) if edge.both else (given.bearer,):
                above = grounder.displaces(edge, role, given.bearer)
                if above != FALSE and not isinstance(solver.ask(above), Unsat):
                    found[edge.by] = None
    return tuple(found)


def _over(given: GivenWorld, n: GroundNorm) -> tuple[NormId, ...]:
    """The clauses that prevail over it in clashes under what is given."""
    edges = (edge for edge in given.system.precedences if n.norm.id in edge.yielding)
    over = {norm for edge in edges for norm in edge.prevailing}
    beside = {norm for clash in given.found if n.norm.id in clash.takes_part for norm in clash.takes_part}
    return tuple(norm for norm in given.system.norms if norm in over & beside)
