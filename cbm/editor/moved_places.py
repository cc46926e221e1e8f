"""Places in a text to where they are in a later one: what was not touched is told at its new place meanwhile."""

from __future__ import annotations


class MovedPlaces:
    """One text and a later one, which differ in one stretch; each knows what lies before it and behind it."""

    def __init__(self, before: str, after: str) -> None:
        self._first = _alike(before, after)
        most = min(len(before), len(after)) - self._first
        tail = _alike(before[len(before) - most :][::-1], after[len(after) - most :][::-1])
        self._last = len(before) - tail
        self._by = len(after) - len(before)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where it is now; None where it was touched."""
        if end <= self._first:
            return start, end
        return (start + self._by, end + self._by) if start >= self._last else None


def _alike(one: str, other: str) -> int:
    """With how many of the same signs they begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
