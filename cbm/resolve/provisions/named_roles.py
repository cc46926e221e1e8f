"""Roles that stay with one side each, named in a clause that binds several sides: it has to be plain whose is meant.

Such a clause is read from the side of each unit that it binds. Where roles are fixed, `organiser.alert` would so come
to mean each side's own alert, and a reader takes it for the organiser's. It is refused, unless it says the same of all.
"""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.expressions import And, Expr, Not, Or
from cbm.core.meanings import Meaning
from cbm.core.roles import roles_in, rotate
from cbm.resolve.faults import wrong_type
from cbm.resolve.names.scope import Scope
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import say


def require_plain(scope: Scope, bearer: Span, written: ast.Node, condition: Expr | None = None) -> None:
    """Fault where what is written names a fixed role, and would be about another unit when read from another side.

    `condition` is what it means, seen by role 0; None for a demand, which is about the bearer in any case.
    """
    if scope.interchangeable or len(scope.roles) < 2 or not (named := _named(scope, written)):
        return
    if condition is not None and _is_of_all(condition, len(scope.roles)):
        return
    one, *_ = named
    first, other = scope.roles[0], scope.roles[1]
    message = say(
        "`{bearer}` binds each side in turn, and `{role}` is one of them: it is open whose is meant here",
        bearer=bearer.text,
        role=one,
    )
    if one not in set(ast.names_in(written)):
        message = say("`{text}` speaks of `{role}`: {why}", text=written.span.text, role=one, why=message)
    raise wrong_type(
        written.span,
        message,
        say("write a clause for each: `{first} when …`, `{other} when …`", first=first, other=other),
        say(
            "or, if it is each side's own that is meant, a noun: `term NAME means {first}.…`, and `every NAME …`",
            first=first,
        ),
    )


def _named(scope: Scope, written: ast.Node) -> list[str]:
    """The roles that it names, or that a term it names speaks of; what each party reads for itself is the bearer's."""
    words = set(ast.names_in(written))
    terms = (scope.terms[name] for name in words if name in scope.terms and name not in scope.open_terms)
    spoken_of = {role for term in terms for role in _roles_of(term)}
    return [name for number, name in enumerate(scope.roles) if name in words or number in spoken_of]


def _roles_of(meaning: Meaning) -> Iterator[int]:
    if meaning.condition is not None:
        yield from roles_in(meaning.condition)
    for when, quantity in meaning.rows:
        yield from roles_in(when)
        yield from (variable.role for _, variable in quantity.sum.terms if variable.role is not None)


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
