"""What is compared or comes first, as sentences put it: what is told, and what it becomes."""

from __future__ import annotations

import pytest

from tests.syntax.reading import mended, told_once

ORDER = "which of two comes first is said with `is before` or `is after`"
FIGURE = "what is compared stands before the figure"


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        ('axiom "order" start before end', ORDER, "start is before end"),
        ('axiom "order" start is not after end', ORDER, "not start is after end"),
        ("term late means organiser.notify after start", ORDER, "organiser.notify is after start"),
        ("term large means more than 9,000 troops", FIGURE, "troops > 9,000"),
        ("term large means at least 9,000 troops", FIGURE, "troops >= 9,000"),
        ("term large means 9,000 troops or more", FIGURE, "troops >= 9,000"),
        ("term small means 9,000 troops or fewer", FIGURE, "troops <= 9,000"),
    ],
)
def test_it_is_told_and_mended(written: str, message: str, meant: str) -> None:
    text = f"vocabulary activities\n{written}\n"
    assert told_once(text) == f"{message} → write `{meant}`"
    assert mended(text).splitlines()[1].endswith(f" {meant}")


def test_a_unit_is_no_thing_that_is_counted() -> None:
    assert FIGURE not in told_once("vocabulary activities\nterm large means more than 9,000 m\n")


@pytest.mark.parametrize("order", ["start before end", "organiser.notify before start"])
def test_so_it_is_in_the_condition_of_a_clause(order: str) -> None:
    text = f"draft code uses activities\nclause 1 organiser when {order} must notify\n"
    meant = order.replace("before", "is before")
    assert told_once(text) == f"{ORDER} → write `{meant}`"
    assert mended(text) == text.replace(order, meant)
