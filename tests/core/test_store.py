"""Records of which there is one of each kind."""

from __future__ import annotations

import copy
import gc
import pickle
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any
from weakref import ref

import pytest

from cbm.core.expressions import (
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    IsIn,
    NormId,
    Not,
    Or,
    Order,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
    conjunction,
)
from cbm.core.sorts import FLAG, TIME, KindSort
from cbm.core.variables import ActInstance, Attribute, Origin
from cbm.records import replace
from cbm.wording.variable_names import variable_name

ZONES = KindSort("zone", ("eez", "high_seas"))


def zone(sort: KindSort = ZONES) -> Attribute:
    return Attribute("zone", None, sort)


def near(unit: str | None = None) -> Compare:
    return Compare(((Fraction(1), Attribute("range", None, TIME)),), Order.AT_MOST, Fraction(1852), unit)


def wrapped(part: Expr) -> list[Expr]:
    return [Not(part), And((Truth(True), part)), Or((Not(part), Truth(False)))]


def one_of_each() -> list[Expr]:
    flag = Flag(Attribute("answered", 1, FLAG))
    return [
        Truth(True),
        flag,
        IsIn(zone(), ("eez",)),
        Same(zone(), Attribute("waters", None, ZONES)),
        near("nmi"),
        Does("call", 0, States("position")),
        Each("call", 0, flag),
        States("position"),
        Through("hotline"),
        Worded("en"),
        Works("hotline"),
        Binds(NormId("coc", "3.2"), 0),
        Not(flag),
        And((flag, near())),
        Or((flag, near())),
    ]


@pytest.mark.parametrize("number", range(15))
def test_what_is_made_of_the_same_parts_is_the_same_object(number: int) -> None:
    one, other = one_of_each()[number], one_of_each()[number]
    assert one is other
    assert pickle.loads(pickle.dumps(one)) is one
    assert copy.deepcopy(one) is one
    again: Any = replace(one)
    assert again is one


def test_no_two_kinds_are_equal() -> None:
    assert len(set(one_of_each())) == 15
    assert Truth(True) != Truth(False)
    assert States("a") != Through("a")


def test_a_record_does_not_change() -> None:
    with pytest.raises(AttributeError):
        near().bound = Fraction(0)  # type: ignore[misc]


def test_units_are_no_part_of_equality_and_are_never_mixed_up() -> None:
    miles, metres = near("nmi"), near("m")
    assert miles == metres
    assert hash(miles) == hash(metres)
    assert (miles.unit, metres.unit, near().unit) == ("nmi", "m", None)
    for one, other, again in zip(wrapped(miles), wrapped(metres), wrapped(near("nmi")), strict=True):
        assert one is not other
        assert one == other
        assert hash(one) == hash(other)
        assert again is one
    assert wrapped(miles) != wrapped(Truth(True))
    assert conjunction(miles, metres) is miles, "the first one is kept"
    assert conjunction(metres, miles) is metres


def test_sorts_and_origins_are_no_part_of_equality_and_are_never_mixed_up() -> None:
    more = KindSort("zone", ("eez", "high_seas", "strait"))
    one, other = IsIn(zone(), ("eez",)), IsIn(zone(more), ("eez",))
    assert one == other
    assert one.variable.sort is ZONES
    assert other.variable.sort is more
    found, done = Flag(Attribute("call", 0, FLAG)), Flag(ActInstance("call", 0).performed)
    assert found != done
    assert (found.variable.origin, done.variable.origin) == (Origin.SITUATION, Origin.DOING)


def test_variables_are_told_once_each_in_order() -> None:
    answered, call = Flag(Attribute("answered", 1, FLAG)), Flag(Attribute("call", 0, FLAG))
    formula = And((call, Or((answered, near())), Not(call), Does("call", 0, answered)))
    assert [variable_name(v) for v in formula.variables] == ["call", "answered", "range"]
    assert Truth(True).variables == ()


def test_what_nobody_holds_is_freed() -> None:
    formula = And((Flag(Attribute("seen nowhere else", 0, FLAG)), near()))
    formula.keep("question", "answer")
    assert formula.variables
    assert And((Flag(Attribute("seen nowhere else", 0, FLAG)), near())).kept("question") == "answer"
    held: list[ref[Any]] = [ref(formula), ref(formula.parts[0])]
    del formula
    gc.collect()
    assert [reference() for reference in held] == [None, None]
    assert And((Flag(Attribute("seen nowhere else", 0, FLAG)), near())).kept("question") is None


def test_threads_share_the_store() -> None:
    def made(_: int) -> list[Expr]:
        return [Not(And((Flag(Attribute(f"flag {n}", None, FLAG)), near(unit)))) for n in range(300) for unit in "mk"]

    with ThreadPoolExecutor(8) as executor:
        results = list(executor.map(made, range(16)))
    for found in results[1:]:
        assert found == results[0]
        assert list(map(str, found)) == list(map(str, results[0]))
