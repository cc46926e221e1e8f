"""Memory that contexts of Z3 free is kept for those that follow."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from cbm.smt.allocation import keep_freed_memory


class _Library:
    """A C library that notes how it is tuned."""

    def __init__(self) -> None:
        self.tuned: dict[int, int] = {}

    def mallopt(self, parameter: int, value: int) -> int:
        self.tuned[parameter] = value
        return 1


def test_the_library_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    library = _Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    keep_freed_memory.cache_clear()
    keep_freed_memory()
    known = dict(library.tuned)
    library.tuned.clear()
    keep_freed_memory()
    assert sorted(known) == [-3, -1]
    assert min(known.values()) >= 17 << 20  # what one context takes at once, in bytes
    assert library.tuned == {}
    keep_freed_memory.cache_clear()


@pytest.mark.parametrize("problem", [AttributeError, OSError, TypeError])
def test_another_library_is_left_as_it_is(problem: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(_: Any) -> Any:
        raise problem

    monkeypatch.setattr(ctypes, "CDLL", no_library)
    keep_freed_memory.cache_clear()
    keep_freed_memory()
    keep_freed_memory.cache_clear()
