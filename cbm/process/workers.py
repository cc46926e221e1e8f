"""Who does shares of the work: processes that end with the one that started them, or an executor of somebody else.

What is sent away keeps to the budget of the run that sends it; what is lost on the way is done again.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent import futures
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext, suppress
from contextvars import Context
from dataclasses import dataclass
from multiprocessing import Pipe, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from time import time
from typing import Any, Generic, NamedTuple, TypeVar

from cbm.process.budget import RUNS, Budget, RunStopped, broken_off, current_budget, is_broken_off, within
from cbm.translation.saying import mark
from cbm.translation.speech import Language, speaking, spoken

Result = TypeVar("Result")
_LOOK = 0.1  # seconds: so often it is seen whether the run was told to stop
_GRACE = 3.0  # seconds: so long after the end workers may take to tell what they have found
_LOSSES = 3  # so often a lost worker is replaced
LOST = mark("a process that did a part of the work was ended from outside, perhaps for want of memory")
AGAIN = mark(
    "a process that did a part of the work was ended from outside, perhaps for want of memory; "
    "what it was doing is asked again"
)
DONE_HERE = mark("an executor did not do what it was sent; that is done here")


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
        sent: dict[int, Future[Result]] = {}
        with suppress(BrokenProcessPool):  # what could not be sent is sent when it is waited for
            self._send(work, tasks, sent)

        def results() -> Iterator[Result]:
            for number in range(len(tasks)):
                while True:
                    try:
                        self._send(work, tasks, sent)
                        yield _awaited(sent[number])
                        break
                    except BrokenProcessPool:
                        self._renew()
                        for lost in [n for n, future in sent.items() if not _is_done(future)]:
                            del sent[lost]

        return results()

    def _send(
        self, work: Callable[..., Result], tasks: Sequence[tuple[Any, ...]], sent: dict[int, Future[Result]]
    ) -> None:
        """Sends what is not sent; a process may be lost meanwhile."""
        for number, task in enumerate(tasks):
            if number not in sent:
                sent[number] = self.submit(work, *task)

    def submit(self, work: Callable[..., Result], /, *arguments: Any, **named: Any) -> Future[Result]:
        return self._pool.submit(_under, _terms(), work, arguments, named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """What is done at the moment is given up."""
        del wait, cancel_futures
        self._writer.send_bytes(b"end")
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, initializer=_begin, initargs=(self._reader,))

    def _renew(self) -> None:
        self.lost += 1
        if self.lost > _LOSSES:
            current_budget().stop(LOST)
            raise RunStopped(LOST)
        current_budget().incidents.append(AGAIN)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()


class Borrowed(Executor):
    """An executor of somebody else, of threads, processes or machines. It is theirs to shut down.

    Where it does not bring a result, whatever it says of that, the work is done here.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def map(
        self, work: Callable[..., Result], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[Result]:
        """The results in order; RunStopped where the run was told to stop before all are there."""
        del timeout, chunksize
        tasks = list(zip(*iterables, strict=False))
        sent = [self._sent(work, task) for task in tasks]

        def results() -> Iterator[Result]:
            try:
                for task, future in zip(tasks, sent, strict=True):
                    yield _brought(future) if future is not None and _comes(future) else self._done_here(work, task)
            finally:
                for future in sent:
                    if future is not None:
                        future.cancel()

        return results()

    def submit(self, work: Callable[..., Result], /, *arguments: Any, **named: Any) -> Future[Result]:
        return self._executor.submit(_under, _terms(), work, arguments, named)

    def _sent(self, work: Callable[..., Result], task: tuple[Any, ...]) -> Future[_Done[Result]] | None:
        try:
            return self._executor.submit(_tried, _terms(), work, task)
        except Exception:  # it is of somebody else, and may be broken in any way
            return None

    def _done_here(self, work: Callable[..., Result], task: tuple[Any, ...]) -> Result:
        incidents = current_budget().incidents
        incidents += [DONE_HERE] if DONE_HERE not in incidents else []
        return work(*task)


@dataclass(frozen=True, slots=True)
class _Done(Generic[Result]):
    """What came of work that was done elsewhere; what it raised there is raised here."""

    results: tuple[Result, ...] = ()
    raised: Exception | None = None


def _tried(terms: _Circumstances, work: Callable[..., Result], task: tuple[Any, ...]) -> _Done[Result]:
    try:
        return _Done((_under(terms, work, task, {}),))
    except Exception as raised:
        return _Done(raised=raised)


def _comes(future: Future[Any]) -> bool:
    """Waits for a result, and says whether there is one."""
    try:
        _awaited(future)
    except RunStopped:
        raise
    except Exception:  # of the executor: what the work raised is in its result
        return False
    return True


def _brought(future: Future[_Done[Result]]) -> Result:
    done = future.result()
    if done.raised is not None:
        raise done.raised
    return done.results[0]


def _awaited(future: Future[Result]) -> Result:
    """The result, once it is there; RunStopped where the run was told to stop before."""
    budget = current_budget()
    while not futures.wait([future], _LOOK).done:
        late = budget.until is not None and time() > budget.until + _GRACE
        by_hand = bool(budget.stopped) and (budget.until is None or time() < budget.until)
        if late or by_hand:
            raise RunStopped(budget.stopped)
    return future.result()


class _Circumstances(NamedTuple):
    """What goes along with work that is sent away: the budget of its run, how it ends, and its readers' language."""

    seconds: float | None
    steps: int | None
    until: float | None
    language: Language
    is_broken_off: bool  # once the run is told to stop


def _terms() -> _Circumstances:
    budget = current_budget()
    return _Circumstances(budget.seconds, budget.steps, budget.until, spoken(), is_broken_off())


def _is_done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _under(
    terms: _Circumstances, work: Callable[..., Result], arguments: tuple[Any, ...], named: dict[str, Any]
) -> Result:
    def done() -> Result:
        ending = broken_off() if terms.is_broken_off else nullcontext()
        with within(Budget(terms.seconds, terms.steps, terms.until)), speaking(terms.language), ending:
            return work(*arguments, **named)

    return Context().run(done)  # a process may begin as a copy of the one that started it, amid all it was doing


def _begin(ended: Connection) -> None:
    """In a new process: who started it is told of signals, and when that one is gone, so is this."""
    RUNS.forget()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with, args=(ended,), name="parent", daemon=True).start()


def _end_with(ended: Connection) -> None:
    parent = parent_process()
    wait([ended, *([] if parent is None else [parent.sentinel])])
    os._exit(1)
