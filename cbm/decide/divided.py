"""Types of encounter in a region, by the readings of open terms on which they belong to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from cbm.decide.boxes import Type
from cbm.decide.clashes import world_of
from cbm.decide.coverage import Region
from cbm.decide.extent import Cube
from cbm.decide.implicant import true_at
from cbm.decide.projection import projection, unanswered
from cbm.decide.readings import Openness, Readings, is_reading, openness
from cbm.semantics.core import Expr, KindSort, Variable, negation
from cbm.semantics.substitute import Value, variables
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown


def by_reading(
    region: Region, axes: tuple[Variable, ...], types: Collection[Type]
) -> Iterator[tuple[set[Type], Readings | Unknown | None]]:
    """These types of the region in groups, each with the readings on which all its types belong to it.

    None: no open term plays a part.
    """
    terms = openness(region.about.system, (*region.holding, region.excluded))
    if terms is None:
        yield set(types), None
        return
    cubes = _cubes(region, (*axes, *terms.kept), terms)
    if isinstance(cubes, Unknown):
        yield set(types), cubes
        return
    told: dict[frozenset[int], Readings | Unknown] = {}
    groups: dict[tuple[Cube, ...] | str, tuple[set[Type], Readings | Unknown]] = {}
    for cell in sorted(types):
        chosen = frozenset(i for i, cube in enumerate(cubes) if _holds(cube, axes, cell))
        if chosen not in told:
            told[chosen] = terms.of(tuple(filter(is_reading, cubes[i])) for i in sorted(chosen))
        on = told[chosen]
        key = on.reason if isinstance(on, Unknown) else on.cubes
        groups.setdefault(key, (set(), on))[0].add(cell)
    yield from groups.values()


def readings_in(region: Region, *conditions: Expr) -> Readings | Unknown | None:
    """The readings on which some situation of the region meets the conditions; None: no open term plays a part."""
    terms = openness(region.about.system, (*region.holding, region.excluded, *conditions))
    if terms is None:
        return None
    cubes = _cubes(region, terms.kept, terms, conditions)
    return cubes if isinstance(cubes, Unknown) else terms.of(cubes)


def _cubes(
    region: Region, kept: tuple[Variable, ...], terms: Openness, conditions: Sequence[Expr] = ()
) -> list[Cube] | Unknown:
    world = world_of(region.about)
    holding = (*region.holding, *conditions, *terms.everything)
    question = "is there an encounter of the region in a type and a reading other than those found"
    with asking(question=question, found="it belongs to it in that reading", none="none does in any further reading"):
        if world.conduct.isdisjoint(variables(region.excluded)):
            return projection(world.roles, (*world.situations(), *holding, negation(region.excluded)), kept)
        return unanswered(world, holding, region.compliance, kept)


def _holds(cube: Cube, axes: tuple[Variable, ...], cell: Type) -> bool:
    """Whether the type is one of those the cube speaks of, whatever it says of readings."""
    point: dict[Variable, Value] = {
        axis: value if isinstance(axis.sort, KindSort) else value == "yes"
        for axis, value in zip(axes, cell, strict=True)
    }
    return all(is_reading(literal) or true_at(literal, point) for literal in cube)
