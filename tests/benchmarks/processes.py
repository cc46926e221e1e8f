"""Rows about processes: start-up, a mistake, and what a second process gains."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import (
    COLD,
    Done,
    NotEnded,
    Outcome,
    Row,
    compare,
    count_wall,
    run_apart,
    run_in,
    run_python,
)
from tests.benchmarks.measure import take_medians as take

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
MISTAKEN = TRIVIAL.replace("must turn", "must must turn")
BARE = ["-c", "pass"]
# What the installed command does.
COMMAND = ["-c", "from cbm.__main__ import run; run()"]
IMPORTING = ["-c", "import z3; s = z3.Solver(); s.add(z3.Int('x') > 0); s.check()"]
PARSING = ["-c", "import lark"]
FOUND = 1  # the exit code of a check that found something


def write_loop(turns: int) -> list[str]:
    """What makes Python busy for a while."""
    return ["-c", f"for _ in range({turns}): pass"]


def version(rounds: int) -> Row:
    """The command that does nothing."""
    ours, control = take(rounds, lambda: run_python([*COMMAND, "--version"]), lambda: run_python(BARE))
    return compare("`cbm --version` / bare Python", ours, control, 3)


def one_clause(rounds: int) -> Row:
    """The check of a text that leaves nothing to do."""
    return _checking(TRIVIAL, 0, IMPORTING, "`cbm check` of one clause / `import z3` and a check", rounds)


def syntax_error(rounds: int) -> Row:
    """What an author waits for who has mistyped something: no solver is needed for that."""
    return _checking(MISTAKEN, FOUND, PARSING, "`cbm check` of a syntax error / `import lark`", rounds)


def _checking(text: str, code: int, control: list[str], what: str, rounds: int) -> Row:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "text.cbm"
        file.write_text(text, encoding="utf-8")
        check = [*COMMAND, "check", str(file)]
        ours, other = take(rounds, lambda: run_python(check, (code,)), lambda: run_python(control))
    return compare(what, ours, other, 2.5)


def read_only(rounds: int) -> Row:
    """The same check by a copy of cbm in which nothing compiled is kept, as where it cannot be written."""
    found = find_spec("cbm")
    assert found is not None
    assert found.origin is not None
    home = Path(found.origin).parents[1]
    with TemporaryDirectory() as folder:
        for part in ("cbm", "grammar", "specs"):
            if (home / part).is_dir():
                copytree(home / part, Path(folder) / part, ignore=ignore_patterns("__pycache__"))
        file = Path(folder) / "text.cbm"
        file.write_text(TRIVIAL, encoding="utf-8")
        environment = {**os.environ, **COLD, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("PYTHONPYCACHEPREFIX", None)
        check = ["-P", *COMMAND, "check", str(file)]  # and not the one in this folder
        ours, other = take(rounds, lambda: run_in(environment, check, (0,), None), lambda: run_python(IMPORTING))
    return compare("the same where nothing compiled is kept", ours, other, None)


def two_processes(work: Callable[[Executor | None], object], what: str, turns: int, rounds: int, bound: float) -> Row:
    """What a second process gains, against what it gains for loops that share nothing at all, in the same minutes."""
    alone, both, loops, loops_at_once = take(
        rounds,
        lambda: _by_clock(lambda: count_wall(lambda: work(None)), bound),
        lambda: _by_clock(lambda: _shared(work), bound),
        lambda: _by_clock(lambda: count_wall(lambda: [_loop(turns), _loop(turns)]), None),
        lambda: _by_clock(lambda: _shared(lambda pair: list(pair.map(_loop, [turns, turns]))), None),
    )
    named = f"two processes / two busy loops: {what}"
    if not (isinstance(alone, Done) and isinstance(both, Done)):
        return Row(named, NotEnded(bound), 0.9, f"one {alone}, two {both}", at_least=True)
    assert isinstance(loops, Done)
    assert isinstance(loops_at_once, Done)
    gained, possible = alone.seconds / both.seconds, loops.seconds / loops_at_once.seconds
    seen = f"{alone} to {both} by the clock, {gained:.2f} times as fast; busy loops {possible:.2f} times"
    return Row(named, gained / possible, 0.9, seen, at_least=True)


def _by_clock(work: Callable[[], float | None], bound: float | None) -> Outcome:
    """What the work says it took, in a copy of this process; None: one of its own processes was stopped."""
    outcome = run_apart(work, bound)
    if isinstance(outcome, NotEnded):
        return outcome
    return NotEnded(bound or 0) if outcome.value is None else Done(outcome.value, outcome.peak)


def _shared(work: Callable[[Executor], object]) -> float | None:
    with ProcessPoolExecutor(2) as pair:
        list(pair.map(_loop, [1, 1]))  # both are there before the clock runs
        try:
            return count_wall(lambda: work(pair))
        except BrokenProcessPool:
            return None


def _loop(turns: int) -> int:
    total = 0
    for turn in range(turns):
        total += turn
    return total
