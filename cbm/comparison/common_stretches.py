"""Two texts to how often what recurs is looked at in each, so that both are looked at over the same time.

How often a text says that it is looked at is no part of its meaning. Where one of two texts is looked at further than
the other one, what it asks for behind that seems to be gone or new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from cbm.core.expressions import NormId
from cbm.core.norms import Norm, NormSystem, Recurrence
from cbm.records import Record
from cbm.source import Span
from cbm.syntax.ast import Recurring
from cbm.translation.saying import mark

# So many times are looked at, at most, of what recurs in one of two texts: each is a further doing in every question.
MOST_TIMES = 24
UNEQUAL = mark("what recurs is not looked at over the same time in both texts")

Window = tuple[Span, Recurring]  # options of one place are told apart by what they say
Times = Mapping[Window, int]


class CommonStretches(Record):
    """How often it is looked at in each text, where that is not what the text says itself.

    `unequal` are the clauses, of both texts, for which there is no time over which all of them could be looked at;
    `uneven` are those that are not looked at over the same time as the texts stand.
    """

    old: Times
    new: Times
    unequal: frozenset[NormId]
    uneven: frozenset[NormId]


def common_stretches(old: NormSystem, new: NormSystem) -> CommonStretches:
    """What recurs on the same acts is looked at over the same time, where the two texts do not say the same of it."""
    before, after = _recurring(old), _recurring(new)
    times: tuple[dict[Window, int], dict[Window, int]] = ({}, {})
    unequal, uneven = set[NormId](), set[NormId]()
    for acts in _joined({one.acts for _, one in (*before, *after)}):
        sides = [[(norm, one) for norm, one in side if not acts.isdisjoint(one.acts)] for side in (before, after)]
        several = [one for side in sides for _, one in side]
        one_horizon = len({one.length * one.times for one in several}) == 1
        if one_horizon or _said(sides[0]) == _said(sides[1]):
            continue
        clauses = {norm.id for side in sides for norm, _ in side}
        uneven |= clauses
        horizon = _horizon(several)
        if horizon is None:
            unequal |= clauses
            continue
        for side, found in zip(sides, times, strict=True):
            found.update({one.window: int(horizon / one.length) for _, one in side if one.window is not None})
    return CommonStretches(*times, frozenset(unequal), frozenset(uneven))


def _recurring(system: NormSystem) -> list[tuple[Norm, Recurrence]]:
    """What recurs in the text itself, owed at first or after a breach."""
    own = [norm for norm in system.norms.values() if norm.id.document == system.subject]
    owed = ((norm, one) for norm in own for one in (norm.recurrence, *(step.recurrence for step in norm.otherwise)))
    return [(norm, one) for norm, one in owed if one is not None]


def _joined(groups: Iterable[tuple[str, ...]]) -> Iterator[frozenset[str]]:
    """Acts that are asked for together, directly or through one another."""
    left = [frozenset(group) for group in groups]
    while left:
        one, *rest = left
        near = [group for group in rest if one & group]
        if not near:
            yield one
        left = [*([one.union(*near)] if near else []), *(group for group in rest if group not in near)]


def _said(side: Sequence[tuple[Norm, Recurrence]]) -> set[tuple[object, ...]]:
    return {
        (norm.modality, norm.strength, norm.bearer, norm.guards, norm.exceptions, norm.content, norm.otherwise)
        for norm, _ in side
    }


def _horizon(several: Sequence[Recurrence]) -> Fraction | None:
    """A time that all of them divide: that of the one looked at furthest or more, where that is not too often."""
    lengths = [one.length for one in several]
    whole = reduce(_common_multiple, lengths)
    most = MOST_TIMES * min(lengths) // whole
    wanted = -(-max(one.length * one.times for one in several) // whole)
    return whole * min(wanted, most) if most else None


def _common_multiple(one: Fraction, other: Fraction) -> Fraction:
    return Fraction(lcm(one.numerator, other.numerator), gcd(one.denominator, other.denominator))
