"""A formula true at one point to literals that alone keep it true, and those to conditions on the rest.

Eliminating the conduct from the literals (Fourier and Motzkin's way, with exact numbers) gives conditions on the
situation under which that conduct, or a shifted one, still works.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
    negation,
)
from cbm.core.fourier_motzkin import bounds, eliminated, solved
from cbm.core.linear import Sum, at_zero, difference, of_variable, opposite, stands_at
from cbm.core.sorts import NumberSort
from cbm.core.substitution import Replacement, Value, parts_of, substitute, variables
from cbm.core.variable_order import variable_order
from cbm.core.variables import Timed, Variable, WeekNumber, WeeksAway

Point = Mapping[Variable, Value]


def true_at(formula: Formula, point: Point) -> bool:
    """Whether a ground formula holds at a point that has a value for each of its variables."""
    match formula:
        case Truth(value):
            return value
        case Flag(variable):
            return point[variable] is True
        case IsIn(variable, members):
            return point[variable] in members
        case Same(left, right):
            return point[left] == point[right]
        case Compare():
            return stands_at(formula, point)
        case Not(operand):
            return not true_at(operand, point)
        case And(parts):
            return all(true_at(part, point) for part in parts)
        case Or(parts):
            return any(true_at(part, point) for part in parts)
        case _:
            assert_never(formula)


def value_of(total: Sum, point: Point) -> Fraction:
    """The value of a sum at a point."""
    result = total.constant
    for coefficient, variable in total.terms:
        value = point[variable]
        assert isinstance(value, Fraction)
        result += coefficient * value
    return result


def implicant(formula: Formula, point: Point, spared: Collection[Variable] = ()) -> tuple[Formula, ...]:
    """Literals true at the point, in order of occurrence, whose conjunction implies the formula.

    Of several parts that are true the first stands for all, one that is silent on what is `spared` before others.
    Comparisons come without negation: the negation of one is another.
    """
    literals: list[Formula] = []
    known = frozenset(spared)

    def walk(node: Formula, positive: bool) -> None:
        match node:
            case Truth():
                return
            case Not(operand):
                walk(operand, not positive)
            case And(parts) | Or(parts):
                if isinstance(node, And) == positive:
                    for part in parts:
                        walk(part, positive)
                else:
                    true = (part for part in parts if true_at(part, point) == positive)
                    walk(
                        min(true, key=lambda part: not known.isdisjoint(part.variables)) if known else next(true),
                        positive,
                    )
            case Compare() if not positive:
                turned = opposite(node)
                walk(turned, positive=True) if isinstance(turned, Or) else literals.append(turned)
            case _:
                literals.append(node if positive else negation(node))

    walk(formula, positive=True)
    return tuple(dict.fromkeys(literals))


def conduct_terms(
    literals: Iterable[Formula], point: Point, conduct: Collection[Variable]
) -> dict[Variable, Replacement]:
    """For each conduct variable a value, or for quantities a sum over the situation, that keeps the literals true.

    At the point itself the literals stay true; elsewhere the conduct is a legal one that may or may not fulfil them.
    Flags and named values keep their value at the point: they have finitely many. So do counts beside what is no whole
    number, and weeks.
    """
    chosen: dict[Variable, Replacement] = {v: point[v] for v in conduct if not is_linking(v)}
    numbers = sorted((v for v in conduct if v not in chosen), key=lambda v: (is_eliminated(v), variable_order(v)))
    rows = [c for literal in literals if isinstance(c := substitute(literal, dict(chosen)), Compare)]
    order: list[tuple[Variable, Sum]] = []
    for variable in numbers:
        term = _middle(variable, rows, point) if is_eliminated(variable) else _whole(variable, rows, point)
        order.append((variable, term))
        rows = [c for row in rows if isinstance(c := _where_it_is(row, variable, term), Compare)]
    known: dict[Variable, Replacement] = {}
    for variable, term in reversed(order):
        found = _inserted(term, known)
        known[variable] = found.constant if found.is_constant and not is_eliminated(variable) else found
    return chosen | known


# Conditions on one quantity: each lower bound is held against each upper one, and what comes of it bounds others.
_MOST_BOUNDS = 100


def project(literals: Iterable[Formula], point: Point, conduct: Collection[Variable]) -> tuple[Formula, ...]:
    """Conditions on the situation alone: they hold exactly where some quantities of conduct satisfy the literals.

    Flags and named values of conduct are those of the point, and so is a quantity of which too much is said, and a
    count beside what is no whole number: then the conditions hold in fewer situations, the point among them. What is
    said of quantities alone, however they hang together, is so there, and says nothing of the situation.
    """
    fixed: dict[Variable, Replacement] = {v: point[v] for v in conduct if not is_linking(v)}
    # What speaks of nothing else is so at the point, and says nothing of the situation.
    about = (literal for literal in literals if any(v not in fixed for v in variables(literal)))
    rest = [substitute(part, fixed) if any(v in fixed for v in variables(part)) else part for part in about]
    conditions = [r for r in rest if r != Truth(True)]
    quantities = frozenset(v for v in conduct if v not in fixed)
    reached = linked({v for c in conditions for v in variables(c) if v not in quantities}, conditions)
    conditions = [c for c in conditions if not reached.isdisjoint(variables(c))]
    for variable in sorted(quantities & reached, key=lambda v: (is_eliminated(v), variable_order(v))):
        if sum(variable in c.variables for c in conditions) > _MOST_BOUNDS:
            conditions = _with(variable, point[variable], conditions)
        elif is_eliminated(variable):
            conditions = eliminated(variable, conditions)
        else:
            conditions = _without_count(variable, conditions, point)
    return tuple(dict.fromkeys(conditions))


def _without_count(variable: Variable, conditions: list[Formula], point: Point) -> list[Formula]:
    """Without the count: by what it equals, or what bounds it, where these are whole numbers; or with its value."""
    rows = [c for c in conditions if variable in c.variables]
    whole = [row for row in rows if isinstance(row, Compare) and _is_of_counts(row, variable)]
    equal = next((row for row in whole if row.order is Order.EQUAL), None)
    if equal is not None:
        return _with(variable, solved(equal, variable), [c for c in conditions if c is not equal])
    if len(whole) < len(rows):
        return _with(variable, point[variable], conditions)
    closed = [_closed(c, variable) if variable in c.variables else c for c in conditions]
    return [_opened(c) for c in eliminated(variable, closed)]


def _with(variable: Variable, replaced: Replacement, conditions: list[Formula]) -> list[Formula]:
    found = (substitute(c, {variable: replaced}) for c in conditions)
    return [c for c in found if c != Truth(True)]


def linked(seeds: Collection[Variable], formulas: Iterable[Formula]) -> frozenset[Variable]:
    """The variables through which a conjunct of the formulas can say something of the seeds when others are eliminated.

    Quantities and counts link what they stand beside; flags and named values keep their value, and link nothing.
    """
    known = frozenset(seeds)
    waiting = [
        frozenset(v for v in variables(part) if v in known or is_linking(v))
        for formula in formulas
        for part in parts_of(formula)
    ]
    while reached := [group for group in waiting if not known.isdisjoint(group)]:
        waiting = [group for group in waiting if known.isdisjoint(group)]
        known = known.union(*reached)
    return known


def speaking(formulas: Iterable[Formula], of: Collection[Variable]) -> Iterator[Formula]:
    """The conjuncts that speak of one of these variables."""
    known = frozenset(of)
    for formula in formulas:
        yield from (part for part in parts_of(formula) if not known.isdisjoint(part.variables))


def is_eliminated(variable: Variable) -> bool:
    """Whether conditions on others are found without it, and not only for the value that it has."""
    return isinstance(variable.sort, NumberSort) and not variable.sort.whole


def is_linking(variable: Variable) -> bool:
    """Whether it may be eliminated: quantities, and counts but for those of weeks, which stand beside times alone."""
    return isinstance(variable.sort, NumberSort) and not isinstance(variable, WeekNumber | WeeksAway)


def _is_of_counts(row: Formula, variable: Variable) -> bool:
    """Whether it bounds the count by what is a whole number: between two such bounds there is one, or they cross."""
    if not isinstance(row, Compare):
        return False
    total, sorts = _by_one(row, variable), [v.sort for v in row.variables]
    whole = all(isinstance(sort, NumberSort) and sort.whole for sort in sorts)
    return whole and all(number.denominator == 1 for number in (*(c for c, _ in total.terms), total.constant))


def _by_one(row: Compare, variable: Variable) -> Sum:
    """What the row relates to zero, with the variable once in it."""
    total = difference(row)
    return total.times(1 / abs(total.coefficient(variable)))


def _closed(row: Formula, variable: Variable) -> Formula:
    """The same of whole numbers: what is over a bound is one more at least."""
    if not isinstance(row, Compare) or row.order is not Order.LESS:
        return row
    return at_zero(_by_one(row, variable).plus(Sum((), Fraction(1))), Order.AT_MOST, row.unit)


def _opened(condition: Formula) -> Formula:
    """The same in fewer words: one count is less than another, and not at most one less."""
    if isinstance(condition, Compare) and condition.order is Order.AT_MOST and len(condition.terms) > 1:
        total = difference(condition)
        if total.constant == 1 and all(_is_of_counts(condition, v) for v in condition.variables):
            return at_zero(total.plus(Sum((), Fraction(-1))), Order.LESS, condition.unit)
    return condition


def _middle(variable: Variable, rows: list[Compare], point: Point) -> Sum:
    """A sum without the variable that lies within its bounds at the point."""
    touching = [row for row in rows if variable in {v for _, v in row.terms}]
    equal = next((row for row in touching if row.order is Order.EQUAL), None)
    if equal is not None:
        return solved(equal, variable)
    lower, upper = bounds(variable, touching)
    low = max(lower, key=lambda b: (value_of(b.limit, point), b.strict), default=None)
    high = min(upper, key=lambda b: value_of(b.limit, point), default=None)
    if low is not None and not low.strict and isinstance(variable, Timed):
        return low.limit  # as soon as it can be: where channels open, the place in the week is then known
    if low is not None and high is not None:
        return low.limit.plus(high.limit).times(Fraction(1, 2))
    if low is not None:
        return low.limit.plus(Sum((), Fraction(1)))
    if high is not None:
        return high.limit.plus(Sum((), Fraction(-1)))
    return Sum()


def _whole(variable: Variable, rows: list[Compare], point: Point) -> Sum:
    """A whole number without the variable that lies within its bounds at the point; its value, where figures bound it
    or something that may be no whole number.
    """
    touching = [row for row in rows if variable in row.variables]
    whole = [row for row in touching if _is_of_counts(row, variable)]
    equal = next((row for row in whole if row.order is Order.EQUAL), None)
    if equal is not None:
        return solved(equal, variable)
    if len(whole) < len(touching) or all(len(row.variables) == 1 for row in touching):
        return Sum((), value_of(of_variable(variable), point))
    lower, upper = bounds(variable, [row for c in touching if isinstance(row := _closed(c, variable), Compare)])
    if lower:
        return max(lower, key=lambda b: value_of(b.limit, point)).limit
    return min(upper, key=lambda b: value_of(b.limit, point)).limit


def _where_it_is(row: Compare, variable: Variable, term: Sum) -> Formula:
    """Most rows do not speak of the variable."""
    return substitute(row, {variable: term}) if variable in row.variables else row


def _inserted(term: Sum, known: Mapping[Variable, Replacement]) -> Sum:
    result = Sum((), term.constant)
    for coefficient, variable in term.terms:
        new = known.get(variable, variable)
        result = result.plus(new if isinstance(new, Sum) else of_variable(variable), coefficient)
    return result
