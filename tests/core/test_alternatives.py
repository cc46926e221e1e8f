"""Alternatives: choices among the values of one variable are one choice, and nothing else changes."""

from __future__ import annotations

import pytest

from cbm.core.alternatives import either
from cbm.core.expressions import FALSE, TRUE, Expr, Flag, IsIn, Not, Or
from cbm.core.sorts import FLAG, KindSort
from cbm.core.variables import Attribute

CRAFT = KindSort("craft", ("ship", "plane", "boat"))
NIGHT = Flag(Attribute("night", None, FLAG))


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
