"""Flags of conduct that are wanted one way only: the rest holds for some conduct exactly where all of it does."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import TRUE, Flag, Formula, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.substitution import Value, variables
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.search.implicants import Point, true_at
from cbm.search.one_way import without_one_way

FOUND, CONDUCT = (tuple(Auxiliary(Purpose.SELECTED, n, FLAG) for n in some) for some in (range(2), range(2, 6)))
FORMULAS = st.recursive(
    st.sampled_from(tuple(map(Flag, (*FOUND, *CONDUCT)))),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: conjunction(*parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: disjunction(*parts)),
        inner.map(negation),
    ),
    max_leaves=8,
)


@given(st.lists(FORMULAS, min_size=1, max_size=3))
def test_some_conduct_does_for_the_rest_where_some_does_for_all(formulas: list[Formula]) -> None:
    rest = without_one_way(formulas, CONDUCT)
    assert len(rest) == len(formulas)
    for values in product((False, True), repeat=len(FOUND)):
        found: dict[Variable, Value] = dict(zip(FOUND, values, strict=True))
        assert _can_be_met(rest, found) == _can_be_met(formulas, found)


def test_what_is_wanted_one_way_is_gone() -> None:
    found, stated, done = Flag(FOUND[0]), Flag(CONDUCT[0]), Flag(CONDUCT[1])
    assert without_one_way([disjunction(found, stated), negation(done)], CONDUCT) == (TRUE, TRUE)


def test_what_is_wanted_both_ways_stays() -> None:
    found, done = Flag(FOUND[0]), Flag(CONDUCT[0])
    formulas = (disjunction(found, done), disjunction(negation(found), negation(done)))
    assert without_one_way(formulas, CONDUCT) == formulas


def test_what_is_found_is_no_conduct() -> None:
    assert without_one_way([Flag(FOUND[0])], CONDUCT) == (Flag(FOUND[0]),)


def _can_be_met(formulas: list[Formula] | tuple[Formula, ...], found: Point) -> bool:
    assert all(v in (*FOUND, *CONDUCT) for formula in formulas for v in variables(formula))
    for values in product((False, True), repeat=len(CONDUCT)):
        point: dict[Variable, Value] = dict(zip(CONDUCT, values, strict=True))
        if all(true_at(formula, {**found, **point}) for formula in formulas):
            return True
    return False
