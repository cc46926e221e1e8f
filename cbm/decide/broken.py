"""One encounter in which a promise is broken, with the conditions that make it so and the conduct that does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cbm.decide.clashes import world_of
from cbm.decide.coverage import Region, governing
from cbm.decide.engine import Stuck, fix
from cbm.decide.extent import Cube, attained, widen
from cbm.decide.implicant import implicant
from cbm.decide.replay import Episode, episode
from cbm.semantics.evaluate import World, binding, reserved
from cbm.semantics.formulas import Expr, conjunction, negation
from cbm.semantics.substitute import variables
from cbm.smt.solve import Sat, Solver, Unknown, Unsat

# So many sets of conditions beside the first are looked for in one box; the report says that there are more.
FURTHER = 8


@dataclass(frozen=True, slots=True)
class Broken:
    """An encounter of a region, confirmed; wherever the conditions of `cube` hold, the promise is broken in this way.

    `escape` is what the unit does or leaves there so that nothing governs it, where that is for its conduct to decide.
    """

    cube: Cube
    shown: Episode
    escape: tuple[Expr, ...] = ()


def broken_in(region: Region, cell: tuple[Expr, ...], known: Stuck | None = None) -> Broken | None:
    """The region at one type of encounter; None if there is nothing of it, or that stayed undecided.

    A situation of it that is `known` need not be looked for.
    """
    if region.by_choice:
        return _swayed(region, cell)
    world = world_of(region.about)
    stuck = known or region.search(*cell).next()
    if not isinstance(stuck, Stuck):
        return None
    widener = Solver(world.roles, (*world.possible, *region.compliance))
    cube = widen(widener, region.compliance, stuck.values, world)
    if isinstance(cube, Unknown):
        return None
    (_, promised) = region.ways[-1]
    return Broken(cube, episode(region.about, (*region.holding, *cell, *cube, promised), partial(_none_binds, region)))


def conditions_beyond(region: Region, literals: tuple[Expr, ...], first: Cube) -> tuple[tuple[Cube, ...], bool]:
    """Further conditions under which there is something of the region beside the first, and whether these are all.

    The literals say where it is looked.
    """
    found: list[Cube] = []
    beyond = _swayed_beyond if region.by_choice else _stuck_beyond
    for cube in beyond(region, literals, first):
        if isinstance(cube, Unknown) or len(found) == FURTHER:
            return tuple(found), False
        found.append(cube)
    return tuple(found), True


def _stuck_beyond(region: Region, literals: tuple[Expr, ...], cube: Cube) -> Iterator[Cube | Unknown]:
    world = world_of(region.about)
    search = region.search(*literals)
    widener = Solver(world.roles, (*world.possible, *region.compliance))
    while True:
        search.outer.require(negation(conjunction(*cube)))
        stuck = search.next()
        if isinstance(stuck, Unsat):
            return
        further = stuck if isinstance(stuck, Unknown) else widen(widener, region.compliance, stuck.values, world)
        yield further
        if isinstance(further, Unknown):
            return
        cube = further


def _swayed_beyond(region: Region, literals: tuple[Expr, ...], cube: Cube) -> Iterator[Cube | Unknown]:
    world = world_of(region.about)
    solver = Solver(world.roles, (*world.possible, *region.holding, *literals))
    needed = list(dict.fromkeys(v for part in (*region.holding, *literals) for v in variables(part)))
    while True:
        solver.require(negation(conjunction(*cube)))
        answer = solver.decide()
        if isinstance(answer, Unsat):
            return
        if isinstance(answer, Unknown):
            yield answer
            return
        further = attained(world, region.ways, answer.values(needed), *literals)
        yield further
        if isinstance(further, Unknown):
            return
        cube = further


def _swayed(region: Region, cell: tuple[Expr, ...]) -> Broken | None:
    """The unit escapes in the encounter shown, and other conduct in the same situation is governed: both confirmed."""
    about, world = region.about, world_of(region.about)
    holding = (*region.holding, *cell)
    answer = Solver(world.roles, (*world.possible, *holding)).decide()
    if not isinstance(answer, Sat):
        return None
    point = answer.values(dict.fromkeys(v for formula in holding for v in variables(formula)))
    cube = attained(world, region.ways, point, *cell)
    if isinstance(cube, Unknown):
        return None
    (_, governed), (_, escaped) = region.ways
    shown = episode(about, (*holding, *cube, escaped), partial(_none_binds, region))
    here = (fix(v, value) for v, value in shown.values.items() if v not in world.conduct)
    episode(about, (*here, governed), partial(_some_binds, region))
    way = (part for part in implicant(escaped, shown.values) if not world.conduct.isdisjoint(variables(part)))
    return Broken(cube, shown, tuple(way))


def _none_binds(region: Region, seen: World) -> bool:
    """The evaluator's view of a gap, as far as no clause is ever suspended."""
    about, system = region.about, region.about.system
    governed = any(binding(norm, about.bearer, seen, system) for norm in region.absent)
    return not governed and not reserved(region.matter, seen, system)


def _some_binds(region: Region, seen: World) -> bool:
    about = region.about
    return any(binding(n.norm.id, about.bearer, seen, about.system) for n in governing(about, region.matter))
