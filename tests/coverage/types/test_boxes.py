"""Regions of types as boxes: nothing outside, nothing left over, and no box that could be larger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.episodes import Measured, TermAxis
from cbm.core.expressions import Flag, Formula, IsIn, Not, conjunction, disjunction
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import KindSort
from cbm.core.substitution import Value, variables
from cbm.core.variables import Attribute, Variable
from cbm.coverage.types.axes import Divider, Merged, literal, values_of
from cbm.coverage.types.boxes import Box, Type, TypeSearch, boxes, situations
from cbm.coverage.types.evaluation import type_space
from cbm.coverage.types.grid import Grid, Types
from cbm.coverage.types.thresholds import ScaledAxis, scaled
from cbm.search.implicants import Point
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.syntax.ast import Relation
from cbm.wording.variable_names import variable_name
from tests.formulas import BOATS, CALL, DEPTH, KINDS, NIGHT, OTHER, OWN, RANGE, SEPARATION, formulas, numbers, points

ZONE = Attribute("zone", None, KindSort("zone", ("port", "sea")))
AXES = (OWN, ZONE)

CORNER: set[Type] = {("frigate", "port"), ("frigate", "sea"), ("tanker", "port")}


def told(axes: tuple[Variable, ...], region: set[Type], *spare: Type) -> list[tuple[tuple[str, ...], ...]]:
    return [box.sides for box in found_in(axes, region, set(spare))]


def found_in(axes: tuple[Variable, ...], region: Iterable[Type], spare: Iterable[Type]) -> list[Box]:
    return list(boxes(axes, types(axes, region), types(axes, spare)))


def types(axes: tuple[Variable, ...], several: Iterable[Type]) -> Types:
    return Grid(tuple(map(values_of, axes))).types(several)


# ---- by example


def test_everything_is_one_box() -> None:
    everything = set(product(*map(values_of, AXES)))
    assert told(AXES, everything) == [(("frigate", "tanker", "helicopter"), ("port", "sea"))]


def test_nothing_is_no_box() -> None:
    assert told(AXES, set()) == []
    assert told(AXES, set(), ("frigate", "port")) == []


def test_one_kind_everywhere() -> None:
    assert told(AXES, {("tanker", "port"), ("tanker", "sea")}) == [(("tanker",), ("port", "sea"))]


def test_a_corner_takes_two_boxes_that_overlap() -> None:
    assert told(AXES, CORNER) == [(("frigate", "tanker"), ("port",)), (("frigate",), ("port", "sea"))]


def test_types_that_cannot_happen_make_a_box_simpler() -> None:
    (box,) = found_in(AXES, CORNER, {("tanker", "sea")})
    assert box == Box((("frigate", "tanker"), ("port", "sea")), types(AXES, CORNER))


def test_values_stand_in_the_order_of_their_kind() -> None:
    assert told(AXES, {("helicopter", "sea"), ("frigate", "sea")}) == [(("frigate", "helicopter"), ("sea",))]


def test_without_axes_there_is_one_type() -> None:
    assert told((), {()}) == [()]
    assert told((), set()) == []


def test_a_flag_is_an_axis_of_two_values() -> None:
    assert values_of(NIGHT) == ("yes", "no")
    assert told((NIGHT,), {("no",)}) == [(("no",),)]
    assert literal(NIGHT, ("yes",)) == Flag(NIGHT)
    assert literal(NIGHT, ("no",)) == Not(Flag(NIGHT))
    assert literal(OWN, ("frigate", "tanker")) == IsIn(OWN, ("frigate", "tanker"))


def test_a_quantity_that_is_not_cut_is_no_axis() -> None:
    with pytest.raises(TypeError, match="is no axis"):
        values_of(RANGE)


# ---- for every region


Region = tuple[tuple[Variable, ...], set[Type], set[Type]]


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Axes, a region of their types, and other types that may be added."""
    axes = tuple(draw(st.lists(st.sampled_from((OWN, OTHER, ZONE, NIGHT)), min_size=1, max_size=3, unique=True)))
    cells = list(product(*map(values_of, axes)))
    marks = draw(st.lists(st.sampled_from("irrs"), min_size=len(cells), max_size=len(cells)))
    marked = list(zip(cells, marks, strict=True))
    return axes, {c for c, mark in marked if mark == "r"}, {c for c, mark in marked if mark == "s"}


