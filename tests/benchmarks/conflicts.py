"""Rows about all conflicts of bodies of law: against plain Z3, how the time grows, and how often Z3 is asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from time import process_time
from unittest.mock import patch

import z3

from cbm.conflicts.all_conflicts import SetSearch, find_sets
from cbm.core.norms import NormSystem
from cbm.finding import Report
from cbm.ground.grounding import ground
from cbm.pipeline import check
from cbm.smt.solve import Solver
from tests.benchmarks.law import law
from tests.benchmarks.measure import Row, cpu, medians
from tests.benchmarks.pairs import answers, scripts, surviving


@dataclass(frozen=True, slots=True)
class Taken:
    """What one body of law took, and what was found out on the way."""

    norms: int
    ours: float
    plain: float
    conflicts: int
    satisfiable: int  # of the surviving pairs, by plain Z3
    pairs: int
    calls: int


def taken(norms: int, rounds: int) -> Taken:
    """All conflicts of so many norms, by the search and by plain Z3 in turns."""
    all_conflicts(law(100))  # what is imported or prepared once is so before the clock runs
    system = law(norms)
    about = ground(system, 0)
    pairs = surviving(about)
    texts = scripts(about, pairs)
    satisfiable: list[int] = []

    def plain() -> float:
        before = process_time()
        found = [answer for text in texts for answer in answers(z3.Context(), text)]  # the search makes contexts too
        seconds = process_time() - before
        satisfiable.append(found.count("sat"))
        return seconds

    ours, control = medians(rounds, lambda: cpu(lambda: all_conflicts(system)), plain)
    found, calls = _counted(system)
    return Taken(norms, ours, control, len(found.sets), satisfiable[0], len(pairs), calls)


def all_conflicts(system: NormSystem) -> SetSearch:
    """Grounding counts: plain Z3 is given its formulas written out."""
    return find_sets(ground(system, 0))


def shared(norms: int) -> Callable[[Executor | None], Report]:
    """The whole check of one body of law, for an executor to take part in."""
    system = law(norms)
    return lambda executor: check(system, executor=executor)


def against_plain(one: Taken, target: float) -> Row:
    same = "as many by plain Z3" if one.satisfiable == one.conflicts else f"BUT {one.satisfiable:,} by plain Z3"
    seen = f"{one.ours:.2f} s against {one.plain:.2f} s; {one.conflicts:,} conflicts, {same}"
    what = f"all conflicts with witnesses / plain Z3 on the surviving pairs: {one.norms:,} norms"
    return Row(what, one.ours / one.plain, target, seen)


def growth(small: Taken, large: Taken) -> Row:
    seen = f"{large.ours:.2f} s against {small.ours:.2f} s"
    return Row(f"all conflicts: {large.norms:,} norms / {small.norms:,} norms", large.ours / small.ours, 15, seen)


def questions(one: Taken) -> Row:
    """Every question to Z3 counts, whatever it was asked for."""
    seen = f"{one.calls:,} questions, {one.pairs:,} surviving pairs"
    return Row(f"questions to Z3 for 100 surviving pairs: {one.norms:,} norms", 100 * one.calls / one.pairs, 5, seen)


def _counted(system: NormSystem) -> tuple[SetSearch, int]:
    """What is found, and how often a solver was asked for it, whoever asked."""
    with patch.object(Solver, "ask", autospec=True, side_effect=Solver.ask) as ask:
        found = all_conflicts(system)
    return found, ask.call_count
