"""The solver's answers, read: values are those of the answer they are read from, however many came before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from random import Random
from typing import Any

import pytest
import z3

from cbm.core.expressions import Flag, Formula, IsIn, disjunction, negation
from cbm.core.linear import Sum, compare, of_variable
from cbm.core.sorts import FLAG, Dimension, KindSort, NumberSort
from cbm.core.variables import Attribute, Variable
from cbm.process.budget import Budget, within
from cbm.search.implicants import true_at
from cbm.smt.solve import Sat, Solver, Unknown, Unsat, _Terms, apart, sharing
from cbm.syntax.ast import Relation
from cbm.translation.saying import mark

KINDS = [KindSort(f"kind{i}", tuple(f"m{i}{j}" for j in range(8))) for i in range(6)]
FOUND = [Attribute(f"v{i}", None, kind) for i, kind in enumerate(KINDS)]


def test_named_values_are_those_of_their_answer() -> None:
    """Answers are given up as soon as they are read, so that the solver reuses what they took."""
    random, solver = Random(1), Solver(("own", "other"))
    for _ in range(1_000):
        wanted: dict[Variable, str] = {}
        for variable in random.sample(FOUND, 3):
            assert isinstance(variable.sort, KindSort)
            wanted[variable] = random.choice(variable.sort.members)
        answer = solver.ask(*(IsIn(variable, (member,)) for variable, member in wanted.items()))
        assert isinstance(answer, Sat)
        values = answer.values(FOUND)
        assert {variable: values[variable] for variable in wanted} == wanted
        assert all(isinstance(v.sort, KindSort) and values[v] in v.sort.members for v in FOUND)


def test_another_solver_is_asked_where_one_loses_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The values, and the assumptions that exclude a case, are those of the solver that answered."""
    check, asked = Solver._check, list[object]()

    def lost(self: Solver, solver: Any, literals: Any) -> int:
        asked.append(solver)
        return 0 if solver is self._solver else check(self, solver, literals)

    one, two = (Flag(Attribute(name, None, FLAG)) for name in ("one", "two"))
    asking = Solver(("own", "other"), (one,))
    monkeypatch.setattr(Solver, "_check", lost)
    answer = asking.ask(two)
    assert isinstance(answer, Sat)
    assert answer.values((one.variable, two.variable)) == {one.variable: True, two.variable: True}
    assert len(asked) == 2
    assert asking.ask(two, negation(one)) == Unsat((negation(one),))
    monkeypatch.setattr(Solver, "_check", lambda *_: 0)
    assert isinstance(asking.ask(two), Unknown)


