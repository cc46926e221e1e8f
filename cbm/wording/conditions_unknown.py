"""A finding of which it is not known under which conditions it is so, or not under which further ones."""

from __future__ import annotations

from cbm.core.expressions import NormId
from cbm.finding import Finding
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.solve import Unknown
from cbm.translation.saying import say


def with_conditions_unknown(inquiry: Inquiry, finding: Finding, unknown: Unknown, *norms: NormId) -> Finding:
    """The finding that says so; which they are is left open, as a question about these norms or at its place."""
    told = finding.message
    inquiry.leave_open(
        lambda: say("under which conditions is it so that {finding}", finding=told),
        unknown,
        *norms,
        at=None if norms else finding.primary.span,
    )
    return replace(finding, notes=(*finding.notes, not_known_in_full()))


def not_known_in_full() -> str:
    """What the finding says of its conditions then."""
    return say("the conditions under which it is so are not known in full")
