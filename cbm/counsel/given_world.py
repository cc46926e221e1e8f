"""What is given of a situation to the norms as they prevail there for one bearer, and where its duties clash.

What is given of the situation narrows the situations asked about. What is given of conduct (its own, or a result that
the units share) narrows the conduct that is open to the bearer; duties that it breaches by that are set aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, find_clashes, world_of
from cbm.conflicts.precedence import suspended_in
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import FALSE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import parts_of, variables
from cbm.finding import RuleId
from cbm.ground.grounding import Ground, GroundNorm, ground
from cbm.records import replace
from cbm.search.extent import World
from cbm.search.open_questions import Undecided
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unsat

_COMPLIES, _ADVISED = "complies", "follows advice"


@dataclass(frozen=True, slots=True)
class GivenClash:
    """Duties that cannot all be kept in some of the situations; `where` says in which, if that is known exactly.

    `by_conduct`: they could be kept if it were not for what is given of conduct; a single one is breached by that.
    """

    clash: ConflictSet
    where: Formula
    by_conduct: bool = False

    @property
    def is_breach(self) -> bool:
        return self.by_conduct and len(self.clash.norms) == 1


@dataclass(frozen=True, slots=True)
class GivenWorld:
    """One bearer in the situations that are asked about.

    The norms of `plain` are those that bind, of `strict` those that prevail among the duties, of `advised` those that
    prevail where advice counts as well. `done` is what is given of conduct; `found` are all clashes, settled or not.
    """

    plain: Ground
    strict: Ground
    advised: Ground
    done: tuple[Expr, ...]
    clashes: tuple[GivenClash, ...]
    advice_clashes: tuple[GivenClash, ...]
    suspended: Mapping[NormId, Formula]
    found: tuple[ConflictSet, ...]
    undecided: tuple[Undecided, ...]

    @property
    def system(self) -> NormSystem:
        return self.plain.system

    @property
    def bearer(self) -> int:
        return self.plain.bearer

    @property
    def everywhere(self) -> World:
        """The situations, whether duties clash there or not."""
        return world_of(self.plain)

    def keeping(self, advised: bool = False) -> World:
        """The situations in which all duties (and, `advised`, all advice) can be kept."""
        apart = [c for c in self.clashes if not c.is_breach] + (list(self.advice_clashes) if advised else [])
        world = self.everywhere
        if all(c.clash.exact for c in apart) and not self.undecided:
            return replace(world, possible=(*world.possible, *(negation(c.where) for c in apart)))
        kept = world.some_conduct(_COMPLIES, (*world.feasible, *self.demands()))
        if advised:
            kept = (*kept, *world.some_conduct(_ADVISED, (*world.feasible, *self.demands(True))))
        return replace(world, possible=(*world.possible, *kept))

    def binding(self) -> tuple[GroundNorm, ...]:
        """The clauses that bind the bearer in some of the situations, or may do so."""
        solver = Solver(self.everywhere.roles, (*self.plain.possible, *self.plain.feasible))
        able = (n for n in self.plain.norms if n.binds != FALSE)
        return tuple(n for n in able if not isinstance(solver.ask(n.binds), Unsat))

    def duties(self, advised: bool = False) -> tuple[GroundNorm, ...]:
        """What prevails and asks something of the bearer: what is owed or, `advised`, advice as well.

        Acts that call for one another without end are left aside: that these are, is undecided.
        """
        about = self.advised if advised else self.strict
        asked = [n for n in about.demanding if advised or n.norm.strength is Strength.MUST]
        return ending(about, asked)

    def demands(self, advised: bool = False) -> tuple[Formula, ...]:
        return tuple(exactly(n) for n in self.duties(advised))

    @property
    def has_advice(self) -> bool:
        return any(n.norm.strength is Strength.SHOULD and n.binds != FALSE for n in self.advised.demanding)


def exactly(n: GroundNorm) -> Formula:
    """Where it binds, it is kept, by whichever act instance."""
    return disjunction(negation(n.binds), n.fulfilled)


def given_ground(system: NormSystem, bearer: int, given: Expr) -> tuple[Ground, tuple[Expr, ...]]:
    """The bearer's norms in the situations that meet what is given, and what of that is given of conduct."""
    about = ground(system, bearer)
    formulas = {part: about.grounder.formula(part) for part in parts_of(given) or (given,)}
    done = tuple(part for part, formula in formulas.items() if not about.conduct.isdisjoint(variables(formula)))
    found = (formula for part, formula in formulas.items() if part not in done)
    narrowed = (*about.feasible, *(formulas[part] for part in done))
    return replace(about, possible=(*about.possible, *found), feasible=narrowed), done


def given_world(plain: Ground, done: tuple[Expr, ...]) -> GivenWorld | Undecided:
    """What prevails under what is given; undecided where it cannot be told what yields to what."""
    clashes, undecided = find_clashes(plain)
    system, role = plain.system, plain.bearer
    if system.precedences and not all(c.exact for c in clashes):
        inexact = next(c.norms for c in clashes if not c.exact)
        return Undecided(TOGETHER, "duties clash under more conditions than are told", inexact, RuleId.CONFLICT)
    joined = {norm for edge in system.precedences for norm in (*edge.yielding, *edge.prevailing)}
    open_ones = [left for left in undecided if not joined.isdisjoint(left.norms)]
    if open_ones:
        return open_ones[0]
    strict, advised = (suspended_in(system, clashes, role, how) for how in (False, True))
    outside = replace(plain, feasible=plain.feasible[: len(plain.feasible) - len(done)])
    told = [_clash(outside, bool(done), c, strict) for c in clashes if not _has_advice(system, c)]
    breached = {c.clash.norms[0]: c.where for c in told if c.is_breach}
    with_advice = [_clash(outside, bool(done), c, advised) for c in clashes if _has_advice(system, c)]
    return GivenWorld(
        plain,
        _prevailing(plain, strict, breached),
        _prevailing(plain, advised, breached),
        done,
        tuple(c for c in told if c.where != FALSE),
        tuple(c for c in with_advice if c.where != FALSE),
        advised,
        clashes,
        undecided,
    )


def _clash(outside: Ground, done: bool, clash: ConflictSet, suspended: Mapping[NormId, Formula]) -> GivenClash:
    where = conjunction(clash.formula, *(negation(suspended.get(n, FALSE)) for n in clash.takes_part))
    return GivenClash(clash, where, done and where != FALSE and _could_be_kept(outside, clash, where))


def _could_be_kept(outside: Ground, clash: ConflictSet, where: Formula) -> bool:
    """Whether the duties could be kept in some of these situations if it were not for what is given of conduct."""
    demands = (outside.norm(n).demand for n in clash.norms)
    with asking(
        system=outside.system,
        bearer=outside.bearer,
        norms=clash.norms,
        question="could they be kept by other conduct than what is given",
        found="it is what is given that breaches them",
        none="they clash whatever is done",
    ):
        solver = Solver(outside.system.situation.roles, (*outside.possible, *outside.feasible))
        return isinstance(solver.decide(where, *demands), Sat)


def _prevailing(plain: Ground, suspended: Mapping[NormId, Formula], breached: Mapping[NormId, Formula]) -> Ground:
    norms = (
        replace(n, binds=conjunction(n.binds, *(negation(s.get(n.norm.id, FALSE)) for s in (suspended, breached))))
        for n in plain.norms
    )
    return replace(plain, norms=tuple(norms))


def _has_advice(system: NormSystem, clash: ConflictSet) -> bool:
    return any(system.norms[norm].strength is Strength.SHOULD for norm in clash.takes_part)
