"""What an expression is at moments that are known in part: so, not so, or not to be told (strong Kleene logic).

Whatever is told is so however the rest may be; the law holds it against the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from functools import reduce
from math import ceil, floor, lcm
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from cbm.core.calendar.meetings import works
from cbm.core.expressions import (
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    IsIn,
    NormId,
    Not,
    Or,
    Order,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
)
from cbm.core.norms import NormSystem
from cbm.core.variables import ActInstance, Addressee, AtHand, SentAt, TimeOf, Variable
from cbm.core.viewpoints import seen
from cbm.judging.partial_episode import UNBOUNDED, Known, Mask, PartialEpisode, RecordedDoing, Whole
from cbm.records import Record


class Counting(Enum):
    """What counts at a moment: all that was done by then and how near units came, or what is so just then.

    What can still be counts what was done by then, and as open what may be done, and how near they may come, after it.
    """

    SO_FAR = 1
    GOING_ON = 2
    CAN_STILL_BE = 3


class TimedDoing(Record):
    """A doing as a norm speaks of it: at each moment it lies between two times, and what of it is told.

    `of` is the one in the record; None of one that there may be beside the record, of which nobody can tell more.
    """

    act: str
    role: int
    low: Whole
    high: Whole
    of: RecordedDoing | None


# Whether a norm binds a role.
BindingTest = Callable[[NormId, int], Known]
# Products beyond this are worked out with whole numbers of any size.
_WIDE = 2**62


class PartialView:
    """Moments as one role sees them; what was worked out is remembered, so one is made for all questions.

    What views tell of which no more is known is not asked again: `lasting` has one moment that stands for each of
    these, and `wider` has the same moments.
    """

    def __init__(
        self,
        episode: PartialEpisode,
        system: NormSystem,
        role: int,
        binds: BindingTest | None = None,
        counting: Counting = Counting.SO_FAR,
        lasting: PartialView | None = None,
        wider: PartialView | None = None,
    ) -> None:
        self.episode = episode
        self.system = system
        self.role = role
        self._binds = binds
        self._counting = counting
        self._lasting = lasting
        self._wider = wider
        self._roles = len(system.situation.roles)
        self._found: dict[Expr, Known] = {}
        self._settled: dict[Expr, bool | None] = {}
        self._open: dict[Expr, tuple[Expr, ...]] = {}

    def truth(self, expression: Expr, spoken: tuple[TimedDoing, ...] = (), hand: TimedDoing | None = None) -> Known:
        """At which moments it holds and at which it does not; `spoken` are doings that it speaks of, one at hand."""
        if hand is not None or spoken:
            return self._truth(expression, spoken, hand)
        known = self._found.get(expression)
        if known is None:
            known = self._told_before(expression)
            known = self._truth(expression, (), None) if known is None else known
            self._found[expression] = known
        return known

    def _told_before(self, expression: Expr) -> Known | None:
        """What views of which less is known tell of all moments; None: they leave some open."""
        if self._lasting is not None and (settled := self._lasting.settled(expression)) is not None:
            return self.episode.everywhere(settled)
        known = None if self._wider is None else self._wider.truth(expression)
        return None if known is None or known.open.any() else known

    def settled(self, expression: Expr) -> bool | None:
        """Whether it is so at the first moment; None: nobody can tell."""
        if expression not in self._settled:
            self._settled[expression] = self.truth(expression).at(0)
        return self._settled[expression]

    def open_parts(self, expression: And[Expr] | Or[Expr]) -> tuple[Expr, ...]:
        """The parts of which nothing is told at its first moment."""
        found = self._open.get(expression)
        if found is None:
            found = tuple(part for part in expression.parts if self.settled(part) is None)
            self._open[expression] = found
        return found

    def _truth(self, expression: Expr, spoken: tuple[TimedDoing, ...], hand: TimedDoing | None) -> Known:
        episode = self.episode
        match expression:
            case Truth(value):
                return episode.everywhere(value)
            case Flag(variable):
                return episode.flag(self.own(variable))
            case IsIn(variable, members):
                return self._is_in(variable, members)
            case Same(left, right):
                return self._same(self.own(left), self.own(right))
            case Compare():
                return self._compare(expression, spoken, hand)
            case Not(operand):
                return ~self.truth(operand, spoken, hand)
            case And():
                return reduce(Known.__and__, self._parts(expression, spoken, hand))
            case Or():
                return reduce(Known.__or__, self._parts(expression, spoken, hand))
            case Does(act, role, manner):
                ways = [counts & self.truth(manner, spoken, done) for done, counts in self._doings(act, role, hand)]
                return reduce(Known.__or__, ways, episode.everywhere(value=False))
            case Each(act, role, body):
                doings = self._doings(act, role, hand, of_each=True)
                ways = [~counts | self.truth(body, (*spoken, done), hand) for done, counts in doings]
                return reduce(Known.__and__, ways, episode.everywhere(value=True))
            case States(item):
                assert hand is not None, f"{item} is asked for outside a doing"
                if hand.of is None or hand.of.states is None or isinstance(item, Addressee):
                    return episode.everywhere(None)  # to whom something was said, no record tells
                return episode.everywhere(item in hand.of.states)
            case Through(channel):
                assert hand is not None, f"{channel} is asked for outside a doing"
                through = None if hand.of is None else hand.of.through
                return episode.everywhere(None if through is None else through == channel)
            case Worded():
                return episode.everywhere(None)
            case Works(channel):
                return episode.everywhere(works(self.system.channels[channel], self.system.as_of))
            case Binds(norm, role):
                assert self._binds is not None, "what binds is not asked of this"
                return self._binds(norm, self._turned(role))
            case _:
                assert_never(expression)

    def _parts(
        self, expression: And[Expr] | Or[Expr], spoken: tuple[TimedDoing, ...], hand: TimedDoing | None
    ) -> Iterator[Known]:
        """What its parts are; those that last say nothing more where they do not settle it."""
        if self._lasting is None or hand is not None or spoken:
            return (self.truth(part, spoken, hand) for part in expression.parts)
        return map(self.truth, self._lasting.open_parts(expression))

    def own(self, variable: Variable) -> Variable:
        """The variable of the unit that it means from here."""
        return variable if variable.role is None else seen(variable, self._turned(variable.role))

    def open_leaves(self, expression: Expr, index: int) -> Iterator[Expr]:
        """The parts without parts of their own for which nobody can tell what the expression is at this moment."""
        if not self.truth(expression).open[index]:
            return
        match expression:
            case Not(operand):
                yield from self.open_leaves(operand, index)
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self.open_leaves(part, index)
            case _:
                yield expression

    # ---- doings

    def _doings(
        self, act: str, role: int, hand: TimedDoing | None, *, of_each: bool = False
    ) -> Iterator[tuple[TimedDoing, Known]]:
        """Each doing of the act with where it counts; then those that there may be beside the record.

        What is said of each doing counts all that was done by then. Around a doing that is at hand the whole record
        counts, what came after it as well, but for what asks what was done by then.
        """
        who, episode, counting = self._turned(role), self.episode, self._counting
        whole = hand is not None and counting is not Counting.SO_FAR
        just_then = hand is None and counting is Counting.GOING_ON and not of_each
        for done in episode.doings:
            if done.act != act or done.role != who:
                continue
            if hand is not None and hand.of is done:
                yield hand, episode.everywhere(value=True)
                continue
            at, counts = np.full(len(episode), done.at), episode.always if whole else episode.times >= done.at
            if just_then:
                at, counts = np.clip(episode.times, done.at, done.until), counts & (episode.times <= done.until)
            yield TimedDoing(act, who, at, at, done), Known(counts, ~counts)
        known = episode.witnessed.get((act, who), episode.never)
        if not just_then:
            known = np.logical_and.accumulate(known)
        if not known.all():
            yield self._unseen(act, who, -UNBOUNDED), Known(episode.never, episode.never if whole else known)
        elif whole:
            missed = (act, who) in episode.missed
            yield self._unseen(act, who, episode.times[-1] + 1), episode.everywhere(False if missed else None)
        if counting is Counting.CAN_STILL_BE and not whole and not of_each:
            over = (episode.times == episode.times[-1]) & ((act, who) in episode.missed)
            yield self._unseen(act, who, episode.times + 1), Known(episode.never, over)

    def _unseen(self, act: str, who: int, since: Whole | int) -> TimedDoing:
        """One that no record tells of, at any time since then."""
        size = len(self.episode)
        return TimedDoing(act, who, np.full(size, since), np.full(size, UNBOUNDED), None)

    # ---- atoms

    def _turned(self, role: int) -> int:
        return (role + self.role) % self._roles

    def _is_in(self, variable: Variable, members: Sequence[str]) -> Known:
        possible = self.episode.members(self.own(variable))
        inside, outside = (
            reduce(np.logical_or, masks, self.episode.never)
            for masks in (
                [mask for name, mask in possible.items() if name in members],
                [mask for name, mask in possible.items() if name not in members],
            )
        )
        return Known(~outside, ~inside)

    def _same(self, left: Variable, right: Variable) -> Known:
        one, other = self.episode.members(left), self.episode.members(right)
        shared = reduce(np.logical_or, (one[name] & other[name] for name in one), self.episode.never)
        known = self.episode.is_known(left) & self.episode.is_known(right)
        return Known(known & shared, ~shared)

    def _compare(self, compared: Compare, spoken: tuple[TimedDoing, ...], hand: TimedDoing | None) -> Known:
        whole = _in_thousandths(compared)
        ends = [_times(c, self._bounds(variable, spoken, hand), wide=whole.wide) for c, variable in whole.terms]
        low: NDArray[Any] = reduce(np.add, (least for least, _ in ends))
        high: NDArray[Any] = reduce(np.add, (most for _, most in ends))
        match compared.order:
            case Order.AT_MOST:
                return Known(_mask(high <= whole.below), _mask(low > whole.below))
            case Order.LESS:
                return Known(_mask(high < whole.above), _mask(low >= whole.above))
            case Order.EQUAL:
                if whole.below != whole.above:
                    return self.episode.everywhere(value=False)
                return Known(_mask((low == whole.below) & (high == whole.below)),
                             _mask((low > whole.below) | (high < whole.below)))  # fmt: skip
            case _:
                assert_never(compared.order)

    def _bounds(
        self, variable: Variable, spoken: tuple[TimedDoing, ...], hand: TimedDoing | None
    ) -> tuple[Whole, Whole]:
        done: TimedDoing | None = None
        match variable:
            case TimeOf(AtHand()) | SentAt(AtHand()):
                done = hand
            case TimeOf(ActInstance(act, role)) | SentAt(ActInstance(act, role)):
                done = self._spoken_of(act, role, spoken)
            case _:
                pass
        if done is not None and isinstance(variable, SentAt):
            if done.of is None:
                return np.full(len(self.episode), -UNBOUNDED), done.high  # a message was sent before it came
            done = done if done.of.through is None else None
        if done is not None:
            return done.low, done.high
        known = self.own(variable)
        if self._counting is Counting.GOING_ON or known not in self.episode.so_far:
            return self.episode.bounds(known)
        low, high = self.episode.so_far[known]
        return (np.full_like(low, -UNBOUNDED) if self._counting is Counting.CAN_STILL_BE else low), high

    def _spoken_of(self, act: str, role: int, spoken: tuple[TimedDoing, ...]) -> TimedDoing | None:
        return next((d for d in reversed(spoken) if (d.act, d.role) == (act, self._turned(role))), None)


class _WholeTerms(Record):
    """A comparison of variables in thousandths: whole coefficients, and the whole numbers next to its bound.

    `wide`: products may be greater than numbers in arrays.
    """

    terms: tuple[tuple[int, Variable], ...]
    below: int
    above: int
    wide: bool


def _in_thousandths(compared: Compare) -> _WholeTerms:
    """It is the same for all moments, and kept with the comparison."""
    known: _WholeTerms | None = compared.kept(_WholeTerms)
    if known is None:
        scale = lcm(compared.bound.denominator, *(coefficient.denominator for coefficient, _ in compared.terms))
        terms = tuple((int(coefficient * scale), variable) for coefficient, variable in compared.terms)
        bound = compared.bound * scale * 1000
        wide = any(abs(whole) * UNBOUNDED > _WIDE for whole, _ in terms)
        known = _WholeTerms(terms, floor(bound), ceil(bound), wide)
        compared.keep(_WholeTerms, known)
    return known


def _times(coefficient: int, ends: tuple[Whole, Whole], *, wide: bool) -> tuple[NDArray[Any], NDArray[Any]]:
    """The least and the most of a number that is multiplied; `wide`: as numbers of any size."""
    if coefficient == 1:
        return ends
    least, most = (coefficient * (end.astype(object) if wide else end) for end in ends)
    return (least, most) if coefficient > 0 else (most, least)


def _mask(values: NDArray[Any]) -> Mask:
    """What comparing arrays gives, also of whole numbers of any size."""
    return values if values.dtype == np.bool_ else values.astype(bool)


def exact(thousandths: int) -> Fraction:
    """A number of the record in base units."""
    return Fraction(int(thousandths), 1000)