def test_another_solver_knows_what_one_has_eliminated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it was asked, what Z3 lists as asserted may lack equations, as if it had never been told of them."""
    check = Solver._check
    number = NumberSort(Dimension.COUNT, Fraction(0), Fraction(1_000))
    time, place = (Attribute(name, None, NumberSort(Dimension.LENGTH)) for name in ("time", "place"))
    week = Attribute("week", None, number)
    made_up = of_variable(place).plus(of_variable(week), 604_800)
    equation = compare(of_variable(time), Relation.EQUAL, made_up)
    late = compare(Sum((), Fraction(5)), Relation.AT_MOST, of_variable(place))
    asking = Solver(("own", "other"), (equation, late))
    monkeypatch.setattr(asking._solver, "assertions", list)
    monkeypatch.setattr(
        Solver, "_check", lambda self, solver, literals: check(self, solver, literals) * (solver is not self._solver)
    )
    answer = asking.ask()
    assert isinstance(answer, Sat)
    values = answer.values((time, place, week))
    assert true_at(equation, values)
    assert true_at(late, values)


def test_a_solver_begins_when_it_is_first_asked() -> None:
    flag = Flag(Attribute("one", None, FLAG))
    solver = Solver(("own", "other"), (flag,))
    solver.require(negation(flag))
    assert "context" not in vars(solver._terms)
    assert isinstance(solver.ask(), Unsat)
    assert "context" in vars(solver._terms)


def test_what_is_first_asked_under_assumptions_is_asked_of_the_core_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, simple = list[object](), z3.SimpleSolver

    def begin(**given: Any) -> Any:
        begun.append(simple(**given))
        return begun[-1]

    monkeypatch.setattr(z3, "SimpleSolver", begin)
    one, two = (Flag(Attribute(name, None, FLAG)) for name in ("one", "two"))
    assert isinstance(Solver(("own", "other"), (one,)).ask(), Sat)
    assert not begun
    solver = Solver(("own", "other"), (one,))
    assert isinstance(solver.ask(negation(one)), Unsat)
    assert isinstance(solver.ask(), Sat)
    with solver.scope():
        solver.require(two)
        assert isinstance(solver.ask(negation(two)), Unsat)
    assert len(begun) == 1
    with Solver(("own", "other"), (one,)).scope():
        assert len(begun) == 2


def test_where_nothing_is_required_any_case_is_one_and_no_solver_begins() -> None:
    one = Attribute("one", None, FLAG)
    solver = Solver(("own", "other"))
    answer = solver.ask()
    assert isinstance(answer, Sat)
    assert answer.values((one,)) == {one: False}
    assert "context" not in vars(solver._terms)
    assert isinstance(solver.ask(Flag(one), negation(Flag(one))), Unsat)
    again = solver.ask()
    assert isinstance(again, Sat)
    assert answer is not again
    assert again.values((one,)) == {one: False}


def test_what_is_required_in_a_scope_is_forgotten_though_it_was_required_before_the_first_question() -> None:
    one, two = (Flag(Attribute(name, None, FLAG)) for name in ("one", "two"))
    solver = Solver(("own", "other"), (one,))
    with solver.scope():
        solver.require(two)
        assert isinstance(solver.ask(negation(two)), Unsat)
        solver.require(negation(two))
    assert isinstance(solver.ask(negation(two)), Sat)
    assert isinstance(solver.ask(two), Sat)
    assert isinstance(solver.ask(negation(one)), Unsat)


def test_a_forgetful_solver_answers_as_one_that_knows_all_it_was_asked() -> None:
    """It holds what is required, also in a scope, and little of what was assumed."""
    random, one, other = Random(1), Solver(("own", "other"), forgetful=3), Solver(("own", "other"))
    flags = [Flag(Attribute(f"f{i}", None, FLAG)) for i in range(6)]
    literals: list[Formula] = [literal for flag in flags for literal in (flag, negation(flag))]
    for solver in (one, other):
        solver.require(disjunction(*flags[:3]), disjunction(*map(negation, flags[:3])))
    for turn in range(100):
        assumed = [disjunction(*random.sample(literals, 2)) for _ in range(4)]
        with ExitStack() as scopes:
            if turn % 5 == 0:
                for solver in (one, other):
                    scopes.enter_context(solver.scope())
                    solver.require(*literals[:3:2])
            seen, expected = one.ask(*assumed), other.ask(*assumed)
            assert type(seen) is type(expected)
            if isinstance(seen, Unsat):
                assert isinstance(other.ask(*seen.core), Unsat)
    assert len(one._implied) <= 3 + 3 * 4
    assert len(one._implied) < len(other._implied)


def test_solvers_that_share_are_told_a_formula_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read, told = _Terms._read_all, list[Formula]()

    def listening(self: _Terms, written: Iterable[tuple[Formula, str]], *before: str) -> Iterator[Any]:
        listed = list(written)
        told.extend(formula for formula, _ in listed)
        return read(self, listed, *before)

    monkeypatch.setattr(_Terms, "_read_all", listening)
    one, two = (Flag(Attribute(name, None, FLAG)) for name in ("one", "two"))
    with sharing():
        first, second = Solver(("own", "other"), (one,)), Solver(("own", "other"), (negation(two), one))
        with apart():
            third = Solver(("own", "other"), (one,))
    for solver in (first, second):
        answer = solver.ask(one)
        assert isinstance(answer, Sat)
        assert answer.values([one.variable]) == {one.variable: True}
    assert told == [one, one, negation(two)]  # as required, as assumed
    assert isinstance(first.ask(two), Sat), "what another one requires is not asserted"
    assert isinstance(second.ask(two), Unsat)
    assert isinstance(third.ask(two), Sat)
    assert told == [one, one, negation(two), two, one, two]


def test_a_scope_may_be_opened_after_a_question_was_broken_off() -> None:
    """The thread that breaks a question off may do so just when it was answered: Z3 takes no new scope then."""
    x = of_variable(Attribute("x", None, NumberSort(Dimension.COUNT)))
    low = compare(x, Relation.AT_LEAST, Sum((), Fraction(1)))
    with within(Budget()) as budget:
        solver = Solver(("own",), (low,))
        assert isinstance(solver.ask(low), Sat)
        budget.stop(mark("it was interrupted"))
        solver._terms.context.interrupt()
        with solver.scope():
            solver.require(negation(low))
            assert isinstance(solver.ask(), Unknown)
