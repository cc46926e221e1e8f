"""Arithmetic with dimensions: what is added, multiplied and divided, in base units, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.expressions import TRUE
from cbm.core.linear import of_variable
from cbm.core.meanings import Quantity
from cbm.core.units import BARE
from cbm.resolve.faults import Fault
from cbm.resolve.quantities.quantity_arithmetic import Rows, alike, combine, constant, turned
from cbm.syntax.ast import Arithmetic
from tests.formulas import RANGE
from tests.syntax.reading import NOWHERE, condition

METRE = constant(Fraction(1), "m", NOWHERE)
VARIES = Quantity(of_variable(RANGE), METRE.powers, "nmi")


def of(words: str) -> Quantity:
    """`1,852 m`, or `range`, which varies."""
    if words == "range":
        return VARIES
    number, _, unit = words.partition(" ")
    return constant(Fraction(number.replace(",", "")), unit or None, NOWHERE)


def combined(words: str) -> Quantity:
    left, operator, right = words.split("  ")
    one = condition("own.craft is frigate")  # only the places of the operands are read
    return combine(Arithmetic(operator, one, one, span=NOWHERE), of(left), of(right))


@pytest.mark.parametrize(
    ("words", "value", "powers"),
    [
        ("1 nmi", Fraction(1852), METRE.powers),
        ("1 kt", Fraction(1852, 3600), (1, -1, 0)),
        ("90 min", Fraction(5400), (0, 1, 0)),
        ("45 deg", Fraction(45), (0, 0, 1)),
        ("3", Fraction(3), BARE),
    ],
)
def test_a_number_is_read_in_base_units(words: str, value: Fraction, powers: tuple[int, int, int]) -> None:
    assert (of(words).sum.constant, of(words).powers) == (value, powers)


@pytest.mark.parametrize(
    ("words", "same", "unit"),
    [
        ("1 nmi  +  500 m", "2352 m", "nmi"),
        ("1 nmi  -  852 m", "1000 m", "nmi"),
        ("3  *  500 m", "1500 m", "m"),
        ("1500 m  /  3", "500 m", "m"),
        ("10 kt  *  2 h", "20 nmi", None),
        ("20 nmi  /  2 h", "10 kt", None),
        ("20 nmi  /  10 nmi", "2", None),
    ],
)
def test_numbers_are_combined_exactly(words: str, same: str, unit: str | None) -> None:
    found = combined(words)
    assert (found.sum, found.powers, found.unit) == (of(same).sum, of(same).powers, unit)


def test_what_varies_is_combined_too() -> None:
    assert combined("range  +  500 m").sum == of_variable(RANGE).plus(of("500 m").sum)
    assert combined("500 m  -  range").sum == of("500 m").sum.plus(of_variable(RANGE), -1)
    assert combined("2  *  range") == combined("range  *  2") == Quantity(VARIES.sum.times(2), METRE.powers, "nmi")
    assert combined("range  /  2").sum == VARIES.sum.times(Fraction(1, 2))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("1 nmi  +  1 h", "a length and a duration cannot be compared or added"),
        ("1 nmi  -  3", "a length and a bare number cannot be compared or added"),
        ("range  *  range", "two quantities that vary cannot be multiplied: the text must stay linear"),
        ("1 nmi  /  range", "only a fixed number other than zero can divide"),
        ("1 nmi  /  0", "only a fixed number other than zero can divide"),
        ("45 deg  +  45 deg", "angles cannot be added or multiplied here"),
        ("2  *  45 deg", "angles cannot be added or multiplied here"),
    ],
)
def test_refused(words: str, message: str) -> None:
    with pytest.raises(Fault) as refused:
        combined(words)
    assert str(refused.value) == message


def test_an_unknown_unit_is_told_with_the_nearest() -> None:
    with pytest.raises(Fault) as refused:
        of("3 nm")
    assert refused.value.finding is not None
    assert refused.value.finding.message == "no unit is called `nm`"
    assert refused.value.finding.remedies == ("did you mean `nmi`?",)


def test_only_quantities_of_one_dimension_are_compared() -> None:
    node = condition("own.craft is frigate")
    alike(rows(of("1 m")), rows(of("range")), node, node)
    with pytest.raises(Fault, match="a length and a duration cannot be compared"):
        alike(rows(of("1 m")), rows(of("1 h")), node, node)


def rows(one: Quantity) -> Rows:
    """A quantity that hangs on nothing."""
    return ((TRUE, one),)


def test_fixed_angles_are_brought_into_one_turn() -> None:
    assert [turned(of(f"{degrees} deg")).constant for degrees in (0, 45, 360, 405, -90)] == [0, 45, 0, 45, 270]
    assert turned(of("405 m")).constant == 405
