"""Quantities cut into stretches at the thresholds that texts use, so that they tell types of encounter apart.

A quantity is cut where some clause or promise compares it with a fixed bound: just below the bound, just above it, or
on both sides, so that the bound itself is a stretch. No comparison tells two situations of one stretch apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from cbm.core.episodes import Measured
from cbm.core.expressions import And, Compare, Does, Each, Expr, Formula, Not, Or, Order, conjunction, disjunction
from cbm.core.linear import Sum, compare
from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, NumberSort, Sort
from cbm.core.variables import Variable
from cbm.core.viewpoints import with_roles
from cbm.records import Record
from cbm.smt.index import Edge, Interval, some_value
from cbm.syntax.ast import Relation

# A place between two numbers: just below the value (0) or just above it (1).
Cut = tuple[Fraction, int]


class Stretch(Record):
    """Numbers between two cuts."""

    interval: Interval

    @property
    def name(self) -> str:
        low, high = self.interval.low, self.interval.high
        if low is not None and low == high:
            return str(low[0])
        start = "(-" if low is None else f"{'(' if low[1] else '['}{low[0]}"
        end = "-)" if high is None else f"{high[0]}{')' if high[1] else ']'}"
        return f"{start}, {end}"


class ScaledAxis(Record):
    """A quantity with its stretches, from low to high."""

    axis: Measured
    stretches: tuple[Stretch, ...]

    @property
    def variable(self) -> Variable | None:
        """The one variable that makes up the quantity, if it is one."""
        return self.axis.terms[0][1] if len(self.axis.terms) == 1 else None

    def some_value(self, stretch: Stretch) -> Fraction:
        """A value of the variable within a stretch."""
        coefficient, variable = self.axis.terms[0]
        total = some_value(_free(variable.sort), stretch.interval)
        assert isinstance(total, Fraction), "a stretch holds a value"
        return (total - self.axis.constant) / coefficient

    def keeps_whole(self, compared: Compare) -> bool:
        """Whether the comparison of the variable has one answer throughout each stretch."""
        places = [(value + self.axis.constant, side) for value, side in cuts(compared, self.axis.terms)]
        return bool(places) and not any(
            _parts(stretch.interval, place) for stretch in self.stretches for place in places
        )


def thresholds(system: NormSystem, axis: Measured) -> tuple[Cut, ...]:
    """Where conditions of clauses, what texts deem, and promises compare this quantity, of any unit, with a bound."""
    roles = len(system.situation.roles)
    steps = range(roles if system.situation.interchangeable else 1)
    turned = [tuple((c, _turned(v, step, roles)) for c, v in axis.terms) for step in steps]
    found: set[Cut] = set()
    for compared in (c for expression in _conditions(system) for c in comparisons(expression)):
        for terms in turned:
            found.update((value + axis.constant, side) for value, side in cuts(compared, terms))
    return tuple(sorted(found))


def cuts(compared: Compare, terms: Sequence[tuple[Fraction, Variable]]) -> Iterator[Cut]:
    """Where a comparison cuts the sum of these terms; nowhere if it compares something else."""
    if not terms or {v for _, v in compared.terms} != {v for _, v in terms}:
        return
    known = {v: c for c, v in terms}
    ratios = {coefficient / known[v] for coefficient, v in compared.terms}
    if len(ratios) != 1:
        return
    (ratio,) = ratios
    bound = compared.bound / ratio
    if compared.order is Order.EQUAL:
        yield from ((bound, 0), (bound, 1))
    else:
        below = (compared.order is Order.LESS) == (ratio > 0)  # `< bound` and `>= bound` part just below it
        yield bound, 0 if below else 1


def scaled(axis: Measured, places: Iterable[Cut]) -> ScaledAxis:
    """The quantity cut at these places, as far as they lie within its range."""
    low, high = reach(axis)
    whole = is_whole(axis)
    inner = {_between_whole(place) for place in places} if whole else set(places)
    inside = sorted(p for p in inner if (low is None or _after(low) < p) and (high is None or p < _before(high)))
    edges = [low, *(edge for place in inside for edge in _edges(place, whole)), high]
    return ScaledAxis(axis, tuple(Stretch(Interval(*edges[i : i + 2])) for i in range(0, len(edges), 2)))


def lying_in(scale: ScaledAxis, names: Sequence[str]) -> Formula:
    """The quantity lies in one of these stretches; that it keeps to its whole range goes without saying."""
    chosen = [i for i, stretch in enumerate(scale.stretches) if stretch.name in names]
    total = Sum(scale.axis.terms, scale.axis.constant)
    return disjunction(*(_within(total, scale.stretches, run) for run in runs(chosen)))


def is_whole(axis: Measured) -> bool:
    """Whether the quantity is a count."""
    return all(isinstance(v.sort, NumberSort) and v.sort.whole and c.denominator == 1 for c, v in axis.terms)


def reach(axis: Measured) -> tuple[Edge | None, Edge | None]:
    """The least and the greatest value the quantity can have, None where there is none."""
    low: Fraction | None = axis.constant
    high: Fraction | None = axis.constant
    round_about = False
    for coefficient, variable in axis.terms:
        assert isinstance(variable.sort, NumberSort)
        ends = (variable.sort.low, variable.sort.high) if coefficient > 0 else (variable.sort.high, variable.sort.low)
        low = None if low is None or ends[0] is None else low + coefficient * ends[0]
        high = None if high is None or ends[1] is None else high + coefficient * ends[1]
        round_about |= variable.sort.dimension is Dimension.ANGLE
    return None if low is None else (low, 0), None if high is None else (high, -1 if round_about else 0)


def runs(chosen: Sequence[int]) -> list[list[int]]:
    """Positions in ascending order, those in a row together."""
    found: list[list[int]] = []
    for position in chosen:
        if found and found[-1][-1] == position - 1:
            found[-1].append(position)
        else:
            found.append([position])
    return found


def comparisons(expression: Expr) -> Iterator[Compare]:
    """Every comparison in an expression."""
    match expression:
        case Compare():
            yield expression
        case Not(operand) | Does(_, _, operand) | Each(_, _, operand):
            yield from comparisons(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)
        case _:
            return


def _conditions(system: NormSystem) -> Iterator[Expr]:
    for norm in system.norms.values():
        yield from (guard.condition for guard in (*norm.guards, *norm.exceptions))
    for axiom in system.axioms:
        if axiom.document is not None:
            yield from (axiom.condition, axiom.given)
    yield from (promise.condition for promise in system.coverage)
    yield from (reserve.condition for reserve in system.reserves)


def _turned(variable: Variable, step: int, roles: int) -> Variable:
    return with_roles(variable, lambda role: (role + step) % roles)


def _within(total: Sum, stretches: Sequence[Stretch], run: Sequence[int]) -> Formula:
    """The quantity lies in this run of stretches."""
    low, high = stretches[run[0]].interval.low, stretches[run[-1]].interval.high
    if low is not None and low == high:
        return compare(total, Relation.EQUAL, Sum((), low[0]))
    low = low if run[0] else None
    high = high if run[-1] < len(stretches) - 1 else None
    above = [] if low is None else [compare(total, _relation(low, Relation.MORE, Relation.AT_LEAST), Sum((), low[0]))]
    below = [] if high is None else [compare(total, _relation(high, Relation.LESS, Relation.AT_MOST), Sum((), high[0]))]
    return conjunction(*above, *below)


def _relation(edge: Edge, strict: Relation, inclusive: Relation) -> Relation:
    return strict if edge[1] else inclusive


def _parts(interval: Interval, place: Cut) -> bool:
    """Whether some numbers of the interval lie on either side."""
    low, high = interval.low, interval.high
    return (low is None or _after(low) < place) and (high is None or place < _before(high))


def _free(sort: Sort) -> NumberSort:
    """The sort of a quantity without its range."""
    assert isinstance(sort, NumberSort)
    return NumberSort(sort.dimension)


def _between_whole(place: Cut) -> Cut:
    """Of whole numbers: the same cut, just below the next one."""
    value, side = place
    return Fraction(floor(value) + 1 if side else ceil(value)), 0


def _after(low: Edge) -> Cut:
    return low[0], 1 if low[1] else 0


def _before(high: Edge) -> Cut:
    return high[0], 0 if high[1] else 1


def _edges(place: Cut, whole: bool) -> tuple[Edge, Edge]:
    """Where one stretch ends and the next one begins."""
    value, side = place
    if whole:
        return (value - 1, 0), (value, 0)
    return ((value, 0), (value, 1)) if side else ((value, -1), (value, 0))
