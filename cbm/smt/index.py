"""Which conditions can hold together, without a solver: each is seen as one set of values for each variable.

What a condition says beyond that (how two variables relate, what is left of a disjunction) is not looked at, so two
conditions that are kept apart here can never meet, and two that are not may still never do so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from cbm.core.expressions import (
    And,
    Compare,
    Flag,
    Formula,
    IsIn,
    Not,
    Or,
    Order,
    Same,
    Truth,
)
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.substitution import Value
from cbm.core.variables import Variable
from cbm.records import Record

# A bound of an interval: the value, and a step inwards (0: the value belongs to it, 1 or -1: it does not). So the
# lower bound is at most the upper one exactly if something lies between them.
Edge = tuple[Fraction, int]
FLAG_VALUES: tuple[Value, ...] = (False, True)


class Interval(Record):
    """Numbers between two bounds; None where there is none."""

    low: Edge | None = None
    high: Edge | None = None

    @property
    def empty(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high


# Which values a variable may have: a bit for each of them in their order, or an interval.
Domain = int | Interval
Box = dict[Variable, Domain]


def box_of(condition: Formula) -> Box | None:
    """For each variable the values it can have where the ground condition holds; None if it can hold nowhere.

    Variables that may have every value are left out. It is found once for each condition, and never changed.
    """
    kept: tuple[Box | None] | None = condition.kept("box")
    if kept is None:
        kept = (_box(condition, positive=True),)
        condition.keep("box", kept)
    return kept[0]


def surely_holds(condition: Formula, point: Mapping[Variable, Value]) -> bool:
    """Whether a value of the point alone sees to it that the condition holds; if not, nothing is known."""
    failing = _failing(condition)
    return failing is None or any(v in point and not admits(v, domain, point[v]) for v, domain in failing.items())


def surely_implied(condition: Formula, by: Box | None) -> bool:
    """Whether a single variable sees to it that the condition holds all over the box; if not, nothing is known."""
    return meet(by, _failing(condition)) is None


def _failing(condition: Formula) -> Box | None:
    """The box of its negation, found once."""
    kept: tuple[Box | None] | None = condition.kept("box of its negation")
    if kept is None:
        kept = (_box(condition, positive=False),)
        condition.keep("box of its negation", kept)
    return kept[0]


def is_box(condition: Formula) -> bool:
    """Whether its box says all that the condition says."""
    match condition:
        case And(parts):
            return all(map(is_box, parts))
        case Truth() | Flag() | Not(Flag()) | IsIn() | Not(IsIn()):
            return True
        case Compare(terms) | Not(Compare(terms, Order.LESS | Order.AT_MOST)):
            return len(terms) == 1
        case _:
            return False


def box_at(point: Mapping[Variable, Value]) -> Box:
    """The box that holds this point alone."""
    return {variable: _only(variable, value) for variable, value in point.items()}


def meet(one: Box | None, other: Box | None) -> Box | None:
    """The values that both allow; None if they cannot meet."""
    if one is None or other is None:
        return None
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    result = dict(large)
    return result if _narrow(result, small) else None


def keep_apart(conditions: Iterable[Formula]) -> bool:
    """Whether some variable is left without a value, so that the conditions cannot all hold."""
    left: Box = {}
    return not all(_narrow(left, box_of(condition)) for condition in conditions)


def admits(variable: Variable, domain: Domain, value: Value) -> bool:
    """Whether the value is one of the domain."""
    if isinstance(domain, int):
        return bool(domain >> values_of(variable).index(value) & 1)
    assert isinstance(value, Fraction)
    return _lies_in(domain, value)


def _lies_in(interval: Interval, value: Fraction) -> bool:
    edge = (value, 0)
    return (interval.low is None or interval.low <= edge) and (interval.high is None or edge <= interval.high)


def some_value(sort: Sort, domain: Domain) -> Value | None:
    """A value of the domain, the first one, or one at or between its bounds; None if no whole number lies there."""
    if isinstance(domain, int):
        return (sort.members if isinstance(sort, KindSort) else FLAG_VALUES)[(domain & -domain).bit_length() - 1]
    low, high = domain.low, domain.high
    if low is not None and high is not None:
        chosen = low[0] if not low[1] else high[0] if not high[1] else (low[0] + high[0]) / 2
    elif low is not None:
        chosen = low[0] + low[1]
    else:
        chosen = high[0] + high[1] if high is not None else Fraction(0)
    if isinstance(sort, NumberSort) and sort.whole and chosen.denominator != 1:
        chosen = Fraction(-(-chosen.numerator // chosen.denominator))
        return chosen if _lies_in(domain, chosen) else None
    return chosen


def values_of(variable: Variable) -> tuple[Value, ...]:
    """The values of a flag or of a kind, in order."""
    return variable.sort.members if isinstance(variable.sort, KindSort) else FLAG_VALUES


class Index:
    """Boxes by number, prepared for the question which of them a further box can meet.

    Answers are sets of numbers, written as bits: number i belongs to it if bit i is set.
    """

    def __init__(self, boxes: Sequence[Box | None]) -> None:
        self._all = 0
        self._by_variable: dict[Variable, _Values | _Intervals] = {}
        mentioned: dict[Variable, list[tuple[int, Domain]]] = {}
        for number, box in enumerate(boxes):
            if box is not None:
                self._all |= 1 << number
                for variable, domain in box.items():
                    mentioned.setdefault(variable, []).append((number, domain))
        for variable, entries in mentioned.items():
            free = self._all
            for number, _ in entries:
                free &= ~(1 << number)
            kind = _Intervals if isinstance(variable.sort, NumberSort) else _Values
            self._by_variable[variable] = kind(entries, free)

    def meeting(self, box: Box | None) -> int:
        """The numbers of the boxes that this one can meet."""
        if box is None:
            return 0
        found = self._all
        for variable, domain in box.items():
            known = self._by_variable.get(variable)
            if known is not None:
                found &= known.meeting(domain)
        return found


class _Values:
    """Of one flag or kind: for each value the boxes that admit it."""

    def __init__(self, entries: Iterable[tuple[int, Domain]], free: int) -> None:
        self._admitting: dict[int, int] = {}
        self._free = free
        for number, domain in entries:
            assert isinstance(domain, int)
            for bit in bits(domain):
                self._admitting[bit] = self._admitting.get(bit, 0) | 1 << number

    def meeting(self, domain: Domain) -> int:
        assert isinstance(domain, int)
        found = self._free
        for bit in bits(domain):
            found |= self._admitting.get(bit, 0)
        return found


class _Intervals:
    """Of one quantity: the boxes by where they begin and by where they end."""

    def __init__(self, entries: Iterable[tuple[int, Domain]], free: int) -> None:
        intervals = [(number, domain) for number, domain in entries if isinstance(domain, Interval)]
        low = sorted((d.low, n) for n, d in intervals if d.low is not None)
        high = sorted((d.high, n) for n, d in intervals if d.high is not None)
        self._free = free
        self._lows, self._highs = [edge for edge, _ in low], [edge for edge, _ in high]
        self._begun = [_numbers(n for n, d in intervals if d.low is None)]  # below the first low, the second, …
        for _, number in low:
            self._begun.append(self._begun[-1] | 1 << number)
        self._ended = [0]  # above no high, the first, …
        for _, number in high:
            self._ended.append(self._ended[-1] | 1 << number)

    def meeting(self, domain: Domain) -> int:
        assert isinstance(domain, Interval)
        begun = self._begun[-1 if domain.high is None else bisect_right(self._lows, domain.high)]
        ended = self._ended[0 if domain.low is None else bisect_left(self._highs, domain.low)]
        return self._free | begun & ~ended


def bits(numbers: int) -> Iterable[int]:
    """The numbers of a set written as bits, in order."""
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest


def _only(variable: Variable, value: Value) -> Domain:
    if isinstance(value, Fraction):
        return Interval((value, 0), (value, 0))
    return 1 << values_of(variable).index(value)


def _numbers(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def _known_box(node: Formula, positive: bool) -> Box | None:
    """The box of a part, which many formulas share."""
    return box_of(node) if positive else _failing(node)


def _box(node: Formula, positive: bool) -> Box | None:
    match node:
        case Truth(value):
            return {} if value == positive else None
        case Flag(variable):
            return {variable: 2 if positive else 1}
        case IsIn(variable, members):
            return _members(variable, members, positive)
        case Same():
            return {}
        case Compare():
            return _compared(node, positive)
        case Not(operand):
            return _known_box(operand, not positive)
        case And(parts) | Or(parts):
            return _all(parts, positive) if isinstance(node, And) == positive else _any(parts, positive)
        case _:
            assert_never(node)


def _members(variable: Variable, members: tuple[str, ...], positive: bool) -> Box | None:
    assert isinstance(variable.sort, KindSort)
    known = variable.sort.members
    domain = _numbers(known.index(member) for member in members)
    full = (1 << len(known)) - 1
    domain = domain if positive else full & ~domain
    return {variable: domain} if domain else None


def _compared(node: Compare, positive: bool) -> Box:
    if len(node.terms) != 1 or (node.order is Order.EQUAL and not positive):
        return {}
    ((coefficient, variable),) = node.terms
    limit = node.bound if coefficient == 1 else node.bound / coefficient
    strict = (node.order is Order.LESS) == positive
    if node.order is Order.EQUAL:
        return {variable: Interval((limit, 0), (limit, 0))}
    if (coefficient > 0) == positive:
        return {variable: Interval(high=(limit, -1 if strict else 0))}
    return {variable: Interval(low=(limit, 1 if strict else 0))}


def _all(parts: Iterable[Formula], positive: bool) -> Box | None:
    box: Box = {}
    return box if all(_narrow(box, _known_box(part, positive)) for part in parts) else None


def _narrow(box: Box, other: Box | None) -> bool:
    """Leaves in the box what the other one allows as well, if anything is left."""
    if other is None:
        return False
    for variable, domain in other.items():
        known = box.get(variable)
        both = domain if known is None else _both(known, domain)
        if both == 0 or (isinstance(both, Interval) and both.empty):
            return False
        box[variable] = both
    return True


def _any(parts: Iterable[Formula], positive: bool) -> Box | None:
    """What some part allows of each variable that every part speaks of."""
    result: Box | None = None
    for part in parts:
        box = _known_box(part, positive)
        if box is None:
            continue
        if result is None:
            result = box
        else:
            joined = ((v, _either(v, domain, box[v])) for v, domain in result.items() if v in box)
            result = {v: domain for v, domain in joined if domain is not None}
    return result


def _both(one: Domain, other: Domain) -> Domain:
    if isinstance(one, int):
        assert isinstance(other, int)
        return one & other
    assert isinstance(other, Interval)
    low = one.low if other.low is None else other.low if one.low is None else max(one.low, other.low)
    high = one.high if other.high is None else other.high if one.high is None else min(one.high, other.high)
    return Interval(low, high)


def _either(variable: Variable, one: Domain, other: Domain) -> Domain | None:
    """None if every value is allowed."""
    if isinstance(one, int):
        assert isinstance(other, int)
        full = (1 << (2 if isinstance(variable.sort, FlagSort) else len(values_of(variable)))) - 1
        return None if one | other == full else one | other
    assert isinstance(other, Interval)
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return None if low is None and high is None else Interval(low, high)
