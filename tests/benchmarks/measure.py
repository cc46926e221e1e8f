"""How something is measured: CPU time, in turns with what it is compared to, within a bound, and the medians of all."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import monotonic, process_time
from typing import Any

# Every check does all of its work by itself, unless a row is about what was kept; other versions may not know these.
COLD = {"CBM_NO_CACHE": "1", "CBM_JOBS": "1"}
KIB_OF_PEAK = 1 if sys.platform != "darwin" else 1 / 1024  # what the system counts peaks in
# A process that is over its bound is asked to stop, and so many seconds later it is stopped.
GRACE = 5


@dataclass(frozen=True, slots=True)
class Done:
    """Work that ended: seconds, MiB at the peak of the process that did it, and what came out of it."""

    seconds: float
    peak: float
    value: Any = None

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s" if self.seconds >= 2 else f"{self.seconds * 1000:.0f} ms"


@dataclass(frozen=True, slots=True)
class NotEnded:
    """Work that was stopped after so many seconds of CPU time."""

    seconds: float

    def __str__(self) -> str:
        return f"not ended in {self.seconds:.0f} s"


Outcome = Done | NotEnded


@dataclass(frozen=True, slots=True)
class Row:
    """A ratio (or an amount), the target for it, and the figures that it comes from."""

    what: str
    reached: float | NotEnded | None  # None: it could not be measured, and `seen` says why
    target: float | None  # None: there is none, and it is told for comparison
    seen: str
    at_least: bool = False

    @property
    def words(self) -> str:
        """What is reached, as it is told."""
        match self.reached:
            case None:
                return "–"
            case NotEnded():
                return str(self.reached)
            case value:
                return _number(value)

    @property
    def verdict(self) -> str:
        if self.reached is None:
            return "not measured"
        if self.target is None:
            return "–"
        if isinstance(self.reached, NotEnded):
            return "not met"
        return "met" if (self.reached >= self.target if self.at_least else self.reached <= self.target) else "not met"


def compare(what: str, one: Outcome, other: Outcome, target: float | None, seen: str = "") -> Row:
    """The row for the time of one work over that of the other, its yardstick."""
    figures = f"{one} against {other}" + (f"; {seen}" if seen else "")
    if isinstance(one, NotEnded):
        return Row(what, one, target, figures)
    ratio = one.seconds / other.seconds if isinstance(other, Done) else None
    return Row(what, ratio, target, figures)


def take_medians(rounds: int, *works: Callable[[], Outcome]) -> list[Outcome]:
    """What each work takes, all of them in turns, so that a busy machine slows all of them down.

    The value is that of the last round. What did not end is not tried again.
    """
    taken: list[list[Outcome]] = [[] for _ in works]
    for _ in range(rounds):
        for outcomes, work in zip(taken, works, strict=True):
            if not any(isinstance(outcome, NotEnded) for outcome in outcomes):
                outcomes.append(work())
    return [_median(outcomes) for outcomes in taken]


def _median(outcomes: Sequence[Outcome]) -> Outcome:
    last = outcomes[-1]
    done = [outcome for outcome in outcomes if isinstance(outcome, Done)]
    if isinstance(last, NotEnded):
        return last
    return Done(median(d.seconds for d in done), median(d.peak for d in done), last.value)


def run_apart(work: Callable[[], object], bound: float | None = None) -> Outcome:
    """What the work takes in a copy of this process, which has imported what this one has, and whatever it returns.

    Nothing that the work leaves behind speeds up the next round or swells the next peak. The bound is in seconds of
    CPU time.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # where others have threads: the copy uses none of them
        process = os.fork()
    if not process:
        os.close(reading)
        with open(writing, "wb") as stream:
            stream.write(_outcome(work, bound))
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        written = answer.read()
    _, status = os.waitpid(process, 0)
    outcome = pickle.loads(written) if written else _stopped(os.waitstatus_to_exitcode(status), bound)
    if isinstance(outcome, str):
        raise RuntimeError(outcome)
    assert isinstance(outcome, Done | NotEnded)
    return outcome


def _outcome(work: Callable[[], object], bound: float | None) -> bytes:
    try:
        gc.freeze()  # what was there before is no part of the work, and not looked through while it is done
        before = _cpu()
        _limit(bound)
        value = work()
        seconds = _cpu() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB_OF_PEAK / 1024
        return pickle.dumps(Done(seconds, peak, value))
    except BaseException:
        return pickle.dumps(traceback.format_exc())


def _cpu() -> float:
    """Of this process and of those it has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + used.ru_utime + used.ru_stime


def _limit(bound: float | None) -> None:
    """Lets this process, and those it begins, be stopped at the bound."""
    if bound is not None:
        soft = ceil(process_time() + bound)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + GRACE))


def _stopped(code: int, bound: float | None) -> NotEnded:
    """What it is that a process ended with this code; anything but the bound is a mistake."""
    assert bound is not None, code
    assert code in (-signal.SIGXCPU, -signal.SIGKILL), code
    return NotEnded(bound)


def run_python(arguments: Sequence[str], accepted: Sequence[int] = (0,), bound: float | None = None) -> Outcome:
    """What Python with these arguments takes, from its start to its end.

    What Python compiles may be kept, as on any machine on which cbm is used more than once.
    """
    return run_in(as_used() | COLD, arguments, accepted, bound)


def as_used() -> dict[str, str]:
    """The environment of a machine on which cbm is used more than once."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_in(
    environment: dict[str, str], arguments: Sequence[str], accepted: Sequence[int], bound: float | None
) -> Outcome:
    """The same with an environment of its own. The peak is told right as long as this process is the smaller one."""
    command = [sys.executable, *arguments]
    if bound is not None:
        command = ["sh", "-c", f'ulimit -t {ceil(bound)}; exec "$@"', "sh", *command]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        assert process.returncode < 0, (arguments, process.returncode)
        return _stopped(process.returncode, bound)
    return Done(used.ru_utime + used.ru_stime, used.ru_maxrss * KIB_OF_PEAK / 1024)


def count_wall(work: Callable[[], object]) -> float:
    """Seconds by the clock, for work that is done elsewhere."""
    before = monotonic()
    work()
    return monotonic() - before


def write_table(rows: Mapping[str, Row]) -> str:
    """The rows, by name, as a Markdown table."""
    cells = [["row", "ratio", "target", "reached", "", "seen"]]
    for name, row in rows.items():
        sign = "≥" if row.at_least else "≤"
        target = "–" if row.target is None else f"{sign} {_number(row.target)}"
        cells.append([name, row.what, target, row.words, row.verdict, row.seen])
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    cells.insert(1, ["-" * width for width in widths])
    lines = ("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in cells)
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}" if value < 1 else f"{value:.3g}"
