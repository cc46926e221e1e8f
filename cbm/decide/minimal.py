"""As few parts as are enough: what is left when each part is left out in turn if the others do without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Part = TypeVar("Part")


def fewest(parts: Sequence[Part], enough: Callable[[Sequence[Part]], bool]) -> list[Part]:
    """The parts that stay, in order; those at the front are left out first.

    All parts must be enough, and more of them whenever fewer are. Then a run of parts that can be left out together
    can be left out one by one, so that runs are tried as a whole and halved where that fails.
    """

    def staying(run: Sequence[Part], before: Sequence[Part], after: Sequence[Part]) -> list[Part]:
        if not run or enough([*before, *after]):
            return []
        if len(run) == 1:
            return [*run]
        middle = len(run) // 2
        first = staying(run[:middle], before, [*run[middle:], *after])
        return [*first, *staying(run[middle:], [*before, *first], after)]

    return staying(parts, (), ())
