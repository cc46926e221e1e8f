"""What is asked of some packages at a time: where an answer is the same whatever is taken, no package is tried."""

from __future__ import annotations

from unittest.mock import patch

from cbm.comparison import package_parts
from cbm.comparison.possible_packages import packages_tried
from cbm.finding import Finding, RuleId
from cbm.pipeline import check, load_text

DRAFT = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting an aircraft must keep separation >= 500 m
"""
# In place of clause 1: where its range is short, or wherever it applies.
SOMETIMES = """\
[JP: clause 2 a warship meeting an aircraft when range <= 1 nmi
  must keep separation >= 400 m
  in place of 1
| CN: delete]
"""
ALWAYS = """\
[JP: clause 2 a warship meeting an aircraft
  must keep separation >= 400 m
  in place of 1
| CN: delete]
"""


def test_what_is_so_whatever_is_taken_is_not_tried() -> None:
    assert _found(SOMETIMES) == ([], 0)


def test_what_depends_on_what_is_taken_is_tried() -> None:
    (finding,), tried = _found(ALWAYS)
    assert tried
    assert finding.reach is not None
    assert not finding.reach.every


def _found(clause: str) -> tuple[list[Finding], int]:
    """Clauses without effect, and how often packages were tried."""
    (system,), mistakes = load_text(DRAFT + clause)
    assert not mistakes
    with patch.object(package_parts, "packages_tried", side_effect=packages_tried) as tried:
        report = check(system, select=[RuleId.VACUITY])
    return [finding for finding in report.findings if finding.rule is RuleId.VACUITY], tried.call_count
