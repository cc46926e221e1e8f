"""What is found, what is decided, and which values and doings are tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest

from cbm.core.episodes import Axiom
from cbm.core.expressions import And, Compare, Expr, Not, Or
from cbm.core.norms import NormSystem
from cbm.core.persons import Continuation
from cbm.core.sorts import Dimension, NumberSort
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.records import replace
from tests.laws.enumerate import conflict_sets
from tests.laws.episodes import Side
from tests.laws.grid import Deed, grid
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    LESS,
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    attribute,
    axiom,
    clause,
    compare,
    distress,
    does,
    must,
    must_not,
    result,
    system,
)

HOLD = must("1", does("hold"))


def values(worlds: Iterable[CompleteEpisode], name: str, role: int | None = None) -> set[object]:
    return {world.values[attribute(name, role)] for world in worlds}


def where(of: NormSystem, *names: str) -> tuple[CompleteEpisode, ...]:
    return conflict_sets(Side(of, 0))[frozenset(map(clause, names))]


# ---- situation and conduct


def test_what_is_found_and_what_is_decided() -> None:
    side = Side(system(must("1", at_least(SEPARATION, 1), does("hold", 1), NIGHT)), 0)
    assert side.parts[: side.found] == [attribute("night"), Deed("hold", 1)]
    assert side.parts[side.found :] == [SEPARATION]


@pytest.mark.parametrize(
    ("link", "free"),
    [
        (Or((Not(does("hold")), does("turn", 1))), True),  # tied to an own act
        (Or((Not(does("turn", 1)), at_most(SEPARATION, 1))), True),  # tied to a result of both
        (Or((Not(does("turn", 1)), at_most(result("speed", 1), 0))), False),  # tied to the other side's own result
        (Or((Not(does("turn", 1)), NIGHT)), False),  # tied to what is found
        (Or((Not(does("turn", 1)), does("report", 1))), False),  # tied to another act of the other side
    ],
)
def test_an_act_of_the_other_side_that_an_axiom_ties_to_conduct_is_decided(link: Expr, free: bool) -> None:
    of = system(must("1", does("hold"), does("turn", 1)), axioms=[axiom(link, rotates=False)])
    side = Side(of, 0)
    assert (Deed("turn", 1) in side.parts[side.found :]) is free


def test_what_the_other_side_brings_about_alone_is_found() -> None:
    slower = must("1", compare({result("speed", 0): 1, result("speed", 1): -1}, LESS, 0))
    of = system(slower)
    assert {world.values[result("speed", 1)] for world in where(of, "1")} == {0}


def test_two_claims_in_one_axiom_tie_nothing_together() -> None:
    both = And((Or((Not(does("turn", 1)), NIGHT)), Or((Not(does("hold")), NIGHT))))
    side = Side(system(must("1", does("hold"), does("turn", 1)), axioms=[axiom(both, rotates=False)]), 0)
    assert Deed("turn", 1) in side.parts[: side.found]


def test_situations_without_feasible_conduct_are_kept_apart() -> None:
    """A unit in distress would have to hold, and at night nobody may."""
    at_night = axiom(Or((Not(NIGHT), Not(does("hold")))), rotates=False)
    of = system(HOLD, axioms=[axiom(Or((Not(distress(0)), does("hold"))), rotates=False), at_night])
    side = Side(of, 0)
    assert {(w.values[attribute("night")], w.values[attribute("distress", 0)]) for w in side.stranded} == {(True, True)}
    assert len(side.encounters) == 3
    assert values(where(of, "1"), "night") == {True}
    assert values(where(of, "1"), "distress", 0) == {False}


def test_no_situation_at_all() -> None:
    impossible = [Axiom("", NIGHT, True), Axiom("", Not(NIGHT), True)]
    side = Side(system(HOLD, must_not("2", does("hold")), axioms=impossible), 0)
    assert (side.encounters, side.stranded) == ((), ())
    assert conflict_sets(side) == {}


def test_no_grid_is_trusted_that_is_not_known_to_be_fine_enough() -> None:
    total = compare({SEPARATION: 1, DISTANCE: 1}, AT_MOST, 1)
    uneven = compare({SEPARATION: 2, DISTANCE: -1}, AT_MOST, 1)
    three = compare({SEPARATION: 1, DISTANCE: -1, result("speed", 0): 1}, AT_MOST, 1)
    for unsafe in (total, uneven, three):
        with pytest.raises(ValueError, match="fine enough"):
            grid([unsafe])
    endless = replace(DISTANCE, sort=NumberSort(Dimension.LENGTH, Fraction(0)))
    with pytest.raises(ValueError, match="needs ends"):
        grid([at_most(endless, 1)])


def test_fractions_are_tried_at_between_and_beside() -> None:
    half = compare({SEPARATION: 2}, AT_MOST, 1)
    third = compare({SEPARATION: 1}, AT_MOST, Fraction(1, 3))
    assert {Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)} < set(grid([half])[SEPARATION])
    assert {Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)} < set(grid([third])[SEPARATION])
    assert {Fraction(1, 3), Fraction(5, 12), Fraction(1, 2)} < set(grid([half, third])[SEPARATION])
    by_heads = Compare(((Fraction(-1, 5), attribute("crew", 0)), (Fraction(1), SEPARATION)), AT_MOST, Fraction(0))
    assert {Fraction(1, 10), Fraction(1, 5)} < set(grid([by_heads])[SEPARATION])
    short = replace(DISTANCE, sort=NumberSort(Dimension.LENGTH, Fraction(0), Fraction(2, 3)))
    assert list(grid([at_most(short, 0)])[short]) == [Fraction(n, 6) for n in range(5)]


def test_steps_of_the_grid() -> None:
    tied = grid([compare({SEPARATION: 1, DISTANCE: -1}, AT_MOST, 0), at_most(attribute("crew", 0), 1)], [SEPARATION])
    assert list(tied[attribute("crew", 0)]) == [0, 1]
    assert list(tied[DISTANCE]) == [0, Fraction(1, 2), 1, Fraction(3, 2), 2]
    assert len(tied[SEPARATION]) == 9
    assert len(grid([at_most(SEPARATION, 1)])[SEPARATION]) == 5
    assert len(grid([at_most(SEPARATION, 1)], finer=3)[SEPARATION]) == 13


@pytest.mark.parametrize("role", [0, 1])
def test_what_is_decided_goes_in_finer_steps_than_what_is_found(role: int) -> None:
    numbers = grid([compare({result("speed", 0): 1, result("speed", 1): -1}, LESS, 0)], [result("speed", role)])
    assert {r: len(numbers[result("speed", r)]) for r in (0, 1)} == {role: 5, 1 - role: 3}


def test_one_person_under_two_names_does_not_meet_itself() -> None:
    """A difference was counted that no encounter shows: C continues A, and is there in its place."""
    of = system(HOLD)
    pairs = {("A", "C"), ("C", "A")}
    for day, left in ((None, pairs), (date(2022, 1, 1), {(a, b) for a in "ABC" for b in "ABC" if "A" in (a, b)})):
        later = replace(of, continuations=(Continuation("C", "A", date(2022, 1, 1)),), as_of=day)
        met = {
            tuple(encounter.world.values[attribute("party", role)] for role in (0, 1))
            for encounter in Side(later, 0).encounters
        }
        assert met == {(a, b) for a in "ABC" for b in "ABC"} - left
