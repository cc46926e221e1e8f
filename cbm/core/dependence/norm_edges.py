"""On which norms it depends whether one binds, and which norms prevail over one; for each of them on which packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from cbm.core.expressions import (
    TRUE,
    And,
    Binds,
    Does,
    Each,
    Expr,
    Formula,
    NormId,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem

# To what each norm leads, and on which packages of a text under negotiation.
Edges: TypeAlias = Mapping[NormId, Mapping[NormId, Formula]]


def binding_edges(system: NormSystem, negotiation: Negotiation) -> Edges:
    """The norms on which it depends whether one binds."""
    needs: dict[NormId, dict[NormId, Formula]] = {identity: {} for identity in system.norms}
    stands = _StandingClauses(system, negotiation)
    for edge in system.displacements:
        if edge.of in needs and edge.by in needs:
            _add(needs[edge.of], edge.by, stands.both(edge.of, edge.by))
    for norm in system.norms.values():
        for guard in (*norm.guards, *norm.exceptions):
            for other, where in _asked_on(guard.condition, negotiation):
                if other in needs:
                    _add(needs[norm.id], other, conjunction(where, stands.both(norm.id, other)))
    return needs


def precedence_edges(system: NormSystem, negotiation: Negotiation) -> Edges:
    """The norms that prevail over one."""
    above: dict[NormId, dict[NormId, Formula]] = {identity: {} for identity in system.norms}
    stands = _StandingClauses(system, negotiation)
    for precedence in system.precedences:
        for low in precedence.yielding & above.keys():
            for high in sorted(precedence.prevailing & above.keys()):
                _add(above[low], high, stands.both(low, high))
    return above


def asked(expression: Expr) -> Iterator[NormId]:
    """The norms an expression asks about."""
    match expression:
        case Binds(norm):
            yield norm
        case Not(operand):
            yield from asked(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from asked(part)
        case Does(_, _, said) | Each(_, _, said):
            yield from asked(said)
        case _:
            pass


def _add(edges: dict[NormId, Formula], to: NormId, where: Formula) -> None:
    edges[to] = disjunction(edges[to], where) if to in edges else where


class _StandingClauses:
    """On which packages clauses stand as they are worded."""

    def __init__(self, system: NormSystem, negotiation: Negotiation) -> None:
        self._norms = system.norms
        self._open = negotiation if negotiation.terms else None
        self._known: dict[NormId, Formula] = {}

    def both(self, one: NormId, other: NormId) -> Formula:
        return TRUE if self._open is None else conjunction(self._of(one, self._open), self._of(other, self._open))

    def _of(self, identity: NormId, negotiation: Negotiation) -> Formula:
        if identity not in self._known:
            self._known[identity] = negotiation.formula(negotiation.boxes_of((self._norms[identity],)))
        return self._known[identity]


def _asked_on(expression: Expr, negotiation: Negotiation) -> Iterator[tuple[NormId, Formula]]:
    """The norms an expression asks about, each with the packages on which that decides something."""
    match expression:
        case And(parts) | Or(parts) if negotiation.terms:
            taken = [part for part in map(negotiation.about_choices, parts) if part is not None]
            where = conjunction(*(taken if isinstance(expression, And) else map(negation, taken)))
            for part in parts:
                yield from ((norm, conjunction(where, inner)) for norm, inner in _asked_on(part, negotiation))
        case Not(part) | Does(_, _, part) | Each(_, _, part):
            yield from _asked_on(part, negotiation)
        case _:
            yield from ((norm, TRUE) for norm in asked(expression))
