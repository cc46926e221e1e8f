"""How far a permission goes, of what another clause bars."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cbm.core.doing_at_hand import of_hand, speaks, unfolded
from cbm.core.expressions import TRUE, Compare, Does, Expr, Order, conjunction, disjunction, negation
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.substitution import deeds_of, parts_of


def limit_of(permission: Norm, barring: Norm) -> Expr | None:
    """What a permission keeps to, of what the other clause bars; None where it says nothing of that.

    Of an act, the ways and times in which it is allowed, and what the condition asks of a doing; of a result, the
    bounds on the side that the clause bars. Of an act that the other clause asks for, where another way or time of it
    is allowed, or need not be: that it is done at all.
    """
    if permission.demands or not barring.demands:
        return None
    if permission.modality is Modality.EXEMPTION and not is_owed(barring):
        return None
    if barring.modality is Modality.PROHIBITION:
        barred = {deed.act for deed in deeds_of(barring.own_content)}
        ways = [deed for deed in deeds_of(permission.own_content) if deed.act in barred and deed.manner is not TRUE]
        limits = (*((permission.own_content,) if ways else ()), *_of_each_doing(permission, barred))
        return conjunction(*limits) if limits else None
    if is_owed(barring):
        owed = {(deed.act, deed.role): deed for deed in deeds_of(barring.own_content)}
        ways = [deed for deed in deeds_of(permission.own_content) if (deed.act, deed.role) in owed]
        otherwise = any(deed.manner is not TRUE and deed != owed[deed.act, deed.role] for deed in ways)
        return disjunction(*(Does(act, role, TRUE) for act, role in owed)) if otherwise else None
    sides = {_side(part) for part in parts_of(barring.own_content)} - {None}
    bounds = [part for part in parts_of(permission.own_content) if _side(part) in sides]
    return conjunction(*bounds) if bounds else None


def is_owed(norm: Norm) -> bool:
    """Whether it asks that an act is done, and not for a result."""
    return norm.modality is Modality.OBLIGATION and any(True for _ in deeds_of(norm.own_content))


def limits_of_doings(system: NormSystem) -> Iterator[Expr]:
    """What the permissions that stand in place of prohibitions ask, by their conditions, of each doing."""
    for edge in system.displacements:
        upper, lower = system.norms[edge.by], system.norms[edge.of]
        if upper.modality is Modality.PERMISSION and lower.modality is Modality.PROHIBITION:
            yield from _of_each_doing(upper, {deed.act for deed in deeds_of(lower.own_content)})


def _of_each_doing(permission: Norm, barred: Collection[str]) -> Iterator[Expr]:
    """That no doing of a barred act is one of which the condition does not hold, where that speaks of doings."""
    told = (part for guard in permission.guards for part in parts_of(guard.condition))
    conditions = (*told, *(negation(exception.condition) for exception in permission.exceptions))
    for act, role in dict.fromkeys((deed.act, deed.role) for deed in deeds_of(permission.own_content)):
        if act in barred:
            yield from _of_each(conditions, act, role)


def _of_each(conditions: Iterable[Expr], act: str, role: int) -> Iterator[Expr]:
    def named(*doing: object) -> bool:
        return doing == (act, role)

    said = [part for part in conditions if speaks(part, named)]
    if said:
        meant = (unfolded(part, named, lambda body: of_hand(body, act, role)) for part in said)
        yield negation(Does(act, role, negation(conjunction(*meant))))


def _side(bound: Expr) -> tuple[object, ...] | None:
    """On which side of which quantity it leaves nothing; None where it is no bound."""
    if not isinstance(bound, Compare) or bound.order is Order.EQUAL:
        return None
    return tuple((variable, coefficient > 0) for coefficient, variable in bound.terms)