@given(regions())
def test_boxes_cover_the_region_and_hold_nothing_else(
    drawn: Region,
) -> None:
    axes, region, spare = drawn
    found = found_in(axes, region, spare)
    assert set[Type]().union(*(box.types for box in found)) == region
    for box in found:
        inside = set(product(*box.sides))
        assert inside <= region | spare
        assert set(box.types) == inside & region


@given(regions())
def test_boxes_are_maximal(drawn: Region) -> None:
    axes, region, spare = drawn
    for box in found_in(axes, region, spare):
        for i, axis in enumerate(axes):
            for value in set(values_of(axis)) - set(box.sides[i]):
                longer = [(*side, value) if i == j else side for j, side in enumerate(box.sides)]
                assert not set(product(*longer)) <= region | spare, (axis, value)


@given(regions())
def test_every_box_has_something_that_those_before_it_have_not(
    drawn: Region,
) -> None:
    seen: set[Type] = set()
    for box in found_in(*drawn):
        assert not set(box.types) <= seen
        seen |= set(box.types)


@given(regions())
def test_sides_keep_the_order_of_values(drawn: Region) -> None:
    axes, region, spare = drawn
    for box in found_in(axes, region, spare):
        for axis, side in zip(axes, box.sides, strict=True):
            assert list(side) == [value for value in values_of(axis) if value in side]


# ---- which types belong to a region


def scales(variable: Variable, coefficient: int = 1) -> st.SearchStrategy[ScaledAxis]:
    """A quantity cut at some places, or a sum of two."""
    cut = st.lists(st.tuples(numbers, st.integers(0, 1)), max_size=3)
    alone = Measured(variable_name(variable), ((Fraction(coefficient), variable),), constant=Fraction(coefficient - 1))
    both = Measured("both", ((Fraction(1), variable), (Fraction(-1), SEPARATION)))
    return st.builds(scaled, st.sampled_from((alone, both)), cut)


def told_by_axes() -> st.SearchStrategy[Formula]:
    """Formulas over what may be an axis, each part about one of them."""
    quantities = st.builds(of_variable, st.sampled_from([RANGE, DEPTH, BOATS]))
    compared = st.builds(compare, quantities, st.sampled_from(Relation), numbers.map(lambda n: Sum((), n)))
    kinds = st.builds(IsIn, st.sampled_from(KINDS), st.sampled_from([("frigate",), ("tanker", "helicopter")]))
    flags = st.sampled_from([Flag(NIGHT), Not(Flag(NIGHT))])
    part: st.SearchStrategy[Formula] = st.one_of(compared, kinds, flags)
    either = st.lists(part, min_size=1, max_size=3).map(lambda parts: disjunction(*parts))
    return st.lists(either, min_size=1, max_size=3).map(lambda parts: conjunction(*parts))


def some_axes() -> st.SearchStrategy[tuple[Divider, ...]]:
    plain: list[tuple[Divider, ...]] = [KINDS, (OWN, NIGHT), (NIGHT, CALL, OTHER)]
    return st.one_of(
        st.sampled_from(plain),
        st.tuples(scales(RANGE), st.just(NIGHT)),
        st.tuples(st.just(OWN), scales(BOATS)),
        st.tuples(st.just(Merged(OTHER, (("frigate", "helicopter"), ("tanker",)))), st.just(OWN)),
        st.tuples(*(st.just(Merged(v, (("frigate",), ("tanker", "helicopter")))) for v in (OWN, OTHER))),
        st.tuples(scales(RANGE, 2), scales(DEPTH, -1)),
        st.tuples(st.builds(TermAxis, st.just("told"), told_by_axes()), st.just(OWN), scales(RANGE)),
    )


