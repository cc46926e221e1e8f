"""Rows about asking for less or for more than one check of a draft: one rule only, and several dates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measure import Done, NotEnded, Outcome, Row, compare, run_python, take_medians
from tests.benchmarks.processes import COMMAND
from tests.benchmarks.whole import OF_A_CHECK

CHEAP = "unserved-function"  # it looks channels up, and asks no solver
DATES = ("2018-12-20", "2019-10-01", "2021-06-01", "2023-06-01", "2025-12-06")


def one_rule(draft: Path, rounds: int, bound: float) -> Row:
    """One rule that costs next to nothing over everything; starting cbm counts."""
    cheap, everything = take_medians(
        rounds,
        lambda: run_python([*COMMAND, "check", "--select", CHEAP, str(draft)], OF_A_CHECK, bound),
        lambda: run_python([*COMMAND, "check", str(draft)], OF_A_CHECK, bound),
    )
    return compare(f"`--select {CHEAP}` / everything: {draft.stem}", cheap, everything, 0.2)


def several_dates(draft: Path, rounds: int, bound: float) -> Row:
    """Five dates over one; there is no shorter way yet than one command after the other."""
    five, one = take_medians(rounds, lambda: _ask(draft, DATES, bound), lambda: _ask(draft, DATES[1:2], bound))
    return compare(f"five dates / one date: {draft.stem}", five, one, 1.3)


def _ask(draft: Path, dates: Sequence[str], bound: float) -> Outcome:
    taken = [run_python([*COMMAND, "check", "--as-of", day, str(draft)], OF_A_CHECK, bound) for day in dates]
    done = [outcome for outcome in taken if isinstance(outcome, Done)]
    if len(done) < len(taken):
        return NotEnded(bound)
    return Done(sum(d.seconds for d in done), max(d.peak for d in done))
