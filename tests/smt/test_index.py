"""The index: what it keeps apart can never meet, and it answers for many boxes what comparing two of them says."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import FALSE, TRUE, Flag, Formula, IsIn, conjunction, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.variables import Variable
from cbm.search.compiled import compiled
from cbm.search.implicants import Point, true_at
from cbm.smt.index import (
    Index,
    Interval,
    admits,
    bits,
    box_of,
    is_box,
    keep_apart,
    meet,
    some_value,
    surely_holds,
    surely_implied,
)
from cbm.syntax.ast import Relation
from tests.formulas import BOATS, NIGHT, OTHER, OWN, RANGE, formulas, points


def bound(relation: Relation, value: int, variable: Variable = RANGE) -> Formula:
    return compare(of_variable(variable), relation, Sum((), Fraction(value)))


@given(formulas(), points())
def test_a_point_where_a_condition_holds_lies_in_its_box(formula: Formula, point: Point) -> None:
    if true_at(formula, point):
        box = box_of(formula)
        assert box is not None
        assert all(admits(variable, domain, point[variable]) for variable, domain in box.items())


@given(formulas(), points())
def test_a_condition_of_which_the_box_says_all_holds_wherever_its_box_is(formula: Formula, point: Point) -> None:
    if is_box(formula):
        box = box_of(formula)
        assert true_at(formula, point) == (box is not None and all(admits(v, box[v], point[v]) for v in box))


def test_of_what_leaves_out_one_value_the_box_does_not_say_all() -> None:
    assert is_box(bound(Relation.EQUAL, 5))
    assert not is_box(negation(bound(Relation.EQUAL, 5)))
    assert not is_box(conjunction(Flag(NIGHT), negation(bound(Relation.EQUAL, 5))))


@given(formulas(), points(), st.data())
def test_what_surely_holds_at_some_values_holds_whatever_the_others_are(
    formula: Formula, point: Point, data: st.DataObject
) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(point, key=str))))
    if surely_holds(formula, {variable: point[variable] for variable in known}):
        assert true_at(formula, point)


@given(formulas(), formulas(), points())
def test_what_is_surely_implied_by_a_condition_holds_where_that_does(
    formula: Formula, condition: Formula, point: Point
) -> None:
    if surely_implied(formula, box_of(condition)) and true_at(condition, point):
        assert true_at(formula, point)


def test_a_duty_surely_holds_where_a_single_value_keeps_it_from_binding() -> None:
    duty = disjunction(negation(conjunction(IsIn(OWN, ("tanker",)), bound(Relation.LESS, 5))), Flag(NIGHT))
    assert surely_holds(duty, {OWN: "frigate"})
    assert surely_holds(duty, {RANGE: Fraction(5)})
    assert surely_holds(duty, {NIGHT: True})
    assert not surely_holds(duty, {OWN: "tanker", NIGHT: False})
    for condition in (IsIn(OWN, ("frigate",)), bound(Relation.MORE, 6), Flag(NIGHT), FALSE):
        assert surely_implied(duty, box_of(condition))
    assert not surely_implied(duty, box_of(bound(Relation.LESS, 6)))
    assert surely_holds(TRUE, {})
    assert not surely_holds(FALSE, {})


@given(formulas(), points())
def test_compiled_formulas_hold_where_the_formulas_hold(formula: Formula, point: Point) -> None:
    assert compiled(formula)(point) == true_at(formula, point)


@given(formulas(), formulas())
def test_two_conditions_are_kept_apart_where_their_boxes_do_not_meet(one: Formula, other: Formula) -> None:
    assert keep_apart((one, other)) == (meet(box_of(one), box_of(other)) is None)


@given(st.lists(formulas(), max_size=12), formulas())
def test_the_index_answers_for_many_what_two_say(many: list[Formula], formula: Formula) -> None:
    boxes, box = [box_of(one) for one in many], box_of(formula)
    expected = [i for i, other in enumerate(boxes) if meet(box, other) is not None]
    assert list(bits(Index(boxes).meeting(box))) == expected


@given(formulas())
def test_values_chosen_from_a_box_belong_to_it(formula: Formula) -> None:
    for variable, domain in (box_of(formula) or {}).items():
        value = some_value(variable.sort, domain)
        assert variable == BOATS if value is None else admits(variable, domain, value)


def test_bounds_that_touch_meet_only_if_both_include_the_value() -> None:
    at_most, under, at_least = bound(Relation.AT_MOST, 5), bound(Relation.LESS, 5), bound(Relation.AT_LEAST, 5)
    over = bound(Relation.MORE, 5)
    assert meet(box_of(at_most), box_of(at_least)) == {RANGE: Interval((Fraction(5), 0), (Fraction(5), 0))}
    for low, high in ((at_least, under), (over, at_most), (over, under)):
        assert meet(box_of(low), box_of(high)) is None
        assert box_of(conjunction(low, high)) is None
        assert list(bits(Index([box_of(low)]).meeting(box_of(high)))) == []


def test_what_a_condition_allows_of_each_variable() -> None:
    warm = IsIn(OWN, ("frigate", "tanker"))
    assert box_of(TRUE) == {}
    assert box_of(FALSE) is None
    assert box_of(conjunction(warm, negation(IsIn(OWN, ("tanker",))))) == {OWN: 0b001}
    assert box_of(conjunction(Flag(NIGHT), negation(Flag(NIGHT)))) is None
    assert box_of(disjunction(conjunction(Flag(NIGHT), IsIn(OWN, ("tanker",))), IsIn(OWN, ("frigate",)))) == {
        OWN: 0b011
    }
    assert box_of(disjunction(IsIn(OWN, ("tanker",)), IsIn(OTHER, ("tanker",)))) == {}
    either = disjunction(bound(Relation.LESS, 2), conjunction(bound(Relation.MORE, 4), bound(Relation.LESS, 6)))
    assert box_of(either) == {RANGE: Interval(None, (Fraction(6), -1))}
    assert box_of(negation(bound(Relation.LESS, 2))) == {RANGE: Interval((Fraction(2), 0), None)}


def test_a_whole_number_is_chosen_where_there_is_one() -> None:
    between = box_of(conjunction(bound(Relation.MORE, 1, BOATS), bound(Relation.LESS, 2, BOATS)))
    assert between is not None
    assert some_value(BOATS.sort, between[BOATS]) is None
    wider = box_of(conjunction(bound(Relation.MORE, 1, BOATS), bound(Relation.LESS, 3, BOATS)))
    assert wider is not None
    assert some_value(BOATS.sort, wider[BOATS]) == 2
