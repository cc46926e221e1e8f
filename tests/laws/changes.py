"""Changes to a norm system that must not matter to what is found in it: other names, another order, other sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from random import Random
from typing import Any, TypeVar

from cbm.checks import RULES
from cbm.semantics.core import (
    And,
    Axiom,
    Case,
    Compare,
    DutyExpected,
    Expected,
    Expr,
    IsIn,
    KindSort,
    Norm,
    NormId,
    NormSystem,
    Or,
    Same,
    Text,
    Variable,
)
from cbm.semantics.linear import Sum, at_zero
from cbm.semantics.rotate import rename_roles, rotate, same, sorted_terms
from cbm.source import Span

T = TypeVar("T")


def rebuilt(thing: T, answer: Callable[[Any], Any]) -> T:
    """The same thing with everything in it replaced that `answer` has an answer for; None: it has none."""
    return _rebuilt(thing, answer)  # type: ignore[no-any-return]  # each kind of thing stays what it is


def _rebuilt(thing: Any, answer: Callable[[Any], Any]) -> Any:
    known = answer(thing)
    if known is not None:
        return known
    match thing:
        case Enum() | Span():
            return thing
        case Compare(terms, order, bound, unit):
            named = {_rebuilt(variable, answer): coefficient for coefficient, variable in terms}
            return at_zero(Sum(sorted_terms(named), -bound), order, unit)
        case Same(left, right):
            return same(_rebuilt(left, answer), _rebuilt(right, answer))
        case tuple() | frozenset():
            return type(thing)(_rebuilt(part, answer) for part in thing)
        case Mapping():
            return {_rebuilt(key, answer): _rebuilt(value, answer) for key, value in thing.items()}
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            parts = {field.name: _rebuilt(getattr(thing, field.name), answer) for field in fields(thing)}
            return replace(thing, **parts)
        case _:
            return thing


# ---- names


def names_in(thing: object) -> list[str]:
    """Every name and every text in it, in alphabetical order; what rules are called is no name."""
    found: set[str] = set()

    def note(part: object) -> None:
        if isinstance(part, str) and not isinstance(part, Enum) and part not in ("", *RULES):
            found.add(part)

    rebuilt(thing, note)
    return sorted(found)


def renamed(thing: T, names: Mapping[str, str]) -> T:
    """The same thing with other names."""
    return rebuilt(thing, lambda part: None if isinstance(part, Enum) or not isinstance(part, str) else names.get(part))


def coded(names: Iterable[str]) -> dict[str, str]:
    """A new name for each of these, in the same alphabetical order; none of them is a part of any other text."""
    return {name: f"n{place:03}x" for place, name in enumerate(names)}


def decoded(text: str, names: Mapping[str, str]) -> str:
    """A text about what was renamed, in the old names."""
    old = {new: name for name, new in names.items()}
    return re.sub(r"n\d{3}x", lambda found: old[found[0]], text)


# ---- order


def shuffled(system: NormSystem, chance: Random) -> NormSystem:
    """The same system written in another order; what is under check still comes first."""
    names = [system.subject, *mixed([name for name in system.texts if name != system.subject], chance)]
    norms = sorted(mixed(system.norms.values(), chance), key=lambda norm: names.index(norm.id.document))
    situation = replace(system.situation, attributes=tuple(mixed(system.situation.attributes, chance)))
    cases = tuple(replace(case, expected=tuple(mixed(case.expected, chance))) for case in mixed(system.cases, chance))
    promises = [replace(promise, topics=tuple(mixed(promise.topics, chance))) for promise in system.coverage]
    other = replace(
        system,
        situation=situation,
        acts=dict(mixed(system.acts.items(), chance)),
        results=dict(mixed(system.results.items(), chance)),
        axioms=tuple(mixed(system.axioms, chance)),
        texts={name: system.texts[name] for name in names},
        norms={norm.id: reordered(norm, chance) for norm in norms},
        displacements=tuple(mixed(system.displacements, chance)),
        precedences=tuple(mixed(system.precedences, chance)),
        coverage=tuple(mixed(promises, chance)),
        cases=cases,
    )
    return _with_mixed_parts(other, chance)


def reordered(norm: Norm, chance: Random) -> Norm:
    """The norm with what it says in another order."""
    guards, exceptions = tuple(mixed(norm.guards, chance)), tuple(mixed(norm.exceptions, chance))
    return _with_mixed_parts(replace(norm, guards=guards, exceptions=exceptions), chance)


def _with_mixed_parts(thing: T, chance: Random) -> T:
    def answer(part: object) -> Expr | None:
        if not isinstance(part, And | Or):
            return None
        return type(part)(tuple(mixed([rebuilt(p, answer) for p in part.parts], chance)))

    return rebuilt(thing, answer)


def mixed(things: Iterable[T], chance: Random) -> list[T]:
    """The things in an order left to chance."""
    listed = list(things)
    chance.shuffle(listed)
    return listed


# ---- sides


def with_parties_changed(thing: T, one: str, other: str, attribute: str) -> T:
    """The one party wherever the other was spoken of; the list of parties stays as it is declared."""
    swap = {one: other, other: one}

    def answer(part: object) -> object:
        match part:
            case IsIn(Variable(name, _, KindSort(_, known)) as variable, members) if name == attribute:
                spoken = {swap.get(member, member) for member in members}
                return IsIn(variable, tuple(member for member in known if member in spoken))
            case Text(parties=frozenset() as parties):
                return replace(part, parties=frozenset(swap.get(str(party), str(party)) for party in parties))
            case _:
                return None

    return rebuilt(thing, answer)


def with_roles_renumbered(system: NormSystem) -> NormSystem:
    """Two fixed roles, declared the other way round; what rotates takes each of them in turn and stays as it is."""
    situation = system.situation

    def turned(expression: Expr) -> Expr:
        return rename_roles(expression, lambda role: 1 - role)

    return replace(
        system,
        situation=replace(
            situation,
            roles=situation.roles[::-1],
            axes=tuple(a if a.role is None else replace(a, role=1 - a.role) for a in situation.axes),
        ),
        axioms=tuple(_axiom(axiom, turned) if not axiom.rotates else axiom for axiom in system.axioms),
        norms={norm.id: norm if norm.rotates else _norm(norm, turned) for norm in system.norms.values()},
        coverage=tuple(replace(promise, condition=turned(promise.condition)) for promise in system.coverage),
        cases=tuple(_case(case, turned) for case in system.cases),
    )


def with_places_changed(system: NormSystem) -> NormSystem:
    """Axioms and cases told by the other unit, where two units take every role in turn."""

    def turned(expression: Expr) -> Expr:
        return rotate(expression, 1, 2)

    return replace(
        system,
        axioms=tuple(_axiom(axiom, turned) for axiom in system.axioms),
        cases=tuple(_case(case, turned) for case in system.cases),
    )


def _axiom(axiom: Axiom, turned: Callable[[Expr], Expr]) -> Axiom:
    return replace(axiom, condition=turned(axiom.condition), given=turned(axiom.given))


def _norm(norm: Norm, turned: Callable[[Expr], Expr]) -> Norm:
    guards = tuple(replace(guard, condition=turned(guard.condition)) for guard in norm.guards)
    exceptions = tuple(replace(guard, condition=turned(guard.condition)) for guard in norm.exceptions)
    otherwise = tuple(replace(secondary, content=turned(secondary.content)) for secondary in norm.otherwise)
    content, bearer = turned(norm.content), 1 - norm.bearer
    return replace(norm, bearer=bearer, guards=guards, exceptions=exceptions, content=content, otherwise=otherwise)


def _case(case: Case, turned: Callable[[Expr], Expr]) -> Case:
    def of(expected: Expected) -> Expected:
        if isinstance(expected, DutyExpected):
            return replace(expected, role=1 - expected.role, content=turned(expected.content))
        return replace(expected, condition=turned(expected.condition))

    return replace(case, given=turned(case.given), expected=tuple(map(of, case.expected)))


# ---- texts in two parts


def parted(system: NormSystem, first: NormId, part: str) -> NormSystem:
    """A text from this clause on as a text of its own that says of itself what the other one does; order is kept."""
    name, moved = first.document, list(system.norms)[list(system.norms).index(first) :]
    new = {norm: NormId(part, norm.label) for norm in moved if norm.document == name}
    other = rebuilt(system, lambda thing: new.get(thing) if isinstance(thing, NormId) else None)
    texts = {}
    for text in system.texts.values():
        texts[text.name] = text
        if text.name == name:
            texts[part] = replace(text, name=part)
    return replace(other, texts=texts)
