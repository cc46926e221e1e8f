"""A witness to one with rounder times: an hour later, and not 51 minutes, where all that was asked for still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor, lcm

from cbm.core.expressions import Formula
from cbm.core.substitution import Value, parts_of, variables
from cbm.core.variables import SentAt, TimeOf, Variable, Wait
from cbm.search.implicants import true_at

_MINUTE, _HOUR, _DAY = Fraction(60), Fraction(3600), Fraction(86400)
_STEPS = (_DAY, _DAY / 2, _DAY / 4, _HOUR, _HOUR / 2, 10 * _MINUTE, 5 * _MINUTE, _MINUTE)
_SHORT = 10 * _MINUTE  # what is shorter is an odd example of some time, if it may be longer
_LONGER = (_HOUR, _HOUR / 2, _SHORT)


def with_round_times(values: Mapping[Variable, Value], formulas: Iterable[Formula]) -> dict[Variable, Value]:
    """The witness with rounder times, where the formulas leave a choice; they mention nothing that has no value."""
    point, about = dict(values), _by_time(formulas)
    for variable in values:
        if isinstance(variable, Wait):
            point |= _first_that_holds(point, about, ({variable: time} for time in _rounder(_time(point, variable))))
    times = [variable for variable in values if isinstance(variable, TimeOf | SentAt)]
    points = [variable for variable in times if variable in about]
    for place in range(1, len({point[variable] for variable in points})):
        kept = (change for change in _moved(points, point, place) if _is_order_known(times, point, change))
        point |= _first_that_holds(point, about, kept)
    return point


def _is_order_known(
    times: Iterable[Variable], point: Mapping[Variable, Value], change: Mapping[Variable, Value]
) -> bool:
    """Whether nothing comes to happen at once that happened apart: of that the witness does not know the order."""
    moves = {(point[variable], change.get(variable, point[variable])) for variable in times}
    return len({after for _, after in moves}) == len(moves)


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


def _moved(points: Sequence[Variable], point: Mapping[Variable, Value], place: int) -> list[dict[Variable, Fraction]]:
    """What happens from the step of this number on, or that step alone, moved so that all is rounder; that most first.

    Its time since the first step is round, or since the one before.
    """
    now = {variable: _time(point, variable) for variable in points}
    times = sorted(set(now.values()))
    at, changes = times[place], list[dict[Variable, Fraction]]()
    for since in dict.fromkeys((times[0], times[place - 1])):
        for length in _rounder(at - since):
            later = since + length - at
            changes.append({v: time + later for v, time in now.items() if time >= at})
            changes.append({v: time + later for v, time in now.items() if time == at})
    before = _oddness(times)
    oddness = [_oddness(change.get(v, time) for v, time in now.items()) for change in changes]
    better = [place for place in range(len(changes)) if oddness[place] < before]
    return [changes[place] for place in sorted(better, key=lambda place: oddness[place])]


def _oddness(times: Iterable[Fraction]) -> int:
    """How far the lengths of time between these are from being round."""
    known = set(times)
    parts = lcm(*(time.denominator for time in known))  # of a second: whole numbers of them are told apart quickly
    told = sorted(time.numerator * (parts // time.denominator) for time in known)
    lengths = [*(later - earlier for earlier, later in pairwise(told)), *(later - told[0] for later in told[1:])]
    rounds = [int(step) * parts for step in _STEPS]
    steps = [next((n for n, step in enumerate(rounds) if not length % step), len(rounds)) for length in lengths]
    return sum(steps) + len(rounds) * sum(length < _SHORT * parts for length in lengths)


def _first_that_holds(
    point: Mapping[Variable, Value],
    about: Mapping[Variable, Sequence[Formula]],
    changes: Iterable[Mapping[Variable, Value]],
) -> Mapping[Variable, Value]:
    """The first change with which all still holds; nothing where there is none."""
    for change in changes:
        after = {**point, **change}
        if all(true_at(formula, after) for v in change for formula in about.get(v, ())):
            return change
    return {}


def _rounder(length: Fraction) -> Iterator[Fraction]:
    """Lengths of time that are rounder than this one, the roundest first; none where it is round itself."""
    if not length or (not length % _SHORT and length < _HOUR):
        return
    if length < _SHORT:
        yield from _LONGER
    for step in _STEPS:
        if step > length:
            continue
        if not length % step:
            return
        below = floor(length / step) * step
        yield from sorted((below, below + step), key=lambda rounder: abs(rounder - length))
