"""Choices whose options are not compared beside the rest of the text, each with the reason why it is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.core.expressions import TRUE, Expr, NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.written import stated
from cbm.records import replace
from cbm.translation.saying import mark

_TAKEN = mark("the question is about some of the options only")
_ELSEWHERE = mark("promises, reserves or meanings of words change with what is taken")
_TIED = mark("tied to other choices")
_CIRCLE = mark("in some packages clauses depend on each other in a circle")
_MOVED = mark("clauses that displace others, or are displaced, change with what is taken")
_INSIDE = mark("within an option of another choice")


def not_asked_for_least(negotiation: Negotiation) -> Mapping[int, str]:
    """The choices, by number, of which it is not asked what is agreed at least."""
    inside = (choice for choice, known in enumerate(negotiation.choices) if known.stands != TRUE)
    return dict.fromkeys(inside, _INSIDE) | _not_made_in_clauses(negotiation)


def not_asked_for_effect(negotiation: Negotiation) -> Mapping[int, str]:
    """The choices, by number, of which it is not asked which options come to the same."""
    system = negotiation.system
    moved = (negotiation.boxes_of([system.norms[norm]]) or ({},) for norm in _with_edges(system))
    return {
        **{choice: _MOVED for box, *_ in moved for choice in box},
        **dict.fromkeys(_spoken_of(negotiation, (cycle.holds for cycle in system.open_cycles)), _CIRCLE),
        **dict.fromkeys(_spoken_of(negotiation, (tie.condition for tie in system.ties)), _TIED),
        **_not_made_in_clauses(negotiation),
    }


def _not_made_in_clauses(negotiation: Negotiation) -> dict[int, str]:
    """The choices that are made for the question, or in more than clauses."""
    elsewhere = _spoken_of(negotiation, stated(replace(negotiation.system, norms={})))
    return dict.fromkeys(elsewhere, _ELSEWHERE) | dict.fromkeys(negotiation.asked_for, _TAKEN)


def _spoken_of(negotiation: Negotiation, conditions: Iterable[Expr]) -> Iterator[int]:
    spoken = {variable for condition in conditions for variable in condition.variables}
    return (choice for choice, term in enumerate(negotiation.terms) if term.variable in spoken)


def _with_edges(system: NormSystem) -> frozenset[NormId]:
    """The clauses that displace others, are displaced, or say themselves what they prevail over or yield to."""
    found = {norm for edge in system.displacements for norm in (edge.by, edge.of)}
    return frozenset(found.union(*(e.yielding | e.prevailing for e in system.precedences if e.by is not None)))
