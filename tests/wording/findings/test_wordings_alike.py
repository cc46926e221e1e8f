"""What is said alike of several wordings of the same clauses: shown once, and by the first that says so."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from cbm.finding import Finding, RuleId, Severity
from cbm.pipeline import check, load_text
from cbm.search.replay import Episodes

DRAFT = """\
draft code "A code"
  uses encounters
  between CN, JP
"""
# Clauses that clash, or set the units against each other; the first clause has two wordings.
CLASH = """\
clause 1 a warship meeting an aircraft {modality} keep separation <= {figure} m
clause 2 a warship must keep separation >= 1,000 m
"""
DEADLOCK = """\
clause 1 an aircraft meeting a warship {modality} keep separation <= {figure} m
clause 2 a warship meeting an aircraft must keep separation >= 1,000 m
"""
IN_WORDINGS = "[CN: 500 | JP: 400]"


@pytest.mark.parametrize(("clauses", "rule"), [(CLASH, RuleId.CONFLICT), (DEADLOCK, RuleId.DEADLOCK)])
def test_one_example_is_looked_for(clauses: str, rule: RuleId) -> None:
    plain, examples = _found(clauses.format(modality="must", figure="500"), rule)
    found, of_wordings = _found(clauses.format(modality="must", figure=IN_WORDINGS), rule)
    assert examples == of_wordings
    assert [(f.message, f.severity) for f in found] == [(f.message, f.severity) for f in plain]
    (finding,) = found
    assert finding.witness is not None
    assert finding.whenever == plain[0].whenever
    assert finding.reach is not None
    assert finding.reach.every


@pytest.mark.parametrize(("clauses", "rule"), [(CLASH, RuleId.CONFLICT), (DEADLOCK, RuleId.DEADLOCK)])
def test_what_weighs_otherwise_is_shown_by_itself(clauses: str, rule: RuleId) -> None:
    found, _ = _found(clauses.format(modality="[CN: should | JP: must]", figure="500"), rule)
    assert {finding.severity for finding in found} == {Severity.ERROR, Severity.WARNING}
    assert all(finding.witness is not None for finding in found)


def _found(clauses: str, rule: RuleId) -> tuple[list[Finding], int]:
    """What the rule finds, and how many examples were looked for."""
    (system,), mistakes = load_text(DRAFT + clauses)
    assert not mistakes
    with patch.object(Episodes, "find_beside", autospec=True, side_effect=Episodes.find_beside) as find:
        report = check(system, select=[rule])
    return [finding for finding in report.findings if finding.rule is rule], find.call_count
