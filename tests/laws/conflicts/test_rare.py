"""What drawn systems show too rarely: systems made by hand in which it decides, held against enumeration."""

from __future__ import annotations

import pytest

from cbm.conflicts.all_conflicts import find_clashes
from cbm.conflicts.precedence import suspended_in
from cbm.core.expressions import FALSE, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.ground.grounding import ground
from tests.laws.enumerate import conflict_sets, suspended
from tests.laws.episodes import Side, at
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    axiom,
    clause,
    compare,
    distress,
    does,
    instead,
    may,
    must,
    must_not,
    result,
    system,
    yields,
)

SYSTEMS = {
    "a displacement for both frees the other unit": system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1)),
        must("3", does("report"), distress(1)),
        displacements=[instead("3", "2", both=True)],
    ),
    "a displacement for both, when own calls for it, is a way out": system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1), distress(0)),
        must("3", does("report"), distress(1)),
        displacements=[instead("3", "2", both=True)],
    ),
    "a displacement for the same unit does not": system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1), distress(0)),
        must("3", does("report"), distress(1)),
        displacements=[instead("3", "2")],
    ),
    "an axiom ties acts of different norms together": system(
        must("1", does("hold")),
        must("2", does("turn"), NIGHT),
        axioms=[axiom(negation(conjunction(does("hold"), does("turn"))))],
    ),
    "an axiom ties an act to a result": system(
        must("1", does("turn")),
        must("2", at_least(SEPARATION, 2), distress(0)),
        axioms=[axiom(disjunction(negation(does("turn")), at_most(SEPARATION, 1)))],
    ),
    "two doings do what one cannot": system(
        must("1", does("log", 0, "place")),
        must("2", does("log", 0, "course")),
        must_not("3", does("log", 0, "place", "course")),
    ),
    "a condition on a doing needs room for it": system(
        must_not("1", does("log", 0, "place", "course")),
        must("2", does("log", 0, "place", "course"), negation(does("log", 0, "course"))),
        axioms=[axiom(disjunction(negation(does("log")), does("log", 0, "place")))],
    ),
    "three clauses clash though any two can be met": system(
        must("1", disjunction(does("hold"), does("turn"))),
        must_not("2", does("hold")),
        must_not("3", does("turn"), NIGHT),
    ),
    "a bound from the situation": system(
        must("1", compare({SEPARATION: -1, DISTANCE: 1}, AT_MOST, 0)),
        must("2", at_most(SEPARATION, 1)),
    ),
    "own conduct in a condition is a way out": system(
        must("1", at_least(SEPARATION, 2), does("turn")),
        must("2", at_most(SEPARATION, 1)),
        must("3", does("turn"), NIGHT),
    ),
    "an act of the other unit that an axiom ties is a way out": system(
        must("1", does("hold"), does("turn", 1)),
        must_not("2", does("hold"), at_least(result("speed", 1), 1)),
        axioms=[axiom(disjunction(negation(does("turn", 1)), does("hold")))],
    ),
    "an act of the other unit that an axiom ties is a way out with all that it states": system(
        must("1", at_least(SEPARATION, 0), does("log", 1, "place")),
        must_not("2", at_least(SEPARATION, 0)),
        displacements=[instead("1", "2")],
        axioms=[axiom(disjunction(negation(does("log")), does("log", 1)))],
    ),
    "an act of the other unit that nothing ties is none": system(
        must("1", at_least(SEPARATION, 0), does("log", 1, "place")),
        must_not("2", at_least(SEPARATION, 0)),
        displacements=[instead("1", "2")],
    ),
    "a permission displaces and demands nothing": system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1)),
        may("3", at_most(SEPARATION, 1), NIGHT),
        displacements=[instead("3", "1")],
    ),
}


def chain(*edges: tuple[str, str]) -> NormSystem:
    """2 clashes with 1 and with 3; each edge says who yields to whom."""
    return system(
        must("1", at_least(SEPARATION, 2)),
        must("2", at_most(SEPARATION, 1)),
        must("3", at_least(SEPARATION, 2), NIGHT),
        precedences=[yields([clause(low)], [clause(high)]) for low, high in edges],
    )


# All three clash at night; in distress nobody can turn, so that 1 and 2 clash without 3, which then does not yield.
TWO_OF_THREE = system(
    must("1", disjunction(does("hold"), does("turn"))),
    must_not("2", does("hold")),
    must_not("3", does("turn"), NIGHT),
    precedences=[yields([clause("3")], [clause("1")])],
    axioms=[axiom(disjunction(negation(distress(0)), negation(does("turn"))))],
)

# Two prevail over 1 in one clash; in distress one of them yields itself, to 4, and the other one suffices.
TWO_PREVAIL = system(
    must("1", disjunction(does("hold"), does("turn"))),
    must_not("2", does("hold")),
    must_not("3", does("turn"), NIGHT),
    must("4", does("turn"), distress(0)),
    precedences=[yields([clause("1")], [clause("2"), clause("3")]), yields([clause("3")], [clause("4")])],
)


@pytest.mark.parametrize(
    "of",
    [
        chain(("1", "2")),
        chain(("1", "2"), ("2", "3")),
        chain(("2", "1"), ("2", "3")),
        chain(("3", "2"), ("2", "1")),
        TWO_OF_THREE,
        TWO_PREVAIL,
    ],
)
def test_what_is_suspended_suspends_nothing(of: NormSystem) -> None:
    found, _ = find_clashes(ground(of, 0))
    where = suspended_in(of, found, 0, advised=True)
    side = Side(of, 0)
    for encounter in side.encounters:
        expected = suspended(side, encounter, advised=True)
        assert {n for n in of.norms if at(where.get(n, FALSE), encounter.world)} == expected


@pytest.mark.parametrize("of", SYSTEMS.values(), ids=SYSTEMS)
def test_clashes_are_those_of_enumeration(of: NormSystem) -> None:
    found, given_up = find_clashes(ground(of, 0))
    assert given_up == ()
    assert {frozenset(clash.norms) for clash in found} == set(conflict_sets(Side(of, 0), advised=True))


def test_the_systems_show_something() -> None:
    counts = {name: len(conflict_sets(Side(of, 0), advised=True)) for name, of in SYSTEMS.items()}
    assert counts["two doings do what one cannot"] == 0
    assert counts["a condition on a doing needs room for it"] == 0
    assert all(n > 0 for name, n in counts.items() if "doing" not in name and "way out" not in name), counts
