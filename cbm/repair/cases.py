"""What a change means for the cases about a text: expectations that fail now, and the edits that follow from it.

What was expected to be found and is gone is expected not to be found from then on. A case that expects the finding
which is to be settled describes what was wrong: what else of it fails is put behind a comment mark. Every other
expectation that held has to hold on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from cbm.checks import expectation, reachable
from cbm.decide.amendment import Amendment
from cbm.repair.footing import Footing
from cbm.repair.matters import Goal, Open, matter_of, persists
from cbm.repair.sheet import behind_mark
from cbm.semantics.core import (
    TRUE,
    And,
    Case,
    Compare,
    ConditionExpected,
    ConductExpected,
    Does,
    DutyExpected,
    Expected,
    Expr,
    FindingExpected,
    Not,
    Or,
)
from cbm.semantics.ground import Grounder
from cbm.source import Edit, Span


def following(footing: Footing, change: Amendment, goals: Sequence[Goal]) -> tuple[Edit, ...] | None:
    """The edits of cases that belong to a change that settles these; None if an expectation stands against it."""
    edits: list[Edit] = []
    for case in change.after.system.cases:
        describes = case.given != TRUE and any(_is_of(expected, goal) for expected in case.expected for goal in goals)
        for expected in case.expected:
            if footing.failed(case, expected) or not _is_touched(footing, change, case, expected):
                continue
            dated = change.on(case.as_of)
            if dated is None:
                return None
            if not _fails(footing, dated, case, expected, goals):
                continue
            follow = describes or isinstance(expected, FindingExpected)
            edit = _follows(footing, dated, case, expected, goals) if follow else None
            if edit is None:
                return None
            edits += edit
    return tuple(edits)


def _is_of(expected: Expected, goal: Goal) -> bool:
    """Whether it is the finding that is expected."""
    finding, matter = goal.finding, goal.matter
    if not isinstance(expected, FindingExpected) or expected.absent or expected.rule != finding.rule:
        return False
    if isinstance(matter, Open):
        return not expected.topics or any(opening.topic in expected.topics for opening, _ in matter.gaps)
    return not expected.norms or {str(norm) for norm in expected.norms} == set(finding.clauses)


def _is_touched(footing: Footing, change: Amendment, case: Case, expected: Expected) -> bool:
    """Whether the change may make a difference to it, beyond that nothing new is found."""
    systems = (change.before.system, change.after.system)
    norms = [system.norms[n] for system in systems for n in change.touched if n in system.norms]
    match expected:
        case DutyExpected(by=by) if by:
            return not change.touched.isdisjoint(by)
        case DutyExpected(content=content):
            return any(not _spoken_of(content).isdisjoint(_spoken_of(norm.content)) for norm in norms)
        case ConditionExpected(condition):
            before, after = (Grounder(system, (0,)) for system in systems)
            return any(before.formula(part) != after.formula(part) for part in (case.given, condition))
        case FindingExpected(rule="gap", absent=absent, topics=topics):
            promised = change.before.system.coverage != change.after.system.coverage
            governed = any(not topics or topic in topics for norm in norms for topic in norm.topics)
            return not absent and (promised or governed)
        case FindingExpected(absent=absent, norms=named):
            return not (absent and not change.widened) and not (named and change.touched.isdisjoint(named))
        case ConductExpected(never=False):
            return not change.relaxed
        case ConductExpected():
            return not change.touched.isdisjoint(footing.guards(case, expected))
        case _:
            assert_never(expected)


def _fails(footing: Footing, change: Amendment, case: Case, expected: Expected, goals: Sequence[Goal]) -> bool:
    match expected:
        case ConductExpected():
            return any(True for _ in reachable.unmet(change.after, change.after.together(), case, expected))
        case FindingExpected(rule=rule) if rule not in expectation.WITH_EXTENT:
            return _is_found(footing, change, expected, goals) is not (not expected.absent)
        case _:
            return any(True for _ in expectation.unmet(change.after, case, expected))


def _is_found(footing: Footing, change: Amendment, expected: FindingExpected, goals: Sequence[Goal]) -> bool | None:
    """Whether a finding of the kind is left of those made before; None where that is not known."""
    wanted = {str(norm) for norm in expected.norms}
    left = False
    for finding in footing.findings:
        if (
            any(finding is goal.finding for goal in goals)
            or finding.rule != expected.rule
            or not wanted <= set(finding.clauses)
        ):
            continue
        if not any(str(norm) in finding.clauses for norm in change.touched):
            return True
        matter = matter_of(change.before, finding)
        if matter is None:
            return None
        left = left or persists(change, matter, footing.breaches(), noted=True)
    return left


def _follows(
    footing: Footing, change: Amendment, case: Case, expected: Expected, goals: Sequence[Goal]
) -> tuple[Edit, ...] | None:
    assert expected.span is not None
    if not isinstance(expected, FindingExpected):
        return tuple(behind_mark(expected.span))
    turned = replace(expected, absent=True)
    if expected.absent or _fails(footing, change, case, turned, goals):
        return None
    start = expected.span.start + expected.span.text.index(expected.rule)
    return (Edit(Span(expected.span.source, start, start), "no "),)


def _spoken_of(content: Expr) -> set[str]:
    """The acts and results that a content is about."""
    match content:
        case Does(act):
            return {act}
        case Compare(terms):
            return {variable.name for _, variable in terms}
        case Not(operand):
            return _spoken_of(operand)
        case And(parts) | Or(parts):
            return {name for part in parts for name in _spoken_of(part)}
        case _:
            return set()
