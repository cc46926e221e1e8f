"""Shares of types, exactly: by counting values and by measuring lengths."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.expressions import Flag, Formula, IsIn, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import FLAG, Dimension, KindSort, NumberSort
from cbm.core.variables import Attribute
from cbm.coverage_maps.shares import length, said_in, share_of
from cbm.smt.index import Interval
from cbm.syntax.ast import Relation

NIGHT = Flag(Attribute("night", None, FLAG))
NMI = NumberSort(Dimension.LENGTH, Fraction(0), Fraction(20))
RANGE, DEPTH = (of_variable(Attribute(name, None, NMI)) for name in ("range", "depth"))
ZONE = Attribute("zone", None, KindSort("zone", ("port", "roads", "sea")))


def test_flags_and_kinds_are_counted() -> None:
    assert share_of([]) == 1
    assert share_of([NIGHT]) == share_of([negation(NIGHT)]) == Fraction(1, 2)
    assert share_of([IsIn(ZONE, ("port",))]) == Fraction(1, 3)
    assert share_of([IsIn(ZONE, ("port", "sea")), NIGHT]) == Fraction(1, 3)
    assert share_of([NIGHT, negation(NIGHT)]) == 0


def test_a_share_is_one_of_what_is_promised() -> None:
    assert share_of([IsIn(ZONE, ("port",))], [IsIn(ZONE, ("port", "sea")), NIGHT]) == Fraction(1, 2)
    assert share_of([NIGHT], [IsIn(ZONE, ("port", "sea"))]) == Fraction(1, 2)
    near, far = (
        compare(RANGE, order, Sum((), Fraction(at))) for order, at in ((Relation.LESS, 5), (Relation.LESS, 15))
    )
    assert share_of([near], [far]) == Fraction(1, 3)
    assert share_of([NIGHT], [disjunction(NIGHT, IsIn(ZONE, ("port",)))]) is None
    assert share_of([NIGHT], [NIGHT, negation(NIGHT)]) is None


PORT, SEA = IsIn(ZONE, ("port",)), IsIn(ZONE, ("sea",))
CRAFT = Attribute("craft", 0, KindSort("craft", ("frigate", "tanker")))
TANKER = IsIn(CRAFT, ("tanker",))


@pytest.mark.parametrize(
    ("axioms", "types", "share"),
    [
        ([], ("frigate", "tanker"), Fraction(1, 3)),
        ([negation(PORT)], ("frigate", "tanker"), Fraction(1, 2)),
        ([disjunction(negation(TANKER), negation(PORT))], ("frigate",), Fraction(1, 3)),
        ([disjunction(negation(TANKER), negation(PORT))], ("tanker",), Fraction(1, 2)),
        ([disjunction(negation(TANKER), negation(PORT))], ("frigate", "tanker"), None),
        ([disjunction(negation(TANKER), negation(PORT)), negation(TANKER)], ("frigate",), Fraction(1, 3)),
        ([disjunction(NIGHT, negation(PORT))], ("tanker",), Fraction(1, 3)),  # what relates it to others is left out
    ],
)
def test_values_that_axioms_exclude_do_not_count(
    axioms: list[Formula], types: tuple[str, ...], share: Fraction | None
) -> None:
    known = said_in(axioms, [SEA], [CRAFT], [types])
    assert (None if known is None else share_of([SEA], known)) == share


def test_conditions_that_relate_attributes_have_no_share() -> None:
    assert share_of([disjunction(NIGHT, IsIn(ZONE, ("port",)))]) is None
    assert share_of([compare(RANGE, Relation.LESS, DEPTH)]) is None


@pytest.mark.parametrize(
    ("relation", "share"),
    [
        *((Relation.LESS, Fraction(1, 4)), (Relation.AT_MOST, Fraction(1, 4)), (Relation.MORE, Fraction(3, 4))),
        *((Relation.EQUAL, Fraction(0)), (Relation.UNEQUAL, Fraction(1))),
    ],
)
def test_quantities_are_measured(relation: Relation, share: Fraction) -> None:
    assert share_of([compare(RANGE, relation, Sum((), Fraction(5)))]) == share


@pytest.mark.parametrize(
    ("low", "high", "whole", "long"),
    [
        *((0, 4, False, 4), (0, 4, True, 5), (3, 3, False, 0), (3, 3, True, 1)),
        *((None, 4, True, None), (0, None, False, None)),
    ],
)
def test_how_long_an_interval_is(low: int | None, high: int | None, whole: bool, long: int | None) -> None:
    ends = [None if end is None else (Fraction(end), 0) for end in (low, high)]
    assert length(Interval(*ends), whole) == long
