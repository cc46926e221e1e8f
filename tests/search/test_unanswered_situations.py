"""Of what is far from what is asked as much is required as stands in the way, and the answer is the same."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.variables import ActInstance, Attribute
from cbm.search.exists_forall import Stuck
from cbm.search.unanswered_situations import Stood, unanswered_beside, unanswered_in
from cbm.search.world import World
from cbm.smt.solve import Sat, Solver, Unknown, Unsat


def _flag(name: str) -> Formula:
    return Flag(Attribute(name, None, FLAG))


@st.composite
def _beside(draw: st.DrawFn) -> tuple[World, tuple[Formula, ...], tuple[Formula, ...], tuple[Formula, ...]]:
    """A world, what is required in it and far, each of another conduct, and compliance of a third one."""
    acts = [Flag(ActInstance(f"a{i}", 0).performed) for i in range(4)]
    fog, night, rain = map(_flag, ("fog", "night", "rain"))
    world = World(("own",), (), (), frozenset(act.variable for act in acts))

    def duties(*done: Formula) -> st.SearchStrategy[tuple[Formula, ...]]:
        literals = [signed for atom in (fog, night, rain, *done) for signed in (atom, negation(atom))]
        duty = st.lists(st.sampled_from(literals), min_size=1, max_size=3).map(lambda some: disjunction(*some))
        return st.lists(duty, max_size=5).map(tuple)

    required, compliance = draw(duties()), draw(duties(acts[0]))
    return world, required, world.some_conduct("far", draw(duties(*acts[1:]))), (*compliance, acts[0])


@given(_beside(), st.integers(0, 31))
def test_with_what_is_far_there_is_a_situation_where_there_is_one_with_all_of_it(
    asked: tuple[World, tuple[Formula, ...], tuple[Formula, ...], tuple[Formula, ...]], before: int
) -> None:
    world, required, far, compliance = asked
    other = world.some_conduct("other", (_flag("rain"),))  # it stood in the way of another question
    stood = dict.fromkeys((*(part for number, part in enumerate(far) if before >> number & 1), *other))
    found = unanswered_beside(world, required, far, compliance, stood)
    assert set(stood) <= {*far, *other}
    assert type(found) is type(unanswered_in(world, (*required, *far), compliance))
    if isinstance(found, Stuck):
        assert isinstance(Solver(world.roles, (*required, *far, *found.fixed())).ask(), Sat)
        assert isinstance(Solver(world.roles, (*compliance, *found.fixed())).ask(), Unsat)


@given(_beside(), st.integers(0, 15))
def test_what_some_conduct_meets_in_any_case_need_not_be_looked_for(
    asked: tuple[World, tuple[Formula, ...], tuple[Formula, ...], tuple[Formula, ...]], which: int
) -> None:
    world, required, _, compliance = asked
    met = [part for number, part in enumerate(compliance) if which >> number & 1]
    where = (*required, *world.some_conduct("met", met))
    found = unanswered_in(world, where, compliance, met)
    assert type(found) is type(unanswered_in(world, where, compliance))
    if isinstance(found, Stuck):
        assert isinstance(Solver(world.roles, (*compliance, *found.fixed())).ask(), Unsat)


def test_it_is_asked_about_as_far_as_it_shares_conduct_with_the_rest() -> None:
    """Who is to call and not to call by night, and whom nobody asks: to know of the second takes no question."""
    call, turn = (Flag(ActInstance(act, 0).performed) for act in ("call", "turn"))
    world = World(("own",), (), (), frozenset((call.variable, turn.variable)))
    met = (disjunction(_flag("night"), turn), disjunction(_flag("fog"), negation(turn)))
    where = world.some_conduct("met", met)
    assert isinstance(unanswered_in(world, where, (*met, disjunction(_flag("night"), call)), met), Unsat)
    assert isinstance(unanswered_in(world, (), met, met), Unsat)  # it is taken as said
    assert isinstance(unanswered_in(world, (), met), Stuck)
    assert isinstance(unanswered_in(world, where, (*met, disjunction(_flag("fog"), turn)), met), Stuck)


def test_of_what_is_far_as_much_is_required_as_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of twenty duties two cannot be kept together, by night or by day: the one or the other is found first."""
    acts = [Flag(ActInstance(f"a{i}", 0).performed) for i in range(20)]
    world = World(("own",), (), (), frozenset(act.variable for act in acts))
    night, call = _flag("night"), acts[0]
    compliance = tuple(disjunction(time, do) for time in (night, negation(night)) for do in (call, negation(call)))
    asked: list[int] = []

    def ask(
        world: World, required: tuple[Formula, ...], compliance: tuple[Formula, ...], met: Collection[Formula]
    ) -> Stuck | Unsat | Unknown:
        asked.append(len(required))
        return unanswered_in(world, required, compliance, met)

    monkeypatch.setattr("cbm.search.unanswered_situations.unanswered_in", ask)
    for binding in (night, negation(night)):
        duties = (negation(acts[1]), *acts[1:])
        far = world.some_conduct("far", (disjunction(negation(binding), duty) for duty in duties))
        found = unanswered_beside(world, (), far, compliance)
        assert isinstance(found, Stuck)
    assert sorted(asked) == [0, 0, 2]


def test_what_stood_in_the_way_of_a_question_is_required_of_the_next_one_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acts = [Flag(ActInstance(f"a{i}", 0).performed) for i in range(20)]
    world = World(("own",), (), (), frozenset(act.variable for act in acts))
    night, asked, stood = _flag("night"), list[int](), Stood()
    duties = (negation(acts[1]), *acts[1:])
    far = world.some_conduct("far", (disjunction(negation(night), duty) for duty in duties))

    def ask(
        world: World, required: tuple[Formula, ...], compliance: tuple[Formula, ...], met: Collection[Formula]
    ) -> Stuck | Unsat | Unknown:
        asked.append(len(required))
        return unanswered_in(world, required, compliance, met)

    monkeypatch.setattr("cbm.search.unanswered_situations.unanswered_in", ask)
    for compliance in ((acts[0], disjunction(negation(night), negation(acts[0]))), (acts[0], negation(night))):
        assert isinstance(unanswered_beside(world, (), far, compliance, stood), Unsat)
    assert (asked, tuple(stood)) == ([0, 2, 2], far[:2])
