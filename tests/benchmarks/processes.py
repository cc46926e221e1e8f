"""Rows about processes: start-up, peak memory, and what a second one gains."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import Row, medians, spent, wall

TRIVIAL = """\
vocabulary world
situation encounter
roles own, other
each
  armed : flag
topic everything
act turn topic everything
draft code "Code"
  uses world
clause 1 every unit when own.armed
  must turn
"""
BARE = ["-c", "pass"]
# What the installed command does.
COMMAND = ["-c", "import sys; from cbm.__main__ import main; sys.exit(main())"]
IMPORTING = ["-c", "import z3; s = z3.Solver(); s.add(z3.Int('x') > 0); s.check()"]
# Reads a text from its file and finds all conflicts in it.
CONFLICTS = """\
import sys
from pathlib import Path
from cbm.conflicts.all_conflicts import find_sets
from cbm.pipeline import load
from cbm.ground.grounding import bearers, ground
(system,), _ = load([Path(sys.argv[1])])
for bearer in bearers(system):
    find_sets(ground(system, bearer))
"""
LOOP = 20_000_000


def start_up(rounds: int) -> Iterator[Row]:
    """What a command takes before it does anything worth speaking of."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trivial.cbm"
        file.write_text(TRIVIAL, encoding="utf-8")
        yield _against("`cbm --version` / bare Python", [*COMMAND, "--version"], BARE, 3.5, rounds)
        check = [*COMMAND, "check", str(file)]
        yield _against("`cbm check` of one clause / `import z3` and a check", check, IMPORTING, 2.5, rounds)


def _against(what: str, arguments: list[str], control: list[str], target: float, rounds: int) -> Row:
    ours, bare = medians(rounds, lambda: spent(arguments).seconds, lambda: spent(control).seconds)
    return Row(what, ours / bare, target, f"{ours * 1000:.0f} ms against {bare * 1000:.0f} ms")


def memory(norms: int) -> Row:
    """At the peak, in a process of its own; to be asked for before this process has grown."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "law.cbm"
        with file.open("w", encoding="utf-8") as stream:
            subprocess.run([sys.executable, "-m", "tests.benchmarks.law", str(norms)], stdout=stream, check=True)
        used = spent(["-c", CONFLICTS, str(file)])
    seen = f"from text to conflicts in {used.seconds:.1f} s"
    return Row(f"MiB at the peak: all conflicts of {norms:,} norms", used.peak, 300, seen)


def two_processes(work: Callable[[Executor | None], object], what: str, rounds: int) -> Row:
    """What a second process gains, against what it gains for loops that share nothing at all, in the same minutes."""
    with ProcessPoolExecutor(2) as pair:
        list(pair.map(_loop, [1, 1]))  # both are there before the clock runs
        alone, both, loops, loops_at_once = medians(
            rounds,
            lambda: wall(lambda: work(None)),
            lambda: wall(lambda: work(pair)),
            lambda: wall(lambda: [_loop(LOOP), _loop(LOOP)]),
            lambda: wall(lambda: list(pair.map(_loop, [LOOP, LOOP]))),
        )
    gained, possible = alone / both, loops / loops_at_once
    seen = f"{alone:.1f} s to {both:.1f} s, {gained:.2f} times as fast; busy loops {possible:.2f} times"
    return Row(f"two processes / two busy loops: {what}", gained / possible, 0.85, seen, at_least=True)


def _loop(turns: int) -> int:
    total = 0
    for turn in range(turns):
        total += turn
    return total
