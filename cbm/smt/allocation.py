"""How memory is taken from the system for contexts of Z3."""

from __future__ import annotations

import ctypes
from functools import cache

# Parameters of mallopt(3), and megabytes. A context of Z3 begins with two tables of eight.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT, _AT_ONCE = 128, 32
_MEGABYTE = 1 << 20


@cache
def keep_freed_memory() -> None:
    """Has the process keep some of what contexts free for those that follow, with the C library of GNU.

    To give memory back and to take it again costs several times what the rest of a context does. Elsewhere nothing is
    changed.
    """
    try:
        tune = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library, or none that can be asked
        return
    tune(_MMAP_THRESHOLD, _AT_ONCE * _MEGABYTE)
    tune(_TRIM_THRESHOLD, _KEPT * _MEGABYTE)
