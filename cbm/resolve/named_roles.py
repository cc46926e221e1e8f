"""Roles that stay with one side each, named in a clause that binds several sides: it has to be plain whose is meant.

Such a clause is read from the side of each unit that it binds. Where roles are fixed, `organiser.alert` would so come
to mean each side's own alert, and a reader takes it for the organiser's. It is refused, unless it says the same of all.
"""

from __future__ import annotations

from cbm.core.expressions import And, Expr, Not, Or
from cbm.core.roles import rotate
from cbm.resolve.faults import wrong_type
from cbm.resolve.scope import Scope
from cbm.source import Span
from cbm.syntax import ast


def require_plain(scope: Scope, bearer: Span, written: ast.Node, condition: Expr | None = None) -> None:
    """A fault where what is written names a fixed role and would be another one's from another side.

    The condition is what it means, seen by role 0; None for what is demanded, which is the bearer's in any case.
    """
    named = [role for role in scope.roles if role in set(ast.names_in(written))]
    if scope.interchangeable or not named or (condition is not None and _is_of_all(condition, len(scope.roles))):
        return
    one, *_ = named
    first, other = scope.roles[0], scope.roles[1]
    message = f"`{bearer.text}` binds each side in turn, and `{one}` is one of them: it is open whose is meant here"
    raise wrong_type(
        written.span,
        message,
        f"write a clause for each: `{first} when …`, `{other} when …`",
        f"or, if it is each side's own that is meant, a noun: `term NAME means {first}.…`, and `every NAME …`",
    )


def _is_of_all(condition: Expr, roles: int) -> bool:
    """Whether it is the same from every side."""
    plain = _unordered(condition)
    return all(_unordered(rotate(condition, step, roles)) == plain for step in range(1, roles))


def _unordered(condition: Expr) -> object:
    match condition:
        case Not(operand):
            return ("not", _unordered(operand))
        case And(parts) | Or(parts):
            return (type(condition), frozenset(map(_unordered, parts)))
        case _:
            return condition
