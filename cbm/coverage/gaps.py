"""Where a matter is open, as boxes of types: altogether, or under conditions that make it so throughout the box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Expr, conjunction, negation
from cbm.coverage.governance import SituationRegion, types_of, types_with
from cbm.coverage.regions import MapUndecided, MatterTypes, PromisedMatter, decided
from cbm.coverage.types.axes import Divider, literal, values_of
from cbm.coverage.types.boxes import Box, boxes
from cbm.coverage.types.evaluation import type_space
from cbm.coverage.types.grid import Type, Types
from cbm.search.exists_forall import Stuck, duel
from cbm.search.extent import Cube, widen
from cbm.search.open_readings import ReadingCubes
from cbm.smt.solve import Solver, Unknown, Unsat

# So many sets of conditions are looked for; a reader will not read more.
CONDITIONS = 24
# Of more boxes than this it is not asked whether the others hold one of them.
MANY = 100


# For each axis some of its values.
Sides = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GapBox:
    """A box in which nothing governs the matter wherever the conditions hold; without conditions, nowhere at all.

    `types` counts those of the box in which it happens, and `first` is the first of them: where maps are large, sets of
    types take room. `region` is where, for finding an example. `on`: on these readings of open terms only, and then
    altogether or not.
    """

    sides: Sides
    conditions: Cube
    types: int
    first: Type
    region: SituationRegion
    on: ReadingCubes | None = None


@dataclass(frozen=True, slots=True)
class Openings:
    """Those open altogether, those open in part, those that depend on readings; `more`: of the second, not told."""

    found: tuple[GapBox, ...]
    more: Types


def openings(terrain: MatterTypes) -> Openings:
    """The largest boxes first; Undecided where a question was given up."""
    region, axes = terrain.field.open, terrain.field.axes
    whole = [_opening(box, (), box.types, region) for box in boxes(axes, terrain.silent, terrain.impossible)]
    left, partial = terrain.partly, list[GapBox]()
    for _ in range(CONDITIONS):
        if not left:
            break
        found = list(_under_conditions(terrain, region, left))
        partial += found
        told = (conjunction(*inside(axes, opening.sides), *opening.conditions) for opening in found)
        region = region.within(conjunction(*(negation(part) for part in told)))
        left = decided(types_of(region, axes, left))
    found = [*whole, *partial]
    kept = _needed(terrain.field, found) if len(found) <= MANY else found
    needed = sorted(kept, key=lambda o: (bool(o.conditions), -o.types))
    return Openings((*needed, *_on_readings(terrain)), left)


def _opening(
    box: Box, conditions: Cube, types: Types, region: SituationRegion, on: ReadingCubes | None = None
) -> GapBox:
    return GapBox(box.sides, conditions, len(types), types.first, region, on)


def inside(axes: tuple[Divider, ...], sides: Sides) -> tuple[Expr, ...]:
    """What the sides of a box say of the axes."""
    pairs = zip(axes, sides, strict=True)
    return tuple(literal(axis, side) for axis, side in pairs if len(side) < len(values_of(axis)))


def _on_readings(terrain: MatterTypes) -> Iterator[GapBox]:
    """Where it depends on how open terms are read whether the matter is open."""
    field = terrain.field
    for types, on in terrain.depending:
        region = field.open.within(on.condition)
        for box in boxes(field.axes, types, terrain.impossible):
            yield _opening(box, (), box.types, region, on)


def _needed(field: PromisedMatter, found: list[GapBox]) -> list[GapBox]:
    """Without those that lie within all others together; the smaller ones with more conditions go first."""
    region, kept = field.open, list(found)
    told = {id(o): conjunction(*inside(field.axes, o.sides), *o.conditions) for o in found}
    world = world_of(region.about)
    outer = Solver(world.roles, (*world.situations(), *region.holding))
    search = duel(outer, world.roles, region.compliance, world.conduct)
    for opening in sorted(found, key=lambda o: (-len(o.conditions), o.types)):
        others = [negation(told[id(other)]) for other in kept if other is not opening]
        if isinstance(search.next(told[id(opening)], *others), Unsat):
            kept.remove(opening)
    return kept


def _under_conditions(terrain: MatterTypes, region: SituationRegion, left: Types) -> Iterator[GapBox]:
    """The conditions of some situation of the region, with boxes of the types for which none of them is idle.

    A type that is open under fewer conditions gets those later; it may still lie within a box.
    """
    axes, conditions = terrain.field.axes, _conditions(terrain.field.axes, region, left)
    open_ = _open_under(terrain, region, conditions, terrain.spoken)
    idle = left.grid.nothing
    for condition in conditions:
        idle |= _open_under(terrain, region, [c for c in conditions if c is not condition], open_ & left)
    wanted = (open_ & left) - idle
    assert wanted, "conditions that were found somewhere hold there"
    for box in boxes(axes, wanted, (open_ - wanted) | terrain.impossible):
        reached = Types(left.grid, left.grid.box(_positions(axes, box)))
        yield _opening(box, conditions, reached & open_, region)


def _open_under(terrain: MatterTypes, region: SituationRegion, conditions: Iterable[Expr], among: Types) -> Types:
    """The types with promised encounters under the conditions, in none of which anything governs the matter."""
    field = terrain.field
    told = conjunction(field.owed, *conditions)
    here = decided(types_with(field.about, field.axes, told, among))
    return here - decided(types_with(field.about, field.axes, conjunction(told, region.excluded), here))


def _conditions(axes: tuple[Divider, ...], region: SituationRegion, left: Types) -> Cube:
    """What makes the matter open in a situation of the first type, beyond its values on the axes; each is needed."""
    world, space = world_of(region.about), type_space(axes)
    cell = [literal(axis, (value,)) for axis, value in zip(axes, left.first, strict=True)]
    stuck = region.search(*cell).next()
    if isinstance(stuck, Unknown):
        raise MapUndecided(stuck.reason)
    assert isinstance(stuck, Stuck), "the type was found to have such a situation"
    widener = Solver(world.roles, (*world.possible, *region.compliance))
    cube = widen(widener, region.compliance, stuck.values, world)
    if isinstance(cube, Unknown):
        raise MapUndecided(cube.reason)
    kept = [part for part in cube if not space.exact(part)]
    for part in tuple(kept):
        rest = [other for other in kept if other is not part]
        if isinstance(widener.ask(*cell, *rest), Unsat):
            kept = rest
    return tuple(kept)


def _positions(axes: tuple[Divider, ...], box: Box) -> list[list[int]]:
    return [[values_of(axis).index(v) for v in side] for axis, side in zip(axes, box.sides, strict=True)]
