"""What is said of the doings of an act, said of the one at hand: inside a manner, which describes one doing."""

from __future__ import annotations

from collections.abc import Callable

from cbm.core.expressions import (
    And,
    Compare,
    Each,
    Expr,
    Flag,
    IsIn,
    Not,
    Or,
    Same,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.substitution import substitute
from cbm.core.variables import NOW, ActInstance, AtHand, ValueAt, Variable, time_of_act
from cbm.records import replace


def speaks(expression: Expr, named: Callable[[str, int], bool]) -> bool:
    """Whether it says something of the doings of an act, by a role, that is named."""
    match expression:
        case Each(act, role, body):
            return named(act, role) or speaks(body, named)
        case Not(operand):
            return speaks(operand, named)
        case And(parts) | Or(parts):
            return any(speaks(part, named) for part in parts)
        case _:
            return False


def of_hand(expression: Expr, act: str, role: int) -> Expr:
    """The same with what it says of a doing of the act by the role said of the one at hand."""
    named = ActInstance(act, role)

    def said(atom: Expr) -> Expr:
        if not isinstance(atom, Flag | IsIn | Same | Compare):
            return atom
        turned: dict[Variable, Variable] = {time_of_act(act, role): NOW}
        for variable in atom.variables:
            if isinstance(variable, ValueAt) and variable.at == named:
                turned[variable] = replace(variable, at=AtHand())
        return substitute(atom, turned)

    return unfolded(expression, lambda *_: False, lambda body: body, said)


def unfolded(
    expression: Expr,
    named: Callable[[str, int], bool],
    spoken: Callable[[Expr], Expr],
    said: Callable[[Expr], Expr] = lambda atom: atom,
) -> Expr:
    """`spoken` for what is so of each doing that is named, and `said` for what is not put together from others."""

    def inside(part: Expr) -> Expr:
        return unfolded(part, named, spoken, said)

    match expression:
        case Each(act, role, body):
            return spoken(inside(body)) if named(act, role) else Each(act, role, inside(body))
        case Not(operand):
            return negation(inside(operand))
        case And(parts):
            return conjunction(*map(inside, parts))
        case Or(parts):
            return disjunction(*map(inside, parts))
        case _:
            return said(expression)
