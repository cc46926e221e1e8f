"""What the checks find in a norm system that was built in code."""

from __future__ import annotations

from cbm.checks import CHECKS, inconsistent_vocabulary
from cbm.core.norms import NormSystem
from cbm.finding import Ending, Finding, Question, RuleId
from cbm.inquiry import inquire
from cbm.pipeline import check_system
from tests.laws.dressed import dressed


def bearers_of(system: NormSystem) -> tuple[int, ...]:
    return (0,) if system.situation.interchangeable else (0, 1)


def is_empty(system: NormSystem) -> bool:
    return bool(inconsistent_vocabulary.empty_worlds(dressed(system)))


def report(system: NormSystem) -> tuple[Finding, ...]:
    """Everything that is found; every witness is replayed on the way, and nothing stays undecided."""
    findings, questions = check_system(dressed(system))
    assert not [q for q in questions if q.verdict is Ending.UNDECIDED]
    return findings


def found_by(rule: RuleId, system: NormSystem) -> tuple[Finding, ...]:
    """What the check of one rule finds, the others left aside."""
    questions: list[Question] = []
    inquiry = inquire(dressed(system), questions)
    (check,) = (check for check in CHECKS if check.rule == rule)
    pieces = () if check.pieces is None else (check.pieces(inquiry),)
    findings = tuple(check.find(inquiry, *pieces))
    assert not [q for q in questions if q.verdict is Ending.UNDECIDED]
    return findings
