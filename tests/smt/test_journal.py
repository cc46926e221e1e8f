"""The journal: what is noted and what is not, in whose words, and for whom."""

from __future__ import annotations

from fractions import Fraction
from threading import Barrier, Thread

import pytest

from cbm.core.expressions import FALSE, TRUE, Flag, Formula, Order, negation
from cbm.core.linear import Sum, at_zero, of_variable
from cbm.search.exists_forall import Stuck, duel
from cbm.smt.journal import Asked, Journal, Verdict, asking, keeping
from cbm.smt.solve import Solver, Unknown, Unsat
from tests.formulas import CALL, NIGHT, RANGE, SEPARATION

ROLES = ("own", "other")


def decide(*assumed: Formula) -> None:
    Solver(ROLES).decide(*assumed)


def test_a_question_is_noted_with_what_held_when_it_was_asked() -> None:
    solver = Solver(ROLES, [Flag(NIGHT)])
    with keeping() as journal:
        solver.decide(Flag(CALL))
        solver.require(negation(Flag(CALL)))
        solver.decide(Flag(CALL))
    first, second = journal.entries
    assert (first.required, first.assumed, first.verdict) == ((Flag(NIGHT),), (Flag(CALL),), Verdict.SAT)
    assert (second.required, second.verdict) == ((Flag(NIGHT), negation(Flag(CALL))), Verdict.UNSAT)
    assert first.roles == ROLES


def test_a_question_given_up_is_noted_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "ask", lambda *_: Unknown("too hard"))
    with keeping() as journal:
        decide(TRUE)
    assert [entry.verdict for entry in journal.entries] == [Verdict.UNKNOWN]


def test_search_steps_are_not_noted() -> None:
    with keeping() as journal:
        Solver(ROLES).ask(TRUE)
    assert journal.entries == []


def test_what_is_asked_is_said_from_the_outside_in() -> None:
    with keeping() as journal, asking(rule="conflict", question="outer", found="yes", none="no"):
        with asking(bearer=1):
            decide()
        with asking(question="inner", none="never"):
            decide()
        with pytest.raises(ZeroDivisionError), asking(rule="gap"):
            raise ZeroDivisionError
        decide()
    assert [entry.asked for entry in journal.entries] == [
        Asked(rule="conflict", bearer=1, question="outer", found="yes", none="no"),
        Asked(rule="conflict", question="inner", none="never"),  # what followed from the outer question is not said
        Asked(rule="conflict", question="outer", found="yes", none="no"),
    ]


def test_nothing_is_kept_of_what_was_said_without_a_journal() -> None:
    with asking(question="before"), keeping() as journal:
        decide()
    assert [entry.asked for entry in journal.entries] == [Asked()]


def test_a_journal_within_another_takes_the_notes_until_it_is_closed() -> None:
    with keeping() as outer:
        with keeping() as inner:
            decide(TRUE)
        decide(FALSE)
    decide(TRUE)
    assert [entry.verdict for entry in inner.entries] == [Verdict.SAT]
    assert [entry.verdict for entry in outer.entries] == [Verdict.UNSAT]


def test_each_thread_has_a_journal_of_its_own() -> None:
    journals: dict[Formula, Journal] = {}
    together = Barrier(3, timeout=60)

    def work(formula: Formula) -> None:
        with keeping() as journals[formula], asking(question=str(formula)):
            together.wait()
            decide(formula)
            together.wait()

    def work_without() -> None:
        together.wait()
        decide(TRUE)
        together.wait()

    with keeping() as mine:
        threads = [*(Thread(target=work, args=(formula,)) for formula in (TRUE, FALSE)), Thread(target=work_without)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert mine.entries == []
    noted = {formula: [(e.asked.question, e.verdict) for e in journal.entries] for formula, journal in journals.items()}
    assert noted == {TRUE: [(str(TRUE), "sat")], FALSE: [(str(FALSE), "unsat")]}


def apart(low: int) -> Formula:
    """The separation is larger than the range by so much."""
    return at_zero(of_variable(RANGE).plus(of_variable(SEPARATION), -1).plus(Sum((), Fraction(low))), Order.AT_MOST)


def test_only_the_end_of_a_search_is_noted_here_that_every_situation_has_an_answer() -> None:
    with keeping() as journal:
        assert isinstance(duel(Solver(ROLES), ROLES, (apart(1),), {SEPARATION}).next(), Unsat)
    (entry,) = journal.entries
    assert entry.verdict is Verdict.UNSAT
    assert entry.required != ()  # what was learnt about the answers
    assert entry.step is not None
    assert (entry.step.found, entry.step.none) == (None, Verdict.UNSAT)


def test_only_the_end_of_a_search_is_noted_here_that_a_situation_has_none() -> None:
    compliance = (apart(1), negation(apart(0)))
    with keeping() as journal:
        stuck = duel(Solver(ROLES), ROLES, compliance, {SEPARATION}).next()
    assert isinstance(stuck, Stuck)
    (entry,) = journal.entries
    assert entry.verdict is Verdict.UNSAT
    assert entry.assumed == (*stuck.fixed(), *compliance)
    assert entry.step is not None
    assert (entry.step.found, entry.step.none) == (Verdict.UNSAT, None)
