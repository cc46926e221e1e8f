"""Acts of which two duties ask different things, so that neither asks for less of them than the other does.

Where each counts a deadline from something of its own, who keeps the one may keep the other as well: where the two
happen to lie near each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cbm.core.expressions import Compare, Does, Order
from cbm.core.norms import Modality, Norm
from cbm.core.substitution import deeds_of, parts_of
from cbm.core.variables import ActInstance, AtHand, Occurrence, TimeOf

_HAND = TimeOf(AtHand())


def acts_apart(one: Norm, other: Norm) -> frozenset[str]:
    """The acts of which the one asks something else than the other does."""
    if not (one.modality is Modality.OBLIGATION and other.modality is Modality.OBLIGATION):
        return frozenset()
    pairs = ((a, b) for a in deeds_of(one.own_content) for b in deeds_of(other.own_content) if a.act == b.act)
    return frozenset(deed.act for deed, beside in pairs if _counts_after(deed) and not _share_a_point(deed, beside))


def _counts_after(deed: Does) -> bool:
    """Whether it is to be done after something, rather than before it."""
    bounds = (part for part in parts_of(deed.manner) if isinstance(part, Compare) and part.order is not Order.EQUAL)
    return any(bound.bound <= 0 and (Fraction(-1), _HAND) in bound.terms for bound in bounds if len(bound.terms) > 1)


def _share_a_point(deed: Does, beside: Does) -> bool:
    """Whether both count from one thing, or one of them from nothing."""
    one, other = (frozenset(_points(each)) for each in (deed, beside))
    return not one or not other or not one.isdisjoint(other)


def _points(deed: Does) -> Iterator[tuple[str, int | None]]:
    """What its time is counted from: moments by name, acts by name and role."""
    for variable in deed.manner.variables:
        match variable:
            case TimeOf(Occurrence(moment=moment)):
                yield moment, None
            case TimeOf(ActInstance(act=act, role=role)):
                yield act, role
            case _:
                pass
