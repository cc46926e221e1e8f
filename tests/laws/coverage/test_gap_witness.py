"""The conditions under which a promise is broken, the first ones and those beyond, against enumeration."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given

from cbm.core.expressions import Expr, conjunction
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.core.variables import Origin, Variable
from cbm.coverage.gap_witness import broken_in, conditions_beyond
from cbm.coverage.governance import SituationRegion, types_of
from cbm.evaluate import CompleteEpisode
from cbm.search.extent import Cube
from cbm.smt.solve import Unknown
from tests.laws.conflicts.test_all_conflicts import at
from tests.laws.promises import Cover
from tests.laws.promising import promised, promising
from tests.laws.sparing import sparingly


@given(promising())
@sparingly(2)
def test_a_promise_is_broken_where_the_conditions_say_so_and_nowhere_else(system: NormSystem) -> None:
    known = promised(system)
    if known is None:
        return
    for region, cover, rows in known.regions():
        compare(*(told(region, known.axes(region.about.bearer)) if region else ([], True)), rows.values(), cover)


def told(region: SituationRegion, axes: tuple[Variable, ...]) -> tuple[list[Cube], bool]:
    """What is told of a region all over, and whether that is all.

    What the unit itself does, where only the promise speaks of it, is so in every situation compared.
    """
    types = types_of(region, axes)
    assert not isinstance(types, Unknown)
    if not types:
        return [], True
    broken = broken_in(region, ())
    assert broken is not None
    further, complete = conditions_beyond(region, (), broken.cube)
    return [tuple(part for part in cube if not own(part, region)) for cube in (broken.cube, *further)], complete


def own(part: Expr, region: SituationRegion) -> bool:
    return any(v.origin is Origin.DOING and v.role == region.about.bearer for v in variables(part))


def compare(
    cubes: list[Cube], complete: bool, rows: Iterable[dict[Cover, tuple[CompleteEpisode, ...]]], cover: Cover
) -> None:
    broken = {id(world) for row in rows for world in row.get(cover, ())}
    for world in (world for row in rows for some in row.values() for world in some):
        said = any(at(conjunction(*cube), world) for cube in cubes)
        assert not said or id(world) in broken
        assert said or not complete or id(world) not in broken
