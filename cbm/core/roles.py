"""A core expression read from another role: every role number moves on by the same step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import assert_never, overload

from cbm.core.expressions import (
    And,
    Binds,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    Formula,
    IsIn,
    Not,
    Or,
    Same,
    States,
    Through,
    Truth,
    Worded,
    Works,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.variable_order import variable_order
from cbm.core.variables import Variable
from cbm.core.viewpoints import with_roles


@overload
def rotate(expression: Formula, step: int, roles: int) -> Formula: ...
@overload
def rotate(expression: Expr, step: int, roles: int) -> Expr: ...
def rotate(expression: Expr, step: int, roles: int) -> Expr:
    """The expression with role p replaced by (p + step) mod roles."""
    if step % roles == 0:
        return expression
    asked = ("turned", step % roles, roles)
    known: Expr | None = expression.kept(asked)
    if known is None:
        known = rename_roles(expression, lambda role: (role + step) % roles)
        expression.keep(asked, known)
    return known


def rename_roles(expression: Expr, new: Callable[[int], int]) -> Expr:
    """The expression with every role number replaced; what the roles share stays."""

    def variable(old: Variable) -> Variable:
        return with_roles(old, new)

    def walk(node: Expr) -> Expr:
        match node:
            case Truth() | States() | Through() | Worded() | Works():
                return node
            case Flag(old):
                return Flag(variable(old))
            case IsIn(old, members):
                return IsIn(variable(old), members)
            case Same(left, right):
                return same(variable(left), variable(right))
            case Compare(terms, order, bound, unit):
                return Compare(sorted_terms({variable(v): c for c, v in terms}), order, bound, unit)
            case Does(act, role, manner):
                return Does(act, new(role), walk(manner))
            case Each(act, role, body):
                return Each(act, new(role), walk(body))
            case Binds(norm, role):
                return Binds(norm, new(role))
            case Not(operand):
                return negation(walk(operand))
            case And(parts):
                return conjunction(*map(walk, parts))
            case Or(parts):
                return disjunction(*map(walk, parts))
            case _:
                assert_never(node)

    return walk(expression)


def roles_in(expression: Expr) -> frozenset[int]:
    """The roles that an expression speaks of."""
    found: set[int] = set()

    def noted(role: int) -> int:
        found.add(role)
        return role

    waiting: list[Expr] = [expression]
    while waiting:
        match waiting.pop():
            case Truth() | States() | Through() | Worded() | Works():
                pass
            case Flag() | IsIn() | Same() | Compare() as literal:
                for variable in literal.variables:
                    with_roles(variable, noted)
            case Does(_, role, part) | Each(_, role, part):
                found.add(role)
                waiting.append(part)
            case Binds(_, role):
                found.add(role)
            case Not(operand):
                waiting.append(operand)
            case And(parts) | Or(parts):
                waiting.extend(parts)
            case node:
                assert_never(node)
    return frozenset(found)


def same(left: Variable, right: Variable) -> Formula:
    """Equality of two variables of one kind, in one order whichever way it was written."""
    if left == right:
        return Truth(True)
    return Same(*sorted((left, right), key=variable_order))


def sorted_terms(coefficients: Mapping[Variable, Fraction]) -> tuple[tuple[Fraction, Variable], ...]:
    """Terms of a linear sum in their one order, zeros left out."""
    known = [(c, v) for v, c in coefficients.items() if c]
    return tuple(sorted(known, key=_place_of_term) if len(known) > 1 else known)


def _place_of_term(term: tuple[Fraction, Variable]) -> tuple[str, int, str, str, int, str]:
    return variable_order(term[1])
