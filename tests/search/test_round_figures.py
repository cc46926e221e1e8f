"""Which figures an example has: round ones in the unit of the bound next to it, as far as there is a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from cbm.core.expressions import Compare, Formula, Order
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.substitution import Value
from cbm.core.units import UNITS
from cbm.core.variables import Attribute, Variable
from cbm.records import replace
from cbm.search import round_figures
from cbm.search.implicants import Point
from cbm.search.round_figures import with_round_figures


def quantity(dimension: Dimension, name: str = "range") -> Attribute:
    return Attribute(name, None, NumberSort(dimension))


def bound(variable: Attribute, sign: str, number: str, unit: str) -> Compare:
    factor, low = UNITS[unit].factor, sign[0] == ">"
    order = Order.AT_MOST if sign.endswith("=") else Order.LESS
    coefficient = Fraction(-1 if low else 1)
    return Compare(((coefficient, variable),), order, coefficient * Fraction(number) * factor, unit)


@pytest.mark.parametrize(
    ("bounds", "found", "told", "unit"),
    [
        ([(">", "300", "m")], "301", "400", "m"),
        ([(">", "1", "nmi")], "1.001", "2", "nmi"),
        ([(">", "1", "nmi"), ("<", "1.3", "nmi")], "1.001", "1.1", "nmi"),
        ([("<=", "5", "nmi"), (">=", "0", "m")], "0", "2", "nmi"),
        ([(">=", "1000", "m")], "1000", "1000", "m"),
        ([(">", "300", "m"), ("<", "300.05", "m")], "300.01", "300.01", "m"),
        ([(">", "247.5", "deg"), ("<=", "360", "deg")], "248", "270", "deg"),
        ([(">=", "247.5", "deg"), ("<", "249", "deg")], "247.5", "248", "deg"),
        ([(">", "12.5", "kt")], "12.6", "20", "kt"),
    ],
)
def test_a_figure_is_as_round_as_its_bounds_allow(
    bounds: list[tuple[str, str, str]], found: str, told: str, unit: str
) -> None:
    variable, factor = quantity(UNITS[unit].dimension), UNITS[unit].factor
    after = with_round_figures({variable: Fraction(found) * factor}, [bound(variable, *one) for one in bounds])
    assert after == {variable: Fraction(told) * factor}


def test_without_a_bound_of_its_own_it_is_round_in_the_unit_of_its_range() -> None:
    speed, told = quantity(Dimension.SPEED), UNITS["kt"].factor
    ranges = [bound(speed, ">=", "5", "kt"), bound(speed, "<=", "20", "kt")]
    unwritten = [replace(one, unit=None) for one in ranges]
    assert with_round_figures({speed: Fraction(11, 2) * told}, unwritten, {speed: "kt"}) == {speed: 5 * told}
    assert with_round_figures({speed: Fraction(29, 2) * told}, unwritten, {speed: "kt"}) == {speed: 10 * told}
    three = [bound(speed, ">", "3", "m/s"), *unwritten]
    assert with_round_figures({speed: Fraction("3.1")}, three, {speed: "kt"}) == {speed: Fraction(4)}


def test_a_bound_outside_of_its_range_gives_it_no_unit() -> None:
    mile = UNITS["nmi"].factor
    figure = Attribute("figure", None, NumberSort(Dimension.LENGTH, mile, 5 * mile))
    kept, found = quantity(Dimension.LENGTH), 3 * mile + 1
    tied = [Compare(((Fraction(a), figure), (Fraction(-a), kept)), Order.AT_MOST, Fraction(0)) for a in (1, -1)]
    bounds = [*tied, replace(bound(figure, ">", "3", "nmi"), unit=None), bound(kept, ">", "300", "m")]
    after = with_round_figures(dict.fromkeys((figure, kept), found), bounds, {figure: "nmi"})
    assert after == dict.fromkeys((figure, kept), 4 * mile)


def test_what_is_tied_moves_together() -> None:
    one, other = quantity(Dimension.LENGTH), quantity(Dimension.LENGTH, "separation")
    tied = [Compare(((Fraction(a), one), (Fraction(-a), other)), Order.AT_MOST, Fraction(0)) for a in (1, -1)]
    after = with_round_figures(
        dict.fromkeys((one, other), Fraction(301)), [*tied, bound(one, ">", "300", "m"), bound(other, "<", "900", "m")]
    )
    assert after == dict.fromkeys((one, other), Fraction(400))


def test_what_several_speak_of_is_looked_at_once_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [quantity(Dimension.LENGTH, f"range{number}") for number in range(4)]
    terms = tuple((Fraction(1), variable) for variable in several)
    tied = [Compare(terms, Order.AT_MOST, Fraction(number)) for number in (4_000, 5_000)]
    looked_at: list[Formula] = []
    bounds_in = round_figures._bounds_in

    def looked_into(formula: Formula) -> tuple[object, ...]:
        looked_at.append(formula)
        return bounds_in(formula)

    monkeypatch.setattr(round_figures, "_bounds_in", looked_into)
    with_round_figures(dict.fromkeys(several, Fraction(301)), tied)
    assert len(looked_at) == len(several) * len(tied)


def test_no_figure_is_tried_for_what_has_to_be_just_so(monkeypatch: pytest.MonkeyPatch) -> None:
    fixed, free = quantity(Dimension.LENGTH), quantity(Dimension.LENGTH, "separation")
    formulas = [Compare(((Fraction(2), fixed),), Order.EQUAL, Fraction(602), "m"), bound(free, ">", "300", "m")]
    tried: list[Variable] = []
    made_rounder = round_figures._made_rounder

    def noted(
        variable: Variable, point: Point, about: Mapping[Variable, Sequence[Formula]], units: Mapping[Variable, str]
    ) -> dict[Variable, Value]:
        tried.append(variable)
        return made_rounder(variable, point, about, units)

    monkeypatch.setattr(round_figures, "_made_rounder", noted)
    after = with_round_figures(dict.fromkeys((fixed, free), Fraction(301)), formulas)
    assert after == {fixed: Fraction(301), free: Fraction(400)}
    assert tried == [free]


def test_a_figure_close_to_another_one_becomes_round_once_that_one_has() -> None:
    """It was told as 3,000.001 km."""
    near, far = quantity(Dimension.LENGTH, "near"), quantity(Dimension.LENGTH, "far")
    nearer = Compare(((Fraction(1), near), (Fraction(-1), far)), Order.LESS, Fraction(0))
    formulas = [bound(near, ">", "3000", "km"), bound(far, "<", "4000", "km"), nearer]
    found: Point = {near: Fraction(3_000_001), far: Fraction(3_000_002)}
    assert with_round_figures(found, formulas) == {near: Fraction(3_100_000), far: Fraction(3_500_000)}
