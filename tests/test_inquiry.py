"""Questions of an inquiry that need no solver."""

from __future__ import annotations

import pytest

from cbm.inquiry import inquire
from cbm.smt.solve import Answer, Sat, Solver, Unsat
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
