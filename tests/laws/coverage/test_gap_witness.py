"""The boxes in which a promise is broken, with their conditions and examples, against enumeration."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hypothesis import given

import cbm
from cbm.core.expressions import TRUE, Formula, conjunction, negation
from cbm.core.matters import matters
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.core.variables import Origin, Variable
from cbm.coverage.gap_witness import Broken, broken_in
from cbm.coverage.gaps import gaps, inside
from cbm.coverage.governance import SituationRegion, decided, types_with, ungoverned
from cbm.coverage.types.axes import dividers, literal
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.ground.grounding import Ground, ground
from cbm.smt.solve import Solver, sharing
from tests.benchmarks.regime import regime_text
from tests.laws.episodes import at
from tests.laws.promises import Cover
from tests.laws.promising import promised, promising
from tests.laws.sparing import sparingly

CLAUSES = 100


@given(promising())
@sparingly(2)
def test_a_promise_is_broken_where_the_boxes_say_so_and_nowhere_else(system: NormSystem) -> None:
    known = promised(system)
    if known is None:
        return
    with sharing():
        for region, cover, rows in known.regions():
            compare(*(told(region, known.axes(region.about.bearer)) if region else ([], True)), rows.values(), cover)


def test_boxes_and_examples_do_not_depend_on_what_else_is_asked(tmp_path: Path) -> None:
    (tmp_path / "regime.cbm").write_text(regime_text(CLAUSES), encoding="utf-8")
    (system,) = (one for one in cbm.load([tmp_path / "regime.cbm"])[0] if one.coverage)
    about = ground(system, 0)
    with sharing():
        quiet = examples(about)
    assert any(conditions for _, conditions, *_ in quiet)
    with sharing():
        other = Solver(system.situation.roles, (*about.possible, *about.feasible))
        for n in reversed(about.norms):
            other.ask(negation(n.binds), n.fulfilled)
        assert examples(about) == quiet


def examples(about: Ground) -> list[tuple[object, ...]]:
    """Each box of the first promise, with its conditions and the encounter that shows it."""
    promise = about.system.coverage[0]
    region, axes = ungoverned(about, promise, matters(promise)[0]), dividers(about)
    found = gaps(region, axes, decided(types_with(about, axes, TRUE))).found
    cells = [tuple(literal(axis, (v,)) for axis, v in zip(axes, box.first, strict=True)) for box in found]
    seen = [broken_in(b.region.within(conjunction(*b.conditions)), cell) for b, cell in zip(found, cells, strict=True)]
    met = [one if isinstance(one, Broken) else None for one in seen]
    return [(b.sides, b.conditions, one and (one.cube, one.shown.values)) for b, one in zip(found, met, strict=True)]


def told(region: SituationRegion, axes: tuple[Variable, ...]) -> tuple[list[Formula], bool]:
    """What the boxes say, and whether that is all; each shows an encounter of its first type, under its conditions.

    What the unit itself does, where only the promise speaks of it, is so in every situation compared.
    """
    found = gaps(region, axes, decided(types_with(region.about, axes, TRUE)))
    assert found.given_up is None
    for box in found.found:
        cell = (literal(axis, (value,)) for axis, value in zip(axes, box.first, strict=True))
        assert isinstance(broken_in(box.region.within(conjunction(*box.conditions)), tuple(cell)), Broken)
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
