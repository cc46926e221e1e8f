"""How long a run may take and what one question may cost; whoever asks sees whether the run was told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sys import float_info
from threading import Event, RLock, Thread, get_ident
from time import process_time, time
from types import UnionType
from typing import Protocol, TypeVar

from cbm.finding import Misuse, StoppedEarly
from cbm.process.shown_values import shown_value
from cbm.records import Struct
from cbm.translation.saying import mark, say

Found = TypeVar("Found")

_LOOK = 0.05  # seconds: so often it is seen whether to stop; a question that begins just then is told once more


class Cancel(Protocol):
    """What tells a run to stop once it is set, such as a `threading.Event`."""

    def is_set(self) -> bool: ...


class RunStopped(Exception):
    """Nothing more can be found out here, since the run was told to stop."""


class WorkSpent(RunStopped):
    """One part of the work would take more than it may; the run goes on with the others."""


SPENT = mark("it would take more work than one part of a check may take")


class Work(Struct):
    """What one part of the work may still take: steps of the solver, and what it has to read weighs like them.

    The same on every machine, and whoever does it.
    """

    left: int

    def require(self) -> None:
        """Raises WorkSpent where nothing is left."""
        if self.left < 0:
            raise WorkSpent(SPENT)


class Budget:
    """What one run may use: seconds for all of it, steps of the solver for each question. None: as much as usual.

    Anybody may tell the run to stop, from any thread. What has no answer by then is undecided. The
    seconds count from when it is first used. Misuse where they are no number over 0, or the steps no whole one.
    """

    def __init__(self, seconds: float | None = None, steps: int | None = None, until: float | None = None) -> None:
        self.seconds: float | None = seconds
        self.steps: int | None = steps
        self.until: float | None = until  # since 1970, so that other processes know it too
        self.stopped: str = ""  # why, in English, by which the reason is known
        self.incidents: list[str] = []  # what went wrong outside, and changed nothing in what is found
        self.cancel: Cancel | None = None  # what may tell it to stop as well, looked at before each question
        self._over: float | None = None  # the work of this process when it was first seen to be stopped
        self.interrupts: dict[int, Callable[[], object]] = {}  # by thread: what breaks off the question it asks
        self.require_usable()

    def __repr__(self) -> str:
        given = {"seconds": self.seconds, "steps": self.steps}
        return f"Budget({', '.join(f'{name}={value!r}' for name, value in given.items() if value is not None)})"

    def require_usable(self) -> None:
        """Misuse where its seconds or its steps are nothing that a run can keep to."""
        seconds, steps = self.seconds, self.steps
        if seconds is not None and not (_is_of(int | float, seconds) and seconds > 0):
            words = say("`seconds` of a budget is a number over 0, and not {given}", given=shown_value(seconds))
            raise Misuse(words)
        if steps is not None and not (_is_of(int, steps) and steps > 0):
            is_what = say("is a whole number from 1 on")
            words = say("`{name}` {is_what}, and not {given}", name="steps", is_what=is_what, given=shown_value(steps))
            raise Misuse(words)

    def stop(self, why: str) -> None:
        """No question is answered from now on; the first reason stands. It is told with `say`."""
        self.stopped = self.stopped or why

    def why(self) -> str:
        """Why it was stopped, if it was by now."""
        self.heed()
        return self.stopped

    def heed(self) -> None:
        """Stops the run if its time is over or it was cancelled by now."""
        left = self.left()
        if left is not None and left <= 0:
            self.stop(out_of_time(self.seconds))
        if self.cancel is not None and self.cancel.is_set():
            self.stop(CANCELLED)

    def may_finish(self) -> bool:
        """Whether what is nearly done may be finished: for so much work, whatever else the machine does."""
        if self._over is None:
            self._over = process_time()
        return process_time() - self._over < _FINISHING

    def left(self) -> float | None:
        """The seconds that are left."""
        return None if self.until is None else self.until - time()

    def begin(self) -> None:
        """The seconds count from now on, if they do not yet."""
        if self.seconds is not None and self.until is None:
            self.until = time() + min(self.seconds, float_info.max)

    def watch(self, over: Event) -> None:
        """Stops the run when its time is over or it is cancelled, and breaks off what is being asked: for a thread."""
        while not over.wait(_LOOK):
            if self.why():
                for interrupt in list(self.interrupts.values()):
                    interrupt()


def _is_of(kind: type | UnionType, given: object) -> bool:
    """Whether it is such a number: True and False are none, though they are numbers to Python."""
    return isinstance(given, kind) and not isinstance(given, bool)


CANCELLED = mark("it was cancelled")


def out_of_time(seconds: float | None) -> str:
    """Why a run was stopped that took too long."""
    if seconds is None:
        return mark("the time for this run was over")
    return mark("the {seconds:g} s for this run were over", seconds=seconds)


_BUDGET: ContextVar[Budget] = ContextVar("budget")
_WORK: ContextVar[Work | None] = ContextVar("work", default=None)
_BROKEN_OFF: ContextVar[_Anyway | None] = ContextVar("broken_off", default=None)

_FINISHING = 0.5  # seconds of work
# So many steps of reading a text are taken however little time there is: more than one of some dozens of clauses needs.
SHORT = 5_000


class _Anyway:
    """How many steps of what is broken off are still taken in any case."""

    def __init__(self, left: int) -> None:
        self.left = left


@contextmanager
def charged_to(work: Work) -> Iterator[None]:
    """What is asked inside takes from this, and raises WorkSpent where nothing is left; it is part of a larger work."""
    larger, before = _WORK.get(), work.left
    token = _WORK.set(work)
    try:
        yield
    finally:
        _WORK.reset(token)
        if larger is not None:
            larger.left -= before - work.left


@contextmanager
def free_of_charge() -> Iterator[None]:
    """What is asked inside takes from no work."""
    token = _WORK.set(None)
    try:
        yield
    finally:
        _WORK.reset(token)


def current_work() -> Work | None:
    """What the questions asked here are charged to; None where nobody counts."""
    return _WORK.get()


def current_budget() -> Budget:
    """That of the run that goes on here; one without bounds, if there is none."""
    budget = _BUDGET.get(None)
    if budget is None:
        _BUDGET.set(budget := Budget())
    return budget


@contextmanager
def broken_off(anyway: int = 0) -> Iterator[None]:
    """What is made inside is broken off once the run is told to stop: whoever asks for it can do without.

    So many steps of it are taken `anyway`, unless it is part of something that is broken off already.
    """
    token = _BROKEN_OFF.set(_BROKEN_OFF.get() or _Anyway(anyway))
    try:
        yield
    finally:
        _BROKEN_OFF.reset(token)


@contextmanager
def told_or_stopped(nothing: str) -> Iterator[None]:
    """Raises StoppedEarly, with the message `nothing`, where what is made inside is broken off."""
    try:
        yield
    except RunStopped as why:
        raise StoppedEarly(say("{nothing}: {why}", nothing=say(nothing), why=say(str(why)))) from None


def until_stopped(search: Iterable[Found], stopped: list[RunStopped]) -> Iterator[Found]:
    """What is found until the run is told to stop, which is noted: what is found stays in any case."""
    try:
        yield from () if stopped else search
    except RunStopped as why:
        stopped.append(why)


def is_broken_off() -> bool:
    """Whether work is broken off here once the run is told to stop."""
    return _BROKEN_OFF.get() is not None


def require_going_on() -> None:
    """Raises RunStopped where the run was told to stop and work is broken off then; for what asks no solver."""
    anyway = _BROKEN_OFF.get()
    if anyway is None:
        return
    budget = current_budget()
    budget.heed()
    if not budget.stopped:
        return
    if anyway.left <= 0 or not budget.may_finish():
        raise RunStopped(budget.stopped)
    anyway.left -= 1


class _Runs:
    """How many runs go on in each thread of this process; `ends` is held while one begins or ends."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self.ends = RLock()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """One more goes on in this thread."""
        own = get_ident()
        with self.ends:
            self.counts[own] = self.counts.get(own, 0) + 1
        try:
            yield
        finally:
            with self.ends:
                self.counts[own] -= 1
                if not self.counts[own]:
                    del self.counts[own]

    @contextmanager
    def none_elsewhere(self) -> Iterator[bool]:
        """Whether none goes on in another thread; none begins meanwhile."""
        with self.ends:
            yield self.counts.keys() <= {get_ident()}

    def forget(self) -> None:
        """Of a copy of a process: none goes on there."""
        self.counts.clear()
        self.ends = RLock()


# A process may only be copied while nobody else is at work: what another thread holds at that moment, such as a module
# that it imports, the copy would wait for without end.
RUNS = _Runs()


@contextmanager
def within(budget: Budget | None, cancel: Cancel | None = None) -> Iterator[Budget]:
    """What is asked inside keeps to the budget, and stops when it is cancelled.

    None: it keeps to that which is kept to here already.
    """
    if cancel is None and (budget is None or budget is _BUDGET.get(None)):
        yield current_budget()
        return
    if budget is None:  # one of its own, as large: that it is cancelled stops nobody else
        budget = Budget(current_budget().seconds, current_budget().steps, current_budget().until)
    budget.begin()
    before, budget.cancel = budget.cancel, budget.cancel if cancel is None else cancel
    budget.heed()
    over = Event()
    token = _BUDGET.set(budget)
    thread = Thread(target=budget.watch, args=(over,), name="budget", daemon=True)
    thread.start()
    try:
        with RUNS.counted():
            yield budget
    finally:
        _BUDGET.reset(token)
        over.set()
        thread.join()
        budget.cancel = before
