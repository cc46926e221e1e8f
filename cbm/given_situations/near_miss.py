"""An encounter in which a clause binds, and those in which it does not and as little as can be is otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cbm.core.expressions import TRUE, Expr, Formula, NormId, negation
from cbm.core.substitution import Value, variables
from cbm.core.variables import Origin, Variable
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.what_binds import holds
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.process.budget import RunStopped, WorkSpent
from cbm.search.exists_forall import fix
from cbm.search.replay import Episode, episode
from cbm.search.situations import candidates
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many facts are changed at most; more of them make another encounter, and no near miss.
CHANGES = 3


@dataclass(frozen=True, slots=True)
class Play:
    """A clause in play, as an expression from role 0; the norms in it, and where it prevails if it yields elsewhere."""

    norms: tuple[NormId, ...]
    said: Expr
    prevailing: Formula = TRUE


@dataclass(frozen=True, slots=True)
class BoundEncounter:
    """An encounter in which the clause binds; `complied`: the unit complies; `yields`: others prevail over it."""

    episode: Episode
    complied: bool
    yields: bool


@dataclass(frozen=True, slots=True)
class MissedEncounter:
    """An encounter that differs from it in these facts alone, and in which the clause does not bind."""

    changed: tuple[Variable, ...]
    episode: Episode


def bound(about: Ground, play: Play, duties: Sequence[GroundNorm]) -> BoundEncounter | Unknown | None:
    """An encounter in which the clause binds, and prevails and all these duties are kept if that can be.

    None: it never binds.
    """
    system, bearer = about.system, about.bearer
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible))
    demands, binds = tuple(d.demand for d in duties), about.grounder.formula(play.said)
    for yields, complied in ((False, True), (True, True), (False, False), (True, False)):
        if yields and play.prevailing == TRUE:
            continue
        asked = (binds, *(() if yields else (play.prevailing,)), *(demands if complied else ()))
        with asking(
            system=system,
            bearer=bearer,
            norms=play.norms,
            question=f"is there an encounter in which it binds{' and all duties are kept' if complied else ''}",
            found="it is shown",
            none="there is none",
        ):
            answer = solver.decide(*asked)
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Sat):
            try:
                shown = episode(about, asked, lambda seen: holds(play.said, seen, system))
            except WorkSpent as why:
                return Unknown(str(why))
            return BoundEncounter(shown, complied, yields)
    return None


def missed(about: Ground, play: Play, base: Episode) -> Iterator[MissedEncounter | Unknown]:
    """Each fact whose change alone makes it not bind; where there is none, the fewest that do so together.

    Unknown ends them: of one change nobody knows whether it does.
    """
    system, binds = about.system, about.grounder.formula(play.said)
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible, negation(binds)))
    mattering = [v for v in variables(binds) if v in base.values]
    situation = [v for v in base.values if v.origin in (Origin.SITUATION, Origin.READING) and v not in mattering]
    held = [*mattering, *situation]

    def seen_otherwise(seen: CompleteEpisode) -> bool:
        return not holds(play.said, seen, system)

    for count in range(1, CHANGES + 1):
        found = False
        for first in mattering:
            for others in combinations([v for v in held if v is not first], count - 1):
                changed = (first, *others)
                kept = tuple(fix(v, base.values[v]) for v in held if v not in changed)
                answer = solver.ask(*kept)
                if isinstance(answer, Unknown):
                    yield answer
                    return
                if isinstance(answer, Unsat):
                    continue
                near = _nearest(solver, kept, changed, binds, base.values)
                found = True
                try:
                    shown = episode(about, (*kept, *near, negation(binds)), seen_otherwise)
                except RunStopped as why:
                    yield Unknown(str(why))
                    return
                yield MissedEncounter(changed, shown)
                break
            if found and count > 1:
                return
        if found:
            return


def _nearest(
    solver: Solver,
    kept: tuple[Formula, ...],
    changed: tuple[Variable, ...],
    binds: Formula,
    base: Mapping[Variable, Value],
) -> tuple[Formula, ...]:
    """Values for what changed, each as near to what it was as the conditions of the clause tell apart."""
    chosen: list[Formula] = []
    for variable in changed:
        before = base[variable]
        values = dict.fromkeys(v for v in candidates(variable, None, binds, base) if v != before)
        able = (fix(variable, v) for v in sorted(values, key=lambda v: _distance(v, before)))
        so = next((f for f in able if isinstance(solver.ask(*kept, *chosen, f), Sat)), None)
        chosen += [] if so is None else [so]
    return tuple(chosen)


def _distance(value: Value, before: Value) -> Fraction:
    """How far apart quantities are; named values are as near as their order has it."""
    return abs(value - before) if isinstance(value, Fraction) and isinstance(before, Fraction) else Fraction(0)
