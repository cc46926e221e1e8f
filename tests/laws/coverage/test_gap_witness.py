"""The boxes in which a promise is broken, with their conditions and examples, against enumeration."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given

from cbm.core.expressions import TRUE, Formula, conjunction
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.core.variables import Origin, Variable
from cbm.coverage.gap_witness import broken_in
from cbm.coverage.gaps import gaps, inside
from cbm.coverage.governance import SituationRegion, decided, types_with
from cbm.coverage.types.axes import literal
from cbm.evaluate import CompleteEpisode
from tests.laws.conflicts.test_all_conflicts import at
from tests.laws.promises import Cover
from tests.laws.promising import promised, promising
from tests.laws.sparing import sparingly


@given(promising())
@sparingly(2)
def test_a_promise_is_broken_where_the_boxes_say_so_and_nowhere_else(system: NormSystem) -> None:
    known = promised(system)
    if known is None:
        return
    for region, cover, rows in known.regions():
        compare(*(told(region, known.axes(region.about.bearer)) if region else ([], True)), rows.values(), cover)


def told(region: SituationRegion, axes: tuple[Variable, ...]) -> tuple[list[Formula], bool]:
    """What the boxes say, and whether that is all; each shows an encounter of its first type, under its conditions.

    What the unit itself does, where only the promise speaks of it, is so in every situation compared.
    """
    found = gaps(region, axes, decided(types_with(region.about, axes, TRUE)))
    assert found.given_up is None
    for box in found.found:
        cell = (literal(axis, (value,)) for axis, value in zip(axes, box.first, strict=True))
        assert broken_in(box.region.within(conjunction(*box.conditions)), tuple(cell)) is not None
    said = [(*inside(axes, box.sides), *box.conditions) for box in found.found]
    return [conjunction(*(part for part in parts if not own(part, region))) for parts in said], not found.more


def own(part: Formula, region: SituationRegion) -> bool:
    return any(v.origin is Origin.DOING and v.role == region.about.bearer for v in variables(part))


def compare(
    boxes: list[Formula], complete: bool, rows: Iterable[dict[Cover, tuple[CompleteEpisode, ...]]], cover: Cover
) -> None:
    broken = {id(world) for row in rows for world in row.get(cover, ())}
    for world in (world for row in rows for some in row.values() for world in some):
        said = any(at(box, world) for box in boxes)
        assert not said or id(world) in broken
        assert said or not complete or id(world) not in broken
