"""A finding of which something is not known: under which conditions, or under which further ones, or an example."""

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


def with_example_unknown(inquiry: Inquiry, finding: Finding, shown: object) -> Finding:
    """The finding as it is; where what was to be shown of it was given up, it says so, and an example is left open."""
    if not isinstance(shown, Unknown):
        return finding
    told = finding.message
    inquiry.leave_open(
        lambda: say("what is an example of it that {finding}", finding=told), shown, at=finding.primary.span
    )
    return replace(finding, notes=(*finding.notes, say("the search for an example was given up: none is shown")))
