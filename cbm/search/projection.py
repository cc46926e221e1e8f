"""What formulas say of some of their variables alone: cubes that hold exactly where the others can be chosen to fit.

One situation after the other is found and widened to a cube, quantities by elimination, until nothing lies outside
the cubes. Every cube excludes a choice that was never excluded before, and there are finitely many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cbm.core.expressions import FALSE, TRUE, And, Formula, IsIn, Not, Or, Truth, conjunction, disjunction, negation
from cbm.core.sorts import KindSort
from cbm.core.substitution import Value, parts_of, substitute, variables
from cbm.core.variables import Origin, Variable
from cbm.search.exists_forall import Stuck, duel
from cbm.search.extent import Cube
from cbm.search.implicants import implicant, is_linking, linked, project, speaking
from cbm.search.kept_answers import remembered, whether
from cbm.search.open_questions import TOO_MANY_CONDITIONS
from cbm.search.widening import widen
from cbm.search.world import World
from cbm.smt.index import keep_apart
from cbm.smt.journal import is_kept
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, solver_for_verdicts

# A bound on rounds, far above what was ever seen; reaching it is reported as undecided.
ROUNDS = 2_000


def projection(
    roles: tuple[str, ...], formulas: Iterable[Formula], kept: Collection[Variable], system: object = None
) -> list[Cube] | Unknown:
    """Cubes over the kept variables: together they hold exactly where the formulas can hold.

    Where the `system` is told that all formulas are of, others that are asked about it share what was read of them.
    """
    required = tuple(formulas)

    def find() -> list[Cube] | Unknown:
        # Who takes notes wants to see where it holds, and where it does not.
        alone = None if system is None or is_kept() else _said_alone(system, roles, required, frozenset(kept))
        if alone is not None:
            return [alone]
        cubes: list[Cube] = []
        solver = Solver(roles, required, core_alone=_are_several(kept))
        for cube in _cubes(solver, required, frozenset(kept)):
            if isinstance(cube, Unknown):
                return cube
            cubes.append(cube)
        return cubes

    asked = (roles, required, frozenset(kept), system is not None)
    return remembered("what is said of these alone", asked, find)


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
    several = _are_several(kept)
    outer = Solver(world.roles, required, core_alone=several)
    game = duel(outer, world.roles, compliance, world.conduct)
    widener = Solver(world.roles, (*world.possible, *compliance), core_alone=several)
    cubes: list[Cube] = []
    for _ in range(ROUNDS):
        stuck = game.next()
        if not isinstance(stuck, Stuck):
            return stuck if isinstance(stuck, Unknown) else cubes
        found = widen(widener, compliance, stuck.values, world)
        if isinstance(found, Unknown):
            return found
        inside = projection(world.roles, (*required, *found), kept, world)
        if isinstance(inside, Unknown):
            return inside
        cubes += inside
        outer.require(*(negation(conjunction(*cube)) for cube in inside))
    return Unknown(TOO_MANY_CONDITIONS)


def _are_several(kept: Iterable[Variable]) -> bool:
    """Whether there will be more than one cube, mostly: what is taken of choices is among what is kept."""
    return any(v.origin is Origin.READING and isinstance(v.sort, KindSort) for v in kept)


def _said_alone(
    system: object, roles: tuple[str, ...], required: tuple[Formula, ...], kept: frozenset[Variable]
) -> Cube | None:
    """What is said of the kept options of choices alone, where the rest can hold whatever they are.

    The rest is asked with each word on others than these as adverse as can be: a clause that asks for the same more
    strongly, and stands in other packages, is no hindrance. None where that cannot hold, or is not known.
    """
    if not all(isinstance(v.sort, KindSort) for v in kept):
        return None
    parts = [part for formula in required for part in parts_of(formula)]
    told = tuple(dict.fromkeys(part for part in parts if part.variables and kept.issuperset(part.variables)))
    if not all(map(_names_options, told)):
        return None
    taken = _taken(told)
    beside = (part for part in parts if not (part.variables and kept.issuperset(part.variables)))
    rest = (
        adverse(part if taken.keys().isdisjoint(part.variables) else substitute(part, taken), kept) for part in beside
    )
    asked = tuple(dict.fromkeys(part for part in rest if part != TRUE))  # it says nothing of what is told
    if FALSE in asked or keep_apart(told):
        return None
    answer = whether(
        "can it be whatever is taken",
        (roles, asked),
        lambda: solver_for_verdicts(system, roles).ask(*asked),
        lambda: Solver(roles, asked).ask(),
    )
    return told if isinstance(answer, Sat) else None


def _taken(told: Iterable[Formula]) -> dict[Variable, Value]:
    """The choices of which what is said leaves one option."""
    return {one.variable: one.members[0] for one in told if isinstance(one, IsIn) and len(one.members) == 1}


def _names_options(formula: Formula) -> bool:
    return isinstance(formula.operand if isinstance(formula, Not) else formula, IsIn)


def adverse(formula: Formula, of: frozenset[Variable], value: bool = False) -> Formula:
    """With that value for what speaks of these variables, the other one under a negation.

    So it implies the formula whatever they are; with `True` the formula implies it.
    """
    if of.isdisjoint(formula.variables):
        return formula
    asked = ("adverse", of, value)
    known: Formula | None = formula.kept(asked)
    if known is None:
        match formula:
            case Not(operand):
                known = negation(adverse(operand, of, not value))
            case And(parts):
                known = conjunction(*(adverse(part, of, value) for part in parts))
            case Or(parts):
                known = disjunction(*(adverse(part, of, value) for part in parts))
            case _:
                known = Truth(value)
        formula.keep(asked, known)
    return known


def _cubes(solver: Solver, required: tuple[Formula, ...], kept: frozenset[Variable]) -> Iterator[Cube | Unknown]:
    joined = kept | linked([v for v in kept if is_linking(v)], required)
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
    yield Unknown(TOO_MANY_CONDITIONS)
