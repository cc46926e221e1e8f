"""What the reference semantics says of expressions and of what can occur, on episodes worked out by hand.

Two units, `own` (role 0) and `other` (role 1), in the small vocabulary of tiny.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cbm.core.expressions import FALSE, TRUE, And, Does, Expr, IsIn, Not, Or, Order, Same, States
from cbm.core.sorts import FLAG, Dimension, NumberSort
from cbm.core.variables import Attribute, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.evaluate.possible_episodes import possible, variables
from cbm.evaluate.what_binds import holds
from cbm.records import replace
from cbm.syntax.ast import DocumentKind
from cbm.wording.variable_names import variable_name
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    EQUAL,
    LESS,
    NIGHT,
    PACT,
    ZONE,
    attribute,
    axiom,
    compare,
    distress,
    does,
    episode,
    of_party,
    result,
    system,
    text,
)

EMPTY = system()
DAY = date(2020, 6, 1)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
HOLDS = Doing("hold", 0)
OTHER_HOLDS = Doing("hold", 1)


# ---- expressions


def test_constants() -> None:
    world = episode(EMPTY)
    assert holds(TRUE, world, EMPTY)
    assert not holds(FALSE, world, EMPTY)


def test_a_flag_of_each_unit_is_read_from_the_unit_that_looks() -> None:
    world = episode(EMPTY, distress=(False, True))
    assert not holds(distress(0), world, EMPTY)
    assert holds(distress(1), world, EMPTY)
    assert holds(distress(0), world, EMPTY, role=1)
    assert not holds(distress(1), world, EMPTY, role=1)


def test_a_shared_flag_is_the_same_for_all() -> None:
    world = episode(EMPTY, night=True)
    assert holds(NIGHT, world, EMPTY)
    assert holds(NIGHT, world, EMPTY, role=1)


def test_roles_go_round_among_three() -> None:
    three = replace(EMPTY, situation=replace(EMPTY.situation, roles=("a", "b", "c")))
    world = CompleteEpisode({Attribute("distress", role, FLAG): role == 2 for role in range(3)})
    assert [holds(distress(1), world, three, role) for role in range(3)] == [False, True, False]
    assert [holds(distress(2), world, three, role) for role in range(3)] == [True, False, False]


def test_members_of_a_kind() -> None:
    world = episode(EMPTY, party=("A", "B"), zone="mid")
    assert holds(of_party(0, "A", "C"), world, EMPTY)
    assert not holds(of_party(1, "A", "C"), world, EMPTY)
    assert holds(of_party(1, "A"), world, EMPTY, role=1)
    assert holds(IsIn(Attribute("zone", None, ZONE), ("mid",)), world, EMPTY, role=1)


def test_same_compares_the_two_units_whoever_looks() -> None:
    same = Same(attribute("craft", 0), attribute("craft", 1))
    for role in (0, 1):
        assert holds(same, episode(EMPTY, craft=("plane", "plane")), EMPTY, role)
        assert not holds(same, episode(EMPTY, craft=("plane", "ship")), EMPTY, role)


@pytest.mark.parametrize(
    ("order", "value", "expected"),
    [
        (LESS, HALF, True), (LESS, 1, False), (LESS, Fraction(3, 2), False),
        (AT_MOST, HALF, True), (AT_MOST, 1, True), (AT_MOST, Fraction(1001, 1000), False),
        (EQUAL, HALF, False), (EQUAL, 1, True), (EQUAL, Fraction(3, 2), False),
    ],
)  # fmt: skip
def test_each_order_at_and_beside_its_bound(order: Order, value: Fraction | int, expected: bool) -> None:
    comparison = compare({DISTANCE: 1}, order, 1)
    assert holds(comparison, episode(EMPTY, distance=value), EMPTY) is expected


def test_a_sum_weighs_each_term_by_its_coefficient() -> None:
    faster_by_a_third = compare({result("speed", 0): 3, result("speed", 1): -3}, EQUAL, 1)
    world = episode(EMPTY, speed=(HALF + THIRD, HALF))
    assert holds(faster_by_a_third, world, EMPTY)
    assert not holds(faster_by_a_third, world, EMPTY, role=1)


@pytest.mark.parametrize(
    ("more", "expected"), [(-1, (True, True, False)), (0, (False, True, True)), (1, (False, False, False))]
)
def test_a_sum_of_fractions_is_compared_exactly(more: int, expected: tuple[bool, ...]) -> None:
    """A half and a third of a half against two thirds; and a thousandth less, and more."""
    terms: dict[Variable, int | Fraction] = {result("speed", 0): 1, result("speed", 1): THIRD}
    world = episode(EMPTY, speed=(HALF + Fraction(more, 1000), HALF))
    told = [holds(compare(terms, order, 2 * THIRD), world, EMPTY) for order in (LESS, AT_MOST, EQUAL)]
    assert tuple(told) == expected


def test_an_act_is_done_by_the_role_that_does_it() -> None:
    world = episode(EMPTY, OTHER_HOLDS)
    assert not holds(does("hold", 0), world, EMPTY)
    assert holds(does("hold", 1), world, EMPTY)
    assert holds(does("hold", 0), world, EMPTY, role=1)
    assert not holds(does("turn", 1), world, EMPTY)


def test_one_doing_has_to_state_everything_together() -> None:
    apart = episode(EMPTY, Doing("log", 0, frozenset({"place"})), Doing("log", 0, frozenset({"course"})))
    together = episode(EMPTY, Doing("log", 0, frozenset({"place", "course"})))
    both = does("log", 0, "place", "course")
    assert not holds(both, apart, EMPTY)
    assert holds(And((does("log", 0, "place"), does("log", 0, "course"))), apart, EMPTY)
    assert holds(both, together, EMPTY)
    assert not holds(does("log", 0, "place"), episode(EMPTY, Doing("log", 0)), EMPTY)


def test_a_manner_may_also_speak_of_the_situation() -> None:
    at_night_or_stated = Does("report", 0, Or((States("nature"), NIGHT, distress(0))))
    silent = Doing("report", 1)
    assert not holds(at_night_or_stated, episode(EMPTY, silent), EMPTY, role=1)
    assert holds(at_night_or_stated, episode(EMPTY, silent, night=True), EMPTY, role=1)
    assert holds(at_night_or_stated, episode(EMPTY, silent, distress=(False, True)), EMPTY, role=1)
    assert not holds(at_night_or_stated, episode(EMPTY, night=True), EMPTY, role=1)


def test_stating_is_asked_of_a_doing_only() -> None:
    with pytest.raises(AssertionError):
        holds(States("nature"), episode(EMPTY, Doing("report", 0, frozenset({"nature"}))), EMPTY)


@pytest.mark.parametrize(("night", "alone"), [(False, False), (False, True), (True, False), (True, True)])
def test_not_and_or(night: bool, alone: bool) -> None:
    world = episode(EMPTY, night=night, distress=(alone, False))
    assert holds(Not(NIGHT), world, EMPTY) is (not night)
    assert holds(And((NIGHT, distress(0))), world, EMPTY) is (night and alone)
    assert holds(Or((NIGHT, distress(0))), world, EMPTY) is (night or alone)


# ---- what can occur


def test_an_axiom_that_rotates_holds_from_every_side() -> None:
    claim: Expr = Or((Not(does("hold")), distress(0)))
    round_, once = system(axioms=[axiom(claim)]), system(axioms=[axiom(claim, rotates=False)])
    for of, expected in ((round_, False), (once, True)):
        assert possible(episode(of), of)
        assert not possible(episode(of, HOLDS), of)
        assert possible(episode(of, OTHER_HOLDS), of) is expected
        assert possible(episode(of, OTHER_HOLDS, distress=(False, True)), of)


@pytest.mark.parametrize(("as_of", "expected"), [(BEFORE, True), (DAY, False), (None, False)])
def test_what_a_text_deems_counts_while_it_is_in_force(as_of: date | None, expected: bool) -> None:
    pact = text(PACT, DocumentKind.INSTRUMENT, None, in_force=DAY)
    of = system(axioms=[axiom(NIGHT, document=PACT)], pact=pact, as_of=as_of)
    assert possible(episode(of), of) is expected
    assert possible(episode(of, night=True), of)


@pytest.mark.parametrize(
    ("distance", "expected"), [(0, True), (2, True), (Fraction(-1, 9), False), (Fraction(19, 9), False)]
)
def test_quantities_stay_in_their_range(distance: Fraction | int, expected: bool) -> None:
    assert possible(episode(EMPTY, distance=distance), EMPTY) is expected
    assert possible(episode(EMPTY, separation=distance), EMPTY) is expected


def test_counts_are_whole() -> None:
    assert possible(episode(EMPTY, crew=(1, 0)), EMPTY)
    assert not possible(episode(EMPTY, crew=(HALF, 0)), EMPTY)
    assert possible(episode(EMPTY, speed=(HALF, 0)), EMPTY)


@pytest.mark.parametrize(("value", "expected"), [(0, True), (HALF, True), (360, False), (-1, False)])
def test_angles_lie_in_one_turn_and_open_ranges_have_no_end(value: Fraction | int, expected: bool) -> None:
    bearing = Attribute("bearing", None, NumberSort(Dimension.ANGLE))
    height = Attribute("height", None, NumberSort(Dimension.LENGTH))
    of = replace(EMPTY, situation=replace(EMPTY.situation, attributes=(bearing, height), party=None))
    assert possible(episode(of, bearing=value, height=-1_000_000), of) is expected


def test_values_are_of_their_kind() -> None:
    assert possible(episode(EMPTY, zone="far"), EMPTY)
    assert not possible(episode(EMPTY, zone="ship"), EMPTY)
    assert not possible(episode(EMPTY, night="far"), EMPTY)
    assert not possible(episode(EMPTY, distance=True), EMPTY)


def test_variables_are_listed_once_for_each_role_that_has_its_own() -> None:
    names = [(variable_name(variable), variable.role) for variable in variables(EMPTY)]
    assert names.count(("distress", 0)) == names.count(("distress", 1)) == names.count(("night", None)) == 1
    assert {("speed", 1), ("separation", None)} <= set(names)
    assert len(names) == len(set(names)) == 2 * 4 + 3 + 1 + 2
