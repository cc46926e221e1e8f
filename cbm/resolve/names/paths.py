"""Written paths to roles and variables: whose attribute or result is meant, with a fault where it cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.variables import Attribute, Occurrence, Occurs, ResultValue, ValueAt, Variable
from cbm.core.viewpoints import seen
from cbm.patterns import pattern
from cbm.records import replace
from cbm.resolve.faults import Fault, suggestion, undefined, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.unnamed import written_instead
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.signs import UNITS
from cbm.syntax.synonyms import said_for_words
from cbm.translation.saying import mark, say


def role_of(scope: Scope, name: ast.Name) -> int:
    """The number of the role of this name."""
    role = scope.role(name.text)
    if role is None:
        need_roles(scope)
        raise undefined(say("role"), name.text, name.span, scope.roles)
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


_FIGURE_ALONE = pattern(r"\[\s*(?P<figure>[0-9][\d.,]*)\s*\]\s*\Z")
_PLACED = pattern(r"(?:in|inside|within|(?P<outside>outside))\s+(?:(?:the|an?)\s+)?(?P<name>[^\W\d]\w*)")
_IS_CALLED = pattern(r"\s+is\s+(?P<not>not\s+)?(?P<name>[^\W\d]\w*)")
_FIGURE_IN_BRACKET = pattern(
    r"(?:[<>=]|\b(?:from|to|within))\s*\[[^\[\]]*\Z"
)  # what stands before a figure, and its bracket


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
    known = [*scope.attributes, *scope.results, *scope.terms, *scope.pending, *scope.acts, *scope.over_time]
    problem = undefined(
        say("attribute, act, result or term"),
        text,
        name.span,
        known,
        scope.readers_words("attribute", "term", "act"),
        figure=True,
    )
    if problem.finding is None:
        raise problem
    remedies = _of_another_sort(scope, path, text) or written_instead(scope, _before(path.span), path.span.text.split())
    if text in UNITS and (left := _FIGURE_ALONE.search(_before(path.span))):  # `>= [500] m`
        words = mark(
            "without what stands in the bracket no figure is left: write `[{figure} | …]` with another one, or "
            "`[__ from … to …]` with its unit where it is open"
        )
        remedies = (say(words, figure=left["figure"]),)
    if not remedies and not suggestion(text, known) and _FIGURE_IN_BRACKET.search(_before(path.span)):
        remedies = (say("an empty figure is written `[__ from 1 nmi to 5 nmi]`"),)
    if not remedies:
        raise problem
    raise Fault(replace(problem.finding, remedies=remedies, meant=""))


def _of_another_sort(scope: Scope, path: ast.Path, text: str) -> tuple[str, ...]:
    """How it is written where it is the value of a kind, or a role."""
    placed = _PLACED.fullmatch(path.span.text)
    if placed is not None:  # `when in eez`, `when outside territorial_sea`
        text = placed["name"]
    holding = [name for name, variable in scope.attributes.items() if text in members_of(variable)]
    if len(holding) == 1:
        attribute = holding[0]
        roles = () if scope.attributes[attribute].role is None else scope.roles
        if placed is not None:
            first = f"{scope.roles[0]}.{attribute}" if roles else attribute
            return (say("write `{words}`", words=f"{first} is {'not ' if placed['outside'] else ''}{text}"),)
        if len(path.parts) > 1:
            return (_as_value(f"{path.parts[0].text}.{attribute}" if roles else attribute, attribute, text),)
        return _as_one_more(_before(path.span), attribute, roles, text)
    if text in scope.roles:
        if said := _of_party(scope, path):
            return said
        return (say("write what is said of it, as in `{text} is a …` or `{text}.…`", text=text),)
    return ()


def _of_party(scope: Scope, path: ast.Path) -> tuple[str, ...]:
    """`other is CN`, `other is Chinese`: what is said of whose unit it is."""
    found = _IS_CALLED.match(path.span.source.text, path.span.end)
    party = scope.party
    if found is None or party is None:
        return ()
    called = (found["name"], *said_for_words(found["name"]))
    named = next((one for one in called if one in scope.parties), None)
    if named is None:
        return ()
    words = f"{path.span.text}.{party.name} is {'not ' if found['not'] else ''}{named}"
    return (say("whose unit it is, is said of it: write `{words}`", words=words),)


def _as_one_more(before: str, attribute: str, roles: Sequence[str], value: str) -> tuple[str, ...]:
    """What is written for a value, perhaps behind another one of that unit: `other.craft is warship or submarine`."""
    from cbm.syntax.mistakes.slip_words import with_article  # only who errs waits for it

    paths = [f"{role}.{attribute}" for role in roles] or [attribute]
    what = "|".join(map(re.escape, (*paths, *roles)))
    said = re.finditer(rf"(?<![\w.])(?P<what>{what})\s+(?:is\s+)?(?P<not>not\s+)?(?P<noun>an?\s)?", before)
    last = next((one for one in reversed(list(said)) if (one["what"] in roles) == bool(one["noun"])), None)
    if last is None:
        return (_as_value(paths[0], attribute, value),)
    if not last["not"] and not last["noun"]:
        return (_as_value(last["what"], attribute, value),)
    words = f"{last['what']} is {'not ' if last['not'] else ''}{with_article(value) if last['noun'] else value}"
    if last["not"]:  # behind `or` one of the two would always be so
        return (say("where neither is meant, write `and {words}`", words=words),)
    return (say("write `{words}`", words=words),)


def _as_value(path: str, attribute: str, value: str) -> str:
    words = mark("it is a value of `{attribute}`: write `{path} is {value}`, or `in (…)` for several")
    return say(words, attribute=attribute, path=path, value=value)


def _before(span: Span) -> str:
    """The last words before a place."""
    return span.source.text[max(0, span.start - 80) : span.start]


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


def members_of(variable: Variable) -> tuple[str, ...]:
    return variable.sort.members if isinstance(variable.sort, KindSort) else ()


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
