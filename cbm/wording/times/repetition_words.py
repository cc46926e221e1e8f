"""Times of a recurring duty in words: the third time, between 48 h and 72 h after the decision."""

from __future__ import annotations

from cbm.core.norms import Norm, NormSystem, Recurrence
from cbm.core.sorts import TIME
from cbm.core.units import show
from cbm.core.variables import time_of_act, time_of_moment
from cbm.translation.listing import listed
from cbm.wording.clause_names import clause_name
from cbm.wording.times.time_words import point_words

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


def missed_words(system: NormSystem, norm: Norm, bearer: int, numbers: tuple[int, ...]) -> str:
    """`the third time of 2, between 48 h and 72 h after the decision`; `numbers` count from 0, and there are some."""
    recurs = norm.recurrence
    assert recurs is not None, "only what recurs has times"
    name = clause_name(system, norm.id)
    if len(numbers) > 1 and len(numbers) == recurs.times:
        return f"each of the {recurs.times} times of {name} that are looked at"
    return listed([f"the {ORDINALS[n]} time of {name}, {_between(system, norm, bearer, n)}" for n in numbers])


def _between(system: NormSystem, norm: Norm, bearer: int, number: int) -> str:
    recurs = norm.recurrence
    assert recurs is not None, "only what recurs has times"
    start = _start_words(system, recurs, bearer if norm.rotates else 0)
    first, last = (show(recurs.length * n, recurs.unit, TIME.dimension) for n in (number, number + 1))
    return f"within {last} after {start}" if number == 0 else f"between {first} and {last} after {start}"


def _start_words(system: NormSystem, recurs: Recurrence, viewpoint: int) -> str:
    name, role = recurs.start
    if role is None:
        return point_words(system, time_of_moment(name))
    return point_words(system, time_of_act(name, (role + viewpoint) % len(system.situation.roles)))
