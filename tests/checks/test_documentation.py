"""The examples in the documentation of each rule: the failing one is found, the passing one is clean of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.checks import RULES
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.pipeline import run

# What follows from findings is shown with what it follows from.
FOLLOWED_BY = {
    RuleId.DEAD_OPTION: frozenset((RuleId.CONFLICT,)),
    RuleId.NO_CLEAN_PACKAGE: frozenset((RuleId.CONFLICT,)),
    RuleId.NO_WORKABLE_READING: frozenset((RuleId.CONFLICT,)),
}


def found(text: str, folder: Path) -> tuple[Finding, ...]:
    path = folder / "example.cbm"
    path.write_text(text, encoding="utf-8")
    return run([path]).findings


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_failing_example_is_found(rule: Rule, tmp_path: Path) -> None:
    findings = found(rule.failing, tmp_path)
    assert rule.id in {f.rule for f in findings}, findings
    others = {f.rule for f in findings} - {rule.id}
    assert others <= FOLLOWED_BY.get(rule.id, frozenset()), "an example shows its own rule and no other"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_passing_example_is_clean(rule: Rule, tmp_path: Path) -> None:
    worse = [f for f in found(rule.passing, tmp_path) if f.severity is not Severity.NOTE]
    assert worse == []
