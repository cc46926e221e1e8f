"""Questions of an inquiry that need no solver, and what is looked up in it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import cbm
from cbm.core.expressions import disjunction, negation
from cbm.inquiry import Inquiry, inquire
from cbm.process.budget import Budget, Work, charged_to, within
from cbm.records import replace
from cbm.search.kept_answers import answers_kept
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat
from tests.benchmarks.loading import system_of

TEXT = """\
vocabulary tiny
kind craft = warship | drone
situation encounter
roles own, other
each
  craft : craft
topic talk
act call topic talk
draft code
  uses tiny
clause 1 a warship must call
clause 2 a drone must call
"""


def test_no_solver_is_asked_about_what_a_single_variable_keeps_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    inquiry = inquire(system_of(TEXT))
    about = inquiry.grounds[0]
    warship, drone = (n.live for n in about.norms)
    assert isinstance(inquiry.ask(about, warship), Sat)

    def refuse(*_: object) -> Answer:
        raise AssertionError

    monkeypatch.setattr(Solver, "ask", refuse)
    assert isinstance(inquiry.ask(about, warship, drone), Unsat)


def test_what_was_asked_of_some_situations_first_says_nothing_of_all() -> None:
    inquiry = inquire(system_of(TEXT))
    about = inquiry.grounds[0]
    warship, drone = (n.live for n in about.norms)
    narrowed = replace(about, possible=(*about.possible, drone))
    assert isinstance(inquiry.ask(narrowed, disjunction(warship, drone), negation(drone)), Unsat)
    assert isinstance(inquiry.ask(about, disjunction(warship, drone), negation(drone)), Sat)
    assert isinstance(inquiry.ask(narrowed, disjunction(warship, drone), negation(drone)), Unsat)


def test_what_a_single_variable_keeps_apart_is_not_looked_up_and_takes_no_work() -> None:
    inquiry = inquire(system_of(TEXT))
    about = inquiry.grounds[0]
    warship, drone = (n.live for n in about.norms)
    looked_up: list[bytes] = []
    store = SimpleNamespace(get=looked_up.append, put=lambda *_: pytest.fail("nothing is to be kept"))
    with answers_kept(store, ("this code",)), charged_to(work := Work(1000)):
        assert isinstance(inquiry.ask(about, warship, drone), Unsat)
    assert looked_up == []
    assert work.left == 1000


def test_of_a_run_that_is_over_nothing_is_kept_apart() -> None:
    inquiry = inquire(system_of(TEXT))
    about = inquiry.grounds[0]
    warship, drone = (n.live for n in about.norms)
    with within(over := Budget()):
        over.stop("it is over")
        assert inquiry.ask(about, warship, drone) == Unknown("it is over")


CLASHING = """\
vocabulary tiny
situation encounter
roles own, other
topic talk
act call topic talk
act wave topic talk
result separation : length from 0 m to 10,000 m topic talk
draft code
  uses tiny
clause 1 every unit must call
clause 2 every unit must not call
clause 3 every unit must keep separation >= 1,000 m
clause 4 every unit must keep separation <= 500 m
clause 5 every unit must keep separation <= 600 m
clause 6 every unit must wave
"""


def test_clashes_are_looked_up_by_what_takes_part_in_them() -> None:
    inquiry = inquire(system_of(CLASHING))
    norms = list(inquiry.system.norms)
    for some in ([norms[0]], [norms[2]], [norms[4]], [norms[5]], [norms[4], norms[0]], norms):
        through = tuple(clash for clash in inquiry.clashes if not set(some).isdisjoint(clash.takes_part))
        assert inquiry.clashes_with(some) == through
    assert len(inquiry.clashes_with([norms[2]])) == 2
    assert inquiry.clashes_with([norms[5]]) == ()


ALLIES = """\
vocabulary strait
party CN
party JP
party US
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
topic signals
act whistle topic signals
instrument ranked
  uses strait
  binding JP, US
clause 1 every unit must not whistle notwithstanding 1 of code
draft code
  uses strait
  between JP, US
  beside ranked
clause 1 every unit must whistle
"""


def test_a_clash_of_which_it_is_not_known_whether_it_is_settled_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was told as one that nothing settles, and no word was said of it."""
    systems, _ = cbm.load_text(ALLIES)
    system = next(one for one in systems if one.subject == "code")
    (finding,) = cbm.check(system, select=["agreement-conflict"]).findings
    assert finding.severity == "note"
    monkeypatch.setattr(Inquiry, "_beside", lambda *_: Unknown("it was too hard"))
    report = cbm.check(system, select=["agreement-conflict"])
    assert [f.message for f in report.undecided] == [
        "undecided: is the clash settled by what prevails (clauses 1 and 1 of ranked)"
    ]
