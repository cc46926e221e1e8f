"""What is given of a situation to the norms as they prevail there for one bearer, and where its duties clash.

What is given of the situation narrows the situations asked about. What is given of conduct (its own, or a result that
the units share) narrows the conduct that is open to the bearer; duties that it breaches by that are set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cbm.conflicts.all_conflicts import TOGETHER, ConflictSet, find_clashes, world_of
from cbm.conflicts.precedence import suspended_in
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import FALSE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.substitution import parts_of, variables
from cbm.finding import RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, ground
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.search.world import World
from cbm.smt.solve import Answer, Solver, Unknown, Unsat
from cbm.translation.saying import mark

_COMPLIES, _ADVISED = "complies", "follows advice"


@dataclass(frozen=True, slots=True)
class GivenClash:
    """Duties that cannot all be kept in the situations of `where`, if it is known exactly in which.

    `is_breach`: a single one that could be kept there if it were not for what is given of conduct.
    """

    clash: ConflictSet
    where: Formula
    is_breach: bool = False


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
            kept = (*kept, *world.some_conduct(_ADVISED, (*world.feasible, *self.demands(advised=True))))
        return replace(world, possible=(*world.possible, *kept))

    def binding(self) -> tuple[GroundNorm, ...]:
        """The clauses that bind the bearer in some of the situations, or may do so."""
        return tuple(n for n, answer in self._asked_whether_they_bind() if not isinstance(answer, Unsat))

    def unsure(self) -> Iterator[tuple[GroundNorm, Unknown]]:
        """The clauses of which it is not known whether they bind it in any of the situations, and why."""
        yield from ((n, answer) for n, answer in self._asked_whether_they_bind() if isinstance(answer, Unknown))

    def _asked_whether_they_bind(self) -> Iterator[tuple[GroundNorm, Answer]]:
        solver = Solver(self.everywhere.roles, (*self.plain.possible, *self.plain.feasible))
        yield from ((n, solver.ask(n.binds)) for n in self.plain.norms if n.binds != FALSE)

    def duties(self, advised: bool = False) -> tuple[GroundNorm, ...]:
        """What prevails and asks something of the bearer: what is owed or, `advised`, advice as well.

        Duties to acts that call for one another without end are left aside: nobody knows whether they can be kept, too.
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
    about = _with_all_conduct(about, (*formulas.values(), *(n.live for n in about.norms)))
    done = tuple(part for part, formula in formulas.items() if not about.conduct.isdisjoint(variables(formula)))
    found = (formula for part, formula in formulas.items() if part not in done)
    narrowed = (*about.feasible, *(formulas[part] for part in done))
    return replace(about, possible=(*about.possible, *found), feasible=narrowed), done


def _with_all_conduct(about: Ground, formulas: Iterable[Formula]) -> Ground:
    """The same with all that the bearer decides and these formulas speak of, also where no norm that prevails does."""
    spoken = (v for formula in formulas for v in variables(formula) if v.origin.decided)
    conduct = about.conduct.union(v for v in spoken if v.role in (None, about.bearer))
    decided = [part for part in about.possible if not conduct.isdisjoint(variables(part))]
    possible = tuple(part for part in about.possible if part not in decided)
    return replace(about, conduct=conduct, possible=possible, feasible=(*about.feasible, *decided))


def given_world(plain: Ground, done: tuple[Expr, ...]) -> GivenWorld | Undecided:
    """What prevails under what is given; undecided where it cannot be told what yields to what.

    What yields is what would yield whatever is done: nobody makes a duty yield by breaching another one.
    """
    clashes, undecided = find_clashes(plain)
    anyway = clashes
    if done:
        outside = replace(plain, feasible=plain.feasible[: len(plain.feasible) - len(done)])
        anyway, further = find_clashes(outside)
        undecided = (*undecided, *further)
    system, role = plain.system, plain.bearer
    unclear = _unclear(system, (*clashes, *anyway), undecided, done=bool(done))
    if unclear is not None:
        return unclear
    strict, advised = (suspended_in(system, anyway, role, how) for how in (False, True))
    without, with_advice = ([c for c in clashes if _has_advice(system, c) is how] for how in (False, True))
    told = [one for c in without for one in _clashing(c, anyway, strict, bool(done))]
    breached = {norm: one.where for one in told if one.is_breach for norm in one.clash.takes_part}
    return GivenWorld(
        plain=plain,
        strict=_prevailing(plain, strict, breached),
        advised=_prevailing(plain, advised, breached),
        done=done,
        clashes=tuple(_beside(told, breached)),
        advice_clashes=tuple(
            _beside((one for c in with_advice for one in _clashing(c, anyway, advised, done=False)), breached)
        ),
        suspended=advised,
        found=anyway,
        undecided=undecided,
    )


def _unclear(
    system: NormSystem, clashes: Iterable[ConflictSet], undecided: Iterable[Undecided], *, done: bool
) -> Undecided | None:
    """Why it cannot be told what yields, or what is breached by what is given."""
    inexact = next((clash.norms for clash in clashes if not clash.exact), None)
    if inexact is not None and (done or system.precedences):
        return Undecided(TOGETHER, mark("duties clash under more conditions than are told"), inexact, RuleId.CONFLICT)
    joined = {norm for edge in system.precedences for norm in (*edge.yielding, *edge.prevailing)}
    return next((left for left in undecided if not joined.isdisjoint(left.norms)), None)


def _clashing(
    clash: ConflictSet, anyway: Iterable[ConflictSet], suspended: Mapping[NormId, Formula], done: bool
) -> Iterator[GivenClash]:
    """Where the duties clash; of a single duty apart where it could be kept but for the conduct that is given."""
    where = conjunction(clash.formula, *(negation(suspended.get(n, FALSE)) for n in clash.takes_part))
    if not done or len(clash.norms) > 1:
        found = [GivenClash(clash, where)]
    else:
        alone = (c for c in anyway if len(c.norms) == 1 and not set(c.takes_part).isdisjoint(clash.takes_part))
        unkeepable = disjunction(*(c.formula for c in alone))
        found = [
            GivenClash(clash, conjunction(where, unkeepable)),
            GivenClash(clash, conjunction(where, negation(unkeepable)), is_breach=True),
        ]
    yield from (one for one in found if one.where != FALSE)


def _beside(clashes: Iterable[GivenClash], breached: Mapping[NormId, Formula]) -> Iterator[GivenClash]:
    """Several clauses clash where what is given breaches none of them: what it breaches is set aside there."""
    for one in clashes:
        several = one.clash.takes_part if len(one.clash.norms) > 1 else ()
        where = conjunction(one.where, *(negation(breached.get(norm, FALSE)) for norm in several))
        if where != FALSE:
            yield GivenClash(one.clash, where, one.is_breach)


def _prevailing(plain: Ground, suspended: Mapping[NormId, Formula], breached: Mapping[NormId, Formula]) -> Ground:
    norms = (
        replace(n, binds=conjunction(n.binds, *(negation(s.get(n.norm.id, FALSE)) for s in (suspended, breached))))
        for n in plain.norms
    )
    return replace(plain, norms=tuple(norms))


def _has_advice(system: NormSystem, clash: ConflictSet) -> bool:
    return any(system.norms[norm].strength is Strength.SHOULD for norm in clash.takes_part)
