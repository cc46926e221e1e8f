"""Laws: what a map says of each type of encounter is what plain enumeration says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.matters import matters
from cbm.core.norms import NormSystem
from cbm.core.variables import Variable
from cbm.coverage.governance import CoverageUndecided
from cbm.coverage.regions import classify, promised_matter
from cbm.coverage.types.axes import all_values, dividers, values_of
from cbm.coverage.types.grid import Types
from cbm.coverage_maps.large_layers import far_layer
from cbm.coverage_maps.maps import Wanted, draw
from cbm.coverage_maps.yardstick import measures
from cbm.ground.grounding import bearers
from cbm.inquiry import inquire
from cbm.outcomes.coverage_map import CoverageMap, Layer, State
from cbm.records import replace
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty
from tests.laws.checks.test_readings import promising as open_ended
from tests.laws.dressed import dressed
from tests.laws.episodes import Side
from tests.laws.grid import atoms
from tests.laws.maps import Seen, reserving, seen
from tests.laws.promises import Type
from tests.laws.promising import named, promising
from tests.laws.readings import opened
from tests.laws.sparing import sparingly


@st.composite
def mapped(draw: st.DrawFn) -> NormSystem:
    """A system that promises something, and may leave some of it open on purpose."""
    system = draw(promising())
    norms = [norm for norm in system.norms.values() if norm.rotates or norm.bearer == 0]
    conditions = [guard.condition for norm in norms for guard in norm.guards]
    few = st.lists(st.sampled_from(conditions), max_size=1) if conditions else st.just([])
    return reserving(system, draw(few))


def drawn(system: NormSystem, examples: bool = False) -> CoverageMap:
    return draw(inquire(dressed(system)), Wanted(examples=examples))


def cells_of(found: CoverageMap, layer: Layer) -> dict[tuple[str, ...], int]:
    """For each type by the names of its values, the number of its cell."""
    names = [[value.named.name for value in axis.values] for axis in found.axes]
    told: dict[tuple[str, ...], int] = {}
    for number, cell in enumerate(layer.cells):
        classes = [rows[place].values for rows, place in zip(layer.classes, cell.place, strict=True)]
        for positions in product(*classes):
            kind = tuple(known[p] for known, p in zip(names, positions, strict=True))
            assert kind not in told, "cells do not overlap"
            told[kind] = number
    return told


def each(system: NormSystem, found: CoverageMap) -> list[tuple[Layer, dict[Type, Seen]]]:
    """The layers, each with what enumeration says of its types."""
    asked = dict.fromkeys(matter for promise in system.coverage for matter in matters(promise))
    left_open, turning = [reserve.condition for reserve in system.reserves], system.situation.interchangeable
    sides = [
        Side(system, bearer, chain.from_iterable(atoms(c, bearer if turning else 0, system) for c in left_open))
        for bearer in bearers(dressed(system))
    ]
    tables = [seen(side, matter) for side in sides for matter in asked]
    return list(zip(found.layers, tables, strict=True))


@sparingly(2)
@given(mapped())
def test_cells_and_gaps_are_what_enumeration_says_of_their_types_and_examples_are_confirmed(system: NormSystem) -> None:
    if is_empty(system):
        return
    found = drawn(system, examples=True)
    for layer, table in each(system, found):
        assert not layer.undecided
        for one in layer.cells:  # an example is confirmed before it is shown
            assert (one.witness is None) == (one.state is State.IMPOSSIBLE), one
        expected = {tuple(map(named, cell)): of for cell, of in table.items()}
        compare_cells(found, layer, expected)
        compare_gaps(found, layer, expected)


def compare_cells(found: CoverageMap, layer: Layer, expected: Mapping[tuple[str, ...], Seen]) -> None:
    assert not layer.bounded or "other conditions" in layer.bounded
    told = cells_of(found, layer)
    assert len(told) == len(list(product(*(axis.values for axis in found.axes))))
    for kind, number in told.items():
        cell, of = layer.cells[number], expected.get(kind, Seen())
        assert cell.state == of.state, (layer.named.name, kind)
        if cell.state not in (State.IMPOSSIBLE, State.OUTSIDE, State.RESERVED):
            assert (cell.force, set(cell.clauses)) == (of.force, set(map(str, of.clauses))), kind
    counted = Counter(expected.get(kind, Seen()).state for kind in told)
    assert layer.tally == counted
    assert sum(cell.types for cell in layer.cells) == len(told)


def compare_gaps(found: CoverageMap, layer: Layer, expected: Mapping[tuple[str, ...], Seen]) -> None:
    """They hold every open type and no other."""
    names = [[value.named.name for value in axis.values] for axis in found.axes]
    silent = {kind for kind, of in expected.items() if of.open and not of.governed}
    partly = {kind for kind, of in expected.items() if of.open and of.governed}
    covered: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for gap in layer.gaps:
        inside = set(product(*([known[p] for p in side] for known, side in zip(names, gap.sides, strict=True))))
        covered[bool(gap.conditions)] |= inside
        real = {kind for kind in inside if expected.get(kind, Seen()).happens}
        assert gap.conditions or real <= silent
        assert gap.witness is not None
    assert silent <= covered[False]
    assert partly <= covered[True] | covered[False] or layer.bounded


# ---- the two ways to find boxes


@sparingly(2)
@given(mapped())
@sharing()
def test_boxes_by_questions_hold_the_types_that_are_open_when_each_is_looked_at(system: NormSystem) -> None:
    """What is told of more types than can be looked at one by one is what would be told of few."""
    if is_empty(system):
        return
    inquiry = inquire(dressed(system))
    for about in inquiry.strict:
        axes = dividers(about)
        for measure in measures(about, (), None):
            field = promised_matter(about, measure.matter, measure.promised, measure.between)
            terrain = classify(inquiry, field)
            try:
                far = far_layer(field, measure.promise)
            except CoverageUndecided:
                continue  # the unit's own conduct decides; then nothing is told
            assert not any(word in far.bounded for word in ("ended after", "the first"))
            told = {False: terrain.grid.nothing, True: terrain.grid.nothing}
            for gap in far.gaps:
                sides = [
                    [p for p, name in enumerate(values_of(axis)) if all_values(axis).index(name) in side]
                    for axis, side in zip(axes, gap.sides, strict=True)
                ]
                told[bool(gap.conditions)] |= Types(terrain.grid, terrain.grid.box(sides))
            assert set(told[False] & terrain.real) == set(terrain.silent)
            assert set(told[True] & terrain.real) == set(terrain.partly)


# ---- open terms


OPEN = (State.SILENT, State.PARTLY)
CLOSED = (State.GOVERNED, State.NOTIFIED, State.PARTLY_RESERVED, State.RESERVED, State.EXCEPTED, State.SWAYED)


@st.composite
def readable(draw: st.DrawFn, per_party: bool) -> NormSystem:
    """A system that promises something; quantities are no axes here, for each reading would cut them elsewhere."""
    system = draw(open_ended(per_party))
    axes = tuple(axis for axis in system.situation.axes if isinstance(axis, Variable))
    return replace(system, situation=replace(system.situation, axes=axes))


@pytest.mark.parametrize(("by_name", "per_party"), [(False, False), (True, False), (False, True)])
@given(data=st.data())
@sparingly(16)
def test_what_depends_on_a_reading_is_so_on_some_and_what_does_not_is_so_on_all(
    by_name: bool, per_party: bool, data: st.DataObject
) -> None:
    of = data.draw(opened(readable(per_party), by_name, per_party))
    if is_empty(of.system):
        return
    found = drawn(of.system)
    readings = list(of.readings())
    for reading in readings[:: max(1, len(readings) // 5)]:
        plain = drawn(of.read(reading))
        for layer, read in zip(found.layers, plain.layers, strict=True):
            assert not layer.undecided
            there = cells_of(plain, read)
            for kind, number in cells_of(found, layer).items():
                state, then = layer.cells[number].state, read.cells[there[kind]].state
                if state in OPEN:
                    assert then in (*OPEN, State.CONTRADICTORY), kind
                elif state in (State.CONTRADICTORY, State.IMPOSSIBLE, State.OUTSIDE):
                    assert then is state, kind
                elif state in CLOSED:
                    assert then not in (*OPEN, State.CONTRADICTORY), kind
                else:
                    assert state is State.DEPENDING
                    assert layer.cells[number].readings
