"""Sets of types written as bits are the sets they stand for, and classes hold what a set does not tell apart."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cbm.coverage.types.grid import Grid, Type, Types, classes, lowest, merged
from cbm.coverage.types.maximal_boxes import KnownCover, maximal_boxes
from cbm.smt.solve import Unknown

SMALL = Grid((("a", "b", "c"), ("x", "y"), ("1", "2", "3", "4")))


@st.composite
def several(draw: st.DrawFn) -> tuple[Grid, list[set[Type]]]:
    """A grid and two sets of its types that do not tell all of its values apart."""
    sizes = draw(st.lists(st.integers(1, 6), max_size=4))
    grid = Grid(tuple(tuple(f"{i}{j}" for j in range(size)) for i, size in enumerate(sizes)))
    alike = [draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)) for size in sizes]
    sets = []
    for _ in range(2):
        held = {cell: draw(st.booleans()) for cell in product(*([0, 1] for _ in sizes))}
        cells = product(*(range(size) for size in sizes))
        sets.append({grid.named(c) for c in cells if held[tuple(row[p] for row, p in zip(alike, c, strict=True))]})
    return grid, sets


def test_types_are_numbered_with_the_last_axis_fastest() -> None:
    assert [SMALL.positions(index) for index in (0, 1, 4, 8, 23)] == [
        (0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0), (2, 1, 3)
    ]  # fmt: skip
    assert all(SMALL.index(SMALL.positions(index)) == index for index in range(SMALL.count))
    assert SMALL.named((2, 1, 3)) == ("c", "y", "4")


def test_a_grid_without_axes_has_one_type() -> None:
    assert set(Grid(()).everything) == {()}
    assert Grid(()).box([]) == 1


@given(st.tuples(*(st.none() | st.lists(st.sampled_from(range(n)), unique=True) for n in SMALL.sizes)))
def test_a_box_holds_the_types_between_its_sides(sides: tuple[list[int] | None, ...]) -> None:
    inside = [range(n) if side is None else sorted(side) for side, n in zip(sides, SMALL.sizes, strict=True)]
    box = Types(SMALL, SMALL.box([None if side is None else sorted(side) for side in sides]))
    assert list(box) == [SMALL.named(positions) for positions in product(*inside)]


@given(several())
def test_sets_of_types_are_sets(drawn: tuple[Grid, list[set[Type]]]) -> None:
    grid, (one, other) = drawn
    first, second = grid.types(one), grid.types(other)
    assert set(first) == one
    assert (set(first & second), set(first | second), set(first - second)) == (one & other, one | other, one - other)
    assert (len(first), bool(first), len(grid.everything - first)) == (len(one), bool(one), grid.count - len(one))
    assert all((cell in first) == (cell in one) for cell in grid.everything)
    if one:
        assert first.first == next(iter(first)) == grid.named(grid.positions(lowest(first.bits)))


@given(several())
def test_classes_hold_what_no_set_tells_apart(drawn: tuple[Grid, list[set[Type]]]) -> None:
    grid, sets = drawn

    def seen(axis: int, position: int) -> list[set[Type]]:
        value = grid.values[axis][position]
        return [{(*c[:axis], *c[axis + 1 :]) for c in some if c[axis] == value} for some in sets]

    groups = classes(grid, [grid.types(some).bits for some in sets])
    for axis, rows in enumerate(groups):
        assert sorted(p for row in rows for p in row) == list(range(grid.sizes[axis]))
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        for row, other in product(rows, rows):
            assert all((seen(axis, p) == seen(axis, q)) == (row == other) for p in row for q in other)


@given(several())
def test_a_merged_set_has_one_type_for_each_choice_of_classes(drawn: tuple[Grid, list[set[Type]]]) -> None:
    grid, (one, other) = drawn
    groups = classes(grid, [grid.types(one).bits, grid.types(other).bits])
    coarse, bits = merged(grid, grid.types(one).bits, groups)
    representatives = set(product(*coarse.values))
    assert set(Types(coarse, bits)) == one & representatives


@given(several())
def test_boxes_of_merged_values_are_maximal_and_cover_the_region(drawn: tuple[Grid, list[set[Type]]]) -> None:
    grid, (one, other) = drawn
    region, spare = grid.types(one), grid.types(other - one)
    cover, covered = KnownCover(region, spare), 0
    for box in maximal_boxes(cover):
        assert not isinstance(box, Unknown)
        sides = cover.full(box)
        bits = grid.box(sides)
        assert not bits & ~(region | spare).bits
        assert bits & region.bits & ~covered
        for axis, side in enumerate(sides):
            for position in set(range(grid.sizes[axis])) - set(side):
                assert grid.box([*sides[:axis], (position,), *sides[axis + 1 :]]) & ~(region | spare).bits
        covered |= bits
    assert not region.bits & ~covered
