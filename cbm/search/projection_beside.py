"""Projections of situations without an answer, beside what is far from what is asked and has to be met there too."""

from __future__ import annotations

from collections.abc import Collection

from cbm.core.expressions import Formula, conjunction, negation
from cbm.core.substitution import Value, variables
from cbm.core.variables import Origin, Variable
from cbm.records import Record
from cbm.search.exists_forall import Stuck, duel
from cbm.search.extent import Cube
from cbm.search.implicants import linked
from cbm.search.kept_answers import remembered
from cbm.search.projection import projection, unanswered
from cbm.search.unanswered_situations import barred_there
from cbm.search.widening import widen
from cbm.search.world import World, is_copy
from cbm.smt.journal import is_kept
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many situations are tried in which what is far can be met; then all is asked at once.
_TRIED = 6


class _Shutting(Record):
    """Conditions under which no conduct complies, and a situation in which they hold."""

    cube: Cube
    situation: dict[Variable, Value]


def cubes_beside(
    world: World,
    holding: tuple[Formula, ...],
    far: tuple[Formula, ...],
    compliance: tuple[Formula, ...],
    kept: Collection[Variable],
) -> list[Cube] | Unknown:
    """`unanswered` where what is `far` can be met as well, which shares with the rest nothing but the situation.

    Mostly it can be met in situations found without it. What is asked of those stays known where what is far changes.
    """
    told = frozenset(kept)
    apart = _apart(holding, far, told)
    holding, left = (*holding, *(part for part in far if part not in apart)), apart
    spoken = frozenset(v for part in apart for v in variables(part))
    found: list[Cube] = []
    for _ in range(0 if is_kept() else _TRIED):  # who takes notes wants to see the question itself
        if not left:
            break
        outside = (*holding, *(negation(conjunction(*cube)) for cube in found))
        shutting = _shutting(world, outside, compliance, told)
        if not isinstance(shutting, _Shutting):
            return shutting if isinstance(shutting, Unknown) else found
        # Quantities beside which readings stand can take other values there, unless what is far speaks of them.
        free = linked(told, (*outside, *shutting.cube)) - spoken
        there = Stuck({v: value for v, value in shutting.situation.items() if v not in free})
        barred = barred_there(world, outside, left, there)
        if barred:
            holding, left = (*holding, *barred), tuple(part for part in left if part not in barred)
            continue
        required = (*world.situations(), *outside, *shutting.cube, *there.fixed())
        inside = projection(world.roles, required, told, world)
        if isinstance(inside, Unknown):
            return inside
        found += inside
    rest = unanswered(world, (*holding, *left, *(negation(conjunction(*cube)) for cube in found)), compliance, told)
    return rest if isinstance(rest, Unknown) else [*found, *rest]


def _apart(holding: tuple[Formula, ...], far: tuple[Formula, ...], kept: frozenset[Variable]) -> tuple[Formula, ...]:
    """What is far and shares no conduct, directly or through others, with what speaks of the kept ones or of readings.

    In one situation it can be met or not, whatever these are.
    """
    conduct = [(frozenset(filter(is_copy, variables(part))), part) for part in (*holding, *far)]
    touched: frozenset[Variable] = frozenset()
    speaking = {part for _, part in conduct if any(v in kept or v.origin is Origin.READING for v in variables(part))}
    while further := [done for done, part in conduct if part in speaking and not touched.issuperset(done)]:
        touched = touched.union(*further)
        speaking |= {part for done, part in conduct if not touched.isdisjoint(done)}
    return tuple(part for part in far if part not in speaking)


def _shutting(
    world: World, holding: tuple[Formula, ...], compliance: tuple[Formula, ...], kept: frozenset[Variable]
) -> _Shutting | Unsat | Unknown:
    """Conditions without an answer, and all that what is holding says of a situation there, readings aside."""

    def find() -> _Shutting | Unsat | Unknown:
        required = (*world.situations(), *holding)
        outer = Solver(world.roles, required)
        stuck = duel(outer, world.roles, compliance, world.conduct).next()
        if not isinstance(stuck, Stuck):
            return stuck
        cube = widen(Solver(world.roles, (*world.possible, *compliance)), compliance, stuck.values, world)
        if isinstance(cube, Unknown):
            return cube
        answer = outer.ask(*stuck.fixed())
        if isinstance(answer, Unknown):
            return answer
        assert isinstance(answer, Sat), "it was proposed"
        spoken = dict.fromkeys(v for part in (*required, *cube) for v in variables(part))
        situation = [v for v in spoken if not (v in kept or v.origin is Origin.READING or is_copy(v))]
        return _Shutting(cube, answer.values(situation))

    asked = (*world.asked((*holding, *compliance)), len(holding), kept)
    return remembered("which conditions have no answer", asked, find, _Shutting, Unsat)
