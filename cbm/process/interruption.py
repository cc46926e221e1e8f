"""Signals to a run that stops and tells what it has found; whoever sends a second one does not wait for that."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from threading import Event, Thread, current_thread, main_thread
from time import monotonic, process_time

from cbm.finding import Exit, StoppedEarly
from cbm.process.budget import Budget
from cbm.translation.saying import mark, say

BY_SIGNAL = 128  # and the number of the signal: what shells expect
_PATIENCE = 10.0  # seconds of work that a run that was stopped may take to tell what it has found
_AT_MOST = 60.0  # seconds: so long it has for that on a machine that does other things as well
_LOOK = 0.2
_SAME = 0.5  # seconds: a group of processes may hear one signal several times
_WORDS = {signal.SIGINT: mark("it was interrupted"), signal.SIGTERM: mark("it was told to end (SIGTERM)")}
if sys.platform != "win32":
    _WORDS[signal.SIGHUP] = mark("it was cut off from its terminal (SIGHUP)")


class Interruption:
    """Which signal came; 0 while none did."""

    signal = 0

    @property
    def exit(self) -> int:
        """The exit code that shells expect after a signal; 0 where none came."""
        return BY_SIGNAL + self.signal if self.signal else 0


@contextmanager
def stopped_by_signals(budget: Budget) -> Iterator[Interruption]:
    """SIGINT, SIGTERM and SIGHUP stop the run, even while a question is being answered, where no other code is run.

    A run that was begun to outlive its terminal, as `nohup` begins it, goes on.
    A run that goes on for long after it was stopped, for whatever reason, is ended without a report.
    """
    came = Interruption()
    over = Event()
    Thread(target=copy_context().run, args=(_end, budget, came, over), name="end", daemon=True).start()
    if current_thread() is not main_thread():
        try:
            yield came
        finally:
            over.set()
        return
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    before = {number: signal.signal(number, _leave_to_the_thread) for number in _WORDS if not _outlives(number)}
    fd = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    thread = Thread(target=_listen, args=(ours, budget, came), name="signals", daemon=True)
    thread.start()
    try:
        yield came
    except StoppedEarly as early:
        early.exit = came.exit or early.exit
        raise
    finally:
        over.set()
        signal.set_wakeup_fd(fd)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(theirs)
        thread.join()
        os.close(ours)


def _end(budget: Budget, came: Interruption, over: Event) -> None:
    while not budget.why() and not over.wait(_LOOK):
        pass
    worked, since = process_time(), monotonic()
    while process_time() - worked < _PATIENCE and monotonic() - since < _AT_MOST:
        if over.wait(_LOOK):
            return
    words = say("Ended without a report: {why}, and it did not come to an end.", why=say(budget.why()))
    with suppress(OSError):  # nobody may be there to read it
        os.write(2, f"{words}\n".encode())
    os._exit(came.exit or Exit.UNDECIDED)


def _outlives(number: signal.Signals) -> bool:
    return sys.platform != "win32" and number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN


def _listen(ours: int, budget: Budget, came: Interruption) -> None:
    first = 0.0
    while heard := os.read(ours, 1):
        number = heard[0]
        if number not in _WORDS:
            continue
        if came.signal and monotonic() - first > _SAME:
            os._exit(BY_SIGNAL + number)
        if not came.signal:
            came.signal, first = number, monotonic()
            budget.stop(_WORDS[signal.Signals(number)])


def _leave_to_the_thread(number: int, frame: object) -> None:
    del number, frame
