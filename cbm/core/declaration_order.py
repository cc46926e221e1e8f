"""Literals in the order in which what they speak of was declared: whatever it is called, the same comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cbm.core.expressions import And, Compare, Expr, Flag, IsIn, KindSort, Not, Or, Order, Same, Variable
from cbm.core.norms import NormSystem
from cbm.records import replace

Declared = Mapping[str, int]


def declared(system: NormSystem) -> Declared:
    """For each name of a system how many were declared before it."""
    return {name: number for number, name in enumerate(dict.fromkeys(_names(system)))}


def _names(system: NormSystem) -> Iterator[str]:
    for term in system.open_terms:
        yield term.variable.name
    for attribute in system.situation.attributes:
        yield from _words(attribute.name)
    yield from system.results
    for act in system.acts.values():
        yield from (act.name, *act.states)
    yield from system.channels
    for moment in system.situation.moments:
        yield from _words(moment.name)
    yield from system.texts


def _words(name: str) -> list[str]:
    """The names and marks in the name of a ground variable: `distance at contact`, `report#2 stating nature`."""
    return re.split(r"[ #~]", name)


def rank_of(variable: Variable, known: Declared) -> tuple[Any, ...]:
    """What puts variables into one order; words that name nothing declared come behind those that do."""
    words = ((0, known[word], "") if word in known else (1, 0, word) for word in _words(variable.name))
    return (*words, (2, -1 if variable.role is None else variable.role, ""))


def as_declared(comparison: Compare, known: Declared) -> Compare:
    """The same comparison with its terms in this order, the first one taken once; an equality leads with it."""
    terms = sorted(comparison.terms, key=lambda term: rank_of(term[1], known))
    leading = terms[0][0]
    factor = 1 / (leading if comparison.order is Order.EQUAL else abs(leading))
    scaled = tuple((coefficient * factor, variable) for coefficient, variable in terms)
    return replace(comparison, terms=scaled, bound=comparison.bound * factor)


def rank(literal: Expr, known: Declared) -> tuple[Any, ...]:
    """What puts literals into one order: by their form, and those of one form as what they speak of was declared."""

    def of(variable: Variable) -> tuple[Any, ...]:
        return rank_of(variable, known)

    def places(variable: Variable, members: Iterable[str]) -> tuple[int, ...]:
        assert isinstance(variable.sort, KindSort)
        return tuple(variable.sort.members.index(member) for member in members)

    match literal:
        case Flag(variable):
            return (0, of(variable))
        case IsIn(variable, members):
            return (1, of(variable), places(variable, members))
        case Same(left, right):
            return (2, of(left), of(right))
        case Compare():
            scaled = as_declared(literal, known)
            sums = tuple((of(variable), coefficient) for coefficient, variable in scaled.terms)
            return (3, sums, list(Order).index(scaled.order), scaled.bound)
        case Not(operand):
            return (4, rank(operand, known))
        case And(parts) | Or(parts):
            return (5 if isinstance(literal, And) else 6, tuple(rank(part, known) for part in parts))
        case _:
            return (7,)
