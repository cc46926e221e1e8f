"""How something is measured: CPU time, in turns with what it is compared to, and the medians of both."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import monotonic, process_time

KIB_OF_PEAK = 1 if sys.platform != "darwin" else 1 / 1024  # what the system counts peaks in


@dataclass(frozen=True, slots=True)
class Row:
    """A ratio (or an amount), the target for it, and the figures that it comes from."""

    what: str
    reached: float | None  # None: it could not be measured, and `seen` says why
    target: float | None  # None: there is none, and it is told for comparison
    seen: str
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.reached is None:
            return "not measured"
        if self.target is None:
            return "–"
        return "met" if (self.reached >= self.target if self.at_least else self.reached <= self.target) else "not met"


def medians(rounds: int, *works: Callable[[], float]) -> list[float]:
    """Of what each work says it took, all of them in turns, so that a busy machine slows all of them down."""
    taken = [[work() for work in works] for _ in range(rounds)]
    return [median(times) for times in zip(*taken, strict=True)]


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process."""
    gc.collect()
    before = process_time()
    work()
    return process_time() - before


def wall(work: Callable[[], object]) -> float:
    """Seconds by the clock, for work that is done elsewhere."""
    before = monotonic()
    work()
    return monotonic() - before


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of CPU time and MiB at the peak, of a process that has ended."""

    seconds: float
    peak: float


def spent(arguments: Sequence[str], accepted: Sequence[int] = (0,)) -> Spent:
    """What Python with these arguments takes; its peak is told right as long as this process is the smaller one.

    What Python compiles may be kept, as on any machine on which cbm is used more than once.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in accepted, (arguments, process.returncode)
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss * KIB_OF_PEAK / 1024)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    cells = [["ratio", "target", "reached", "", "seen"]]
    for row in rows:
        sign = "≥" if row.at_least else "≤"
        target = "–" if row.target is None else f"{sign} {_number(row.target)}"
        reached = "–" if row.reached is None else _number(row.reached)
        cells.append([row.what, target, reached, row.verdict, row.seen])
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    cells.insert(1, ["-" * width for width in widths])
    lines = ("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in cells)
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}" if value < 1 else f"{value:.3g}"
