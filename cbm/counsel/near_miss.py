"""An encounter in which a clause binds, and those in which it does not and as little as can be is otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cbm.core.expressions import Formula, negation
from cbm.core.substitution import Value, variables
from cbm.core.variables import Origin, Variable
from cbm.evaluate import CompleteEpisode, binding
from cbm.ground.grounding import Ground, GroundNorm
from cbm.search.exists_forall import fix
from cbm.search.replay import Episode, episode
from cbm.search.situations import candidates
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many facts are changed at most; more of them make another encounter, and no near miss.
CHANGES = 3


@dataclass(frozen=True, slots=True)
class BoundEncounter:
    """An encounter in which the clause binds; `complied`: all duties are kept in it."""

    episode: Episode
    complied: bool


@dataclass(frozen=True, slots=True)
class MissedEncounter:
    """An encounter that differs from it in these facts alone, and in which the clause does not bind."""

    changed: tuple[Variable, ...]
    episode: Episode


def bound(about: Ground, n: GroundNorm, duties: Sequence[GroundNorm]) -> BoundEncounter | Unknown | None:
    """An encounter in which the norm binds, with all these duties kept if that can be; None: it never binds."""
    system, bearer = about.system, about.bearer
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible))
    demands = tuple(d.demand for d in duties)
    for complied, asked in ((True, (n.binds, *demands)), (False, (n.binds,))):
        with asking(
            system=system,
            bearer=bearer,
            norms=(n.norm.id,),
            question=f"is there an encounter in which it binds{' and all duties are kept' if complied else ''}",
            found="it is shown",
            none="there is none",
        ):
            answer = solver.decide(*asked)
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Sat):
            return BoundEncounter(
                episode(about, asked, lambda seen: binding(n.norm.id, bearer, seen, system)), complied
            )
    return None


def missed(about: Ground, n: GroundNorm, base: Episode) -> Iterator[MissedEncounter]:
    """Each fact whose change alone makes it not bind; where there is none, the fewest that do so together."""
    system, bearer = about.system, about.bearer
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible, negation(n.binds)))
    mattering = [v for v in variables(n.binds) if v in base.values]
    situation = [v for v in base.values if v.origin in (Origin.SITUATION, Origin.READING) and v not in mattering]
    held = [*mattering, *situation]

    def seen_otherwise(seen: CompleteEpisode) -> bool:
        return not binding(n.norm.id, bearer, seen, system)

    for count in range(1, CHANGES + 1):
        found = False
        for first in mattering:
            for others in combinations([v for v in held if v is not first], count - 1):
                changed = (first, *others)
                kept = tuple(fix(v, base.values[v]) for v in held if v not in changed)
                if isinstance(solver.ask(*kept), Unsat):
                    continue
                near = _nearest(solver, kept, changed, n.binds, base.values)
                found = True
                yield MissedEncounter(changed, episode(about, (*kept, *near, negation(n.binds)), seen_otherwise))
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
