"""How things are called for readers: titles of what a scope declares, and the units authors measure it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.core.episodes import Words
from cbm.core.expressions import And, Compare, Expr, IsIn, Not, Or
from cbm.core.norms import OpenTerm
from cbm.core.variables import Variable
from cbm.core.viewpoints import seen
from cbm.resolve.scope import Scope


def words_of(scope: Scope, said: Iterable[Expr] = (), open_terms: Iterable[OpenTerm] = ()) -> Words:
    """The words for everything in scope; a quantity declared without a unit is told in the first one `said` of it."""
    named: dict[str, Variable] = {**scope.attributes, **scope.over_time}
    attributes = {variable: scope.titles.get(("attribute", name), "") for name, variable in named.items()}
    attributes |= {scope.result(name, 0): result.title for name, result in scope.results.items()}
    read: dict[Variable, OpenTerm] = {term.variable: term for term in open_terms}
    attributes |= {variable: term.title for variable, term in read.items()}
    members = _called(scope, "member")
    nouns = {
        choice: scope.titles[("term", name)]
        for name, meaning in scope.terms.items()
        if meaning.condition is not None and (choice := _choice(meaning.condition)) is not None
    }
    positions = tuple(
        (scope.titles[("term", name)], meaning.condition)
        for name, meaning in scope.terms.items()
        if meaning.condition is not None and _is_position(meaning.condition)
    )
    negations = {v: words for name, v in named.items() if (words := scope.titles.get(("not", name)))}
    units: dict[Variable, str] = {}
    for compared in (compared for expression in said for compared in _compared(expression)):
        if compared.unit is not None:
            for _, variable in compared.terms:
                units.setdefault(seen(variable, 0), compared.unit)
    units |= scope.units | {variable: term.unit for variable, term in read.items() if term.unit is not None}
    terms, topics = _called(scope, "term"), _called(scope, "topic")
    return Words(
        attributes, members, units, nouns, negations, positions, terms, topics, scope.translations, scope.own_titles
    )


def called(scope: Scope, name: str) -> str:
    """What readers call a term, a value, an attribute or an act."""
    if name in scope.acts:
        return scope.acts[name].title
    titles = (scope.titles.get((category, name)) for category in ("term", "member", "attribute"))
    return next(filter(None, titles), name).replace("_", " ")


def _called(scope: Scope, category: str) -> dict[str, str]:
    """Titles by name."""
    return {name: title for (of, name), title in scope.titles.items() if of == category}


def _compared(expression: Expr) -> Iterator[Compare]:
    match expression:
        case Compare():
            yield expression
        case Not(operand):
            yield from _compared(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _compared(part)
        case _:
            return


def _is_position(condition: Expr) -> bool:
    """Whether it only compares quantities, and those of units."""
    match condition:
        case Compare(terms):
            return all(variable.role is not None for _, variable in terms)
        case Not(operand):
            return _is_position(operand)
        case And(parts) | Or(parts):
            return all(map(_is_position, parts))
        case _:
            return False


def _choice(condition: Expr) -> tuple[Variable, frozenset[str]] | None:
    """The attribute and the values between which a condition chooses, if it says nothing else."""
    match condition:
        case IsIn(variable, members):
            return seen(variable, 0), frozenset(members)
        case Or(parts):
            choices = [_choice(part) for part in parts]
            known = [choice for choice in choices if choice is not None]
            if len(known) == len(choices) and len({variable for variable, _ in known}) == 1:
                return known[0][0], frozenset[str]().union(*(members for _, members in known))
            return None
        case _:
            return None
