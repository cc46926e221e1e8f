"""Pieces of English: articles, and values of a quantity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.expressions import Order
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.variables import Attribute
from cbm.smt.index import Interval
from cbm.translation.listing import listed
from cbm.wording.phrases import range_words, sector_words, with_article

RANGE = Attribute("range", None, NumberSort(Dimension.LENGTH, Fraction(0), Fraction(2000)))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *(("frigate", "a frigate"), ("aircraft", "an aircraft"), ("a ship", "a ship")),
        *(("the other unit", "the other unit"), ("an unarmed ship", "an unarmed ship")),
    ],
)
def test_articles(words: str, said: str) -> None:
    assert with_article(words) == said


def interval(low: int, high: int, over: bool = False, under: bool = False) -> Interval:
    return Interval((Fraction(low), int(over)), (Fraction(high), -int(under)))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([interval(0, 2000)], "any value"),
        ([interval(500, 500)], "500 m"),
        ([interval(500, 1000)], "500 m to 1,000 m"),
        ([interval(500, 1000, over=True, under=True)], "over 500 m to under 1,000 m"),
        ([interval(1000, 2000)], "1,000 m and more"),
        ([interval(1000, 2000, over=True)], "over 1,000 m"),
        ([interval(0, 500)], "500 m and less"),
        ([interval(0, 500, under=True)], "under 500 m"),
        ([interval(0, 500, under=True), interval(1500, 2000)], "under 500 m or 1,500 m and more"),
        ([Interval(low=(Fraction(1500), 1))], "over 1,500 m"),
        ([Interval(high=(Fraction(500), 0))], "500 m and less"),
        ([Interval()], "any value"),
    ],
)
def test_values_of_a_quantity(values: list[Interval], words: str) -> None:
    assert range_words(values, RANGE, "m") == words


@pytest.mark.parametrize(
    ("order", "upwards", "words"),
    [
        (Order.LESS, True, "from over 45 deg to 360 deg"),
        (Order.AT_MOST, True, "from 45 deg to 360 deg"),
        (Order.LESS, False, "from 0 deg to under 45 deg"),
        (Order.AT_MOST, False, "from 0 deg to 45 deg"),
    ],
)
def test_sectors_are_told_from_the_bow_on(order: Order, upwards: bool, words: str) -> None:
    assert sector_words(order, "45 deg", upwards=upwards) == words


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_lists(words: list[str], said: str) -> None:
    assert listed(words, "or") == said
