"""Rows about all conflicts of bodies of law: against plain Z3, how the time grows, and how often Z3 is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import z3

from cbm import NormSystem
from cbm.conflicts.all_conflicts import world_of
from cbm.conflicts.minimal_sets import Search, find_minimal_sets
from cbm.ground.grounding import ground
from cbm.smt.solve import Solver
from tests.benchmarks.law import law, law_text
from tests.benchmarks.measure import Done, Outcome, Row, compare, run_apart, run_python, take_medians
from tests.benchmarks.pairs import answers, scripts, surviving

# Reads a text from its file and finds all conflicts in it.
CONFLICTS = """\
import sys
from pathlib import Path
from cbm import load
from cbm.conflicts.all_conflicts import world_of
from cbm.conflicts.minimal_sets import find_minimal_sets
from cbm.ground.grounding import bearers, ground
(system,), _ = load([Path(sys.argv[1])])
for bearer in bearers(system):
    about = ground(system, bearer)
    find_minimal_sets(world_of(about), about.demanding)
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one body of law took; the values are how many conflicts were found, and how many pairs are satisfiable."""

    norms: int
    pairs: int
    ours: Outcome
    plain: Outcome


@cache
def take(norms: int, rounds: int, bound: float) -> Taken:
    """All conflicts of so many norms, by the search and by plain Z3 in turns."""
    outcome = run_apart(lambda: _take(norms, rounds, bound))
    assert isinstance(outcome, Done)
    assert isinstance(outcome.value, Taken)
    return outcome.value


def _take(norms: int, rounds: int, bound: float) -> Taken:
    find_conflicts(law(100))  # what is imported or prepared once is so before the clock runs
    prepared = run_apart(lambda: _written(norms))  # apart: what is made for plain Z3 is not there for the search
    assert isinstance(prepared, Done)
    pairs, texts = prepared.value
    system = law(norms)
    ours, plain = take_medians(
        rounds,
        lambda: run_apart(lambda: len(find_conflicts(system).sets), bound),
        lambda: run_apart(lambda: _count_satisfiable(texts), bound),
    )
    return Taken(norms, pairs, ours, plain)


def _written(norms: int) -> tuple[int, list[str]]:
    """How many pairs survive the index, and the scripts that ask about them."""
    about = ground(law(norms), 0)
    pairs = surviving(about)
    return len(pairs), scripts(about, pairs)


def _count_satisfiable(texts: list[str]) -> int:
    return sum(answers(z3.Context(), text).count("sat") for text in texts)  # the search makes contexts too


def find_conflicts(system: NormSystem) -> Search:
    """Grounding counts: plain Z3 is given its formulas written out."""
    about = ground(system, 0)
    return find_minimal_sets(world_of(about), about.demanding)


def against_plain(norms: int, rounds: int, target: float | None, bound: float) -> Row:
    """The search, with an example for each conflict, over plain Z3 on the pairs that the index leaves."""
    one = take(norms, rounds, bound)
    seen = f"{one.pairs:,} pairs"
    if isinstance(one.ours, Done) and isinstance(one.plain, Done):
        conflicts, satisfiable = one.ours.value, one.plain.value
        same = "as many by plain Z3" if satisfiable == conflicts else f"BUT {satisfiable:,} by plain Z3"
        seen = f"{conflicts:,} conflicts, {same}"
    what = f"all conflicts with witnesses / plain Z3 on the surviving pairs: {norms:,} norms"
    return compare(what, one.ours, one.plain, target, seen)


def growth(small: int, large: int, rounds: dict[int, int], bound: float) -> Row:
    """How the time grows from one body of law to another."""
    one, other = (take(norms, rounds[norms], bound).ours for norms in (large, small))
    return compare(f"all conflicts: {large:,} norms / {small:,} norms", one, other, 15)


def questions(norms: int, bound: float) -> Row:
    """How often a solver is asked in the whole search, by whomever and for whatever."""

    def count() -> tuple[int, int]:
        system = law(norms)
        with patch.object(Solver, "ask", autospec=True, side_effect=Solver.ask) as ask:
            find_conflicts(system)
        return ask.call_count, len(surviving(ground(system, 0)))

    what = f"questions to Z3 for 100 surviving pairs: {norms:,} norms"
    outcome = run_apart(count, bound)
    if not isinstance(outcome, Done):
        return Row(what, outcome, 5, "the search")
    calls, pairs = outcome.value
    seen = f"{calls:,} questions, {pairs:,} surviving pairs"
    return Row(what, 100 * calls / pairs, 5, seen)


def memory(norms: int, bound: float) -> Row:
    """The peak of a process that reads a body of law and finds all conflicts in it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "law.cbm"
        file.write_text(law_text(norms), encoding="utf-8")
        used = run_python(["-c", CONFLICTS, str(file)], bound=bound)
    what = f"MiB at the peak: all conflicts of {norms:,} norms"
    return Row(what, used.peak if isinstance(used, Done) else used, 300, f"from text to conflicts: {used}")
