"""A layer with an example in every cell in which there can be one: of what its state says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from cbm.coverage_map import Cell, Layer, State, Witness
from cbm.decide.coverage import some_binds
from cbm.decide.grid import Type
from cbm.decide.terrain import Terrain
from cbm.survey.witnesses import Witnesses, all_bind, any_binds, open_witness

Shown = Callable[[Type], Witness | None]


def with_examples(layer: Layer, terrain: Terrain) -> Layer:
    """The same layer; each example is confirmed by the evaluator."""
    show = _shows(terrain)
    return replace(layer, cells=tuple(replace(cell, witness=show(cell, layer, terrain)) for cell in layer.cells))


def _shows(terrain: Terrain) -> Callable[[Cell, Layer, Terrain], Witness | None]:
    field = terrain.field
    about, axes = field.about, field.axes
    names = [n.norm.id for n in field.norms]
    real = Witnesses(about, (field.between,), lambda _: True)
    governed = Witnesses(about, (field.promised, some_binds(field.norms)), any_binds(about, names))
    clashing = {
        tuple(map(str, c.clash.norms)): Witnesses(about, (field.promised, c.where), all_bind(about, c.clash.norms))
        for c in terrain.clashing
    }

    def show(cell: Cell, layer: Layer, terrain: Terrain) -> Witness | None:
        first = terrain.grid.named([layer.classes[axis][place].values[0] for axis, place in enumerate(cell.place)])
        match cell.state:
            case State.IMPOSSIBLE | State.UNDECIDED:
                return None
            case State.OUTSIDE:
                return real.of(axes, first)
            case State.CONTRADICTORY:
                return clashing[cell.clashes[0].clauses].of(axes, first)
            case State.SILENT | State.PARTLY | State.RESERVED | State.DEPENDING:
                return open_witness(field.open, axes, first)
            case State.NOTIFIED | State.GOVERNED:
                return governed.of(axes, first)
            case _:
                assert_never(cell.state)

    return show
