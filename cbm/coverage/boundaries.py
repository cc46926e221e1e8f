"""Boundaries: values of quantities at which conditions change, and stretches so narrow that one value was meant.

What holds just beside a boundary is said exactly: a quantity is brought as near to an end as one likes by saying what
each comparison becomes there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from cbm.core.episodes import Measured
from cbm.core.expressions import (
    FALSE,
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
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import Sum, at_zero, compare, of_variable
from cbm.core.sorts import Dimension, NumberSort
from cbm.core.substitution import substitute, variables
from cbm.core.variables import ClockOffset, Origin, TimeOf, Variable, WeekNumber, WeekPlace
from cbm.coverage.types.thresholds import Cut, ScaledAxis, comparisons, cuts, is_whole, reach, scaled
from cbm.ground.grounding import Ground
from cbm.records import Record
from cbm.search.world import copy_of
from cbm.smt.index import Interval
from cbm.syntax.ast import Relation

# A stretch is a boundary while it is no wider than this share of the greater of its ends, or one count.
NARROW = Fraction(2, 100)
FULL_TURN = Fraction(360)

Terms = tuple[tuple[Fraction, Variable], ...]
Side = int  # -1: just below, +1: just above


class Boundary(Record):
    """A narrow stretch of sum(coefficient * variable), with its ends; `units` are those that they are written in."""

    terms: Terms
    interval: Interval
    units: tuple[str | None, str | None] = (None, None)

    @property
    def inside(self) -> tuple[Formula, ...]:
        """The quantity lies at the boundary."""
        (low, low_open), (high, high_open) = self.ends
        total, (below, above) = Sum(self.terms), self.units
        if low == high:
            return (compare(total, Relation.EQUAL, Sum((), low), below or above),)
        return (
            compare(total, Relation.MORE if low_open else Relation.AT_LEAST, Sum((), low), below),
            compare(total, Relation.LESS if high_open else Relation.AT_MOST, Sum((), high), above),
        )

    @property
    def ends(self) -> tuple[tuple[Fraction, int], tuple[Fraction, int]]:
        low, high = self.interval.low, self.interval.high
        assert low is not None, "a boundary has a lower end"
        assert high is not None, "a boundary has an upper end"
        return low, high

    @property
    def is_point(self) -> bool:
        (low, _), (high, _) = self.ends
        return low == high

    def beside(self, formula: Formula, side: Side) -> Formula:
        """What the formula says of the same situation with the quantity just outside, on this side.

        Variables that are tied to the one that is moved (a day of the week to its moment) become those of a copy.
        """
        _, moved = movable(self.terms)
        if not isinstance(moved, TimeOf) and moved not in variables(formula):
            return formula
        place = _place_beside(self.terms, self.interval, side)
        known: Formula | None = formula.kept(("just beside", place))
        if known is None:
            known = self._beside(formula, side, place)
            formula.keep(("just beside", place), known)
        return known

    def _beside(self, formula: Formula, side: Side, place: _BesideBoundary) -> Formula:
        coefficient, moved = movable(self.terms)
        value, opened = self.ends[0 if side < 0 else 1]
        rest = Sum(tuple(term for term in self.terms if term[1] != moved))
        if is_whole(Measured("", self.terms)):
            value, step = value + side, 0
        else:
            step = 0 if opened else side if coefficient > 0 else -side
        if value == 0 and side < 0 and _turns(self.terms):
            value = FULL_TURN
        there = {moved: Sum((), value).plus(rest, -1).times(1 / coefficient)}
        if isinstance(moved, TimeOf):
            within, *others = tied(moved)
            clocks = [v for v in variables(formula) if isinstance(v, ClockOffset) and v.event == moved.event]
            formula = substitute(formula, {v: copy_of(v, SIDES[side]) for v in (*others, *clocks)})
            there[within] = of_variable(copy_of(within, SIDES[side]))
        return approached(formula, there, step, place)

    def bounds(self, literal: Formula) -> bool:
        """Whether the literal compares the quantity with a bound, and nothing else."""
        compared = _comparisons(literal)
        return len(compared) == 1 and any(True for _ in cuts(compared[0], self.terms))

    def cut_by(self, formula: Formula) -> bool:
        """Whether the formula tells what lies at the boundary from what lies just beside it."""
        if is_whole(Measured("", self.terms)):
            return self.divided_by(formula)
        return not self._cuts_of(formula).isdisjoint(self._edges)

    def divided_by(self, formula: Formula) -> bool:
        """Whether the formula tells what lies at the boundary, or some of it, from what lies just beside it."""
        places = self._cuts_of(formula)
        if is_whole(Measured("", self.terms)):
            (low, _), (high, _) = self.ends
            return any(low - 1 <= value <= high + 1 for value, _ in places)
        start, end = self._edges
        return any(start <= place <= end for place in places)

    @property
    def _edges(self) -> tuple[Cut, Cut]:
        """The cuts that part it from what lies below and above."""
        (low, low_open), (high, high_open) = self.ends
        return (low, int(low_open > 0)), (high, int(high_open >= 0))

    def _cuts_of(self, formula: Formula) -> frozenset[Cut]:
        """Where the formula compares the quantity with a bound."""
        if not all(variable in variables(formula) for _, variable in self.terms):
            return frozenset()
        return frozenset(place for compared in _comparisons(formula) for place in cuts(compared, self.terms))


def boundaries(about: Ground, formulas: Iterable[Formula], each: bool = False) -> list[Boundary]:
    """Every narrow stretch between thresholds of quantities that the unit finds, in order.

    A value at which all comparisons change on the same side is none, for it lies with its neighbours: unless `each`
    value is asked for.
    """
    places: dict[Terms, dict[Cut, str | None]] = {}
    for compared in {id(c): c for formula in formulas for c in _comparisons(formula)}.values():  # units count, too
        terms, several = _placed(compared)
        if _found(about, terms):
            for place in several:
                known = places.setdefault(terms, {})
                known[place] = known.get(place) or compared.unit
    for terms, known in places.items():
        if each or any(
            other is not terms and not {v for _, v in other}.isdisjoint(v for _, v in terms) for other in places
        ):
            for value, side in list(known):  # another comparison may change at the bound, too
                known.setdefault((value, 1 - side), known[value, side])
    return [b for terms, units in places.items() for b in _narrow(terms, units)]


def _comparisons(formula: Formula) -> tuple[Compare, ...]:
    known: tuple[Compare, ...] | None = formula.kept(comparisons)
    if known is None:
        known = tuple(comparisons(formula))
        formula.keep(comparisons, known)
    return known


def _placed(compared: Compare) -> tuple[Terms, tuple[Cut, ...]]:
    """The quantity that is compared, its first coefficient made 1, and where it is cut."""
    known: tuple[Terms, tuple[Cut, ...]] | None = compared.kept(cuts)
    if known is None:
        first = compared.terms[0][0]
        terms = compared.terms if first == 1 else tuple((c / first, v) for c, v in compared.terms)
        known = terms, tuple(cuts(compared, terms))
        compared.keep(cuts, known)
    return known


class _BesideBoundary:
    """Just beside a boundary, on one side of it; what formulas say there is kept with them."""


@lru_cache(maxsize=4096)
def _place_beside(terms: Terms, interval: Interval, side: Side) -> _BesideBoundary:
    """One for all that speak of it, told apart from others quickly."""
    del terms, interval, side
    return _BesideBoundary()


def approached(formula: Formula, there: Mapping[Variable, Sum], side: Side, place: _BesideBoundary) -> Formula:
    """What a formula says where some variables all come as near to these sums as one likes, together.

    They come from below (-1) or from above (1); with side 0 they are the sums themselves. All of that goes with the
    `place`. Most formulas speak of it in parts that they share, and each part is looked at once.
    """
    if there.keys().isdisjoint(variables(formula)):
        return formula
    known: Formula | None = formula.kept(place)
    if known is None:
        known = _approached(formula, there, side, place)
        formula.keep(place, known)
    return known


def _approached(formula: Formula, there: Mapping[Variable, Sum], side: Side, place: _BesideBoundary) -> Formula:
    def inside(part: Formula) -> Formula:
        return approached(part, there, side, place)

    match formula:
        case Compare(terms, order, bound, unit):
            moved = [(c, v) for c, v in terms if v in there]
            total = Sum(tuple(term for term in terms if term not in moved), -bound)
            for coefficient, variable in moved:
                total = total.plus(there[variable], coefficient)
            drift = side * sum(c for c, _ in moved)
            if drift and order is Order.EQUAL:
                return FALSE
            return at_zero(total, order if not drift else Order.LESS if drift > 0 else Order.AT_MOST, unit)
        case Not(operand):
            return negation(inside(operand))
        case And(parts):
            return conjunction(*map(inside, parts))
        case Or(parts):
            return disjunction(*map(inside, parts))
        case Truth() | Flag() | IsIn() | Same():
            return formula
        case _:
            assert_never(formula)


SIDES: Mapping[Side, str] = {-1: "below", 1: "above"}


def _narrow(terms: Terms, units: Mapping[Cut, str | None]) -> Iterator[Boundary]:
    """The runs of stretches of one quantity that are narrow and lie within its range, the shortest first."""
    axis = Measured("", terms)
    scale: ScaledAxis = scaled(axis, units)
    intervals = [stretch.interval for stretch in scale.stretches]
    wraps = _turns(terms)
    found: list[Boundary] = []
    for first, start in enumerate(intervals):
        for last in range(first, len(intervals)):
            run = Interval(start.low, intervals[last].high)
            inner = (first or wraps) and last < len(intervals) - 1
            if run.low is None or run.high is None or not _is_narrow(run, is_whole(axis)):
                break
            if inner:
                named = units.get((run.low[0], int(run.low[1] > 0))), units.get((run.high[0], int(run.high[1] >= 0)))
                found.append(Boundary(terms, run, named))
    yield from sorted(found, key=_width)


def _is_narrow(run: Interval, whole: bool) -> bool:
    assert run.low is not None
    assert run.high is not None
    width, size = run.high[0] - run.low[0], max(abs(run.low[0]), abs(run.high[0]))
    return width <= size * NARROW or (whole and width == 0)


def _width(boundary: Boundary) -> Fraction:
    low, high = boundary.ends
    return high[0] - low[0]


def _found(about: Ground, terms: Terms) -> bool:
    """Whether the unit finds the quantity, and it can be moved without moving how a term is read."""
    quantities = all(isinstance(v.sort, NumberSort) for _, v in terms)
    return (
        quantities
        and about.conduct.isdisjoint(v for _, v in terms)
        and any(v.origin is not Origin.READING for _, v in terms)
    )


def movable(terms: Terms) -> tuple[Fraction, Variable]:
    """What is moved: the last variable that is no reading."""
    return next(term for term in reversed(terms) if term[1].origin is not Origin.READING)


def tied(moved: Variable) -> tuple[Variable, ...]:
    """What says the time that is moved in another way: its place in the week, and which week that is."""
    return (WeekPlace(moved.event), WeekNumber(moved.event)) if isinstance(moved, TimeOf) else ()


def _turns(terms: Terms) -> bool:
    """Whether the quantity is a bearing, whose greatest value lies next to its least one."""
    sort = terms[0][1].sort
    angle = len(terms) == 1 and isinstance(sort, NumberSort) and sort.dimension is Dimension.ANGLE
    return angle and reach(Measured("", terms)) == ((Fraction(0), 0), (FULL_TURN, -1))
