"""Conflicts, precedence, single norms and redundancy as enumeration finds them, against systems worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

from cbm.core.expressions import Expr, Not, Or
from cbm.core.norms import NormSystem
from cbm.evaluate.complete_episode import CompleteEpisode, Doing
from cbm.syntax.ast import Strength
from tests.laws.enumerate import Facts, always, conflict_sets, facts, redundant, suspended, without
from tests.laws.episodes import Side
from tests.laws.tiny import (
    AT_MOST,
    DISTANCE,
    EQUAL,
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
    instead,
    may,
    must,
    must_not,
    system,
    yields,
)

APART, CLOSE = must("1", at_least(SEPARATION, 2)), must("2", at_most(SEPARATION, 1))
HOLD, NO_HOLD = must("1", does("hold")), must_not("2", does("hold"))


def labels(of: NormSystem, advised: bool = False) -> set[str]:
    """The conflict sets of role 0, each as its labels."""
    return {" ".join(sorted(n.label for n in some)) for some in conflict_sets(Side(of, 0), advised)}


def where(of: NormSystem, *names: str) -> tuple[CompleteEpisode, ...]:
    return conflict_sets(Side(of, 0))[frozenset(map(clause, names))]


def values(worlds: Iterable[CompleteEpisode], name: str, role: int | None = None) -> set[object]:
    return {world.values[attribute(name, role)] for world in worlds}


# ---- conflicts


def test_two_bounds_that_leave_nothing_between_them() -> None:
    of = system(APART, CLOSE)
    assert labels(of) == {"1 2"}
    assert always(Side(of, 0), frozenset(of.norms))


def test_two_bounds_that_meet() -> None:
    assert labels(system(APART, must("2", at_most(SEPARATION, 2)))) == set()


def test_bounds_that_leave_only_what_lies_between_whole_numbers() -> None:
    above, below = must("1", Not(at_most(SEPARATION, 1))), must("2", Not(at_least(SEPARATION, 2)))
    assert labels(system(above, below)) == set()
    assert labels(system(above, must("2", at_most(SEPARATION, 1)))) == {"1 2"}


def test_a_conflict_has_the_situations_in_which_both_bind() -> None:
    of = system(APART, must("2", at_most(SEPARATION, 1), NIGHT, unless=distress(0)))
    assert values(where(of, "1", "2"), "night") == {True}
    assert values(where(of, "1", "2"), "distress", 0) == {False}


def test_a_bound_that_depends_on_what_is_found() -> None:
    as_far_as_found = must("1", compare({DISTANCE: 1, SEPARATION: -1}, AT_MOST, 0))
    of = system(as_far_as_found, must("2", compare({SEPARATION: 1}, LESS, 1)))
    assert labels(of) == {"1 2"}
    assert values(where(of, "1", "2"), "distance") == {1, Fraction(3, 2), 2}
    assert not always(Side(of, 0), frozenset(of.norms))


def test_what_is_decided_finds_room_on_either_side_of_what_is_found() -> None:
    """Between a distance of half a metre and both whole metres beside it there is always room."""
    below = must("1", compare({SEPARATION: 1, DISTANCE: -1}, LESS, 0), compare({DISTANCE: -1}, LESS, 0))
    above = must("2", compare({DISTANCE: 1, SEPARATION: -1}, LESS, 0), compare({DISTANCE: 1}, LESS, 1))
    whole = [must_not(str(n + 3), compare({SEPARATION: 1}, EQUAL, n)) for n in range(3)]
    assert labels(system(below, *whole)) == set()
    assert labels(system(above, *whole)) == set()
    assert labels(system(below, above, *whole)) == {"1 2"}


def test_a_duty_that_cannot_be_kept_is_a_set_of_one() -> None:
    of = system(must("1", at_least(SEPARATION, 3), NIGHT), CLOSE)
    assert labels(of) == {"1"}
    assert values(where(of, "1"), "night") == {True}


def test_sets_are_minimal_in_a_situation_and_not_throughout() -> None:
    """At night the first cannot be kept at all; by day it can, but not beside the second."""
    daylight = axiom(Or((Not(NIGHT), Not(does("hold")))))
    of = system(HOLD, NO_HOLD, axioms=[daylight])
    assert labels(of) == {"1", "1 2"}
    assert values(where(of, "1"), "night") == {True}
    assert values(where(of, "1", "2"), "night") == {False}


def test_three_norms_of_which_each_two_agree() -> None:
    of = system(must("1", Or((does("hold"), does("turn")))), NO_HOLD, must_not("3", does("turn")))
    assert labels(of) == {"1 2 3"}


def test_several_sets_in_one_situation_are_all_found() -> None:
    of = system(APART, CLOSE, must("3", compare({SEPARATION: 1}, EQUAL, 0)))
    assert labels(of) == {"1 2", "1 3"}


def test_acts_that_are_never_done_together() -> None:
    never = axiom(Not(conjunction_of(does("hold"), does("turn"))))
    assert labels(system(HOLD, must("2", does("turn")))) == set()
    assert labels(system(HOLD, must("2", does("turn")), axioms=[never])) == {"1 2"}


def conjunction_of(*parts: Expr) -> Expr:
    return Not(Or(tuple(map(Not, parts))))


def test_permissions_are_in_no_conflict_and_advice_only_when_asked_for() -> None:
    advice = must("2", at_most(SEPARATION, 1), strength=Strength.SHOULD)
    of = system(APART, advice, may("3", at_most(SEPARATION, 0)))
    assert labels(of) == set()
    assert labels(of, advised=True) == {"1 2"}


def test_a_duty_that_ones_own_act_brings_into_play_can_be_avoided_by_not_acting() -> None:
    follow, not_follow = must("1", does("report"), does("hold")), must_not("2", does("report"))
    assert labels(system(follow, not_follow)) == set()
    assert labels(system(follow, not_follow, must("3", does("hold")))) == {"1 2 3"}


def test_a_duty_that_the_others_act_brings_into_play_cannot_be_avoided() -> None:
    of = system(must("1", does("report"), does("hold", 1)), must_not("2", does("report")))
    assert labels(of) == {"1 2"}
    assert all(Doing("hold", 1) in world.doings for world in where(of, "1", "2"))


def test_displaced_norms_are_in_no_conflict_but_keep_their_power_to_displace() -> None:
    of = system(APART, CLOSE, displacements=[instead("2", "1")])
    assert labels(of) == set()
    chain = system(APART, CLOSE, must("3", does("hold"), NIGHT), displacements=[instead("2", "1"), instead("3", "2")])
    assert labels(chain) == set()


def test_one_doing_states_everything_a_ban_looks_at() -> None:
    place, course = must("1", does("log", 0, "place")), must("2", does("log", 0, "course"))
    never_both = must_not("3", does("log", 0, "place", "course"))
    assert labels(system(place, course, never_both)) == set(), "two doings keep all three"
    assert labels(system(place, course, never_both, must_not("4", does("log")))) == {"1 4", "2 4"}
    assert labels(system(must("1", does("log", 0, "place", "course")), never_both)) == {"1 3"}


# ---- precedence


def stand_down(of: NormSystem) -> set[str]:
    side = Side(of, 0)
    return {norm.label for encounter in side.encounters for norm in suspended(side, encounter)}


def test_the_yielding_norm_is_suspended_where_it_clashes() -> None:
    of = system(APART, must("2", at_most(SEPARATION, 1), NIGHT), precedences=[yields([clause("1")], [clause("2")])])
    side = Side(of, 0)
    gone = {e.world.values[attribute("night")]: suspended(side, e) for e in side.encounters}
    assert gone == {True: frozenset({clause("1")}), False: frozenset()}


def test_who_does_not_clash_does_not_yield() -> None:
    agree = must("2", at_most(SEPARATION, 2))
    assert stand_down(system(APART, agree, precedences=[yields([clause("1")], [clause("2")])])) == set()


def test_what_is_suspended_suspends_nothing() -> None:
    """All three clash in pairs; 3 suspends 2, and 2 no longer suspends 1, but 3 does if the text says so."""
    first, second, third = (must(str(n + 1), compare({SEPARATION: 1}, EQUAL, n)) for n in range(3))
    chain = [yields([clause("1")], [clause("2")]), yields([clause("2")], [clause("3")])]
    assert stand_down(system(first, second, third, precedences=chain)) == {"2"}
    assert stand_down(system(first, second, third, precedences=[*chain, yields([clause("1")], [clause("3")])])) == {
        "1",
        "2",
    }


# ---- single norms


ALL_SHOWN = Facts(True, True, True, True, True, True, True, True, True)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (system(HOLD), ALL_SHOWN),
        (system(must("1", does("hold"), NIGHT, Not(NIGHT))), Facts()),
        (system(must("1", does("hold"), NIGHT, unless=NIGHT)), Facts(met=True)),
        (system(HOLD, may("2", does("turn")), displacements=[instead("2", "1")]), Facts(True, True, True, lifted=True)),
        (
            system(HOLD, NO_HOLD, precedences=[yields([clause("1")], [clause("2")])]),
            Facts(True, True, True, True, bites=True, lifted=True),
        ),
        (system(must("1", at_least(SEPARATION, 0))), Facts(True, True, True, True, True, False, True)),
        (system(HOLD, NO_HOLD), Facts(True, True, True, True, True, True, False, True, True)),
    ],
    ids=["sound", "never met", "always excepted", "always displaced", "always suspended", "always kept", "not shown"],
)
def test_facts_of_the_first_norm(of: NormSystem, expected: Facts) -> None:
    assert facts(Side(of, 0))[clause("1")] == expected


def test_norms_for_the_other_side_are_left_out() -> None:
    of = system(must("1", does("hold", 1), rotates=False, bearer=1), interchangeable=False)
    assert facts(Side(of, 0)) == {}
    assert facts(Side(of, 1)) == {clause("1"): ALL_SHOWN}


# ---- redundancy


def implied(of: NormSystem) -> dict[str, set[str]]:
    found = redundant(Side(of, 0))
    return {n.label: {" ".join(sorted(m.label for m in some)) for some in r.implied_by} for n, r in found.items()}


def test_a_weaker_demand_in_fewer_situations_is_implied() -> None:
    assert implied(system(APART, must("2", at_least(SEPARATION, 1), NIGHT))) == {"2": {"1"}}


def test_of_two_norms_that_say_the_same_the_first_in_the_text_is_redundant() -> None:
    assert implied(system(must("2", does("hold")), HOLD)) == {"2": {"1"}}


def test_two_norms_together_imply_a_third() -> None:
    both = must("3", conjunction_of(does("hold"), does("turn")))
    assert implied(system(HOLD, must("2", does("turn")), both)) == {"1": {"3"}, "2": {"3"}}
    assert implied(system(both, HOLD, must("2", does("turn")))) == {"3": {"1 2"}}


def test_a_must_is_not_implied_by_advice_but_advice_by_a_must() -> None:
    advice = must("2", does("hold"), strength=Strength.SHOULD)
    assert implied(system(HOLD, advice)) == {"2": {"1"}}


def test_a_norm_that_can_never_be_breached_needs_nothing_to_imply_it() -> None:
    assert implied(system(must("1", at_least(SEPARATION, 0)))) == {"1": {""}}


def test_a_norm_that_binds_only_where_the_others_are_breached_is_not_redundant() -> None:
    assert implied(system(must("1", at_least(SEPARATION, 1), does("hold")), NO_HOLD)) == {}


def test_what_is_implied_can_be_deleted_unless_it_displaces_or_is_asked_about() -> None:
    weaker = must("2", at_least(SEPARATION, 1))
    assert redundant(Side(system(APART, weaker), 0))[clause("2")].deletable
    banned = must_not("3", does("hold"))
    displacing = system(APART, weaker, banned, displacements=[instead("2", "3")])
    assert not redundant(Side(displacing, 0))[clause("2")].deletable


def test_leaving_a_norm_out_takes_its_edges_along() -> None:
    edges = [instead("2", "1"), instead("3", "2")]
    of = system(
        HOLD, NO_HOLD, must("3", does("turn")), displacements=edges, precedences=[yields([clause("1")], [clause("2")])]
    )
    rest = without(of, clause("2"))
    assert rest is not None
    assert list(rest.norms) == [clause("1"), clause("3")]
    assert (rest.displacements, rest.precedences) == ((), ())
