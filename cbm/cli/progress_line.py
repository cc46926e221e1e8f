"""How far a long check is, told on one line of a terminal and wiped away at the end; nothing anywhere else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from cbm.translation.saying import say

if TYPE_CHECKING:
    from cbm.search.parallel import Watch

# Seconds: a check that takes less than the first says nothing, and the line changes no more often than the second says.
PATIENCE, PACE = 2.0, 0.1
# Seconds: what is left is told once so much of one kind of work was seen, and as multiples of these.
_SEEN, _ROUND = 3.0, 5
_WIPE = "\r\x1b[K"


@contextmanager
def progress_on(stream: TextIO | None, clock: Callable[[], float] = monotonic) -> Iterator[Watch | None]:
    """What is to be called as the work goes on; None if the stream is no terminal that can wipe a line."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    line = _Line(stream, clock)
    try:
        yield line.tell
    finally:
        line.wipe()


class _Line:
    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream, self._clock = stream, clock
        self._due = clock() + PATIENCE
        self._shown = False
        self._work, self._begun = "", 0.0

    def tell(self, work: str, done: int, of: int) -> None:
        now = self._clock()
        if work != self._work or done == 0:
            self._work, self._begun = work, now
        if now >= self._due:
            self._due, self._shown = now + PACE, True
            left, number = _left(now - self._begun, done, of), min(done + 1, of)
            words = say("{work}: {number:,} of {of:,}{left}", work=say(work), number=number, of=of, left=left)
            self._put(f"{_WIPE}{words}")

    def wipe(self) -> None:
        if self._shown:
            self._put(_WIPE)

    def _put(self, words: str) -> None:
        with suppress(OSError):  # a terminal that was closed
            self._stream.write(words)
            self._stream.flush()


def _left(taken: float, done: int, of: int) -> str:
    """How long about the rest of this kind of work will take, if it goes on as it did; nothing where that is little."""
    left = taken / done * (of - done) if done else 0.0
    if taken < _SEEN or left < _ROUND:
        return ""
    seconds = -(-int(left) // _ROUND) * _ROUND
    if seconds < 90:
        return say(", about {seconds} s left", seconds=seconds)
    return say(", about {minutes} min left", minutes=-(-seconds // 60))
