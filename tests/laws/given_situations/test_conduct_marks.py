"""Laws: what is told of acts and results under what is given is what trying every episode shows."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.core.expressions import TRUE, And, Expr, Or, conjunction, negation
from cbm.core.norms import Norm, NormSystem, Strength
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent, SituationClaim, extent_of
from cbm.given_situations.conduct_marks import ConductMark, MarkedConduct, asked_about, is_ban_on, marks
from cbm.given_situations.given_world import GivenWorld
from cbm.smt.solve import sharing
from tests.laws.episodes import Side
from tests.laws.grid import Deed
from tests.laws.situated import Encountered, agrees, at, encountered, questions, world_given
from tests.laws.sparing import sparingly
from tests.laws.tiny import (
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    distress,
    does,
    may,
    must,
    must_not,
    need_not,
    system,
    yields,
)

_M = ConductMark
_IN_SOME_WAYS = (_M.MUST_NOT_SO, _M.SHOULD_NOT_SO)
_EXPRESSLY = (_M.MAY, _M.CANNOT_USE, _M.NEED_NOT, *_IN_SOME_WAYS)


@given(questions())
@sparingly(4)
def test_marks_are_those_of_enumeration(question: tuple[NormSystem, int, Side, Expr]) -> None:
    """In one situation that is fully known, and in all those that what is given leaves open."""
    of, role, side, asked = question
    _compare(world_given(of, role, asked), side, encountered(side, asked))


@given(questions(), st.data())
@sparingly(4)
def test_what_is_given_of_conduct_is_taken_as_given(
    question: tuple[NormSystem, int, Side, Expr], data: st.DataObject
) -> None:
    """What it breaches is set aside, and what yields is what yields whatever is done."""
    of, role, side, asked = question
    own = [does(part.act, role) for part in side.parts[side.found :] if isinstance(part, Deed) and part.role == role]
    assume(own)
    done = data.draw(st.sampled_from([*own, *map(negation, own)]))
    here = encountered(side, asked, done)
    assume(here)
    world = world_given(of, role, conjunction(asked, done))
    _compare(world, side, here)
    for norm in side.norms:
        where = [c.where for c in world.clashes if c.is_breach and norm in c.clash.takes_part]
        for one in here:
            assert any(at(formula, one.encounter.world) for formula in where) == (norm in one.breached)


def _compare(world: GivenWorld, side: Side, here: list[Encountered]) -> None:
    with sharing():
        told = list(marks(world))
    for decision, what in asked_about(world):
        own = {m.mark: m.where for m in told if (m.decision, m.what) == (decision, what) and m.mark not in _EXPRESSLY}
        truth = [(one, set(one.marks(decision, what))) for one in here]
        for mark in ConductMark if decision.is_act or not isinstance(what, And | Or) else ():
            if mark not in _EXPRESSLY:
                agrees(own.get(mark, NOWHERE), [(one, mark in some) for one, some in truth if one.is_asked(mark)])
    _compare_permissions(world, side, [one for one in here if one.left], told)


def _compare_permissions(world: GivenWorld, side: Side, left: list[Encountered], told: list[MarkedConduct]) -> None:
    for found in told:
        if found.mark in _EXPRESSLY:
            norm = side.norms[found.by[0].norm.id]
            told_of = Encountered.barred if found.mark in _IN_SOME_WAYS else Encountered.permitted
            truth = [(one, found.mark in set(told_of(one, found.what, norm))) for one in left]
            agrees(found.where, [(one, so) for one, so in truth if one.is_asked(found.mark)])
    known = {(m.by[0].norm.id, m.decision, m.mark) for m in told if m.mark in _EXPRESSLY}
    for decision, what in asked_about(world):
        for norm in side.norms.values() if decision.is_act else ():
            if not norm.demands and f"act='{decision.name}'" in repr(norm.content):
                seen = {mark for one in left for mark in one.permitted(what, norm)}
                assert {mark for n, d, mark in known if (n, d) == (norm.id, decision)} == seen
            elif is_ban_on(norm, decision.name) and decision.role == world.bearer:
                seen = {mark for one in left for mark in one.barred(what, norm)}
                tied = any(
                    norm.id in {n.norm.id for n in m.by}
                    for m in told
                    if m.decision == decision and m.mark is _M.TIED_FROM
                )
                marked = {mark for n, d, mark in known if (n, d) == (norm.id, decision)}
                assert marked == seen or (tied and not marked)


# ---- by hand


HOLD, TURN = does("hold"), does("turn")
REPORT, STATING = does("report"), does("report", 0, "nature")
SYSTEMS: dict[str, tuple[set[tuple[str, ConductMark]], list[Norm]]] = {
    "a duty": ({("hold", _M.MUST)}, [must("1", HOLD)]),
    "a ban": ({("hold", _M.MUST_NOT)}, [must_not("1", HOLD)]),
    "advice": ({("hold", _M.SHOULD)}, [must("1", HOLD, strength=Strength.SHOULD)]),
    "advice beside a duty": (
        {("hold", _M.MUST)},
        [must("1", HOLD), must("2", HOLD, strength=Strength.SHOULD)],
    ),
    "advice against a duty": (
        {("hold", _M.MUST)},
        [must("1", HOLD), must_not("2", HOLD, strength=Strength.SHOULD)],
    ),
    "one of two acts is owed": ({("hold", _M.TIED_TO), ("turn", _M.TIED_TO)}, [must("1", Or((HOLD, TURN)))]),
    "both are never done": ({("hold", _M.TIED_FROM), ("turn", _M.TIED_FROM)}, [must_not("1", And((HOLD, TURN)))]),
    "who does the one owes the other": (
        {("hold", _M.TIED_FROM), ("turn", _M.TIED_TO)},
        [must("1", TURN, HOLD)],
    ),
    "a way of doing it is barred": ({("report", _M.MUST_NOT_SO)}, [must_not("1", STATING)]),
    "and advised against": ({("report", _M.SHOULD_NOT_SO)}, [must_not("1", STATING, strength=Strength.SHOULD)]),
    "it is owed in another way": (
        {("report", _M.MUST), ("report", _M.MUST_NOT_SO)},
        [must("1", REPORT), must_not("2", STATING)],
    ),
    "it is barred in every way as well": ({("report", _M.MUST_NOT)}, [must_not("1", STATING), must_not("2", REPORT)]),
    "duties clash": (set(), [must("1", HOLD), must_not("2", HOLD)]),
    "a clash elsewhere": ({("turn", _M.MUST)}, [must("1", HOLD, NIGHT), must_not("2", HOLD, NIGHT), must("3", TURN)]),
    "a permission": ({("hold", _M.MAY)}, [may("1", HOLD)]),
    "a permission of no use": ({("hold", _M.CANNOT_USE), ("hold", _M.MUST_NOT)}, [may("1", HOLD), must_not("2", HOLD)]),
    "a permission that duties keep from binding": (
        {("hold", _M.CANNOT_USE), ("separation", _M.MUST)},
        [may("1", HOLD, at_most(SEPARATION, 0)), must("2", at_least(SEPARATION, 1))],
    ),
    "an exemption": ({("hold", _M.NEED_NOT)}, [need_not("1", HOLD)]),
    "a result": ({("separation", _M.MUST)}, [must("1", at_least(SEPARATION, 1))]),
}


@pytest.mark.parametrize(("expected", "norms"), SYSTEMS.values(), ids=SYSTEMS)
def test_marks_by_hand(expected: set[tuple[str, ConductMark]], norms: list[Norm]) -> None:
    world = world_given(system(*norms), 0, TRUE)
    told = [m for m in marks(world) if m.where != NOWHERE]
    assert {(m.decision.name, m.mark) for m in told} == expected
    assert all(isinstance(m.where, ClaimExtent) and m.where.everywhere for m in told)


def test_what_it_depends_on_is_told() -> None:
    world = world_given(system(must("1", HOLD, NIGHT)), 0, TRUE)
    (told,) = marks(world)
    assert told.where == ClaimExtent(((NIGHT,),))
    assert [n.norm.id.label for n in told.by] == ["1"]


def test_what_yields_asks_for_nothing() -> None:
    clash = [must("1", HOLD), must_not("2", HOLD)]
    edges = [yields([clash[0].id], [clash[1].id])]
    told = list(marks(world_given(system(*clash, precedences=edges), 0, TRUE)))
    assert [(m.mark, [n.norm.id.label for n in m.by]) for m in told] == [(_M.MUST_NOT, ["2"])]


def test_what_yields_for_the_other_unit_yields_where_its_own_duties_clash() -> None:
    clash = [must("1", HOLD, distress(0)), must_not("2", HOLD, distress(0))]
    world = world_given(system(*clash, precedences=[yields([clash[0].id], [clash[1].id])]), 1, TRUE)
    (told,) = marks(world)
    assert isinstance(told.where, ClaimExtent)
    assert (told.mark, told.where.cubes) == (_M.MUST_NOT, ((distress(1),),))
    clashing = [extent_of(world.everywhere, SituationClaim(here=clash.where)) for clash in world.clashes]
    assert all(where == NOWHERE for where in clashing)


def test_what_is_given_of_conduct_may_be_a_breach() -> None:
    world = world_given(system(must_not("1", HOLD), must("2", TURN, HOLD)), 0, HOLD)
    assert [clash.is_breach for clash in world.clashes] == [True]
    assert {(m.decision.name, m.mark) for m in marks(world)} == {("turn", _M.MUST)}


def test_what_is_breached_by_what_is_given_clashes_with_nothing_further() -> None:
    """At night clause 2 is breached, and clause 1 asks for what it asks for; else the two clash."""
    neither = And((negation(HOLD), negation(TURN)))
    world = world_given(system(must("1", TURN), must("2", neither, Or((NIGHT, TURN)))), 0, HOLD)
    assert [(clash.where, clash.is_breach) for clash in world.clashes] == [(negation(NIGHT), False), (NIGHT, True)]
    (told,) = (m for m in marks(world) if m.where != NOWHERE)
    assert (told.decision.name, told.mark) == ("turn", _M.MUST)
