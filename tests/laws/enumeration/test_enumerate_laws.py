"""Laws of the enumeration alone: its shortcuts lose nothing, and its answers do not depend on how it goes about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Binds
from cbm.core.norms import ConductExpected, NormSystem
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.possible_episodes import possible
from cbm.evaluate.what_binds import applicable, binding, live
from cbm.records import replace
from tests.laws.enumerate import clashes, conflict_sets, duties, facts, redundant
from tests.laws.episodes import Side
from tests.laws.promises import coverage, reachable
from tests.laws.sparing import sparingly
from tests.laws.systems import systems

ANY = st.booleans().flatmap(lambda interchangeable: systems(interchangeable=interchangeable))
EACH = st.integers(0, 1)


@given(ANY, EACH, st.data())
def test_the_episodes_are_those_the_axioms_allow(system: NormSystem, role: int, data: st.DataObject) -> None:
    side = Side(system, role)
    episodes = {conduct.choice for encounter in side.encounters for conduct in encounter.conducts}
    for _ in range(10):
        choice = tuple(data.draw(st.integers(0, len(options) - 1)) for options in side.choices)
        assert (choice in episodes) == possible(side.world(choice), system)


@given(ANY, EACH, st.data())
def test_standing_remembered_is_standing_evaluated(system: NormSystem, role: int, data: st.DataObject) -> None:
    side = Side(system, role)
    conducts = [conduct for encounter in side.encounters for conduct in encounter.conducts]
    for conduct in data.draw(st.lists(st.sampled_from(conducts), max_size=20)) if conducts else ():
        world = side.world(conduct.choice)
        for norm, standing in conduct.standing.items():
            of = system.norms[norm]
            assert standing.applicable == applicable(of, role, world, system)
            assert standing.live == live(of, role, world, system)
            assert standing.binding == binding(norm, role, world, system)
            assert standing.kept == fulfilled(of, role, world, system)


@given(ANY, EACH, st.data())
def test_duties_can_be_kept_together_if_and_only_if_no_clash_is_among_them(
    system: NormSystem, role: int, data: st.DataObject
) -> None:
    side = Side(system, role)
    owed = duties(side, advised=True)
    for _ in range(min(5, len(side.encounters))):
        encounter = data.draw(st.sampled_from(side.encounters))
        here = clashes(side, encounter, advised=True)
        worlds = [side.world(conduct.choice) for conduct in encounter.conducts]
        assert not any(clash < other for clash in here for other in here)
        for some in (owed, [norm for norm in owed if data.draw(st.booleans())]):
            kept = any(
                all(not binding(n, role, w, system) or fulfilled(system.norms[n], role, w, system) for n in some)
                for w in worlds
            )
            assert kept == (not any(clash <= set(some) for clash in here))


@given(ANY, EACH)
def test_a_finer_grid_shows_nothing_new_and_no_more_does_another_order(system: NormSystem, role: int) -> None:
    side = Side(system, role)
    compare_finer(side, Side(system, role, finer=2))
    turned = replace(
        system,
        norms=dict(list(system.norms.items())[::-1]),
        displacements=system.displacements[::-1],
        precedences=system.precedences[::-1],
    )
    compare_turned(side, Side(turned, role))


def compare_finer(coarse: Side, fine: Side) -> None:
    assert conflict_sets(coarse).keys() == conflict_sets(fine).keys()
    for encounter in coarse.encounters:
        assert clashes(coarse, encounter) == clashes(fine, fine.at(encounter.world))
    assert facts(coarse) == facts(fine)
    assert redundant(coarse) == redundant(fine)
    assert _verdicts(coarse) == _verdicts(fine)


def compare_turned(before: Side, after: Side) -> None:
    """The order of the text does not matter to conflicts."""
    assert conflict_sets(before, advised=True) == conflict_sets(after, advised=True)
    assert facts(before) == facts(after)


@sparingly(2)
@given(systems())
def test_units_that_take_turns_have_the_same_duties(system: NormSystem) -> None:
    own, other = Side(system, 0), Side(system, 1)
    assert {k: len(w) for k, w in conflict_sets(own).items()} == {k: len(w) for k, w in conflict_sets(other).items()}
    assert len(own.stranded) == len(other.stranded)
    assert facts(own) == facts(other)
    assert redundant(own) == redundant(other)
    assert _verdicts(own) == _verdicts(other)


@given(ANY)
def test_the_more_comply_the_less_is_reached(system: NormSystem) -> None:
    for case in system.cases:
        for expected in case.expected:
            assert isinstance(expected, ConductExpected)
            condition, given = expected.condition, case.given
            shown = [reachable(system, condition, given, some) is not None for some in ((), (0,), (0, 1))]
            assert shown == sorted(shown, reverse=True)


@given(ANY, st.data())
def test_a_norm_is_shown_where_it_binds_and_its_bearer_complies(system: NormSystem, data: st.DataObject) -> None:
    """Exactly so where nothing is suspended, and the other side can say no more in several messages than in one."""
    side = Side(system, 0)
    exact = not system.precedences and not any(act.states for act in system.acts.values())
    shown = facts(side)
    if shown:
        norm = data.draw(st.sampled_from(list(shown)))
        reached = reachable(system, Binds(norm, 0), complying=[0]) is not None
        assert shown[norm].attested == reached if exact else shown[norm].attested <= reached


def _verdicts(side: Side) -> dict[object, set[object]]:
    return {key: set(worlds) for key, worlds in coverage(side).items()}
