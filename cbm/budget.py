"""How long a run may take and what one question may cost; whoever asks sees whether the run was told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Thread
from time import time

_AGAIN = 0.05  # seconds: a question may begin just when it is told to stop, so it is told again


class RunStopped(Exception):
    """Nothing more can be found out here, since the run was told to stop."""


class Budget:
    """What one run may use: seconds for all of it, steps of the solver for each question. None: as much as usual.

    Anybody may tell the run to stop, from any thread. What has no answer by then is undecided.
    """

    def __init__(self, seconds: float | None = None, steps: int | None = None, until: float | None = None) -> None:
        self.seconds, self.steps = seconds, steps
        self.until = until  # since 1970, so that other processes know it too
        self.stopped = ""  # why
        self.incidents: list[str] = []  # what went wrong outside, and changed nothing in what is found
        self.interrupt: Callable[[], object] | None = None  # breaks off what is being asked
        self._changed = Event()
        self._over = Event()

    def stop(self, why: str) -> None:
        """No question is answered from now on; the first reason stands."""
        self.stopped = self.stopped or why
        self._changed.set()

    def left(self) -> float | None:
        """The seconds that are left."""
        return None if self.until is None else self.until - time()

    def begin(self) -> None:
        """The seconds count from now on, if they do not yet."""
        if self.seconds is not None and self.until is None:
            self.until = time() + self.seconds

    def why(self) -> str:
        """Why it was stopped, if it was by now."""
        return self.stopped

    def lasts(self, seconds: float) -> bool:
        """Whether the run, once it is told to stop, goes on for so long all the same."""
        self._changed.wait()
        return not self._over.wait(seconds)

    def end(self) -> None:
        """Nothing is asked any more."""
        self._over.set()
        self._changed.set()

    def watch(self) -> None:
        """Stops the run when its time is over, and breaks off what is being asked: the work of a thread."""
        if not self._changed.wait(self.left()):
            self.stop(out_of_time(self.seconds))
        while not self._over.wait(_AGAIN):
            if (interrupt := self.interrupt) is not None:
                interrupt()


def out_of_time(seconds: float | None) -> str:
    """Why a run was stopped that took too long."""
    return "the time for this run was over" if seconds is None else f"the {seconds:g} s for this run were over"


_BUDGET: ContextVar[Budget] = ContextVar("budget")


def current_budget() -> Budget:
    """That of the run that goes on here; one without bounds, if there is none."""
    budget = _BUDGET.get(None)
    if budget is None:
        _BUDGET.set(budget := Budget())
    return budget


@contextmanager
def within(budget: Budget | None) -> Iterator[Budget]:
    """What is asked inside keeps to the budget; None: to that which is kept to here already."""
    if budget is None:
        yield current_budget()
        return
    budget.begin()
    token = _BUDGET.set(budget)
    thread = Thread(target=budget.watch, name="budget", daemon=True)
    thread.start()
    try:
        yield budget
    finally:
        _BUDGET.reset(token)
        budget.end()
        thread.join()
