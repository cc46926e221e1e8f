"""What formulas say of some of their variables alone: cubes that hold exactly where the others can be chosen to fit.

One situation after the other is found and widened to a cube, quantities by elimination, until nothing lies outside
the cubes. Every cube excludes a choice that was never excluded before, and there are finitely many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cbm.core.expressions import Formula, conjunction, negation
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.search.exists_forall import Stuck, duel
from cbm.search.extent import Cube, World, widen
from cbm.search.implicants import implicant, is_eliminated, linked, project, speaking
from cbm.search.kept_answers import remembered
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.translation.saying import mark

# A bound on rounds, far above what was ever seen; reaching it is reported as undecided.
ROUNDS = 2_000
_TOO_MANY = Unknown(mark("there are more sets of conditions than are looked for"))


def projection(roles: tuple[str, ...], formulas: Iterable[Formula], kept: Collection[Variable]) -> list[Cube] | Unknown:
    """Cubes over the kept variables: together they hold exactly where the formulas can hold."""
    required = tuple(formulas)

    def find() -> list[Cube] | Unknown:
        cubes: list[Cube] = []
        for cube in _cubes(Solver(roles, required), required, frozenset(kept)):
            if isinstance(cube, Unknown):
                return cube
            cubes.append(cube)
        return cubes

    return remembered("what is said of these alone", (roles, required, frozenset(kept)), find)


def unanswered(
    world: World, holding: tuple[Formula, ...], compliance: tuple[Formula, ...], kept: Collection[Variable]
) -> list[Cube] | Unknown:
    """The same of the situations of a world that meet what is `holding` and in which no conduct complies."""
    asked = (*world.asked((*holding, *compliance)), len(holding), frozenset(kept))
    return remembered("where does none comply", asked, lambda: _unanswered(world, holding, compliance, kept))


def _unanswered(
    world: World, holding: tuple[Formula, ...], compliance: tuple[Formula, ...], kept: Collection[Variable]
) -> list[Cube] | Unknown:
    required = (*world.situations(), *holding)
    outer = Solver(world.roles, required)
    game = duel(outer, world.roles, compliance, world.conduct)
    widener = Solver(world.roles, (*world.possible, *compliance))
    cubes: list[Cube] = []
    for _ in range(ROUNDS):
        stuck = game.next()
        if not isinstance(stuck, Stuck):
            return stuck if isinstance(stuck, Unknown) else cubes
        found = widen(widener, compliance, stuck.values, world)
        if isinstance(found, Unknown):
            return found
        inside = projection(world.roles, (*required, *found), kept)
        if isinstance(inside, Unknown):
            return inside
        cubes += inside
        outer.require(*(negation(conjunction(*cube)) for cube in inside))
    return _TOO_MANY


def _cubes(solver: Solver, required: tuple[Formula, ...], kept: frozenset[Variable]) -> Iterator[Cube | Unknown]:
    joined = kept | linked([v for v in kept if is_eliminated(v)], required)
    said = tuple(speaking(required, joined))
    mentioned = list(dict.fromkeys(v for part in said for v in variables(part)))
    others = [v for v in mentioned if v not in kept]
    for _ in range(ROUNDS):
        answer = solver.decide()
        if isinstance(answer, Unsat):
            return
        if not isinstance(answer, Sat):
            yield answer
            return
        point = answer.values(mentioned)
        literals = (literal for part in said for literal in implicant(part, point, kept))
        cube = project((one for one in literals if not joined.isdisjoint(one.variables)), point, others)
        solver.require(negation(conjunction(*cube)))
        yield cube
    yield _TOO_MANY
