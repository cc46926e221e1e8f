"""Law: the permissions that duties of other units leave no room for are those of plain enumeration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.conflicts.deadlocks import BlockedUses, find_blocked_uses, places_alike
from cbm.core.expressions import TRUE, NormId
from cbm.core.norms import Modality, NormSystem
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.syntax.ast import Strength
from tests.laws.conflicts.test_deadlocks import (
    EPISODES,
    Duties,
    Duty,
    Found,
    anywhere,
    choices,
    duties_told,
    situations,
    size,
    smallest,
)
from tests.laws.sparing import sparingly
from tests.laws.tiny import (
    DRAFT,
    NIGHT,
    SEPARATION,
    at_least,
    at_most,
    clause,
    distress,
    does,
    may,
    must,
    must_not,
    norm,
    system,
)


def permitted(of: NormSystem) -> frozenset[NormId]:
    own = (n for n in of.norms.values() if n.id.document == DRAFT)
    return frozenset(n.id for n in own if n.modality is Modality.PERMISSION)


def searched(of: NormSystem) -> BlockedUses:
    return find_blocked_uses(of, permitted(of), yielding=inquire(of).yielding())


def compare(of: NormSystem) -> list[Duties]:
    """What is told, after it was held against enumeration both ways."""
    used, found = permitted(of), searched(of)
    assert found.undecided == ()
    duties, here = situations(of, prevailing=True, used=used)
    complied = [one for one in here if _all_comply(of, one)]
    told = set().union(*map(choices, found.found))
    if len(places_alike(of, TRUE)) > 1:
        told |= {frozenset((n, 1 - role) for n, role in one) for one in told}
    expected = {one for found_here in complied for one in blocked(found_here, duties, used)}
    assert expected <= told
    first = [duties_told(one) for one in found.found]
    for one in first:
        assert any(_is_blocked(one, found_here, duties, used) for found_here in complied), one
    return first


def _all_comply(of: NormSystem, here: Found) -> bool:
    ways = here.kept
    owed = {duty for duty in here.bound if of.norms[duty[0]].demands and of.norms[duty[0]].strength is Strength.MUST}
    return any(owed <= way for way in ways)


def blocked(here: Found, duties: list[Duty], used: frozenset[NormId]) -> Iterator[Duties]:
    """The smallest sets of one permission put to use and duties, some of another unit, unless its own block it too."""
    for one in smallest(duties, frozenset(here.kept)):
        uses = [duty for duty in one if duty[0] in used]
        across = len({role for _, role in one}) > 1
        if len(uses) != 1 or not across or _is_blocked_alone(one, uses[0], here, duties):
            continue
        if _can_be_used(one, uses[0], here):
            yield one


def _is_blocked(one: Duties, here: Found, duties: list[Duty], used: frozenset[NormId]) -> bool:
    (use,) = (duty for duty in one if duty[0] in used)
    kept = any(one <= way for way in here.kept)
    return (
        one <= here.bound
        and not kept
        and _can_be_used(one, use, here)
        and (not _is_blocked_alone(one, use, here, duties) or _is_blocked_alone(one - {use}, use, here, duties))
    )


def _is_blocked_alone(one: Duties, use: Duty, here: Found, duties: list[Duty]) -> bool:
    """Whether the unit that uses the permission cannot keep all of these clauses, as they bind it."""
    own = {(norm, use[1]) for norm, _ in one}.intersection(duties)
    return not any(own <= way for way in here.kept)


def _can_be_used(one: Duties, use: Duty, here: Found) -> bool:
    """Whether the unit can make use of it there, and keep those of the clauses that bind it."""
    own = {duty for duty in one if duty[1] == use[1]}
    return any(own <= kept and use in done for kept, done in here.done)


@st.composite
def permitting(draw: st.DrawFn) -> NormSystem:
    """A system in which the draft permits something: what it asked for before."""
    of = draw(anywhere())
    asked = [n for n in of.norms.values() if n.id.document == DRAFT and n.modality is Modality.OBLIGATION]
    assume(asked)
    one = replace(draw(st.sampled_from(asked)), modality=Modality.PERMISSION, strength=Strength.MUST)
    return replace(of, norms={**of.norms, one.id: one})


@given(permitting())
@sparingly(2)
def test_blocked_uses_are_those_of_enumeration(of: NormSystem) -> None:
    assume(size(of) <= EPISODES)
    compare(of)


FAR, CLOSE = at_least(SEPARATION, 2), at_most(SEPARATION, 1)


def test_a_unit_may_come_closer_than_the_other_one_lets_it() -> None:
    told = compare(system(may("1", CLOSE, distress(1)), must("2", FAR, distress(0))))
    assert told == [{(clause("1"), 0), (clause("2"), 1)}]


def test_what_the_same_duty_blocks_for_the_unit_itself_is_not_told_twice() -> None:
    assert compare(system(may("1", CLOSE), must("2", FAR))) == []


def test_it_is_told_where_the_duty_binds_the_other_unit_alone() -> None:
    told = compare(system(may("1", CLOSE), must("2", FAR, distress(0))))
    assert told == [{(clause("1"), 0), (clause("2"), 1)}]


def test_what_the_other_unit_does_may_only_bring_it_into_play() -> None:
    called = (must("2", does("log")), must_not("3", does("report"), NIGHT))
    assert compare(system(may("1", does("report"), does("log", 1)), *called)) == []


def test_where_the_units_cannot_comply_at_all_no_permission_is_blocked() -> None:
    torn = (must("2", FAR, distress(0)), must("3", CLOSE, distress(0)))
    assert compare(system(may("1", CLOSE, distress(1)), *torn)) == []


@pytest.mark.parametrize("strength", Strength)
def test_advice_counts_and_is_not_required_of_who_complies(strength: Strength) -> None:
    advised = norm("2", Modality.OBLIGATION, FAR, distress(0), strength=strength)
    assert len(compare(system(may("1", CLOSE, distress(1)), advised))) == 1


def test_a_permission_in_place_of_a_duty_of_its_own_unit_takes_none_from_the_other() -> None:
    told = compare(system(may("1", CLOSE, NIGHT), must("2", FAR, distress(0))))
    assert told == [{(clause("1"), 0), (clause("2"), 1)}]
