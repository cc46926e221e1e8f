"""Quantities cut at the thresholds that texts use: where they part, and which numbers make a value of the axis."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.episodes import Measured
from cbm.core.expressions import Compare, Order
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.variables import Attribute
from cbm.coverage.types.axes import literal, values_of
from cbm.coverage.types.thresholds import Cut, cuts, scaled
from cbm.search.implicants import true_at
from cbm.syntax.ast import Relation
from cbm.wording.variable_names import variable_name

METRES = Attribute("range", None, NumberSort(Dimension.LENGTH, Fraction(0), Fraction(100)))
ANY_LENGTH = Attribute("depth", None, NumberSort(Dimension.LENGTH))
TROOPS = Attribute("troops", None, NumberSort(Dimension.COUNT, Fraction(0), Fraction(50)))
BEARING = Attribute("bearing", 0, NumberSort(Dimension.ANGLE, Fraction(0), Fraction(360)))
RANGE, DEPTH, COUNT, SECTOR = (
    Measured(variable_name(v), ((Fraction(1), v),)) for v in (METRES, ANY_LENGTH, TROOPS, BEARING)
)


def below(value: int | Fraction) -> Cut:
    return Fraction(value), 0


def above(value: int | Fraction) -> Cut:
    return Fraction(value), 1


@pytest.mark.parametrize(
    ("axis", "places", "values"),
    [
        (RANGE, [], ["[0, 100]"]),
        (RANGE, [below(50)], ["[0, 50)", "[50, 100]"]),
        (RANGE, [above(50)], ["[0, 50]", "(50, 100]"]),
        (RANGE, [below(50), above(50)], ["[0, 50)", "50", "(50, 100]"]),
        (RANGE, [below(0), above(0)], ["0", "(0, 100]"]),
        (RANGE, [below(100), above(100)], ["[0, 100)", "100"]),
        (RANGE, [below(-5), above(105), below(Fraction(1, 3))], ["[0, 1/3)", "[1/3, 100]"]),
        (DEPTH, [], ["(-, -)"]),
        (DEPTH, [below(0), above(2)], ["(-, 0)", "[0, 2]", "(2, -)"]),
        (COUNT, [below(9), above(9)], ["[0, 8]", "9", "[10, 50]"]),
        (COUNT, [below(Fraction(17, 2)), above(Fraction(17, 2))], ["[0, 8]", "[9, 50]"]),
        (COUNT, [above(8), below(9)], ["[0, 8]", "[9, 50]"]),
        (SECTOR, [above(90)], ["[0, 90]", "(90, 360)"]),
    ],
)
def test_stretches(axis: Measured, places: list[Cut], values: list[str]) -> None:
    assert list(values_of(scaled(axis, places))) == values


@pytest.mark.parametrize(
    ("relation", "places"),
    [
        (Relation.LESS, [below(5)]),
        (Relation.AT_LEAST, [below(5)]),
        (Relation.AT_MOST, [above(5)]),
        (Relation.MORE, [above(5)]),
        (Relation.EQUAL, [below(5), above(5)]),
    ],
)
@pytest.mark.parametrize("factor", [1, -2])
def test_where_a_comparison_cuts(relation: Relation, places: list[Cut], factor: int) -> None:
    compared = compare(of_variable(METRES), relation, Sum((), Fraction(5)))
    assert isinstance(compared, Compare)
    terms = ((Fraction(factor), METRES),)
    mirrored = [(value * factor, side if factor > 0 else 1 - side) for value, side in places]
    assert sorted(cuts(compared, terms)) == sorted(mirrored)


def test_what_is_compared_with_something_else_cuts_nothing() -> None:
    compared = compare(of_variable(METRES), Relation.LESS, of_variable(ANY_LENGTH))
    assert isinstance(compared, Compare)
    assert compared.order is Order.LESS
    assert list(cuts(compared, RANGE.terms)) == []
    difference = ((Fraction(1), METRES), (Fraction(-1), ANY_LENGTH))
    assert list(cuts(compared, difference)) == [below(0)]


def test_a_value_of_a_scale_holds_on_its_stretch_and_nowhere_else() -> None:
    scale = scaled(
        Measured("twice", ((Fraction(2), METRES),), constant=Fraction(10)), [below(50), above(50), above(100)]
    )
    names = values_of(scale)
    for number in (Fraction(n, 2) for n in range(201)):
        held = [name for name in names if true_at(literal(scale, (name,)), {METRES: number})]
        total = 2 * number + 10
        expected = names[0 if total < 50 else 1 if total == 50 else 2 if total <= 100 else 3]
        assert held == [expected]
    neither = literal(scale, (names[0], names[2]))
    assert [true_at(neither, {METRES: Fraction(n)}) for n in (0, 20, 30, 60)] == [True, False, True, False]
