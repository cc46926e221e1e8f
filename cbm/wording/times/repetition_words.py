"""Times of a recurring duty in words: the third time, between 48 h and 72 h after the decision."""

from __future__ import annotations

from cbm.core.norms import Norm, NormSystem, Recurrence
from cbm.core.sorts import TIME
from cbm.core.units import show
from cbm.core.variables import time_of_act, time_of_moment
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name
from cbm.wording.times.time_words import point_words

# How often a recurring duty is looked at, at most.
_TIMES = (
    mark("the first time of {clause}, {when}"),
    mark("the second time of {clause}, {when}"),
    mark("the third time of {clause}, {when}"),
    mark("the fourth time of {clause}, {when}"),
    mark("the fifth time of {clause}, {when}"),
    mark("the sixth time of {clause}, {when}"),
    mark("the seventh time of {clause}, {when}"),
    mark("the eighth time of {clause}, {when}"),
    mark("the ninth time of {clause}, {when}"),
    mark("the tenth time of {clause}, {when}"),
    mark("the eleventh time of {clause}, {when}"),
    mark("the twelfth time of {clause}, {when}"),
)


def missed_words(system: NormSystem, norm: Norm, bearer: int, numbers: tuple[int, ...]) -> str:
    """`the third time of 2, between 48 h and 72 h after the decision`; `numbers` count from 0, and there are some."""
    recurs = norm.recurrence
    assert recurs is not None, "only what recurs has times"
    name = clause_name(system, norm.id)
    if len(numbers) > 1 and len(numbers) == recurs.times:
        return say("each of the {number} times of {clause} that are looked at", number=recurs.times, clause=name)
    return listed([say(_TIMES[n], clause=name, when=_between(system, norm, bearer, n)) for n in numbers])


def _between(system: NormSystem, norm: Norm, bearer: int, number: int) -> str:
    recurs = norm.recurrence
    assert recurs is not None, "only what recurs has times"
    start = _start_words(system, recurs, bearer if norm.rotates else 0)
    first, last = (show(recurs.length * n, recurs.unit, TIME.dimension) for n in (number, number + 1))
    if number == 0:
        return say("within {length} after {event}", length=last, event=start)
    return say("between {first} and {last} after {event}", first=first, last=last, event=start)


def _start_words(system: NormSystem, recurs: Recurrence, viewpoint: int) -> str:
    name, role = recurs.start
    if role is None:
        return point_words(system, time_of_moment(name))
    return point_words(system, time_of_act(name, (role + viewpoint) % len(system.situation.roles)))
