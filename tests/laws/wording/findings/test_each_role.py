"""Law: with roles that are fixed, clauses for everybody are told as often as where units take the roles in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given

from cbm.core.norms import NormSystem
from cbm.core.roles import roles_in
from cbm.finding import Finding, RuleId
from cbm.records import replace
from tests.laws.checked import found_by, is_empty
from tests.laws.sparing import sparingly
from tests.laws.systems import systems

# All sets of clauses are told; of the others, one of several equal explanations is.
EXACT = (RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY, RuleId.UNWRITTEN_PROHIBITION)
EXPLAINED = (RuleId.BLOCKED_PERMISSION, RuleId.REPARATION, RuleId.ESCAPE)


@given(systems())
@sparingly(4)
def test_whether_roles_are_fixed_or_taken_in_turn_is_told_as_often(system: NormSystem) -> None:
    fixed = replace(system, situation=replace(system.situation, interchangeable=False))
    if is_empty(system):
        return
    # With fixed roles a promise about one of them is about that one, whoever is asked.
    about_one = any(roles_in(promise.condition) for promise in system.coverage)
    counted = EXPLAINED if about_one else (*EXPLAINED, RuleId.GAP)
    one, other = (found_by(RuleId.CONFLICT, of, *EXACT, *counted) for of in (fixed, system))
    assert by_clauses(one) == by_clauses(other)
    assert by_severity(one) == by_severity(other)


def by_clauses(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    return Counter((f.rule, f.severity, f.primary.span, f.clauses) for f in findings if f.rule in EXACT)


def by_severity(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    return Counter((f.rule, f.severity) for f in findings if f.rule not in EXACT)
