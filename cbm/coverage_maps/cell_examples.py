"""A layer with an example in every cell in which there can be one: of what its state says."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from cbm.core.expressions import conjunction
from cbm.coverage.governance import some_binds
from cbm.coverage.regions import MatterTypes
from cbm.coverage.types.axes import Divider, all_values, values_of
from cbm.coverage.types.grid import Type
from cbm.coverage_maps.witnesses import OpenWitnesses, Witnesses, any_binds, some_breached, swayed_witness
from cbm.outcomes.coverage_map import Cell, Layer, State
from cbm.outcomes.map_parts import Witness
from cbm.records import replace

# Of a cell that cannot be met, or of which nothing is known, none is looked for.
WITHOUT_EXAMPLE = (State.IMPOSSIBLE, State.UNDECIDED)

Shown = Callable[[Cell, Type], Witness | None]


def with_examples(layer: Layer, terrain: MatterTypes) -> Layer:
    """The same layer; each example is confirmed by the evaluator."""
    show, axes = _shows(terrain), terrain.field.axes

    def first(cell: Cell) -> Type:
        chosen = zip(axes, layer.classes, cell.place, strict=True)
        return tuple(_standing_for(axis, rows[place].values[0]) for axis, rows, place in chosen)

    return replace(layer, cells=tuple(replace(cell, witness=show(cell, first(cell))) for cell in layer.cells))


def _standing_for(axis: Divider, position: int) -> str:
    """The value that counts as one with the value at a position among all; the first of a class stands for itself."""
    name = all_values(axis)[position]
    assert name in values_of(axis), "a class begins with a value that stands for others"
    return name


def _shows(terrain: MatterTypes) -> Shown:
    field = terrain.field
    about, axes = field.about, field.axes
    open_ = OpenWitnesses(axes)
    real = Witnesses(about, (field.between,), lambda _: True)
    reserved = Witnesses(about, (field.reserved,), lambda _: True)
    governed = Witnesses(
        about, (field.owed, some_binds(field.norms)), any_binds(about, [n.norm.id for n in field.norms])
    )
    clashing = {
        tuple(map(str, c.clash.norms)): Witnesses(
            about, (field.owed, c.where), some_breached(about, c.clash.takes_part)
        )
        for c in terrain.clashing
    }
    regions = [(types, field.open.within(conjunction(on.condition))) for types, on in terrain.depending]

    def depending(cell: Cell, first: Type) -> Witness | None:
        region = next((region for types, region in regions if first in types), None)
        if region is not None:
            return open_.of(region, first)
        return clashing[next(c.clauses for c in cell.clashes if c.reading)].of(axes, first)

    def show(cell: Cell, first: Type) -> Witness | None:
        match cell.state:
            case State.IMPOSSIBLE | State.UNDECIDED:
                return None
            case State.OUTSIDE:
                return real.of(axes, first)
            case State.CONTRADICTORY:
                return clashing[next(c.clauses for c in cell.clashes if not c.reading)].of(axes, first)
            case State.DEPENDING:
                return depending(cell, first)
            case State.SILENT | State.PARTLY:
                return open_.of(field.open, first)
            case State.RESERVED | State.PARTLY_RESERVED:
                return reserved.of(axes, first)
            case State.EXCEPTED:
                return open_.of(field.regions.excepted, first)
            case State.SWAYED:
                return swayed_witness(field.swayed, axes, first)
            case State.NOTIFIED | State.GOVERNED:
                return governed.of(axes, first)
            case _:
                assert_never(cell.state)

    return show
