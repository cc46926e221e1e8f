"""What is first found of two units, and stays so until they are past and clear of each other: from moment to moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cbm.judging.partial_episode import Known

_ROLES = (0, 1)


@dataclass(frozen=True, slots=True)
class FirstFinding:
    """When it is so of each unit, and when it is so of neither since something else was found or they draw apart."""

    of_each: tuple[Known, Known]
    otherwise: Known


def first_finding(
    begins: Sequence[Known], closing: Known, found_already: Known, clear: Known, before: bool | None
) -> FirstFinding:
    """Follows both units: what one of them was found to do stays until they are `clear`.

    It is found where it `begins` while they draw near, of one of them, and not after something else was found of the
    meeting (`found_already`). `before` says whether it was so when the record began; None: nobody can tell.
    """
    size = len(closing.yes)
    yes, no = np.zeros((3, size), bool), np.zeros((3, size), bool)
    state: list[bool | None] = [before, before]
    otherwise: bool | None = False  # that the meeting was found to be something else since the record began
    for i in range(size):
        not_clear = _not(_at(clear, i))
        state, otherwise = [_and(one, not_clear) for one in state], _and(otherwise, not_clear)
        starts = [_and(_at(begins[r], i), _at(closing, i)) for r in _ROLES]
        if i:  # what a record begins with is taken as first found
            starts = [_and(starts[r], _and(_not(state[1 - r]), _not(otherwise))) for r in _ROLES]
        state = [_or(state[r], starts[r]) for r in _ROLES]
        state = [_and(state[r], _not(state[1 - r])) for r in _ROLES]
        apart_now = _or(otherwise, _not(_at(closing, i)))
        found_now = (*state, _and(apart_now, _and(_not(state[0]), _not(state[1]))))
        yes[:, i], no[:, i] = [one is True for one in found_now], [one is False for one in found_now]
        otherwise = _or(otherwise, _at(found_already, i))
    return FirstFinding((Known(yes[0], no[0]), Known(yes[1], no[1])), Known(yes[2], no[2]))


def _at(known: Known, index: int) -> bool | None:
    return True if known.yes[index] else False if known.no[index] else None


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one


def _and(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return True if one and other else None


def _or(one: bool | None, other: bool | None) -> bool | None:
    return _not(_and(_not(one), _not(other)))
