"""Law: with roles that are fixed, clauses for everybody are told as often as where units take the roles in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given

from cbm.core.norms import NormSystem
from cbm.finding import Finding, RuleId
from cbm.records import replace
from tests.laws.checked import found_by, is_empty
from tests.laws.sparing import sparingly
from tests.laws.systems import systems

RULES = (
    RuleId.CONFLICT,
    RuleId.AGREEMENT_CONFLICT,
    RuleId.IMPOSSIBLE_DUTY,
    RuleId.BLOCKED_PERMISSION,
    RuleId.UNWRITTEN_PROHIBITION,
    RuleId.REPARATION,
    RuleId.ESCAPE,
)


@given(systems())
@sparingly(4)
def test_whether_roles_are_fixed_or_taken_in_turn_is_told_as_often(system: NormSystem) -> None:
    fixed = replace(system, situation=replace(system.situation, interchangeable=False))
    if is_empty(system):
        return
    for rule in RULES:
        assert counted(found_by(rule, fixed)) == counted(found_by(rule, system))


def counted(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    return Counter((f.severity, f.primary.span, f.clauses) for f in findings)