@given(st.one_of(formulas(), told_by_axes()), some_axes(), st.booleans(), st.booleans())
def test_a_type_belongs_to_a_region_if_some_situation_of_it_does(
    formula: Formula, axes: tuple[Divider, ...], by_moving: bool, excluding: bool
) -> None:
    solver = Solver(("own", "other"), (formula,))
    formulas_told = (formula,) if by_moving else ()
    necessary = (formula,) if excluding else ()
    found = TypeSearch(axes, situations(solver, (formula,), axes), formulas_told, necessary).under(())
    assert not isinstance(found, Unknown)
    assert set(found) == {
        cell
        for cell in product(*map(values_of, axes))
        if isinstance(solver.ask(*(literal(a, (v,)) for a, v in zip(axes, cell, strict=True))), Sat)
    }


@given(
    st.lists(formulas() | told_by_axes(), min_size=1, max_size=3),
    some_axes(),
    st.lists(points(), min_size=2, max_size=4),
)
def test_what_was_worked_out_at_other_points_changes_nothing(
    asked: list[Formula], axes: tuple[Divider, ...], several: list[Point]
) -> None:
    space = type_space(axes)
    for point in (*several, several[0]):
        assert space.where(asked, point) == type_space(axes).where(asked, point)


@given(formulas(), st.sets(st.sampled_from(list(product(*map(values_of, AXES))))), st.booleans())
def test_only_types_that_were_named_are_asked_about(formula: Formula, named: set[Type], by_moving: bool) -> None:
    solver = Solver(("own", "other"), (formula,))
    told, among = (formula,) if by_moving else (), types(AXES, named)
    region = TypeSearch(AXES, situations(solver, (formula,), AXES), told).under(())
    before = solver.asked
    found = TypeSearch(AXES, situations(solver, (formula,), AXES), told).under((), among)
    assert not isinstance(region, Unknown)
    assert not isinstance(found, Unknown)
    assert found == region & among
    assert solver.asked - before <= len(named)


@given(
    formulas(),
    st.lists(st.lists(told_by_axes(), max_size=2), min_size=1, max_size=4),
    some_axes(),
    *[st.booleans()] * 2,
)
def test_what_was_found_under_other_conditions_changes_no_answer(
    formula: Formula, asked: list[list[Formula]], axes: tuple[Divider, ...], by_moving: bool, knowing: bool
) -> None:
    solver, told = Solver(("own", "other"), (formula,)), (formula,) if by_moving else ()
    also = [v for conditions in asked for part in conditions for v in variables(part)] if knowing else []
    search = TypeSearch(axes, situations(solver, told, axes, also), told, (formula,))
    for conditions in asked:
        apart = Solver(("own", "other"), (formula, *conditions))
        assert search.under(conditions) == TypeSearch(axes, situations(apart, (), axes), ()).under(())


def test_what_follows_from_earlier_answers_is_not_asked_again() -> None:
    port, night, loud = IsIn(ZONE, ("port",)), Flag(NIGHT), Flag(CALL)
    solver = Solver(("own", "other"), (port, disjunction(night, loud)))
    formulas_told = (port, disjunction(night, loud))
    search = TypeSearch(AXES, situations(solver, formulas_told, AXES), formulas_told)
    here, nowhere = types(AXES, {(craft, "port") for craft in values_of(OWN)}), types(AXES, set())
    assert search.under((night,)) == here
    assert search.under((Not(night), Not(loud))) == nowhere
    before = solver.asked
    assert search.under(()) == here
    assert search.under((Not(loud), Not(night), port)) == nowhere
    assert solver.asked == before


def test_a_question_given_up_is_no_answer() -> None:
    gone = Unknown("too hard")
    assert TypeSearch(AXES, lambda *_: gone, ()).under(()) == gone


def test_types_are_asked_for_one_by_one_only_where_a_refusal_needs_it() -> None:
    solver = Solver(("own", "other"), (conjunction(Flag(NIGHT), IsIn(ZONE, ("port",))),))
    asked: list[tuple[Formula, ...]] = []
    answer = situations(solver, (), AXES)

    def ask(*literals: Formula) -> Mapping[Variable, Value] | Unsat | Unknown:
        asked.append(literals)
        return answer(*literals)

    assert TypeSearch(AXES, ask, ()).under(()) == types(AXES, {(craft, "port") for craft in values_of(OWN)})
    assert len(asked) == 4
