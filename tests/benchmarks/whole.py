"""Rows about whole checks, all rules, of regimes that grow: what one takes, how that grows, and the peak."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import Done, Outcome, Row, compare, run_python, take_medians
from tests.benchmarks.processes import COMMAND, write_loop
from tests.benchmarks.regime import regime_text

OF_A_CHECK = (0, 1, 3)  # nothing found, something found, something undecided


@cache
def take(clauses: int, rounds: int, bound: float, turns: int) -> tuple[Outcome, Outcome]:
    """What `cbm check` takes for a regime of so many clauses, and a loop in turns with it, as a control."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "regime.cbm"
        file.write_text(regime_text(clauses), encoding="utf-8")
        check, loop = take_medians(
            rounds,
            lambda: run_python([*COMMAND, "check", "--output-format", "concise", str(file)], OF_A_CHECK, bound),
            lambda: run_python(write_loop(turns)),
        )
    return check, loop


def seconds(clauses: int, rounds: int, bound: float, turns: int) -> Row:
    """For comparison with other runs of the same hour alone: the control says how fast the machine was."""
    check, loop = take(clauses, rounds, bound, turns)
    reached = check.seconds if isinstance(check, Done) else check
    return Row(f"seconds of a whole check: {clauses:,} clauses", reached, None, f"a loop beside it took {loop}")


def growth(small: int, large: int, rounds: Mapping[int, int], bound: float, turns: int) -> Row:
    """The ratio of two sizes, and the power of the size with which the time grows between each two that ended."""
    taken = {clauses: take(clauses, count, bound, turns) for clauses, count in rounds.items()}
    checks = {clauses: check for clauses, (check, _) in taken.items()}
    loops = [loop.seconds for _, loop in taken.values() if isinstance(loop, Done)]
    seen = f"{_powers(checks)}; loops beside them took {min(loops):.2f} to {max(loops):.2f} s"
    what = f"whole check, all rules: {large:,} clauses / {small:,} clauses"
    return compare(what, checks[large], checks[small], 5, seen)


def _powers(checks: Mapping[int, Outcome]) -> str:
    """`N^1.7 from 100 to 300`, and so on."""
    ended = [(clauses, check.seconds) for clauses, check in checks.items() if isinstance(check, Done)]
    powers = [
        f"N^{log(later / earlier) / log(large / small):.1f} from {small:,} to {large:,}"
        for (small, earlier), (large, later) in pairwise(ended)
    ]
    return ", ".join(powers) or "no two sizes ended"


def memory(clauses: int, rounds: int, bound: float, turns: int) -> Row:
    """The peak of the process that checks the largest regime."""
    check, _ = take(clauses, rounds, bound, turns)
    reached = check.peak if isinstance(check, Done) else check
    return Row(f"MiB at the peak: whole check of {clauses:,} clauses", reached, 500, f"from text to page: {check}")
