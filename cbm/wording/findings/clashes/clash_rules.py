"""What a clash is reported as: under which rule, how grave, and whether at all."""

from __future__ import annotations

from collections.abc import Collection

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem, Strength
from cbm.coverage.seams import met_at
from cbm.finding import RuleId, Severity
from cbm.inquiry import Inquiry


def rule_of(inquiry: Inquiry, clash: ConflictSet) -> RuleId:
    """Under which rule a clash is reported: alone, among clauses of one text, or with another text."""
    return rule_for(inquiry.system, clash.norms)


def rule_for(system: NormSystem, norms: Collection[NormId]) -> RuleId:
    """The same for norms that clash."""
    documents = {norm.document for norm in norms}
    if len({norm.clause for norm in norms}) == 1:
        return RuleId.IMPOSSIBLE_DUTY
    with_another = len(documents) > 1 and system.subject in documents
    return RuleId.AGREEMENT_CONFLICT if with_another else RuleId.CONFLICT


def clashes_under(inquiry: Inquiry, rule: RuleId) -> list[int | None]:
    """The pieces of a check that tells clashes: the positions of those it tells, and None for there being no other."""
    reported = (i for i, c in enumerate(inquiry.clashes) if rule_of(inquiry, c) == rule and met_at(inquiry, c) is None)
    return [*reported, None]


def concerns_subject(inquiry: Inquiry, clash: ConflictSet) -> bool:
    """Whether it is to be told: not if instruments alone clash and have settled it among themselves."""
    inside = any(norm.document == inquiry.system.subject for norm in clash.norms)
    return inside or not inquiry.settled_by(clash.norms)


def severity_of(inquiry: Inquiry, norms: Collection[NormId]) -> Severity:
    """How grave it is that these clauses clash."""
    system = inquiry.system
    if inquiry.settled_by(norms) or all(n.document != system.subject for n in norms):
        return Severity.NOTE
    return Severity.WARNING if any(system.norms[n].strength is Strength.SHOULD for n in norms) else Severity.ERROR
