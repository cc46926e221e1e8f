"""What the checks find in a norm system that was built in code."""

from __future__ import annotations

from cbm.checking.check_shares import in_turn
from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.checks import inconsistent_vocabulary
from cbm.core.norms import NormSystem
from cbm.finding import Finding, RuleId
from cbm.inquiry import inquire
from cbm.report import Ending
from tests.laws.dressed import dressed


def bearers_of(system: NormSystem) -> tuple[int, ...]:
    """The roles whose compliance is enumerated: one that no clause binds, of which cbm asks nothing, among them."""
    return (0,) if system.situation.interchangeable else (0, 1)


def is_empty(system: NormSystem) -> bool:
    return bool(inconsistent_vocabulary.empty_worlds(dressed(system)))


def report(system: NormSystem, *rules: RuleId) -> tuple[Finding, ...]:
    """All that is found, or what these rules find; every witness is replayed on the way, and nothing stays undecided.

    What stands behind the answers that find nothing is not looked for.
    """
    outcome = examine(dressed(system), Selection(frozenset(rules or RuleId)), showing=False)
    assert not [q for q in outcome.questions if q.verdict is Ending.UNDECIDED]
    return outcome.findings


def found_by(rule: RuleId, system: NormSystem, *others: RuleId) -> tuple[Finding, ...]:
    """What the check of one rule finds, or the checks of several; the rest is left aside."""
    inquiry = inquire(dressed(system))
    findings = tuple(in_turn(inquiry, {rule, *others}))
    assert not [q for q in inquiry.questions if q.verdict is Ending.UNDECIDED]
    return findings
