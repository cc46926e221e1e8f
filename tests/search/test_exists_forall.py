"""What one search learns of conduct is known to the next, which finds the same with fewer questions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Flag, Formula, disjunction, negation
from cbm.core.variables import ActInstance
from cbm.ground.declared_variables import within_range
from cbm.search.exists_forall import Duel, Learnt, Stuck, duel
from cbm.smt.solve import Solver, Unsat
from tests.formulas import BOATS, CONDUCT, NIGHT, formulas

ROLES = ("own", "other")
CALL, TURN = (Flag(ActInstance(act, 0).performed) for act in ("call", "turn"))
AT_NIGHT = disjunction(negation(Flag(NIGHT)), CALL)


def game(given_: list[Formula], learnt: Learnt | None = None) -> Duel:
    demands = (*given_, *within_range(BOATS))  # whole numbers are tried one by one
    return duel(Solver(ROLES), ROLES, demands, {*CONDUCT, CALL.variable, TURN.variable}, learnt)


@given(st.lists(st.lists(formulas(), min_size=1, max_size=3), min_size=2, max_size=4))
def test_whether_there_is_an_answer_does_not_depend_on_what_was_learnt(several: list[list[Formula]]) -> None:
    learnt = Learnt()
    shared = [part for given_ in several for part in given_]
    for given_ in (*several, shared):
        found, alone = game(given_, learnt).next(), game(given_).next()
        assert isinstance(found, Stuck) == isinstance(alone, Stuck)
        assert isinstance(found, Unsat) == isinstance(alone, Unsat)


def test_of_what_is_known_nothing_is_asked_again() -> None:
    learnt = Learnt()
    assert isinstance(game([AT_NIGHT], learnt).next(), Unsat)
    knowing, alone = game([AT_NIGHT, TURN], learnt), game([AT_NIGHT, TURN])
    assert all(isinstance(one.next(), Unsat) for one in (knowing, alone))
    assert knowing.inner.asked == 1
    assert alone.inner.asked > 1
