"""Expressions read from another role: which roles they speak of, and that each is turned as it was written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.expressions import (
    TRUE,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    IsIn,
    NormId,
    Order,
    Same,
    States,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.roles import rename_roles, roles_in, rotate
from cbm.core.sorts import Dimension, FlagSort, KindSort, NumberSort
from cbm.core.variables import Attribute

KIND, LENGTH = KindSort("kind", ("ship", "aircraft")), NumberSort(Dimension.LENGTH)


def flag(role: int | None) -> Flag:
    return Flag(Attribute("armed", role, FlagSort()))


def far(unit: str | None = None, role: int = 0) -> Compare:
    terms = ((Fraction(1), Attribute("speed", role, LENGTH)),)
    return Compare(terms, Order.AT_MOST, Fraction(1852), unit)


SPOKEN: list[Expr] = [
    TRUE,
    flag(None),
    States("distress"),
    negation(flag(1)),
    IsIn(Attribute("kind", 2, KIND), ("ship",)),
    Same(Attribute("kind", 0, KIND), Attribute("kind", 1, KIND)),
    far(role=3),
    Binds(NormId("coc", "1"), 2),
    Does("call", 1, conjunction(States("distress"), flag(0))),
    Each("call", 2, disjunction(flag(1), far())),
]


@pytest.mark.parametrize("expression", [*SPOKEN, conjunction(*SPOKEN), disjunction(*SPOKEN[1:])])
def test_the_roles_it_speaks_of_are_those_that_are_renamed(expression: Expr) -> None:
    renamed: set[int] = set()

    def noted(role: int) -> int:
        renamed.add(role)
        return role

    rename_roles(expression, noted)
    assert roles_in(expression) == renamed


def test_what_was_turned_before_keeps_the_unit_that_it_was_written_in() -> None:
    assert [rotate(far(unit), 1, 2) for unit in ("nm", "m", "nm")] == [far("nm", 1), far("m", 1), far("nm", 1)]
    turned = (rotate(far(unit), 1, 2) for unit in ("nm", "m", "nm"))
    assert [one.unit for one in turned if isinstance(one, Compare)] == ["nm", "m", "nm"]


def test_each_step_is_turned_by_itself() -> None:
    assert [rotate(far(), step, 3) for step in (1, 2, 1, 3, 4)] == [far(role=role) for role in (1, 2, 1, 0, 1)]
    assert rotate(far(), 1, 2) == rotate(far(), 1, 3) == far(role=1)
    assert rotate(far(role=1), 1, 2) == far()
    assert rotate(far(role=1), 1, 3) == far(role=2)
