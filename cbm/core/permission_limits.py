"""How far a permission goes, of what another clause bars."""

from __future__ import annotations

from cbm.core.expressions import TRUE, Compare, Expr, Order, conjunction
from cbm.core.norms import Modality, Norm
from cbm.core.substitution import deeds_of, parts_of


def limit_of(permission: Norm, barring: Norm) -> Expr | None:
    """What a permission keeps to, of what the other clause bars; None where it says nothing of that.

    Of an act, the ways and times in which it is allowed; of a result, the bounds on the side that the clause bars.
    """
    if permission.modality is not Modality.PERMISSION or not barring.demands:
        return None
    if barring.modality is Modality.PROHIBITION:
        barred = {deed.act for deed in deeds_of(barring.own_content)}
        ways = [deed for deed in deeds_of(permission.own_content) if deed.act in barred and deed.manner is not TRUE]
        return permission.own_content if ways else None
    sides = {_side(part) for part in parts_of(barring.own_content)} - {None}
    bounds = [part for part in parts_of(permission.own_content) if _side(part) in sides]
    return conjunction(*bounds) if bounds else None


def _side(bound: Expr) -> tuple[object, ...] | None:
    """On which side of which quantity it leaves nothing; None where it is no bound."""
    if not isinstance(bound, Compare) or bound.order is Order.EQUAL:
        return None
    return tuple((variable, coefficient > 0) for coefficient, variable in bound.terms)
