"""How things are called for readers: titles of what a scope declares, and the units authors measure it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cbm.core.episodes import Titles, Words
from cbm.core.expressions import And, Compare, Expr, IsIn, Not, Or
from cbm.core.norms import OpenTerm
from cbm.core.variables import Reading, Variable
from cbm.core.viewpoints import seen
from cbm.records import replace
from cbm.resolve.names.scope import Scope
from cbm.syntax import ast
from cbm.translation.speech import speaking, spoken


def words_of(scope: Scope, said: Iterable[Expr] = (), open_terms: Iterable[OpenTerm] = ()) -> Words:
    """The words for everything in scope; a quantity declared without a unit is told in the first one `said` of it."""
    said, open_terms = tuple(said), tuple(open_terms)
    told = _words_of(scope, scope.titles, said, open_terms)
    if spoken() == "en":
        return told
    with speaking("en"):
        english = _words_of(scope, {**scope.titles, **scope.own_titles}, said, open_terms)
    return replace(
        told,
        attributes=Titles(told.attributes, english.attributes),
        members=Titles(told.members, english.members),
        nouns=Titles(told.nouns, english.nouns),
        negations=Titles(told.negations, english.negations),
        terms=Titles(told.terms, english.terms),
        topics=Titles(told.topics, english.topics),
        acts=Titles(told.acts, english.acts),
        moments=Titles(told.moments, english.moments),
        roles=Titles(told.roles, english.roles),
        readings=Titles(told.readings, english.readings),
    )


def title_of(titles: tuple[ast.Title, ...], default: str) -> str:
    """The title in the language that is spoken, else in the document's own, else the English one, else the name."""
    return _first_of(titles, (*(() if spoken() == "en" else (spoken(),)), None, "en"), default)


def _first_of(titles: tuple[ast.Title, ...], languages: Iterable[str | None], default: str) -> str:
    """The title in the first of these languages that has one; None is the document's own."""
    found = {title.language: title.text for title in reversed(titles)}
    return next((found[language] for language in languages if language in found), default)


def _words_of(
    scope: Scope, titles: Mapping[tuple[str, str], str], said: Sequence[Expr], open_terms: Sequence[OpenTerm]
) -> Words:
    named: dict[str, Variable] = {**scope.attributes, **scope.over_time}
    attributes = {variable: titles.get(("attribute", name), "") for name, variable in named.items()}
    results = {scope.result(name, 0): (name, result.title) for name, result in scope.results.items()}
    attributes |= {variable: titles.get(("result", name), title) for variable, (name, title) in results.items()}
    read: dict[Variable, OpenTerm] = {term.variable: term for term in open_terms}
    attributes |= {variable: _called_term(scope, term) for variable, term in read.items()}
    readings = {(v, name): called(_scope_of(scope, term), name) for v, term in read.items() for name, _ in term.titles}
    members = _called(titles, "member")
    nouns = {
        choice: titles[("term", name)]
        for name, meaning in scope.terms.items()
        if meaning.condition is not None and (choice := _choice(meaning.condition)) is not None
    }
    positions = tuple(
        (name, meaning.condition)
        for name, meaning in scope.terms.items()
        if meaning.condition is not None and _is_position(meaning.condition)
    )
    negations = {v: words for name, v in named.items() if (words := titles.get(("not", name)))}
    units: dict[Variable, str] = {}
    for compared in (compared for expression in said for compared in _compared(expression)):
        if compared.unit is not None:
            for _, variable in compared.terms:
                units.setdefault(seen(variable, 0), compared.unit)
    units |= scope.units | {variable: term.unit for variable, term in read.items() if term.unit is not None}
    return Words(
        attributes=attributes,
        members=members,
        units=units,
        nouns=nouns,
        negations=negations,
        positions=positions,
        terms=_called(titles, "term"),
        topics=_called(titles, "topic"),
        acts=_called(titles, "act"),
        moments=_called(titles, "moment"),
        roles=_called(titles, "role"),
        readings=readings,
        translations=scope.translations,
        own_titles=scope.own_titles,
    )


def languages_of(scope: Scope) -> Mapping[str, str]:
    """What the languages are called."""
    english = {name: scope.own_titles["language", name] for name in scope.languages}
    return scope.languages if spoken() == "en" else Titles(scope.languages, english)


def _called_term(scope: Scope, term: OpenTerm) -> str:
    if term.choice is not None:
        return scope.title(choice_key(term.variable))
    return called(_scope_of(scope, term), term.name)


def choice_key(variable: Reading) -> tuple[str, str]:
    """Under which key stands what a choice is called that a text leaves open."""
    return "choice", f"{variable.term} of {variable.document}"


def _scope_of(scope: Scope, term: OpenTerm) -> Scope:
    return scope.others.get(term.document, scope)


def called(scope: Scope, name: str) -> str:
    """What whoever is spoken to calls a term, a value, an attribute or an act."""
    if name in scope.acts:
        return scope.title(("act", name))
    keys = ((category, name) for category in ("term", "member", "attribute"))
    titles = (scope.title(key) for key in keys if key in scope.titles)
    return next(filter(None, titles), name).replace("_", " ")


def _called(titles: Mapping[tuple[str, str], str], category: str) -> dict[str, str]:
    """Titles by name."""
    return {name: title for (of, name), title in titles.items() if of == category}


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
