"""Whether a text means the same without a clause: the norms are looked at again as if it and its edges were gone."""

from __future__ import annotations

from functools import lru_cache

from cbm.comparison.meaning import MeaningPart, all_clashes, changed, differs_where_kept, same_meaning
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import settling
from cbm.core.dependence.norm_edges import asked
from cbm.core.expressions import NormId
from cbm.core.matters import Matter, matters
from cbm.core.norms import NormSystem
from cbm.core.written import stated
from cbm.coverage.newly_broken import is_newly_broken
from cbm.ground.grounding import Ground, with_edges_of
from cbm.inquiry import Inquiry
from cbm.records import LATEST, Itself, Record, replace
from cbm.smt.solve import Unknown

# What a clause asks for after a breach goes with it, and is told by itself.
COMPARED = (MeaningPart.DUTIES, MeaningPart.PERMISSIONS, MeaningPart.EXEMPTIONS)


class AskedDeletion(Record):
    """Whether a clause can be taken out without a change of what is asked for."""

    norm: NormId


def is_asked_about(system: NormSystem, norm: NormId) -> bool:
    """Whether some condition asks whether the clause binds (`is bound by`)."""
    return norm in _asked_about(Itself(system))


@lru_cache(maxsize=LATEST)
def _asked_about(of: Itself[NormSystem]) -> frozenset[NormId]:
    return frozenset(norm for expression in stated(of.thing) for norm in asked(expression))


def moves_others(inquiry: Inquiry, norm: NormId) -> bool:
    """Whether more may go with the clause than what it demands: it displaces some, or some yield where it clashes."""
    return _displaces(inquiry.system, norm) or any(
        settling(inquiry.system, clash.norms) for clash in inquiry.clashes_with((norm,))
    )


def means_the_same_without(inquiry: Inquiry, norm: NormId) -> bool | Unknown:
    """Whether the text means the same when the clause and its edges are gone: with advice, and without.

    No condition asks about the clause. What it asks for after a breach is left aside.
    """
    pairs = changed(inquiry, grounds_without(inquiry, norm))
    clashes: tuple[ConflictSet, ...] | Unknown | None = clashes_without(inquiry, norm)
    if clashes is None and differs_where_kept(inquiry, pairs, (norm,)):
        return False
    clashes = all_clashes(pair.after for pair in pairs) if clashes is None else clashes
    if isinstance(clashes, Unknown):
        return clashes
    return same_meaning(inquiry, pairs, clashes, (norm,), COMPARED)


def is_broken_without(inquiry: Inquiry, norm: NormId, matter: Matter) -> bool | Unknown:
    """Whether a promise on the matter is broken, where it was not, when the clause is gone that moves no others."""
    asked = [
        is_newly_broken(inquiry, about, _without(about, norm), (promise, promise), matter)
        for promise in inquiry.system.coverage
        if matter in matters(promise)
        for about in inquiry.strict
    ]
    return True in asked or next((one for one in asked if isinstance(one, Unknown)), False)


def grounds_without(inquiry: Inquiry, norm: NormId) -> tuple[Ground, ...]:
    """Each bearer when the clause and its edges are gone.

    Where it displaces none, and is in no clash any more, its edges play no part, and the bearers stay as they are.
    """
    grounds = inquiry.grounds
    if not _clash_as_beside(inquiry, norm):
        rest = without_edges(inquiry.system, norm)
        grounds = tuple(with_edges_of(about, rest) for about in grounds)
    return tuple(_without(about, norm) for about in grounds)


def clashes_without(inquiry: Inquiry, norm: NormId) -> tuple[ConflictSet, ...] | None:
    """What clashes when the clause is gone, if that follows from what clashes with it."""
    if not _clash_as_beside(inquiry, norm):
        return None
    return tuple(c for c in inquiry.clashes if norm not in c.norms)


def _clash_as_beside(inquiry: Inquiry, norm: NormId) -> bool:
    """Whether the others clash without the clause where they do beside it, as is known of them."""
    told_with_it = any(c.classes for c in inquiry.clashes_with((norm,)))
    return not (told_with_it or _displaces(inquiry.system, norm))


def without_edges(system: NormSystem, norm: NormId) -> NormSystem:
    """The system in which the clause is in place of none, and has no part in precedence."""
    rest = [replace(p, yielding=p.yielding - {norm}, prevailing=p.prevailing - {norm}) for p in system.precedences]
    return replace(
        system,
        displacements=tuple(edge for edge in system.displacements if norm not in (edge.by, edge.of)),
        precedences=tuple(edge for edge in rest if edge.yielding and edge.prevailing),
    )


def _displaces(system: NormSystem, norm: NormId) -> bool:
    return any(edge.by == norm for edge in system.displacements)


def _without(about: Ground, norm: NormId) -> Ground:
    """The clause demands nothing; the doings that are counted for it stay, so that both texts speak of the same."""
    return replace(about, norms=tuple(n for n in about.norms if n.norm.id != norm))
