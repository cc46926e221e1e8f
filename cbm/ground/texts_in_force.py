"""Which texts count on the date asked about: those that are in force, between parties of which enough are left."""

from __future__ import annotations

from cbm.core.norms import NormSystem, Text
from cbm.ground.members import members
from cbm.syntax.ast import DocumentKind


def in_force(text: Text, system: NormSystem) -> bool:
    """A draft is read as if in force; an instrument from its date on, before it ends; without a date asked, always.

    It is in force between two parties at least. Beside the one under check a text counts once somebody is committed by
    it, if it says what it has become.
    """
    status = text.status_on(system.as_of)
    if text.name != system.subject and text.statuses and not (status is not None and status.commits):
        return False
    if text.kind is DocumentKind.DRAFT or system.as_of is None:
        return True
    start = text.in_force or text.adopted
    dated = (start is None or start <= system.as_of) and (text.until is None or system.as_of < text.until)
    return dated and not has_lapsed(text, system)


def has_lapsed(text: Text, system: NormSystem) -> bool:
    """Whether it has fewer than two parties on the date, and had more at another time."""
    several = len(text.parties or ()) > 1 and not text.binding
    dated = system.as_of is not None and system.situation.party is not None
    return several and dated and len(members(text, system)) < 2
