"""The search for cyclic garbage, put off while large trees grow: it would take longer the more there is."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Collection:
    """Whether garbage is searched for when no work puts it off, and how much work does, of all threads."""

    def __init__(self) -> None:
        self.lock, self.putting_off, self.usual = Lock(), 0, True

    def begin_anew(self) -> None:
        """In a copy of the process, which has none of the other threads, nor what they were at."""
        if self.putting_off and self.usual:
            gc.enable()
        self.lock, self.putting_off, self.usual = Lock(), 0, True


_collection = _Collection()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_collection.begin_anew)


@contextmanager
def without_collection() -> Iterator[None]:
    """For work that makes many things and no cycles; what is no longer used is freed as ever.

    It is taken up again when the last such work ends, whichever thread does it.
    """
    with _collection.lock:
        if not _collection.putting_off:
            _collection.usual = gc.isenabled()
        _collection.putting_off += 1
        gc.disable()
    try:
        yield
    finally:
        with _collection.lock:
            _collection.putting_off -= 1
            if not _collection.putting_off and _collection.usual:
                gc.enable()
