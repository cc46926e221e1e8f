"""What is made of others of its kind, and of them again: each made once, and cut where it would be made of itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_NOWHERE = 1_000_000
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Unfolding(Generic[Key, Made]):
    """What is made of others of its kind, each made once; `cut` stands where one would be made of itself.

    On a package that has no such circle as a whole, a clause on the circle does not stand, and what is made of the
    clause does not count; so it is right there whatever is put in place of the last one. It is cut as well where all
    that is being made is `apart`: no package has all of these. What is made inside of something cut is made again
    elsewhere.
    """

    def __init__(self, cut: Made, apart: Callable[[tuple[Key, ...]], bool] | None = None) -> None:
        self._cut = cut
        self._apart = apart
        self._made: dict[Key, Made] = {}
        self._way: tuple[Key, ...] = ()  # what is being made, from the outside in
        self._back = _NOWHERE  # how far out that begins which the last cuts rest on

    @property
    def is_whole(self) -> bool:
        """Whether nothing was cut so far in what is being made."""
        return self._back == _NOWHERE

    def of(self, key: Key, make: Callable[[], Made]) -> Made:
        """What is called so, made now if it is not there."""
        if key in self._made:
            return self._made[key]
        if key in self._way:
            self._back = min(self._back, self._way.index(key))
            return self._cut
        before, outer, place = self._back, self._way, len(self._way)
        if outer and self._apart is not None and self._apart((*outer, key)):
            self._back = 0
            return self._cut
        self._back, self._way = _NOWHERE, (*outer, key)
        try:
            made = make()
        finally:
            self._way = outer
        if self._back >= place:
            self._made[key] = made
            self._back = before
        else:
            self._back = min(self._back, before)
        return made
