"""Types of encounter in a region, by the readings of open terms on which they belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import Formula, negation
from cbm.core.negotiation import Negotiation
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.coverage.governance import SituationRegion
from cbm.coverage.types.axes import Divider
from cbm.coverage.types.grid import Types
from cbm.coverage.types.symbolic import type_variables
from cbm.search.extent import Cube
from cbm.search.implicants import true_at
from cbm.search.open_readings import Openness, ReadingCubes, is_reading, openness
from cbm.search.projection import projection, unanswered
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown


def group_by_reading(
    region: SituationRegion, axes: tuple[Divider, ...], types: Types
) -> Iterator[tuple[Types, ReadingCubes | Unknown | None]]:
    """These types of the region in groups, each with the readings on which all its types belong to it.

    None: no open term plays a part.
    """
    terms = openness(region.about.system, (*region.holding, region.excluded))
    if terms is None:
        yield types, None
        return
    named = type_variables(axes, rewriting=False)
    cubes = _cubes(region, (*named.variables, *terms.kept), terms, named.telling)
    if isinstance(cubes, Unknown):
        yield types, cubes
        return
    of_types = [tuple(literal for literal in cube if not is_reading(literal)) for cube in cubes]
    asked = dict.fromkeys(literal for literals in of_types for literal in literals)
    told: dict[frozenset[int], ReadingCubes | Unknown] = {}
    groups: dict[tuple[Cube, ...] | str, tuple[Types, ReadingCubes | Unknown]] = {}
    for positions in types.places:
        point = named.point(positions)
        true = {literal for literal in asked if true_at(literal, point)}
        chosen = frozenset(i for i, literals in enumerate(of_types) if true.issuperset(literals))
        if chosen not in told:
            told[chosen] = _told(region, terms, [tuple(filter(is_reading, cubes[i])) for i in sorted(chosen)])
        on = told[chosen]
        key = on.reason if isinstance(on, Unknown) else on.cubes
        before, _ = groups.get(key, (types.grid.nothing, on))
        groups[key] = (before | types.grid.at(positions), on)
    yield from groups.values()


def readings_in(region: SituationRegion, *conditions: Formula) -> ReadingCubes | Unknown | None:
    """The readings on which some situation of the region meets the conditions; None: no open term plays a part."""
    terms = openness(region.about.system, (*region.holding, region.excluded, *conditions))
    if terms is None:
        return None
    cubes = _cubes(region, terms.kept, terms, conditions)
    return cubes if isinstance(cubes, Unknown) else _told(region, terms, cubes)


def _told(region: SituationRegion, terms: Openness, cubes: Sequence[Cube]) -> ReadingCubes | Unknown:
    """The readings in the cubes; every one if they are all that what the check is asked for leaves."""
    on, about = terms.of(cubes), region.about
    return terms.among(on, *about.possible) if Negotiation(about.system).asked_for else on


def _cubes(
    region: SituationRegion, kept: tuple[Variable, ...], terms: Openness, conditions: Sequence[Formula] = ()
) -> list[Cube] | Unknown:
    world = world_of(region.about)
    holding = (*region.holding, *conditions, *terms.everything)
    question = "is there an encounter of the region in a type and a reading other than those found"
    with asking(question=question, found="it belongs to it in that reading", none="none does in any further reading"):
        if world.conduct.isdisjoint(variables(region.excluded)):
            there = (*world.situations(), *holding, negation(region.excluded))
            return projection(world.roles, there, kept, region.about.system)
        return unanswered(world, holding, region.compliance, kept)
