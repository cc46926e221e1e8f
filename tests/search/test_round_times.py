"""Which times an example has: an hour later where that is as good as 51 minutes, as round as there is a choice."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.expressions import Compare, Formula, Order
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.substitution import Value
from cbm.core.variables import Variable, Wait, time_of_moment
from cbm.search.round_times import with_round_times

START, END, LAST = map(time_of_moment, ("start", "end", "last"))
DELAY = Wait("line", 0, NumberSort(Dimension.DURATION))


def apart(earlier: Variable, later: Variable, sign: str, minutes: int) -> Formula:
    """That the time between the two is more than so many minutes, or at most."""
    if sign == ">":
        return Compare(((Fraction(1), earlier), (Fraction(-1), later)), Order.LESS, Fraction(-60 * minutes))
    return Compare(((Fraction(-1), earlier), (Fraction(1), later)), Order.AT_MOST, Fraction(60 * minutes))


@pytest.mark.parametrize(
    ("formulas", "found", "told"),
    [
        ([apart(START, END, ">", 50)], [51], [60]),
        ([apart(START, END, ">", 30)], [31], [60]),
        ([apart(START, END, ">", 0)], [1], [60]),
        ([apart(START, END, ">", 0), apart(START, END, "<=", 20)], [1], [10]),
        ([apart(START, END, ">", 0), apart(START, END, "<=", 3)], [1], [1]),
        ([apart(START, END, ">", 1440)], [1441], [2880]),
        ([apart(START, END, ">", 1440), apart(START, END, "<=", 1450)], [1441], [1450]),
        ([apart(START, END, ">", 50), apart(END, LAST, ">", 0), apart(END, LAST, "<=", 5)], [51, 52], [60, 65]),
        ([apart(START, END, "<=", 60), apart(START, END, ">", 59)], [60], [60]),
        ([apart(START, END, ">", 50)], [18_200 * 1440], [1440]),
        ([apart(START, END, ">", 40 * 1440)], [18_200 * 1440], [90 * 1440]),
        ([apart(START, END, ">", 400 * 1440)], [18_200 * 1440], [18_200 * 1440]),
    ],
)
def test_lengths_of_time_are_as_round_as_there_is_a_choice(
    formulas: list[Formula], found: list[int], told: list[int]
) -> None:
    points = [START, END, LAST][: len(found) + 1]
    before: dict[Variable, Value] = {
        v: Fraction(60 * (100 + minutes)) for v, minutes in zip(points, [0, *found], strict=True)
    }
    after = with_round_times(before, formulas)
    assert [int(_of(after[v]) / 60) - 100 for v in points] == [0, *told]


def test_what_happens_apart_does_not_come_to_happen_at_once() -> None:
    before: dict[Variable, Value] = {START: Fraction(0), END: Fraction(60 * 51), LAST: Fraction(60 * 60)}
    formulas = [apart(START, END, ">", 50), apart(START, LAST, ">", 59), apart(START, LAST, "<=", 60)]
    after = with_round_times(before, formulas)
    assert len(set(after.values())) == len(before)


def test_what_stays_at_its_time_is_not_joined_by_what_leaves_another() -> None:
    """What no formula mentions is not moved, and happens at once with what is."""
    fourth = time_of_moment("fourth")
    before: dict[Variable, Value] = dict(
        zip((START, END, fourth, LAST), map(Fraction, (0, 3060, 3060, 3600)), strict=True)
    )
    formulas = [apart(START, END, ">", 50), apart(START, LAST, ">", 59), apart(START, LAST, "<=", 60)]
    after = with_round_times(before, formulas)
    assert len({after[v] for v in (START, END, LAST)}) == 3


def test_delays_are_round_too() -> None:
    late = Compare(((Fraction(-1), DELAY),), Order.LESS, Fraction(-3600))
    assert with_round_times({DELAY: Fraction(62 * 60)}, [late]) == {DELAY: Fraction(7200)}
    assert with_round_times({DELAY: Fraction(0)}, [late]) == {DELAY: Fraction(0)}


def _of(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value
