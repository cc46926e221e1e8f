"""Clauses to when they come into play: where they bind a unit or, exceptions, take something from what would."""

from __future__ import annotations

from cbm.core.expressions import Binds, Expr, NormId, conjunction, disjunction
from cbm.core.norms import Guard, Norm, NormSystem
from cbm.core.roles import rotate


def clauses_of(system: NormSystem) -> tuple[NormId, ...]:
    """The clauses of the text under check that bind somebody or except from others, in the order of the text."""
    places: dict[NormId, int] = {}
    for norm in system.norms.values():
        if norm.id.document == system.subject:
            places.setdefault(norm.id.unworded, norm.span.start if norm.span else 0)
            for guard in norm.exceptions:
                if guard.label is not None:
                    places.setdefault(NormId(system.subject, guard.label), guard.span.start if guard.span else 0)
    return tuple(sorted(places, key=lambda clause: places[clause]))


def norms_in(system: NormSystem, clause: NormId) -> tuple[Norm, ...]:
    """The norms that stand in the clause; an exception is none."""
    return tuple(norm for norm in system.norms.values() if norm.id.unworded == clause)


def excepted_by(system: NormSystem, clause: NormId) -> tuple[tuple[Norm, Guard], ...]:
    """The norms from which the clause excepts, each with what it says there."""
    own = (norm for norm in system.norms.values() if norm.id.document == clause.document)
    return tuple((norm, guard) for norm in own for guard in norm.exceptions if guard.label == clause.label)


def excepting(system: NormSystem, norm: Norm, guard: Guard, role: int) -> Expr:
    """Where the exception takes something from the norm for this role: all else that the norm says is so."""
    step, roles = role if norm.rotates else 0, len(system.situation.roles)
    return conjunction(*(rotate(part.condition, step, roles) for part in (*norm.guards, guard)))


def playing(system: NormSystem, clause: NormId, role: int) -> Expr:
    """Where the clause is in play for this role, as an expression from role 0."""

    def speaks(norm: Norm) -> bool:
        return norm.rotates or norm.bearer == role

    bound = (Binds(norm.id, role) for norm in norms_in(system, clause) if speaks(norm))
    lifted = (excepting(system, norm, guard, role) for norm, guard in excepted_by(system, clause) if speaks(norm))
    return disjunction(*bound, *lifted)
