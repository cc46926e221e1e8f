"""Quantities in the author's words: exact, in the unit that was written where it can be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.sorts import Dimension
from cbm.core.units import (
    BARE,
    DIMENSION_POWERS,
    UNITS,
    Powers,
    dimension_words,
    is_decimal,
    number_words,
    show,
    telling_unit,
)

LENGTH, SPEED, ANGLE, DURATION, COUNT = Dimension


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"),
        ("500", "500"),
        ("1000", "1,000"),
        ("1234567.5", "1,234,567.5"),
        ("-1500", "-1,500"),
        ("112.5", "112.5"),
        ("0.05", "0.05"),
        ("-1/2", "-0.5"),
        ("1/3", "1/3"),
        ("-1/3", "-1/3"),
        ("10000/3", "10,000/3"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1/10,000,000"),
    ],
)
def test_numbers(value: str, words: str) -> None:
    assert number_words(Fraction(value)) == words


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "words"),
    [
        ("1852", "nmi", LENGTH, "1 nmi"),
        ("1852", "km", LENGTH, "1.852 km"),
        ("1852", "m", LENGTH, "1,852 m"),
        ("9144", "FL", LENGTH, "300 FL"),
        ("9144", "ft", LENGTH, "30,000 ft"),
        ("9144", "yd", LENGTH, "10,000 yd"),
        ("9.26", "kt", SPEED, "18 kt"),
        ("5", "km/h", SPEED, "18 km/h"),
        ("112.5", "deg", ANGLE, "112.5 deg"),
        ("7200", "h", DURATION, "2 h"),
        ("90", "min", DURATION, "1.5 min"),
        ("0", "nmi", LENGTH, "0 nmi"),
        ("-1852", "nmi", LENGTH, "-1 nmi"),
        ("3", None, COUNT, "3"),
    ],
)
def test_in_the_unit_that_was_written(value: str, unit: str | None, dimension: Dimension, words: str) -> None:
    assert show(Fraction(value), unit, dimension) == words


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "words"),
    [
        ("1000", "nmi", LENGTH, "1,000 m"),
        ("1", "kt", SPEED, "1 m/s"),
        ("100", "min", DURATION, "100 s"),
        ("500", None, LENGTH, "500 m"),
        ("500", "kt", LENGTH, "500 m"),
        ("500", "ell", LENGTH, "500 m"),
        ("500000", None, LENGTH, "500,000 m"),
        ("463/900", None, SPEED, "1 kt"),
        ("463/30", "m/s", SPEED, "30 kt"),
        ("0.5", None, SPEED, "0.5 m/s"),
        ("7200", None, DURATION, "2 h"),
        ("90", None, DURATION, "90 s"),
        ("172800", None, DURATION, "2 days"),
        ("0.5", None, DURATION, "0.5 s"),
        ("3", "m", COUNT, "3"),
    ],
)
def test_in_a_usual_unit_where_none_was_written_or_where_it_would_need_a_fraction(
    value: str, unit: str | None, dimension: Dimension, words: str
) -> None:
    assert show(Fraction(value), unit, dimension) == words


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "words"),
    [
        ("1/3", "m", LENGTH, "about 0.3333 m"),
        ("1/3", None, LENGTH, "about 0.3333 m"),
        ("5000/3", "m", LENGTH, "about 1,667 m"),
        ("5000/3", "nmi", LENGTH, "about 0.8999 nmi"),
        ("-5000/3", "m", LENGTH, "about -1,667 m"),
        ("1000001/7", "m", LENGTH, "about 142,857 m"),
        ("1/3", None, SPEED, "about 0.6479 kt"),
        ("1/3", None, COUNT, "about 0.3333"),
        ("1/3000000", "m", LENGTH, "almost 0 m"),
    ],
)
def test_rounded_and_called_so_where_no_decimal_is_exact(
    value: str, unit: str | None, dimension: Dimension, words: str
) -> None:
    assert show(Fraction(value), unit, dimension) == words


@pytest.mark.parametrize(
    ("seconds", "unit", "words"),
    [
        ("86400", "day", "1 day"),
        ("86400", "days", "1 day"),
        ("172800", "day", "2 days"),
        ("43200", "day", "0.5 days"),
        ("0", None, "0 min"),
        ("0", "h", "0 h"),
    ],
)
def test_one_day_and_several_and_none(seconds: str, unit: str | None, words: str) -> None:
    assert show(Fraction(seconds), unit, DURATION) == words


@pytest.mark.parametrize(
    ("powers", "words"),
    [
        (BARE, "a bare number"),
        ((1, 0, 0), "a length"),
        ((1, -1, 0), "a speed"),
        ((0, 1, 0), "a duration"),
        ((0, 0, 1), "an angle"),
        ((2, 0, 0), "a compound quantity"),
        ((0, -1, 0), "a compound quantity"),
    ],
)
def test_dimensions(powers: Powers, words: str) -> None:
    assert dimension_words(powers) == words


@pytest.mark.parametrize(
    ("unit", "amount", "base"),
    [
        ("nmi", 5, "9260"),
        ("km", 3, "3000"),
        ("ft", 10_000, "3048"),
        ("yd", 10_000, "9144"),
        ("FL", 100, "3048"),
        ("kt", 9, "4.63"),
        ("km/h", 18, "5"),
        ("min", 3, "180"),
        ("h", 2, "7200"),
        ("days", 2, "172800"),
    ],
)
def test_factors_are_exact(unit: str, amount: int, base: str) -> None:
    assert UNITS[unit].factor * amount == Fraction(base)


@given(st.fractions(max_denominator=10**7))
def test_a_number_reads_back_as_itself(value: Fraction) -> None:
    assert Fraction(number_words(value).replace(",", "")) == value


@given(st.decimals(-(10**6), 10**6, places=3), st.sampled_from(sorted(UNITS)))
def test_a_quantity_written_in_a_unit_is_shown_as_written(amount: Fraction, unit: str) -> None:
    number = Fraction(amount)
    known = UNITS[unit]
    shown = show(number * known.factor, unit, known.dimension)
    assert is_decimal(number)
    assert shown.split() == [number_words(number), shown.split()[1]]
    assert UNITS[shown.split()[1]].factor == known.factor
    assert known.powers == DIMENSION_POWERS[known.dimension]


@pytest.mark.parametrize(
    ("metres", "unit", "told"),
    [
        ("3704", "m", "2 nmi"),
        ("152.4", "m", "500 ft"),
        ("1500", "m", "1,500 m"),
        ("1234.5", "m", "1,234.5 m"),
        ("3704", None, "2 nmi"),
    ],
)
def test_a_length_is_told_in_a_unit_in_which_it_is_a_round_figure(metres: str, unit: str | None, told: str) -> None:
    value = Fraction(metres)
    assert show(value, telling_unit(value, unit), Dimension.LENGTH) == told
