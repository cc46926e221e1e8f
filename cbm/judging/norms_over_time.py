"""Each norm over the moments of a pair: where it binds whom, where it is breached, on all readings or some."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cbm.core.expressions import And, Compare, Does, Each, Expr, Not, Or
from cbm.core.norms import Modality, Norm
from cbm.core.variables import ResultValue, TimeOf, Variable
from cbm.judging.partial_episode import Known, Mask
from cbm.judging.partial_truth import Counting
from cbm.judging.recorded_binding import RecordedBinding
from cbm.tracks.track_words import TrackDeed, TrackWords


class Telling(IntEnum):
    """What can be told of something at a moment."""

    NO = 0
    YES = 1
    DEPENDS = 2  # so on one reading of thresholds and terms, and not so on another
    UNTOLD = 3  # the record does not tell, whatever the reading


Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class NormOverTime:
    """A norm for the unit in a role: where it binds, and where it is breached (where it binds nobody it is not).

    `yields` is where it is set aside for another one with which it clashes; it is not breached there. `too_late` is
    where what is to be done in time can be done in time no more.
    """

    norm: Norm
    role: int
    bound: Codes
    breached: Codes
    yields: Codes
    too_late: Mask


@dataclass(frozen=True, slots=True)
class SameStretch:
    """From the first to the last of moments at which the same is told of a norm."""

    first: int
    last: int
    bound: Telling
    breached: Telling
    yields: Telling


def norms_over_time(
    words: TrackWords, whole: RecordedBinding, single: Callable[[], Sequence[RecordedBinding]]
) -> Iterator[NormOverTime]:
    """All norms that may bind somewhere; `whole` are the moments on all readings at once, `single` on one each.

    Single readings are looked at only where all of them together leave something open.
    """
    for norm, role in whole.may_bind:
        bound = whole.binds(norm.id, role)
        if bound.is_nowhere:
            continue
        codes = told(bound, partial(_each_binds, single, norm, role))
        if not codes.any():
            continue
        breached, too_late = np.zeros(len(codes), np.int8), np.zeros(len(codes), bool)
        if norm.demands:
            breached = told(breach(norm, role, words, whole), partial(_each_breach, single, norm, role, words))
            if counting(norm, words) is Counting.SO_FAR:
                too_late = whole.fulfilled(norm, role, Counting.CAN_STILL_BE).no
        yield NormOverTime(norm, role, codes, breached, np.zeros(len(codes), np.int8), too_late)


def _each_binds(single: Callable[[], Sequence[RecordedBinding]], norm: Norm, role: int) -> list[Known]:
    return [one.binds(norm.id, role) for one in single()]


def _each_breach(
    single: Callable[[], Sequence[RecordedBinding]], norm: Norm, role: int, words: TrackWords
) -> list[Known]:
    return [breach(norm, role, words, one) for one in single()]


def stretches(one: NormOverTime) -> Iterator[SameStretch]:
    """Where the norm binds, or may bind: each stretch of moments of which the same is told."""
    same = one.bound * 16 + np.where(one.bound == Telling.NO, 0, one.breached * 4 + one.yields)
    edges = np.flatnonzero(np.concatenate([[True], np.diff(same) != 0, [True]]))
    for first, end in pairwise(edges):
        if one.bound[first] != Telling.NO:
            here = (Telling(int(codes[first])) for codes in (one.bound, one.breached, one.yields))
            yield SameStretch(int(first), int(end) - 1, *here)


def told(whole: Known, single: Callable[[], Sequence[Known]]) -> Codes:
    """What is told on all readings at once is so; else single readings show that it depends, or cannot be told."""
    codes = np.where(whole.yes, Telling.YES, np.where(whole.no, Telling.NO, Telling.UNTOLD)).astype(np.int8)
    if whole.open.any() and (readings := single()):
        some_yes = np.logical_or.reduce([one.yes for one in readings])
        some_no = np.logical_or.reduce([one.no for one in readings])
        codes[whole.open & some_yes & some_no] = Telling.DEPENDS
    return codes


def counting(norm: Norm, words: TrackWords) -> Counting:
    """What a demand is about: what is so at each moment (bans, distances), or what is to be done in time."""
    if norm.modality is Modality.PROHIBITION:
        return Counting.GOING_ON
    acts = list(_acts(norm.content))
    if acts:
        steady = all(words.acts.get(act) is TrackDeed.HOLDING for act in acts)
        return Counting.GOING_ON if steady else Counting.SO_FAR
    near = any(_asks_to_come_near(atom, words) for atom in comparisons(norm.content))
    return Counting.SO_FAR if near else Counting.GOING_ON


def breach(norm: Norm, role: int, words: TrackWords, binding: RecordedBinding) -> Known:
    """Where the norm binds the role and is not kept.

    What is to be done in time is breached, as long as it is owed, where it is not done by the end of that.
    """
    bound, how = binding.binds(norm.id, role), counting(norm, words)
    kept = binding.fulfilled(norm, role, how)
    if how is Counting.GOING_ON:
        steady = norm.modality is Modality.OBLIGATION and any(_acts(norm.content))
        return _since_it_began(bound, kept) if steady else bound & ~kept
    timed = any(isinstance(variable, TimeOf) for variable in norm.content.variables)
    found = _not_done_in_time(bound, kept, binding.fulfilled(norm, role, Counting.CAN_STILL_BE), timed=timed)
    return Known(found.yes, found.no & ~(bound.yes & not_looked_at(norm, role, binding)))


def not_looked_at(norm: Norm, role: int, binding: RecordedBinding) -> Mask:
    """Where what recurs is owed more often than it is looked at."""
    episode, recurs = binding.episode, norm.recurrence
    found = np.zeros(len(episode), bool)
    if recurs is not None:
        turned = binding.of_norm(norm, role).role
        starts, stops = (
            [d.at for d in episode.doings if who is not None and (d.act, d.role) == (act, (who + turned) % 2)]
            for act, who in (recurs.start, recurs.until)
        )
        for start in starts:
            end = start + int(recurs.times * recurs.length * 1000)
            if not any(start <= stop <= end for stop in stops):
                found |= episode.times > end
    return found


def _since_it_began(bound: Known, kept: Known) -> Known:
    """Where a duty to hold course is breached: not before the unit was steady once since it was owed.

    Who is turning when the duty begins may end the turn.
    """
    places = np.arange(len(bound.yes))
    begins = len(places) - 1 - _ends(bound.yes[::-1])[::-1]
    steady_last = np.maximum.accumulate(np.where(kept.yes, places, -1))
    was_steady = bound.yes & (steady_last >= begins)
    return Known(bound.yes & kept.no & was_steady, bound.no | kept.yes)


def _not_done_in_time(bound: Known, done: Known, can_still_be: Known, *, timed: bool) -> Known:
    """Breached is what is not done by the end of being owed; of what is `timed`, if it could not be done after that.

    What ends that something without a time is owed counts as done by then: who turns away has no risk to answer for.
    """
    last_owed, last_possible = _ends(bound.yes), _ends(~bound.no)
    last, too_late = len(done.yes) - 1, can_still_be.no[last_possible]
    ended = last_possible < last
    after, surely_after = (np.minimum(some + 1, last) for some in (last_possible, last_owed))
    yes = bound.yes & done.no[after] & (too_late if timed else ended | too_late)
    kept = done.yes[surely_after] | (timed & ended & done.no[last_possible] & ~too_late)
    return Known(yes, (bound.no | kept) & ~yes)


def _ends(mask: Mask) -> NDArray[np.int64]:
    """For each moment the last one of the stretch of set moments that it lies in; itself, where it is not set."""
    size = len(mask)
    stops = np.where(mask & np.concatenate([mask[1:], [False]]), size, np.arange(size))
    return np.minimum.accumulate(stops[::-1])[::-1]


def _acts(content: Expr) -> Iterator[str]:
    match content:
        case Does(act):
            yield act
        case Each(_, _, body):
            yield from _acts(body)
        case Not(operand):
            yield from _acts(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _acts(part)
        case _:
            return


def comparisons(content: Expr) -> Iterator[tuple[Compare, bool]]:
    """The comparisons of results in a content, each with whether it is denied there."""
    match content:
        case Compare():
            yield content, False
        case Not(operand):
            yield from ((atom, not denied) for atom, denied in comparisons(operand))
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)
        case _:
            return


def _asks_to_come_near(atom: tuple[Compare, bool], words: TrackWords) -> bool:
    """Whether it bounds from above what counts by its least value."""
    compared, denied = atom
    return any(
        _is_least(variable, words) and (coefficient > 0) is not denied for coefficient, variable in compared.terms
    )


def _is_least(variable: Variable, words: TrackWords) -> bool:
    return isinstance(variable, ResultValue) and variable.name in words.results and words.results[variable.name].least
