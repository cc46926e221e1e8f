"""The conditions under which a promise is broken, the first ones and those beyond, against enumeration."""

from __future__ import annotations

from hypothesis import given

from cbm.decide.broken import broken_in, conditions_beyond
from cbm.decide.coverage import Region, types_of
from cbm.decide.extent import Cube
from cbm.decide.inquiry import Inquiry, inquire
from cbm.semantics.core import NormSystem
from cbm.semantics.evaluate import World
from cbm.semantics.formulas import Expr, Origin, Variable, conjunction
from cbm.semantics.matters import matters
from cbm.semantics.substitute import variables
from cbm.smt.solve import Unknown

from .dressed import dressed
from .episodes import Side
from .promises import Cover, coverage
from .sparing import sparingly
from .test_clashes import at
from .test_findings import between_its_parties, is_empty, promising, regions, seen_from


@given(promising())
@sparingly(2)
def test_a_promise_is_broken_where_the_conditions_say_so_and_nowhere_else(system: NormSystem) -> None:
    system = between_its_parties(system)
    if is_empty(system) or not system.coverage:
        return
    inquiry: Inquiry = inquire(dressed(system))
    for about in inquiry.strict:
        table = coverage(Side(system, about.bearer))
        for number, promise in enumerate(system.coverage):
            for matter in matters(promise):
                rows = [covers for (n, m, _), covers in table.items() if (n, m) == (number, matter)]
                for region, cover in regions(about, promise, matter):
                    conditions = told(region, system) if region else None
                    if conditions is not None:
                        compare(*conditions, rows, cover)


def told(region: Region, system: NormSystem) -> tuple[list[Cube], bool] | None:
    """What is told of a region all over; None where there is nothing of it.

    What the unit itself does, where only the promise speaks of it, is so in every situation compared.
    """
    axes = tuple(seen_from(region.about.bearer, a, system) for a in system.situation.axes if isinstance(a, Variable))
    types = types_of(region, axes)
    assert not isinstance(types, Unknown)
    if not types:
        return None
    broken = broken_in(region, ())
    assert broken is not None
    further, complete = conditions_beyond(region, (), broken.cube)
    return [tuple(part for part in cube if not own(part, region)) for cube in (broken.cube, *further)], complete


def own(part: Expr, region: Region) -> bool:
    return any(v.origin is Origin.DOING and v.role == region.about.bearer for v in variables(part))


def compare(cubes: list[Cube], complete: bool, rows: list[dict[Cover, tuple[World, ...]]], cover: Cover) -> None:
    broken = {id(world) for row in rows for world in row.get(cover, ())}
    for world in (world for row in rows for some in row.values() for world in some):
        said = any(at(conjunction(*cube), world) for cube in cubes)
        assert not said or id(world) in broken
        assert said or not complete or id(world) not in broken
