"""Arithmetic on quantities with their dimensions: exact, linear, and refused where the dimensions do not fit."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from cbm.core.expressions import And, Expr, Not, Or
from cbm.core.linear import Sum, of_variable
from cbm.core.meanings import Quantity
from cbm.core.units import BARE, UNITS, Powers, dimension_words
from cbm.core.viewpoints import with_roles
from cbm.finding import RuleId
from cbm.resolve.faults import Fault, fault, suggestion, wrong_type, wrong_unit
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import say

Rows = tuple[tuple[Expr, Quantity], ...]
ANGLE_POWERS: Powers = (0, 0, 1)
_LARGEST = 100_000


def constant(value: Fraction, unit: str | None, span: Span) -> Quantity:
    """A number as written, in base units."""
    if unit is None:
        return Quantity(Sum((), value), BARE, None)
    known = UNITS.get(unit)
    if known is None:
        raise fault(
            RuleId.UNDEFINED, span, say("no unit is called `{unit}`", unit=unit), remedies=suggestion(unit, UNITS)
        )
    return Quantity(Sum((), value * known.factor), known.powers, unit)


def combine(node: ast.Arithmetic, left: Quantity, right: Quantity) -> Quantity:
    """left OPERATOR right."""
    if ANGLE_POWERS in (left.powers, right.powers):
        raise wrong_type(
            node.span, say("angles cannot be added or multiplied here"), say("write the sector with fixed ends")
        )
    if node.operator in "+-":
        if left.powers != right.powers:
            raise unlike(node.span, left, right)
        total = left.sum.plus(right.sum, 1 if node.operator == "+" else -1)
        return Quantity(total, left.powers, left.unit or right.unit)
    return _product(node, left, right) if node.operator == "*" else _quotient(node, left, right)


def alike(left: Rows, right: Rows, left_node: ast.Expression, right_node: ast.Expression) -> None:
    """Refuses to compare quantities of different dimensions."""
    for _, a in left:
        for _, b in right:
            if a.powers != b.powers:
                raise unlike(left_node.span.to(right_node.span), a, b)


def size_together(*quantities: Rows) -> int:
    """How many parts the conditions have that come of putting quantities together, case by case."""
    cases = prod(map(len, quantities))
    return sum(cases // len(rows) * sum(size_of(guard) for guard, _ in rows) for rows in quantities)


def refuse_many_cases(span: Span, size: int) -> None:
    """A Fault where the conditions of all cases together have too many parts."""
    if size > _LARGEST:
        message = say("this is too large when the cases of its quantities are written out")
        raise fault(RuleId.SYNTAX, span, message, remedies=[say("say it with fewer cases")])


def size_of(expression: Expr) -> int:
    """How many parts an expression has when it is written out."""
    match expression:
        case Not(operand):
            return 1 + size_of(operand)
        case And(parts) | Or(parts):
            return 1 + sum(map(size_of, parts))
        case _:
            return 1


def unlike(span: Span, left: Quantity, right: Quantity) -> Fault:
    a, b = dimension_words(left.powers), dimension_words(right.powers)
    remedies = (
        [say("write the unit of every number, for example `1,000 m`")] if BARE in (left.powers, right.powers) else []
    )
    return wrong_unit(span, say("{a} and {b} cannot be compared or added", a=a, b=b), *remedies)


def turned(quantity: Quantity) -> Sum:
    """A fixed angle brought into one turn; everything else as it is."""
    if quantity.powers == ANGLE_POWERS and quantity.sum.is_constant:
        return Sum((), quantity.sum.constant % 360)
    return quantity.sum


def rotated(quantity: Quantity, step: int, roles: int) -> Quantity:
    """The quantity read from another role."""
    total = Sum((), quantity.sum.constant)
    for coefficient, variable in quantity.sum.terms:
        total = total.plus(of_variable(with_roles(variable, lambda role: (role + step) % roles)), coefficient)
    return Quantity(total, quantity.powers, quantity.unit)


def _product(node: ast.Arithmetic, left: Quantity, right: Quantity) -> Quantity:
    factor, other = (left, right) if left.sum.is_constant else (right, left)
    if not factor.sum.is_constant:
        message = say("two quantities that vary cannot be multiplied: the text must stay linear")
        raise wrong_type(node.span, message)
    unit = other.unit if factor.powers == BARE else None
    return Quantity(other.sum.times(factor.sum.constant), _powers(left.powers, right.powers, 1), unit)


def _quotient(node: ast.Arithmetic, left: Quantity, right: Quantity) -> Quantity:
    if not right.sum.is_constant or right.sum.constant == 0:
        raise wrong_type(node.right.span, say("only a fixed number other than zero can divide"))
    unit = left.unit if right.powers == BARE else None
    return Quantity(left.sum.times(1 / right.sum.constant), _powers(left.powers, right.powers, -1), unit)


def _powers(left: Powers, right: Powers, sign: int) -> Powers:
    return (left[0] + sign * right[0], left[1] + sign * right[1], left[2] + sign * right[2])
