"""Rows about times: one time line with many moments and alternatives, and durations of very different length."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import z3

from cbm import NormSystem, check
from cbm.ground.grounding import ground
from cbm.smt.solve import Sat, Solver
from tests.benchmarks.loading import system_of
from tests.benchmarks.measure import Row, compare, run_apart, take_medians

DAY = 24 * 60  # minutes
# What a duration of the same clause is in either text, in minutes: those of one unit, and those of four.
ALIKE = (10, 24, 42, 60)
APART = (10, DAY, 42 * DAY, 60 * DAY)


def alternatives(moments: int, wanted: int, rounds: int, bound: float) -> Row:
    """Whether a time line is possible at all, on which so many pairs of moments lie apart one way or the other."""
    system = system_of(_apart(moments, wanted))
    grounding = run_apart(lambda: len(ground(system, 0).possible), bound)
    formulas = ground(system, 0).possible
    solver = Solver(system.situation.roles, formulas)
    assert isinstance(solver.ask(), Sat)
    text: str = solver._solver.to_smt2()

    def ask_plain() -> None:
        solver = z3.SolverFor("QF_LRA", ctx=z3.Context())
        solver.from_string(text)
        assert solver.check() == z3.sat

    one, other = take_medians(
        rounds,
        lambda: run_apart(lambda: isinstance(Solver(system.situation.roles, formulas).ask(), Sat), bound),
        lambda: run_apart(ask_plain, bound),
    )
    what = f"a time line of {moments:,} moments and {wanted:,} alternatives / plain Z3 for linear arithmetic"
    return compare(what, one, other, 3, f"grounding took {grounding}")


def units(clauses: int, rounds: int, bound: float) -> Row:
    """The whole check of a text with durations of minutes, hours and weeks, against that of one with minutes only."""
    same, mixed = (system_of(_windows(clauses, lengths)) for lengths in (ALIKE, APART))
    one, other = take_medians(
        rounds, lambda: run_apart(lambda: _check(mixed), bound), lambda: run_apart(lambda: _check(same), bound)
    )
    what = f"a text of {clauses:,} windows from 10 min to 60 days / the same in minutes"
    return compare(what, one, other, 1.5)


def _check(system: NormSystem) -> None:
    check(system)


def _apart(moments: int, wanted: int) -> str:
    """Moments at places that are drawn first, so that there is a time line, and pairs of them that lie apart."""
    chance = Random(1)
    places = [chance.randrange(100 * DAY) for _ in range(moments)]
    names = ", ".join(f'm{m} "moment {m}"' for m in range(moments))
    axioms = [f"axiom m{m} occurs" for m in range(moments)]
    while wanted:
        one, other = chance.sample(range(moments), 2)
        apart = abs(places[one] - places[other])
        if apart:
            least, most = chance.randrange(apart) + 1, chance.randrange(1, 10 * DAY)
            kept, other_way = ("before", "after") if places[one] < places[other] else ("after", "before")
            ways = [(kept, least), (other_way, most)]
            said = " or ".join(f"m{one} is at least {length} min {way} m{other}" for way, length in ways)
            axioms.append(f"axiom {said}")
            wanted -= 1
    return "\n".join(["vocabulary world", "situation episode", "roles own, other", f"moments {names}", *axioms, _REST])


_REST = """\
topic notices
act report topic notices
draft code "Code"
  uses world
clause 1 every unit must report within 10 min after m0
"""


def _windows(clauses: int, lengths: Sequence[int]) -> str:
    """Duties to report after one moment or before another, and some that keep silent for a while."""
    chance, said = Random(2), []
    for number in range(1, clauses + 1):
        short, long = sorted(chance.sample(lengths, 2))
        match number % 3:
            case 0:
                demand = f"must not report within {short} min after start"
            case 1:
                demand = f"must report within {long} min after start"
            case _:
                demand = f"must announce at least {short} min before start"
        said.append(f"clause {number} every unit when ships >= {chance.randrange(1, 50)}\n  {demand}")
    return "\n".join([_EPISODE, *said, ""])


_EPISODE = """\
vocabulary world
situation episode
roles own, other
shared
  ships : count from 0 to 100
moments start "the start"
topic notices
act report, announce topic notices
draft code "Code"
  uses world
"""
