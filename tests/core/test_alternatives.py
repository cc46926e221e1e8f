"""Alternatives: choices among the values of one variable are one choice, and nothing else changes."""

from __future__ import annotations

import pytest

from cbm.core.alternatives import either, on_any_reading
from cbm.core.expressions import FALSE, TRUE, And, Expr, Flag, Formula, IsIn, Not, Or, conjunction
from cbm.core.sorts import FLAG, KindSort
from cbm.core.variables import Attribute, Reading

CRAFT = KindSort("craft", ("ship", "plane", "boat"))
NIGHT = Flag(Attribute("night", None, FLAG))

FOG = Flag(Attribute("fog", None, FLAG))


def craft(*members: str, role: int = 0) -> IsIn:
    return IsIn(Attribute("craft", role, CRAFT), members)


@pytest.mark.parametrize(
    ("parts", "meant"),
    [
        ((), FALSE),
        ((craft("ship"),), craft("ship")),
        ((craft("boat"), craft("ship")), craft("ship", "boat")),
        ((craft("ship", "plane"), craft("plane", "boat")), craft("ship", "plane", "boat")),
        ((craft("ship"), NIGHT, craft("boat")), Or((craft("ship", "boat"), NIGHT))),
        ((NIGHT, Or((craft("ship"), craft("boat", role=1))), craft("plane")),
         Or((NIGHT, craft("ship", "plane"), craft("boat", role=1)))),
        ((craft("ship"), Not(craft("boat"))), Or((craft("ship"), Not(craft("boat"))))),
        ((craft("ship"), TRUE), TRUE),
        ((craft("ship"), FALSE), craft("ship")),
    ],
)  # fmt: skip
def test_either(parts: tuple[Expr, ...], meant: Expr) -> None:
    assert either(*parts) == meant


def taken(*members: str, choice: str = "3.2") -> IsIn:
    return IsIn(Reading(choice, "text", None, KindSort(choice, ("1", "2", "3"))), members)


@pytest.mark.parametrize(
    ("formulas", "meant"),
    [
        ((), FALSE),
        ((And((taken("1"), NIGHT)), And((taken("2"), NIGHT))), And((taken("1", "2"), NIGHT))),
        ((And((NIGHT, taken("1"))), And((taken("2", "3"), NIGHT))), NIGHT),
        ((taken("1"), FOG, taken("2", "3")), TRUE),
        ((And((taken("1"), NIGHT)), And((taken("2"), FOG))), Or((And((taken("1"), NIGHT)), And((taken("2"), FOG))))),
        ((And((craft("ship"), NIGHT)), And((craft("plane", "boat"), NIGHT))),
         Or((And((craft("ship"), NIGHT)), And((craft("plane", "boat"), NIGHT))))),
        (tuple(conjunction(taken(one), taken(other, choice="5"), NIGHT) for one in "123" for other in "123"), NIGHT),
    ],
)  # fmt: skip
def test_on_any_reading(formulas: tuple[Formula, ...], meant: Formula) -> None:
    assert on_any_reading(formulas) == meant
