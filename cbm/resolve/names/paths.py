"""Written paths to roles and variables: whose attribute or result is meant, with a fault where it cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.variables import Attribute, Occurrence, Occurs, ResultValue, ValueAt, Variable
from cbm.core.viewpoints import seen
from cbm.records import replace
from cbm.resolve.faults import Fault, undefined, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.unnamed import meant_instead
from cbm.syntax import ast
from cbm.translation.saying import mark, say


def role_of(scope: Scope, name: ast.Name) -> int:
    """The number of the role of this name."""
    role = scope.role(name.text)
    if role is None:
        need_roles(scope)
        fault = undefined(say("role"), name.text, name.span, scope.roles)
        if name.text == "own" and not scope.interchangeable and len(scope.roles) > 1 and fault.finding is not None:
            first, other = scope.roles[0], scope.roles[1]
            apart = mark("or, if it is each side's own, write a clause for each: `{first} must …`, `{other} must …`")
            remedies = (*fault.finding.remedies, say(apart, first=first, other=other))
            fault = Fault(replace(fault.finding, remedies=remedies))
        raise fault
    return role


def split(scope: Scope, path: ast.Path) -> tuple[int | None, ast.Name]:
    """The role a path begins with, if any, and the name it ends with."""
    if path.document is not None:
        message = say(
            "`{text}` is no term of `{document}`, and only a term belongs to a text",
            text=path.span.text,
            document=path.document.text,
        )
        raise wrong_type(path.span, message)
    if len(path.parts) == 1:
        return None, path.parts[0]
    return role_of(scope, path.parts[0]), path.parts[1]


def variable_of(scope: Scope, path: ast.Path, bearer: int | None = None, viewer: int | None = None) -> Variable:
    """The attribute or result of a path, seen for the role it names.

    A result that every unit has may stand without a role where there is a `bearer`, whose own is then meant; what each
    party has its own view of, where there is a `viewer`, whose party's is.
    """
    role, name = split(scope, path)
    text = name.text
    if text in scope.broken:
        raise Fault(None)
    if text in scope.results:
        declared = scope.results[text]
        role = bearer if declared.each and role is None else role
        _check_role(scope, path, declared.each, role)
        return scope.result(text, role or 0)
    if text in scope.attributes:
        variable = scope.attributes[text]
        if text in scope.views and role is None:
            role = _viewer(scope, path, viewer)
        _check_role(scope, path, variable.role is not None, role)
        return variable if role is None else seen(variable, role)
    if text in scope.over_time:
        moment = next((name for name, m in scope.moments.items() if m.times == 1), "contact")
        raise wrong_type(
            path.span,
            say("`{text}` changes over time: say when it is read", text=text),
            say("write `{text} at {moment}`", text=path.span.text, moment=moment),
        )
    raise _no_variable(scope, path, name)


def _no_variable(scope: Scope, path: ast.Path, name: ast.Name) -> Fault:
    """What is said of a name that is none of these, with what is written in its place."""
    known = [*scope.attributes, *scope.results, *scope.terms, *scope.pending, *scope.acts, *scope.over_time]
    problem = undefined(
        say("attribute, act, result or term"),
        name.text,
        name.span,
        known,
        scope.readers_words("attribute", "term", "act"),
        figure=True,
    )
    remedies = () if problem.finding is None else meant_instead(scope, path, name.text, known)
    return Fault(replace(problem.finding, remedies=remedies, meant="")) if problem.finding and remedies else problem


def name_in(variable: Variable) -> str:
    """What the drafter calls it."""
    match variable:
        case Attribute(name) | ResultValue(name) | ValueAt(name) | Occurs(Occurrence(name)):
            return name
        case _:
            raise TypeError(f"no text names {variable}")


def kind_variable(node: ast.Expression, variable: Variable, scope: Scope) -> tuple[Variable, KindSort]:
    """The variable that was written, with its kind; a fault where it has no named values."""
    if not isinstance(variable.sort, KindSort):
        raise wrong_type(node.span, say("`{text}` has no named values", text=node.span.text), how(scope, variable))
    return variable, variable.sort


def no_member(name: ast.Name, sort: KindSort, titles: Mapping[str, Iterable[str]] | None = None) -> Fault:
    return undefined(say("value of `{kind}`", kind=sort.name), name.text, name.span, sort.members, titles)


def how(scope: Scope, variable: Variable) -> str:
    """How a variable of its sort is written in a condition."""
    name = name_in(variable)
    shown = name if variable.role is None else f"{scope.roles[variable.role]}.{name}"
    match variable.sort:
        case FlagSort():
            return say("write `{shown}` alone, or `not {shown}`", shown=shown)
        case KindSort(_, members):
            return say("write `{shown} is {value}`, for example", shown=shown, value=members[0])
        case NumberSort():
            return say("write a comparison such as `{shown} >= …`", shown=shown)
        case _:
            assert_never(variable.sort)


def need_roles(scope: Scope) -> None:
    """Nothing can be said of roles that could not be read, or that are missing."""
    if not scope.roles:
        raise Fault(None)


def _of_either(scope: Scope, text: str) -> str:
    """The advice to say whose it is."""
    return say("write `{first}.{text}` or `{other}.{text}`", first=scope.roles[0], text=text, other=scope.roles[-1])


def _viewer(scope: Scope, path: ast.Path, viewer: int | None) -> int:
    """Whose view is meant where no role is named."""
    need_roles(scope)
    if viewer is None:
        text = path.span.text
        message = say("each party has its own view of `{text}`, and here it is open whose is meant", text=text)
        raise wrong_type(
            path.span,
            message,
            _of_either(scope, text),
        )
    return viewer


def _check_role(scope: Scope, path: ast.Path, each: bool, role: int | None) -> None:
    text = path.parts[-1].text
    need_roles(scope)
    if each and role is None:
        remedy = _of_either(scope, text)
        raise wrong_type(path.span, say("every unit has its own `{text}`: say whose", text=text), remedy)
    if not each and len(path.parts) > 1:
        raise wrong_type(
            path.span,
            say("`{text}` is shared by the units and belongs to no role", text=text),
            say("write `{text}`", text=text),
        )
