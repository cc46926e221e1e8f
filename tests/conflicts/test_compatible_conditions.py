"""Which conditions meet: as by asking the solver about every choice, each with a situation that shows it."""

from __future__ import annotations

import gc
from itertools import product
from weakref import ref

from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.conflicts.compatible_conditions import Group, find_meetings
from cbm.core.expressions import TRUE, Flag, Formula, conjunction, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.variables import Attribute
from cbm.search.implicants import true_at
from cbm.search.situations import Situations
from cbm.smt.index import bits
from cbm.smt.solve import Sat, Solver
from tests.formulas import formulas
from tests.laws.tiny import attribute

ROLES = ("own", "other")
some = st.lists(formulas(), min_size=2, max_size=6)


@given(some, st.lists(formulas(), max_size=2), st.data())
def test_as_by_asking_about_every_choice(conditions: list[Formula], axioms: list[Formula], data: st.DataObject) -> None:
    count = len(conditions)
    size = data.draw(st.integers(1, min(3, count)))
    sides = [[i for i in range(count) if i % size == k] for k in range(size)]
    where = data.draw(formulas() | st.just(TRUE))
    group = Group(tuple(sum(1 << i for i in side) for side in sides), where)
    situations = Situations(ROLES, tuple(axioms), (*conditions, where))
    if data.draw(st.booleans()):  # none are put together: the solver is asked at once
        situations.first = None
    search = find_meetings(situations, conditions, [group])
    choices = [tuple(sorted(choice)) for choice in product(*sides)]
    asked = {c: Solver(ROLES, (*axioms, where, *(conditions[i] for i in c))).ask() for c in choices}
    assert {m.members for m in search.found} == {c for c, answer in asked.items() if isinstance(answer, Sat)}
    assert len({m.members for m in search.found}) == len(search.found)
    assert search.undecided == []
    for meeting in search.found:
        shown = conjunction(*axioms, where, *(conditions[i] for i in meeting.members))
        assert true_at(shown, meeting.situation)


@settings(max_examples=40)
@given(st.lists(formulas(), max_size=2), some)
def test_what_is_seen_without_a_solver_can_be(axioms: list[Formula], asked: list[Formula]) -> None:
    if Situations(ROLES, tuple(axioms), ()).show(asked):
        assert isinstance(Solver(ROLES, (*axioms, *asked)).ask(), Sat)


def test_plain_values_are_mended_for_what_is_asked() -> None:
    night, fog, *others = (Flag(Attribute(f"f{i}", None, FLAG)) for i in range(10))
    situations = Situations(ROLES, (disjunction(night, fog),), ())
    assert situations.show((fog,))
    assert situations.show((negation(fog),))
    assert not situations.show((negation(fog), negation(night)))
    assert not situations.show((fog, *others))  # that is for a solver
    assert "solver" not in vars(situations) or "_solver" not in vars(situations.solver)


def test_sides_are_written_as_bits() -> None:
    assert list(bits(0b1011)) == [0, 1, 3]


def test_a_solver_is_let_go_as_soon_as_its_search_is_over() -> None:
    """It has megabytes of Z3, which must not wait for a search for garbage."""
    night = Flag(attribute("night"))
    conditions = [night, negation(night)]
    situations = Situations(ROLES, (), conditions)
    solver = ref(situations.solver)
    gc.disable()
    try:
        find_meetings(situations, conditions, [Group((1, 2))])
        del situations
        assert solver() is None
    finally:
        gc.enable()
