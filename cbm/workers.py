"""Processes that do shares of the work: they end with the one that started them; what one loses is done again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import Pipe, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from time import time
from typing import Any, TypeVar

from cbm.budget import Budget, RunStopped, current_budget, within

Result = TypeVar("Result")
_LOOK = 0.1  # seconds: so often it is seen whether the run was told to stop
_GRACE = 3.0  # seconds: so long after the end workers may take to tell what they have found
_LOSSES = 3  # so often a lost worker is replaced
LOST = "a process that did a part of the work was ended from outside, perhaps for want of memory"


class Workers(Executor):
    """So many processes. Whatever they are sent keeps to the budget of the run that sends it.

    `lost` counts how often one was ended from outside.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._reader, self._writer = Pipe(duplex=False)
        self._pool = self._start()
        self.lost = 0

    def map(
        self, work: Callable[..., Result], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[Result]:
        """The results in order; RunStopped where the run was told to stop before all are there."""
        del timeout, chunksize
        tasks = list(zip(*iterables, strict=False))
        futures = [self.submit(work, *task) for task in tasks]

        def results() -> Iterator[Result]:
            for number in range(len(tasks)):
                while True:
                    try:
                        yield self._result(futures[number])
                        break
                    except BrokenProcessPool:
                        self._renew()
                        for later in range(number, len(tasks)):
                            if not _is_done(futures[later]):
                                futures[later] = self.submit(work, *tasks[later])

        return results()

    def submit(self, work: Callable[..., Result], /, *arguments: Any, **named: Any) -> Future[Result]:
        budget = current_budget()
        return self._pool.submit(_under, budget.seconds, budget.steps, budget.until, work, arguments, named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """What is done at the moment is given up."""
        del wait, cancel_futures
        self._writer.send_bytes(b"end")
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, initializer=_begin, initargs=(self._reader,))

    def _result(self, future: Future[Result]) -> Result:
        budget = current_budget()
        while True:
            try:
                return future.result(_LOOK)
            except TimeoutError:
                late = budget.until is not None and time() > budget.until + _GRACE
                by_hand = bool(budget.stopped) and (budget.until is None or time() < budget.until)
                if late or by_hand:
                    raise RunStopped(budget.stopped) from None

    def _renew(self) -> None:
        self.lost += 1
        if self.lost > _LOSSES:
            current_budget().stop(LOST)
            raise RunStopped(LOST)
        current_budget().incidents.append(f"{LOST}; what it was doing is asked again")
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()


def _is_done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _under(
    seconds: float | None,
    steps: int | None,
    until: float | None,
    work: Callable[..., Result],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> Result:
    with within(Budget(seconds, steps, until)):
        return work(*arguments, **named)


def _begin(ended: Connection) -> None:
    """In a new process: who started it is told of signals, and when that one is gone, so is this."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with, args=(ended,), name="parent", daemon=True).start()


def _end_with(ended: Connection) -> None:
    parent = parent_process()
    wait([ended, *([] if parent is None else [parent.sentinel])])
    os._exit(1)
