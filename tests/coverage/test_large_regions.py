"""Boxes by questions about whole boxes are the boxes that are grown where every type is known."""

from __future__ import annotations

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.coverage.large_regions import AskedCover, partly, silent
from cbm.coverage.types.axes import Divider, Merged, literal, values_of
from cbm.coverage.types.grid import Grid, Types
from cbm.coverage.types.maximal_boxes import KnownCover, Sides, maximal_boxes
from cbm.coverage.types.symbolic import type_variables
from cbm.search.world import World
from cbm.smt.solve import Sat, Solver, Unknown
from tests.coverage.types.test_boxes import some_axes, told_by_axes
from tests.formulas import CALL, NIGHT, OWN, formulas

ROLES = ("own", "other")
WORLD = World(ROLES, (), (), frozenset())


class BySize(KnownCover):
    """Boxes are chosen by what can be said of them without knowing their types."""

    def worth(self, sides: Sides) -> tuple[int, ...]:
        return (prod(map(len, self.full(sides))),)


def types_with(axes: tuple[Divider, ...], formula: Formula) -> Types:
    """The types of which some situation meets the formula, each asked about by itself."""
    grid, solver = Grid(tuple(map(values_of, axes))), Solver(ROLES, (formula,))
    return grid.types(
        cell
        for cell in grid.everything
        if isinstance(solver.ask(*(literal(a, (v,)) for a, v in zip(axes, cell, strict=True))), Sat)
    )


def grown(cover: AskedCover) -> list[Sides]:
    found = list(maximal_boxes(cover))
    assert not any(isinstance(box, Unknown) for box in found)
    return [box for box in found if not isinstance(box, Unknown)]


@given(some_axes(), st.one_of(formulas(), told_by_axes()), told_by_axes(), told_by_axes())
def test_boxes_by_questions_are_those_of_known_types(
    axes: tuple[Divider, ...], real: Formula, open_: Formula, governed: Formula
) -> None:
    axes = tuple(axis.variable if isinstance(axis, Merged) else axis for axis in axes)  # their values are told apart
    compare(axes, real, open_, governed)


def compare(axes: tuple[Divider, ...], real: Formula, open_: Formula, governed: Formula) -> None:
    open_, governed = conjunction(real, open_), conjunction(real, governed)
    possible, broken, kept = (types_with(axes, formula) for formula in (real, open_, governed))
    spare = possible.grid.everything - possible
    for asked, region in ((silent, broken - kept), (partly, broken & kept)):
        known = BySize(region, spare)
        expected = [known.full(box) for box in maximal_boxes(known) if not isinstance(box, Unknown)]
        assert grown(asked(type_variables(axes), WORLD, (real,), (open_,), (governed,))) == expected


MERGED = (Merged(OWN, (("frigate",), ("tanker", "helicopter"))), NIGHT)


def told_by_merged() -> st.SearchStrategy[Formula]:
    """Formulas that do not tell merged values apart."""
    part: st.SearchStrategy[Formula] = st.sampled_from(
        [IsIn(OWN, ("frigate",)), IsIn(OWN, ("tanker", "helicopter")), Flag(NIGHT), Flag(CALL)]
    )
    either = st.lists(st.one_of(part, part.map(negation)), min_size=1, max_size=3)
    return st.lists(either.map(lambda parts: disjunction(*parts)), max_size=3).map(lambda parts: conjunction(*parts))


@given(told_by_merged(), told_by_merged(), told_by_merged())
def test_boxes_of_values_that_count_as_one(real: Formula, open_: Formula, governed: Formula) -> None:
    compare(MERGED, real, open_, governed)
