"""Law: what duties bar together, and none of them by itself, is what enumeration says of each act of the bearer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given

from cbm.compliance.unwritten_bans import AskedConduct, UnwrittenBan, brought_into_play, never_kept, unwritten_bans
from cbm.core.norms import NormSystem
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry, inquire
from cbm.records import replace
from cbm.smt.solve import sharing
from cbm.syntax.ast import Strength
from tests.laws.checked import is_empty
from tests.laws.dressed import dressed
from tests.laws.enumerate import Norms, duties, outcomes, smallest_unkept
from tests.laws.episodes import Side
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere
from tests.laws.tiny import NIGHT, SEPARATION, at_least, at_most, clause, does, must, must_not, system, yields


def enumerated(side: Side, act: str, advised: bool) -> set[Norms]:
    """For each situation in which one can comply: the smallest sets of duties that are not kept by who does the act.

    Situations in which a single duty bars it, or in which it cannot be done, do not count.
    """
    owed = duties(side, advised)
    found: set[Norms] = set()
    by_encounter: dict[int, list[tuple[bool, Norms]]] = {}
    for o in outcomes(side, advised):
        done = any((d.act, d.role) == (act, side.role) for d in side.world(o.conduct.choice).doings)
        by_encounter.setdefault(id(o.encounter), []).append((done, o.breached))
    for here in by_encounter.values():
        ways = frozenset(frozenset(owed) - breached for done, breached in here if done)
        sets = smallest_unkept(tuple(owed), ways) if ways else frozenset()
        if all(len(some) > 1 for some in sets) and any(not breached for _, breached in here):
            found |= sets
    return found


@sharing()
def compare(of: NormSystem) -> int:
    """Holds what is found against enumeration; how many sets there are."""
    inquiry, count = inquire(dressed(of)), 0
    for (about, advised), act in product(views(inquiry), of.acts):
        found = list(unwritten_bans(about, AskedConduct(act), advised))
        assert all(isinstance(one, UnwrittenBan) for one in found)
        told = [frozenset(d.norm.id for d in one.shut.by) for one in found if isinstance(one, UnwrittenBan)]
        assert len(set(told)) == len(told)
        assert set(told) == enumerated(Side(of, about.bearer), act, advised), (about.bearer, act, advised)
        count += len(told)
    return count


@given(anywhere())
@sparingly(2)
def test_what_duties_bar_together_is_what_enumeration_says(of: NormSystem) -> None:
    if not is_empty(of):
        compare(of)


@given(anywhere())
@sparingly(4)
def test_what_is_forbidden_by_a_clause_that_says_so_is_forbidden_by_no_other(of: NormSystem) -> None:
    """A ban that is written down, with no condition, leaves nothing for a clause that cannot be kept to forbid."""
    if is_empty(of):
        return
    for act in of.acts:
        written = must_not("ban", does(act))
        inquiry = inquire(dressed(replace(of, norms={**of.norms, written.id: written})))
        for about, advised in views(inquiry):
            for norm in brought_into_play(about, AskedConduct(act)):
                assert never_kept(about, AskedConduct(act), norm, advised) is None, (about.bearer, norm)


def views(inquiry: Inquiry) -> Iterator[tuple[Ground, bool]]:
    """What each bearer owes, without advice and with it."""
    yield from ((about, False) for about in inquiry.strict)
    yield from ((about, True) for about in inquiry.advised)


TURNS, NEAR, FAR = does("turn"), at_most(SEPARATION, 1), at_least(SEPARATION, 2)
SYSTEMS = {
    "duties on who does it clash": (2, system(must("1", FAR, TURNS), must("2", NEAR, TURNS, NIGHT))),
    "one of them bars it by itself": (0, system(must_not("1", TURNS, NIGHT), must("2", NEAR, TURNS, NIGHT))),
    "the one yields to the other": (
        2,  # they do not clash where nobody turns, so nothing yields
        system(must("1", FAR, TURNS), must("2", NEAR, TURNS), precedences=[yields([clause("1")], [clause("2")])]),
    ),
    "nobody can comply there": (
        0,
        system(must("1", FAR, TURNS), must("2", NEAR, TURNS), must("3", does("report")), must_not("4", does("report"))),
    ),
    "advice bars it": (1, system(must("1", FAR, TURNS), must("2", NEAR, TURNS, strength=Strength.SHOULD))),
    "nobody but the other is bound": (
        2,
        system(
            must("1", FAR, does("turn", 1), bearer=1, rotates=False),
            must("2", NEAR, does("turn", 1), NIGHT, bearer=1, rotates=False),
            interchangeable=False,
        ),
    ),
    "three of them": (
        2,
        system(must("1", FAR, TURNS), must("2", NEAR, TURNS, does("report")), must("3", does("report"), NIGHT)),
    ),
}


@pytest.mark.parametrize(("count", "of"), SYSTEMS.values(), ids=SYSTEMS)
def test_systems_made_by_hand(count: int, of: NormSystem) -> None:
    assert compare(of) == count
