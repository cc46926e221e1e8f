"""A norm system under other names, in another order, with its parties swapped, or with a text cut in two."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar

from cbm.core.expressions import Compare, IsIn, NormId
from cbm.core.linear import Sum, at_zero
from cbm.core.norms import NormSystem, Text
from cbm.core.roles import sorted_terms
from cbm.core.sorts import KindSort
from cbm.core.variables import Attribute
from cbm.records import replace
from tests.fields import changed_throughout, field_names

T = TypeVar("T")


def names_of(system: NormSystem) -> list[str]:
    """Everything that has a name, but roles, and what tells whose unit it is."""
    kinds = [v.sort for v in system.situation.attributes if isinstance(v.sort, KindSort)]
    names = [
        *(v.name for v in system.situation.attributes if isinstance(v, Attribute)),
        *(moment.name for moment in system.situation.moments),
        *(name for kind in kinds for name in (kind.name, *kind.members)),
        *system.acts,
        *(item for act in system.acts.values() for item in act.states),
        *system.results,
        *(act.topic for act in system.acts.values() if act.topic is not None),
        *(result.topic for result in system.results.values() if result.topic is not None),
        *system.texts,
        *(norm.label for norm in system.norms),
    ]
    return [name for name in dict.fromkeys(names) if name != "party"]


def renamed(thing: T, names: Mapping[str, str]) -> T:
    """The same with other names; the order of what is written stays, sums stand in the order of their names."""
    changed: Any = _renamed(thing, names)
    return changed  # type: ignore[no-any-return]  # of the same type: each part is


def _renamed(thing: object, names: Mapping[str, str]) -> Any:
    match thing:
        case Enum() | None | bool():
            return thing
        case str():
            return names.get(thing, thing)
        case Mapping():
            return {_renamed(key, names): _renamed(value, names) for key, value in thing.items()}
        case tuple():
            return tuple(_renamed(part, names) for part in thing)
        case frozenset():
            return frozenset(_renamed(part, names) for part in thing)
        case Compare(terms, order, bound, unit):
            sums = {_renamed(variable, names): coefficient for coefficient, variable in terms}
            return at_zero(Sum(sorted_terms(sums), -bound), order, unit)
        case _ if field_names(thing):
            return changed_throughout(thing, lambda part: _renamed(part, names))
        case _:
            return thing


def swapped(system: NormSystem, one: str, other: str) -> NormSystem:
    """The same with two parties, or two members of another kind, in each other's place; kinds keep their order."""
    changed = renamed(system, {one: other, other: one})
    return _mapped(changed, {v.sort.name: v.sort for v in system.situation.attributes if isinstance(v.sort, KindSort)})


def _mapped(thing: T, kinds: Mapping[str, KindSort]) -> T:
    """The same with these kinds, and what is listed of them in their order."""
    changed: Any = thing
    match thing:
        case KindSort(name):
            changed = kinds[name]
        case IsIn(variable, members):
            of = _mapped(variable, kinds)
            assert isinstance(of.sort, KindSort)
            changed = IsIn(of, tuple(m for m in of.sort.members if m in members))
        case Mapping():
            changed = {key: _mapped(value, kinds) for key, value in thing.items()}
        case tuple():
            changed = tuple(_mapped(part, kinds) for part in thing)
        case _ if field_names(thing):
            changed = changed_throughout(thing, lambda part: _mapped(part, kinds))
        case _:
            pass
    return changed  # type: ignore[no-any-return]  # of the same type: each part is


def reordered(system: NormSystem, order: Iterable[NormId]) -> NormSystem:
    """The same with the norms of each text in this order."""
    texts = list(system.texts)
    ranked = sorted(order, key=lambda norm: texts.index(norm.document))
    return replace(system, norms={norm: system.norms[norm] for norm in ranked})


def cut(system: NormSystem, document: str, name: str, moved: Collection[NormId]) -> NormSystem:
    """The same with some norms of a text in a text of their own, which comes next and is like it otherwise."""

    def home(norm: NormId) -> NormId:
        return NormId(name, norm.label) if norm in moved else norm

    changed = _rehomed(system, home)
    texts: dict[str, Text] = {}
    for known, text in system.texts.items():
        texts[known] = text
        if known == document:
            texts[name] = replace(text, name=name)
    return reordered(replace(changed, texts=texts), changed.norms)


def _rehomed(thing: T, home: Callable[[NormId], NormId]) -> T:
    changed: Any = thing
    match thing:
        case NormId():
            changed = home(thing)
        case Mapping():
            changed = {_rehomed(key, home): _rehomed(value, home) for key, value in thing.items()}
        case tuple():
            changed = tuple(_rehomed(part, home) for part in thing)
        case frozenset():
            changed = frozenset(_rehomed(part, home) for part in thing)
        case _ if field_names(thing):
            changed = changed_throughout(thing, lambda part: _rehomed(part, home))
        case _:
            pass
    return changed  # type: ignore[no-any-return]  # of the same type: each part is
