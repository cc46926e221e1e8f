"""Rows about times: one time line with many moments and alternatives, and durations of very different length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from time import process_time

import z3

from cbm.core.norms import NormSystem
from cbm.ground.grounding import ground
from cbm.pipeline import check
from cbm.resolve.system import resolve
from cbm.smt.solve import Sat, Solver
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.benchmarks.measure import Row, cpu, medians

DAY = 24 * 60  # minutes
# What a duration of the same clause is in either text, in minutes: those of one unit, and those of four.
ALIKE = (10, 24, 42, 60)
APART = (10, DAY, 42 * DAY, 60 * DAY)


def alternatives(moments: int, wanted: int, rounds: int) -> Row:
    """Whether a time line is possible at all, on which so many pairs of moments lie apart one way or the other."""
    system = _system(_apart(moments, wanted))
    grounding = cpu(lambda: ground(system, 0))
    formulas = ground(system, 0).possible
    solver = Solver(system.situation.roles, formulas)
    assert isinstance(solver.ask(), Sat)
    text: str = solver._solver.to_smt2()

    def plain() -> float:
        context = z3.Context()
        before = process_time()
        solver = z3.SolverFor("QF_LRA", ctx=context)
        solver.from_string(text)
        assert solver.check() == z3.sat
        return process_time() - before

    one, other = medians(rounds, lambda: cpu(lambda: Solver(system.situation.roles, formulas).ask()), plain)
    what = f"a time line of {moments:,} moments and {wanted:,} alternatives / plain Z3 for linear arithmetic"
    seen = f"{one * 1000:.0f} ms against {other * 1000:.0f} ms; grounding took {grounding * 1000:.0f} ms"
    return Row(what, one / other, 3, seen)


def units(clauses: int, rounds: int) -> Row:
    """The whole check of a text with durations of minutes, hours and weeks, against that of one with minutes only."""
    same, mixed = (_system(_windows(clauses, lengths)) for lengths in (ALIKE, APART))
    one, other = medians(rounds, _checking(mixed), _checking(same))
    what = f"a text of {clauses:,} windows from 10 min to 60 days / the same in minutes"
    return Row(what, one / other, 1.5, f"{one:.2f} s against {other:.2f} s")


def _checking(system: NormSystem) -> Callable[[], float]:
    return lambda: cpu(lambda: check(system))


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


def _system(text: str) -> NormSystem:
    file, findings = parse(Source("times.cbm", text))
    assert findings == (), findings
    documents = {d.header.name.text: d for d in file.documents if not isinstance(d.header, ast.CasesHeader)}
    subject = next(name for name in documents if name != "world")
    system, faults = resolve(documents, subject)
    assert system is not None, faults
    return system
