"""What an expression is at moments that are known in part: so, not so, or not to be told (strong Kleene logic).

Whatever is told is so however the rest may be; the law holds it against the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from functools import reduce
from math import ceil, floor, lcm
from typing import assert_never

import numpy as np

from cbm.core.episodes import recipient_in
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
from cbm.core.meetings import works
from cbm.core.norms import NormSystem
from cbm.core.variables import ActInstance, AtHand, SentAt, TimeOf, Variable
from cbm.core.viewpoints import seen
from cbm.judging.partial_episode import UNBOUNDED, Known, Mask, PartialEpisode, RecordedDoing, Whole


class Counting(Enum):
    """What counts at a moment: all that was done by then and how near units came, or what is so just then."""

    SO_FAR = 1
    GOING_ON = 2


# Whether a norm binds a role.
BindingTest = Callable[[NormId, int], Known]
# Products beyond this are worked out with whole numbers of any size.
_WIDE = 2**62


class PartialView:
    """Moments as one role sees them; what was worked out is remembered, so one is made for all questions."""

    def __init__(
        self,
        episode: PartialEpisode,
        system: NormSystem,
        role: int,
        binds: BindingTest | None = None,
        counting: Counting = Counting.SO_FAR,
    ) -> None:
        self.episode = episode
        self.system = system
        self.role = role
        self._binds = binds
        self._counting = counting
        self._roles = len(system.situation.roles)
        self._found: dict[Expr, Known] = {}

    def truth(
        self, expression: Expr, spoken: tuple[RecordedDoing, ...] = (), hand: RecordedDoing | None = None
    ) -> Known:
        """At which moments it holds and at which it does not; `spoken` are doings that it speaks of, one at hand."""
        if hand is not None or spoken:
            return self._truth(expression, spoken, hand)
        if expression not in self._found:
            self._found[expression] = self._truth(expression, spoken, hand)
        return self._found[expression]

    def _truth(self, expression: Expr, spoken: tuple[RecordedDoing, ...], hand: RecordedDoing | None) -> Known:
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
            case And(parts):
                return reduce(Known.__and__, (self.truth(part, spoken, hand) for part in parts))
            case Or(parts):
                return reduce(Known.__or__, (self.truth(part, spoken, hand) for part in parts))
            case Does(act, role, manner):
                ways = [self._counts(done) & self.truth(manner, spoken, done) for done in self._doings(act, role)]
                return reduce(Known.__or__, ways, ~self._witnessed(act, role))
            case Each(act, role, body):
                ways = [
                    ~self._counts(done) | self.truth(body, (*spoken, done), hand) for done in self._doings(act, role)
                ]
                return reduce(Known.__and__, ways, self._witnessed(act, role))
            case States(item):
                assert hand is not None, f"{item} is asked for outside a doing"
                names = [item] if recipient_in(item) is None else []
                if not names:
                    return episode.nowhere_known  # to whom something was said, no record tells
                return episode.everywhere(not hand.states.isdisjoint(names))
            case Through(channel):
                assert hand is not None, f"{channel} is asked for outside a doing"
                return episode.nowhere_known if hand.through is None else episode.everywhere(hand.through == channel)
            case Worded():
                return episode.nowhere_known
            case Works(channel):
                return episode.everywhere(works(self.system.channels[channel], self.system.as_of))
            case Binds(norm, role):
                assert self._binds is not None, "what binds is not asked of this"
                return self._binds(norm, self._turned(role))
            case _:
                assert_never(expression)

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

    def _doings(self, act: str, role: int) -> Sequence[RecordedDoing]:
        who = self._turned(role)
        return [done for done in self.episode.doings if done.act == act and done.role == who]

    def _counts(self, done: RecordedDoing) -> Known:
        times = self.episode.times
        begun = times >= done.at
        going = begun & (times <= done.until) if self._counting is Counting.GOING_ON else begun
        return Known(going, ~going)

    def _witnessed(self, act: str, role: int) -> Known:
        """Where every doing of the act that counts is in the record; elsewhere there may be others."""
        known = self.episode.witnessed.get((act, self._turned(role)))
        none = np.zeros(len(self.episode), bool)
        if known is None:
            return Known(none, none)
        if self._counting is Counting.SO_FAR:
            known = np.logical_and.accumulate(known)
        return Known(known, none)

    # ---- atoms

    def _turned(self, role: int) -> int:
        return (role + self.role) % self._roles

    def _is_in(self, variable: Variable, members: Sequence[str]) -> Known:
        possible = self.episode.members(self.own(variable))
        inside, outside = (
            reduce(np.logical_or, masks, np.zeros(len(self.episode), bool))
            for masks in (
                [mask for name, mask in possible.items() if name in members],
                [mask for name, mask in possible.items() if name not in members],
            )
        )
        return Known(~outside, ~inside)

    def _same(self, left: Variable, right: Variable) -> Known:
        one, other = self.episode.members(left), self.episode.members(right)
        none = np.zeros(len(self.episode), bool)
        shared = reduce(np.logical_or, (one[name] & other[name] for name in one), none)
        known = self.episode.is_known(left) & self.episode.is_known(right)
        return Known(known & shared, ~shared)

    def _compare(self, compared: Compare, spoken: tuple[RecordedDoing, ...], hand: RecordedDoing | None) -> Known:
        scale = lcm(compared.bound.denominator, *(c.denominator for c, _ in compared.terms))
        low: Whole | int = 0
        high: Whole | int = 0
        for coefficient, variable in compared.terms:
            whole = int(coefficient * scale)
            least, most = self._bounds(variable, spoken, hand)
            if abs(whole) * max(UNBOUNDED, 1) > _WIDE:
                least, most = least.astype(object), most.astype(object)
            ends = (whole * least, whole * most) if whole > 0 else (whole * most, whole * least)
            low, high = low + ends[0], high + ends[1]
        bound = compared.bound * scale * 1000
        match compared.order:
            case Order.AT_MOST:
                return Known(_mask(high <= floor(bound)), _mask(low > floor(bound)))
            case Order.LESS:
                return Known(_mask(high < ceil(bound)), _mask(low >= ceil(bound)))
            case Order.EQUAL:
                if bound.denominator != 1:
                    return self.episode.everywhere(False)
                return Known(_mask((low == bound.numerator) & (high == bound.numerator)),
                             _mask((low > bound.numerator) | (high < bound.numerator)))  # fmt: skip
            case _:
                assert_never(compared.order)

    def _bounds(
        self, variable: Variable, spoken: tuple[RecordedDoing, ...], hand: RecordedDoing | None
    ) -> tuple[Whole, Whole]:
        done: RecordedDoing | None = None
        match variable:
            case TimeOf(AtHand()):
                done = hand
            case SentAt(AtHand()) if hand is not None and hand.through is None:
                done = hand
            case TimeOf(ActInstance(act, role)):
                done = next((d for d in reversed(spoken) if (d.act, d.role) == (act, self._turned(role))), None)
            case _:
                pass
        if done is not None:
            at = np.full(len(self.episode), done.at)
            return at, at
        known = self.own(variable)
        if self._counting is Counting.SO_FAR and known in self.episode.so_far:
            return self.episode.so_far[known]
        return self.episode.bounds(known)


def _mask(values: object) -> Mask:
    return np.asarray(values, bool)


def exact(thousandths: int) -> Fraction:
    """A number of the record in base units."""
    return Fraction(int(thousandths), 1000)
