"""Laws: the clashes found, their extents and what precedence suspends are those of plain enumeration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.conflicts.all_conflicts import ConflictSet, find_clashes, world_of
from cbm.conflicts.pointwise import minimal_sets
from cbm.conflicts.precedence import suspended_in
from cbm.core.expressions import FALSE, IsIn, NormId, conjunction, disjunction, negation
from cbm.core.norms import NormSystem, Strength
from cbm.ground.grounding import Ground, ground
from cbm.smt.solve import sharing
from tests.laws.enumerate import clashes, conflict_sets, outcomes, suspended
from tests.laws.episodes import Side, at
from tests.laws.systems import systems
from tests.laws.tiny import NIGHT, attribute, axiom, distress, does, must, must_not, system


@st.composite
def sides(draw: st.DrawFn) -> tuple[NormSystem, int]:
    system = draw(systems(interchangeable=draw(st.booleans())))
    return system, 0 if system.situation.interchangeable else draw(st.integers(0, 1))


@sharing()
def found_in(system: NormSystem, bearer: int) -> tuple[Ground, tuple[ConflictSet, ...]]:
    about = ground(system, bearer)
    found, given_up = find_clashes(about)
    assert given_up == ()
    return about, found


@given(sides(), st.booleans())
def test_sets_extents_and_what_precedence_suspends_are_those_of_enumeration(
    reading: tuple[NormSystem, int], advised: bool
) -> None:
    system, bearer = reading
    _, found = found_in(system, bearer)
    side = Side(system, bearer)
    compare_sets(side, found)
    compare_extents(side, found)
    if system.precedences and all(clash.extent.complete for clash in found):
        compare_suspended(side, found, advised)


def compare_sets(side: Side, found: tuple[ConflictSet, ...]) -> None:
    """Every minimal set is found once, and nothing else."""
    sets = [frozenset(clash.norms) for clash in found]
    assert len(set(sets)) == len(sets)
    assert set(sets) == set(conflict_sets(side, advised=True))
    musts = {s for s in sets if all(side.system.norms[n].strength is Strength.MUST for n in s)}
    assert musts == set(conflict_sets(side))


def compare_extents(side: Side, found: tuple[ConflictSet, ...]) -> None:
    """An extent holds exactly where the set clashes, or a part of it does while each clause of it can bind."""
    bound = binding_in(side) if found else {}
    for encounter in side.encounters:
        here = clashes(side, encounter, advised=True) if found else frozenset()
        for clash in found:
            if clash.extent.complete:
                expected = any(part <= frozenset(clash.norms) for part in here)
                minimal = frozenset(clash.norms) in here
                inside = at(clash.extent.formula, encounter.world)
                assert inside <= expected, "clashes nowhere near this situation"
                assert not inside or bound[id(encounter)].issuperset(clash.norms), "some of them do not bind here"
                assert minimal <= inside, "a situation in which it clashes is left out"


def binding_in(side: Side) -> dict[int, set[NormId]]:
    """What binds in each encounter, whatever is done or in some conduct."""
    found: dict[int, set[NormId]] = {}
    for outcome in outcomes(side, advised=True):
        standing = outcome.conduct.standing.items()
        found.setdefault(id(outcome.encounter), set()).update(norm for norm, s in standing if s.binding)
    return found


def compare_suspended(side: Side, found: tuple[ConflictSet, ...], advised: bool) -> None:
    where = suspended_in(side.system, found, side.role, advised)
    for encounter in side.encounters:
        expected = suspended(side, encounter, advised)
        for norm in side.norms:
            assert at(where.get(norm, FALSE), encounter.world) == (norm in expected), norm


@given(sides(), st.integers(0, 2))
@sharing()
def test_a_search_that_ends_early_tells_what_it_found_and_that_there_may_be_more(
    reading: tuple[NormSystem, int], most: int
) -> None:
    about = ground(*reading)
    world, norms = world_of(about), about.demanding
    whole, given_up = minimal_sets(world, norms)
    assert given_up == []
    sets = {members for members, _ in whole}
    capped, undecided = minimal_sets(world, norms, most=most)
    told = {members for members, _ in capped}
    assert told <= sets
    assert all(any(set(members) <= set(left) for left, _ in undecided) for members in sets - told)


def test_what_is_smallest_among_contents_is_not_told_where_more_of_them_were_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acts = [does("report"), does("hold")]
    norms = [made(f"{made.__name__} {i}", act) for i, act in enumerate(acts) for made in (must, must_not)]
    about = ground(system(*norms, must("5", disjunction(*acts))), 0)
    sets = {clash.norms for clash in find_clashes(about)[0]}
    assert len(sets) == 3
    monkeypatch.setattr("cbm.search.truth_tables.FLAGS", 1)  # so that a solver is asked
    monkeypatch.setattr("cbm.conflicts.exclusive_contents.PROPOSALS", 2)
    found, (left,) = find_clashes(about)
    told = {clash.norms for clash in found}
    assert told < sets
    assert all(set(norms) <= set(left.norms) for norms in sets - told)


def test_an_extent_tells_of_no_situation_in_which_a_clause_of_it_cannot_be_brought_to_bind() -> None:
    """By day nobody can hold, so that the first clause clashes alone, nor turn, which brings the second one to bind."""
    hold, turn, far = does("hold"), does("turn"), IsIn(attribute("zone"), ("far",))
    by_night = [disjunction(negation(act), NIGHT) for act in (hold, turn)]
    axioms = [*by_night, disjunction(turn, negation(conjunction(NIGHT, far)))]
    of = system(must("1", hold, distress(0)), must_not("2", hold, turn), axioms=map(axiom, axioms))
    _, found = found_in(of, 0)
    assert sorted(len(clash.norms) for clash in found) == [1, 2]
    compare_extents(Side(of, 0), found)
