"""Counters of a vocabulary: how many earlier activities met a condition, as a whole number that the situation has.

What is counted has to be known of a situation by itself: its attributes, no acts, no times and no other counters. Where
one counter counts nothing that another one does not count too, it never exceeds that one; this becomes an axiom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import chain, permutations, product
from math import ceil, floor
from typing import assert_never

from cbm.core.episodes import Axiom, Counter
from cbm.core.expressions import (
    FALSE,
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    IsIn,
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
from cbm.core.linear import compare, of_variable, opposite
from cbm.core.sorts import KindSort, NumberSort
from cbm.core.substitution import mentioned
from cbm.core.units import BARE
from cbm.core.variables import Attribute, Origin, Variable
from cbm.resolve.conditions import Resolver
from cbm.resolve.faults import Fault, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.syntax import ast
from cbm.syntax.ast import Relation
from cbm.translation.saying import say

# So many earlier activities are told apart where the author says nothing, and at most.
USUAL, MOST = 100, 10_000
# Conditions with more alternatives are not compared with each other.
_ALTERNATIVES = 200

Cube = tuple[Expr, ...]


def declare_counter(scope: Scope, statement: ast.CounterDeclaration, title: Callable[[], str]) -> None:
    """The number as an attribute that the situation has, and what readers call it; `title` is what is counted."""
    name = statement.name.text
    try:
        most = _most(scope, statement.most)
    except Fault:
        scope.broken.add(name)
        raise
    counter = Counter(
        name=name,
        title=title(),
        condition=FALSE,
        periods=statement.periods,
        unit=statement.unit,
        most=most,
        span=statement.span,
    )
    scope.add(name, counter.variable)
    scope.entitle(("attribute", name), partial(_number_words, counter, title))
    scope.counters[name] = counter


def _number_words(counter: Counter, title: Callable[[], str]) -> str:
    counted = title()
    return say("number of {title} {looking_back}", title=counted, looking_back=counter.looking_back) if counted else ""


def resolve_counter(scope: Scope, statement: ast.CounterDeclaration) -> None:
    """What it counts; a fault where that cannot be told of an earlier situation."""
    name = statement.name.text
    if name not in scope.counters:
        return
    known = scope.counters.pop(name)
    condition = Resolver(scope).condition(statement.condition)
    _check(scope, condition, statement)
    scope.counters[name] = Counter(name, known.title, condition, known.periods, known.unit, known.most, span=known.span)


def relate_counters(scope: Scope) -> None:
    """A counter does not exceed one that counts at least as much, at least as far back."""
    for one, other in permutations(scope.counters.values(), 2):
        within = one.unit == other.unit and one.periods <= other.periods
        if within and implied(one.condition, other.condition):
            fewer = compare(of_variable(one.variable), Relation.AT_MOST, of_variable(other.variable))
            scope.axioms.append(Axiom("", fewer, rotates=False))


def implied(one: Expr, other: Expr) -> bool:
    """Whether each alternative of the one says all that some alternative of the other says.

    Then the other holds wherever the one does; what holds for a reason that lies deeper is not seen.
    """
    narrower, wider = _alternatives(one), _alternatives(other)
    if narrower is None or wider is None:
        return False
    return all(any(all(_implied_by(literal, cube) for literal in more) for more in wider) for cube in narrower)


def _most(scope: Scope, written: ast.Expression | None) -> int:
    if written is None:
        return USUAL
    rows = Resolver(scope).quantity(written)
    quantity = rows[0][1]
    number = quantity.sum.constant
    fixed = len(rows) == 1 and quantity.sum.is_constant and quantity.powers == BARE
    if not fixed or number.denominator != 1 or not 1 <= number <= MOST:
        message = say(
            "`{text}` is not how many a counter counts: write a whole number from 1 to {most:,}",
            text=written.span.text,
            most=MOST,
        )
        raise wrong_type(written.span, message)
    return int(number)


def _check(scope: Scope, condition: Expr, statement: ast.CounterDeclaration) -> None:
    place, name = statement.condition.span, statement.name.text
    if _speaks_of_acts(condition):
        message = say(
            "`{name}` counts earlier activities by what is done in them, and a situation knows only its own", name=name
        )
        raise wrong_type(place, message, say("count by attributes of the situation"))
    for variable in dict.fromkeys(mentioned(condition)):
        if not _is_found(scope, variable):
            what = say("the reading of an open term") if variable.origin is Origin.READING else say("a result")
            if variable.origin is Origin.SITUATION:
                what = (
                    say("another counter")
                    if variable in [c.variable for c in scope.counters.values()]
                    else say("a time")
                )
            message = say(
                "`{name}` counts earlier activities by their attributes, and `{text}` speaks of {what}",
                name=name,
                text=place.text,
                what=what,
            )
            raise wrong_type(place, message, say("count by attributes of the situation"))
        if variable.role is not None and scope.interchangeable:
            message = say("units take roles in turn, so `{name}` cannot count by what one of them has", name=name)
            raise wrong_type(place, message, say("count by what the situation shares, or use `fixed roles`"))


def _speaks_of_acts(expression: Expr) -> bool:
    match expression:
        case Does() | Each() | States() | Through() | Worded() | Works() | Binds():
            return True
        case Not(operand):
            return _speaks_of_acts(operand)
        case And(parts) | Or(parts):
            return any(map(_speaks_of_acts, parts))
        case Truth() | Flag() | IsIn() | Same() | Compare():
            return False
        case _:
            assert_never(expression)


def _is_found(scope: Scope, variable: Variable) -> bool:
    """Whether it was declared as an attribute: counters, times and values at moments were not."""
    return isinstance(variable, Attribute) and ("attribute", variable.name) in scope.places


# ---- whether one condition says what another one does


def _alternatives(expression: Expr) -> tuple[Cube, ...] | None:
    """Alternatives that together mean the same, each a list of what holds together; None where they are too many."""
    match expression:
        case Truth(value):
            return ((),) if value else ()
        case Or(parts) | And(parts):
            known = [cubes for part in parts if (cubes := _alternatives(part)) is not None]
            if len(known) < len(parts):
                return None
            if isinstance(expression, Or):
                return _limited(chain.from_iterable(known))
            return _limited(tuple(chain.from_iterable(some)) for some in product(*known))
        case Not(And(parts)):
            return _alternatives(Or(tuple(map(Not, parts))))
        case Not(Or(parts)):
            return _alternatives(And(tuple(map(Not, parts))))
        case Not(Not(operand)):
            return _alternatives(operand)
        case Not(Truth(value)):
            return _alternatives(Truth(not value))
        case Not(Compare() as compared):
            turned = opposite(compared)
            return _alternatives(turned) if isinstance(turned, Or) else ((turned,),)
        case Not(IsIn(variable, members)):
            assert isinstance(variable.sort, KindSort)
            return ((IsIn(variable, tuple(m for m in variable.sort.members if m not in members)),),)
        case _:
            return ((expression,),)


def _limited(cubes: Iterator[Cube]) -> tuple[Cube, ...] | None:
    found: list[Cube] = []
    for cube in cubes:
        found.append(cube)
        if len(found) > _ALTERNATIVES:
            return None
    return tuple(found)


def _implied_by(literal: Expr, cube: Cube) -> bool:
    return any(_says(known, literal) for known in (*cube, *_always(literal)))


def _always(literal: Expr) -> Iterator[Expr]:
    """What is so in any case of that of which the literal speaks: its range."""
    for variable in mentioned(literal):
        if isinstance(variable.sort, NumberSort):
            low, high = variable.sort.low, variable.sort.high
            ends = ((-1, None if low is None else -low), (1, high))
            yield from (
                Compare(((Fraction(c), variable),), Order.AT_MOST, bound) for c, bound in ends if bound is not None
            )


def _says(known: Expr, literal: Expr) -> bool:
    match known, literal:
        case IsIn(one, some), IsIn(other, more):
            return one == other and set(some) <= set(more)
        case Compare(), Compare():
            bounds = {terms: bound for terms, *bound in _bounds(known)}
            return all(terms in bounds and tuple(bounds[terms]) <= tuple(bound) for terms, *bound in _bounds(literal))
        case _:
            return known == literal


def _bounds(compared: Compare) -> Iterator[tuple[tuple[tuple[Fraction, Variable], ...], Fraction, bool]]:
    """The sums that it bounds from above: by what, and whether the bound itself is allowed."""
    terms, bound = compared.terms, compared.bound
    open_end = compared.order is Order.LESS
    if all(isinstance(v.sort, NumberSort) and v.sort.whole and c.denominator == 1 for c, v in terms):
        bound = Fraction(ceil(bound) - 1 if open_end else floor(bound))
        open_end = False
    yield terms, bound, not open_end
    if compared.order is Order.EQUAL:
        yield tuple((-c, v) for c, v in terms), -compared.bound, True
