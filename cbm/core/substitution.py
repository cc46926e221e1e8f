"""Ground formulas with variables replaced: by other variables, by values, or by linear sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from operator import is_
from typing import assert_never

from cbm.core.expressions import (
    FALSE,
    TRUE,
    And,
    Compare,
    Does,
    Each,
    Expr,
    Flag,
    Formula,
    IsIn,
    Kind,
    Not,
    Or,
    Same,
    Truth,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import Sum, at_zero, stands_at
from cbm.core.roles import same, sorted_terms
from cbm.core.variables import Variable

Value = bool | str | Fraction
Replacement = Variable | Value | Sum
Atom = Flag | IsIn | Same | Compare


def substitute(expression: Formula, replacements: Mapping[Variable, Replacement]) -> Formula:
    """The formula with each variable replaced; what becomes constant is folded away."""
    return _replaced(expression, replacements, {})


def _replaced(node: Formula, replacements: Mapping[Variable, Replacement], known: dict[int, Formula]) -> Formula:
    """The same; `known` is what parts became that were met before, by their identity."""
    match node:
        case Flag(variable):
            new = replacements.get(variable)
            return node if new is None else Flag(new) if isinstance(new, Variable) else Truth(bool(new))
        case Compare(terms):
            values = [new for _, variable in terms if (new := replacements.get(variable)) is not None]
            if not values:
                return node
            if len(values) == len(terms) and all(isinstance(value, Fraction) for value in values):
                return Truth(stands_at(node, replacements))
            return _compared(node, replacements)
        case IsIn(variable, members):
            new = replacements.get(variable)
            return node if new is None else _is_in(new, members)
        case Same(left, right):
            return _same(replacements.get(left, left), replacements.get(right, right))
        case Truth():
            return node
        case Not() | And() | Or():
            if id(node) not in known:
                touched = any(variable in replacements for variable in node.variables)
                known[id(node)] = _rebuilt(node, replacements, known) if touched else node
            return known[id(node)]
        case _:
            assert_never(node)


def _rebuilt(
    node: Not[Formula] | And[Formula] | Or[Formula],
    replacements: Mapping[Variable, Replacement],
    known: dict[int, Formula],
) -> Formula:
    if isinstance(node, Not):
        inner = _replaced(node.operand, replacements, known)
        return node if inner is node.operand else negation(inner)
    inside = [_replaced(part, replacements, known) for part in node.parts]
    if all(map(is_, inside, node.parts)):
        return node
    return conjunction(*inside) if isinstance(node, And) else disjunction(*inside)


def _is_in(new: Replacement, members: tuple[str, ...]) -> Formula:
    return IsIn(new, members) if isinstance(new, Variable) else Truth(new in members)


def _same(left: Replacement, right: Replacement) -> Formula:
    if isinstance(left, Variable):
        if isinstance(right, Variable):
            return same(left, right)
        return IsIn(left, (right,)) if isinstance(right, str) else Truth(False)
    return _same(right, left) if isinstance(right, Variable) else Truth(left == right)


def _compared(node: Compare, replacements: Mapping[Variable, Replacement]) -> Formula:
    """A comparison with its quantities replaced; it is asked for so often that every step counts."""
    coefficients: dict[Variable, Fraction] = {}
    constant = -node.bound
    for coefficient, variable in node.terms:
        new = replacements.get(variable, variable)
        match new:
            case Sum(terms, more):
                for inner, known in terms:
                    scaled = inner if coefficient == 1 else -inner if coefficient == -1 else coefficient * inner
                    coefficients[known] = coefficients[known] + scaled if known in coefficients else scaled
                if more:
                    constant += more if coefficient == 1 else coefficient * more
            case Fraction():
                constant += new if coefficient == 1 else coefficient * new
            case bool() | str():
                raise TypeError(f"not a quantity: {new}")
            case _:
                coefficients[new] = coefficients[new] + coefficient if new in coefficients else coefficient
    return at_zero(Sum(sorted_terms(coefficients), constant), node.order, node.unit)


def variables(expression: Formula) -> tuple[Variable, ...]:
    """Every variable of a ground formula, in order of first occurrence."""
    return expression.variables


def mentioned(expression: Expr) -> tuple[Variable, ...]:
    """Every variable of an expression that need not be ground: those in the manner of an act too."""
    return expression.variables


def parts_of(expression: Kind) -> tuple[Kind, ...]:
    """The conjuncts of a formula."""
    return expression.parts if isinstance(expression, And) else () if expression is TRUE else (expression,)


def atoms_of(expression: Expr) -> Iterator[Expr]:
    """What an expression is put together from: of `Each`, this itself and what is in it."""
    match expression:
        case Not(operand):
            yield from atoms_of(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms_of(part)
        case Each(_, _, body):
            yield expression
            yield from atoms_of(body)
        case _:
            yield expression


def deeds_of(expression: Expr) -> Iterator[Does]:
    """Every act that an expression speaks of, but for those inside manners."""
    match expression:
        case Does():
            yield expression
        case Not(operand) | Each(_, _, operand):
            yield from deeds_of(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from deeds_of(part)
        case _:
            return


def conjuncts(expression: Kind) -> tuple[Kind, ...]:
    """The conjuncts of a formula, those of its conjuncts, and so on."""
    match expression:
        case And(parts):
            return tuple(part for conjunct in parts for part in conjuncts(conjunct))
        case Not(Or(parts)):
            return tuple(part for disjunct in parts for part in conjuncts(negation(disjunct)))
        case _:
            return parts_of(expression)


def disjuncts(expression: Kind) -> tuple[Kind, ...]:
    """The disjuncts of a formula, those of its disjuncts, and so on."""
    match expression:
        case Or(parts):
            return tuple(part for disjunct in parts for part in disjuncts(disjunct))
        case Not(And(parts)):
            return tuple(part for conjunct in parts for part in disjuncts(negation(conjunct)))
        case _:
            return () if expression is FALSE else (expression,)
