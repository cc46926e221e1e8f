"""A witness to one with rounder times: an hour later, and not 51 minutes, where all that was asked for still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm

from cbm.core.expressions import Formula
from cbm.core.substitution import Value, parts_of, variables
from cbm.core.variables import SentAt, TimeOf, Variable, Wait
from cbm.records import Record
from cbm.search.implicants import true_at

# In seconds.
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEPS = (_DAY, _DAY // 2, _DAY // 4, _HOUR, _HOUR // 2, 10 * _MINUTE, 5 * _MINUTE, _MINUTE)
_SHORT = 10 * _MINUTE  # what is shorter is an odd example of some time, if it may be longer
_LONGER = (_HOUR, _HOUR // 2, _SHORT)
_FAR = 365 * _DAY  # what is longer is far-fetched, if it may be shorter
_NEARER = (_DAY, 7 * _DAY, 30 * _DAY, 90 * _DAY, _FAR)


def with_round_times(values: Mapping[Variable, Value], formulas: Iterable[Formula]) -> dict[Variable, Value]:
    """The witness with rounder times, where the formulas leave a choice; they mention nothing that has no value."""
    point, about = dict(values), _by_time(formulas)
    for variable in values:
        if isinstance(variable, Wait):
            wait = _time(point, variable)
            rounder = (Fraction(n, wait.denominator) for n in _rounder(wait.numerator, wait.denominator))
            point |= _first_that_holds(point, about, (variable,), ({variable: time} for time in rounder))
    times = [variable for variable in values if isinstance(variable, TimeOf | SentAt)]
    points = [variable for variable in times if variable in about]
    for place in range(1, len({point[variable] for variable in points})):
        line = _time_line(times, points, point)
        for shift in _shifts(line, place):
            moved = line.moved(shift)
            if change := _first_that_holds(point, about, moved, [{v: line.after(v, shift) for v in moved}]):
                point |= change
                break
    return point


class _Shift(Record):
    """All that happens at these times happens so much later."""

    times: tuple[int, ...]
    later: int


class _TimeLine(Record):
    """When what happens, in parts of a second that all are whole numbers of; the `steps` are those that may move."""

    whole: Mapping[Variable, int]
    points: Sequence[Variable]
    parts: int
    steps: tuple[int, ...]
    fixed: frozenset[int]  # when there happens what may not move

    def moved(self, shift: _Shift) -> list[Variable]:
        return [variable for variable in self.points if self.whole[variable] in shift.times]

    def after(self, variable: Variable, shift: _Shift) -> Fraction:
        return Fraction(self.whole[variable] + shift.later, self.parts)


def _time_line(times: Iterable[Variable], points: Sequence[Variable], point: Mapping[Variable, Value]) -> _TimeLine:
    now = {variable: _time(point, variable) for variable in times}
    parts = lcm(*(time.denominator for time in now.values()))
    whole = {variable: time.numerator * (parts // time.denominator) for variable, time in now.items()}
    steps, free = sorted({whole[variable] for variable in points}), set(points)
    return _TimeLine(whole, points, parts, tuple(steps), frozenset(n for v, n in whole.items() if v not in free))


def _by_time(formulas: Iterable[Formula]) -> dict[Variable, list[Formula]]:
    """The formulas that mention each point in time and each delay."""
    about: dict[Variable, list[Formula]] = {}
    for formula in formulas:
        for part in parts_of(formula):
            for variable in variables(part):
                if isinstance(variable, TimeOf | SentAt | Wait):
                    about.setdefault(variable, []).append(part)
    return about


def _time(point: Mapping[Variable, Value], variable: Variable) -> Fraction:
    value = point[variable]
    assert isinstance(value, Fraction)
    return value


def _shifts(line: _TimeLine, place: int) -> Iterator[_Shift]:
    """What happens from the step of this number on, or that step alone, moved so that all is rounder; that most first.

    Its time since the first step is round, or since the one before. Nothing comes to happen at once that happened
    apart: of that the witness does not know the order.
    """
    steps, at = line.steps, line.steps[place]
    shifts: list[_Shift] = []
    for since in dict.fromkeys((steps[0], steps[place - 1])):
        for length in _rounder(at - since, line.parts):
            later = since + length - at
            shifts += (_Shift(steps[place:], later), _Shift((at,), later))
    before = _oddness(steps, line.parts)
    oddness = [_oddness(_moved(steps, shift), line.parts) for shift in shifts]
    better = sorted((n for n, odd in enumerate(oddness) if odd < before), key=oddness.__getitem__)
    return (shifts[n] for n in better if _is_order_known(line, shifts[n]))


def _moved(steps: Iterable[int], shift: _Shift) -> list[int]:
    return [time + shift.later if time in shift.times else time for time in steps]


def _is_order_known(line: _TimeLine, shift: _Shift) -> bool:
    """Whether what happened at two times still does."""
    after = _moved(line.steps, shift)
    moves = {*zip(line.steps, after, strict=True), *((time, time) for time in line.fixed)}
    return len({time for _, time in moves}) == len(moves)


def _oddness(times: Iterable[int], parts: int) -> int:
    """How far the lengths of time between these are from being round; so many parts are a second."""
    told = sorted(set(times))
    lengths = [*(later - earlier for earlier, later in pairwise(told)), *(later - told[0] for later in told[1:])]
    rounds = [step * parts for step in _STEPS]
    steps = [next((n for n, step in enumerate(rounds) if not length % step), len(rounds)) for length in lengths]
    strange = sum(not _SHORT * parts <= length <= _FAR * parts for length in lengths)
    return sum(steps) + len(rounds) * strange


def _first_that_holds(
    point: Mapping[Variable, Value],
    about: Mapping[Variable, Sequence[Formula]],
    moved: Iterable[Variable],
    changes: Iterable[Mapping[Variable, Value]],
) -> Mapping[Variable, Value]:
    """The first change of what is moved with which all still holds; nothing where there is none."""
    touched = tuple(dict.fromkeys(formula for variable in moved for formula in about.get(variable, ())))
    for change in changes:
        after = {**point, **change}
        if all(true_at(formula, after) for formula in touched):
            return change
    return {}


def _rounder(length: int, parts: int) -> Iterator[int]:
    """Lengths of time that are rounder than this one, the roundest first; none where it is round itself."""
    if not length or (not length % (_SHORT * parts) and length < _HOUR * parts):
        return
    if length < _SHORT * parts:
        yield from (longer * parts for longer in _LONGER)
    if length > _FAR * parts:
        yield from (nearer * parts for nearer in _NEARER)
    for step in (step * parts for step in _STEPS):
        if step > length:
            continue
        if not length % step:
            return
        below = length // step * step
        yield from sorted((below, below + step), key=lambda rounder: abs(rounder - length))
