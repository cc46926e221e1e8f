"""The edits of cases that belong to a change: expectations that fail with it because of what it settles.

What was expected to be found and is gone is expected not to be found from then on. A case that expects the finding
which is to be settled describes what was wrong: what else of it fails is put behind a comment mark. Every other
expectation that held has to hold on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.core.expressions import TRUE
from cbm.core.norms import Case, Expected, FindingExpected, expectations
from cbm.finding import Finding
from cbm.inquiry import Inquiry
from cbm.repair.editable_text import behind_mark
from cbm.repair.finding_matters import Goal, Open, OpenByException
from cbm.source import Edit, Span


def following(after: Inquiry, goals: Sequence[Goal], failing: Iterable[Finding]) -> tuple[Edit, ...] | None:
    """What is to be changed so that these expectations no longer fail; None if one stands against the change."""
    edits: list[Edit] = []
    for finding in failing:
        case, expected = next((c, e) for c, e in expectations(after.system) if e.span == finding.primary.span)
        edit = tuple(_follows(case, expected, goals))
        if not edit:
            return None
        edits += edit
    return tuple(edits)


def _follows(case: Case, expected: Expected, goals: Sequence[Goal]) -> Iterator[Edit]:
    assert expected.span is not None
    if isinstance(expected, FindingExpected):
        if not expected.absent:
            start = expected.span.start + expected.span.text.index(expected.rule)
            yield Edit(Span(expected.span.source, start, start), "no ")
    elif case.given != TRUE and any(_is_of(other, goal) for other in case.expected for goal in goals):
        yield from behind_mark(expected.span)


def _is_of(expected: Expected, goal: Goal) -> bool:
    """Whether it is the finding that is expected."""
    if not isinstance(expected, FindingExpected) or expected.absent or expected.rule != goal.finding.rule:
        return False
    if isinstance(goal.matter, Open):
        return not expected.topics or goal.matter.opening.region.matter in expected.topics
    if isinstance(goal.matter, OpenByException):
        return not expected.topics or not set(expected.topics).isdisjoint(goal.matter.opening.matters)
    told, clauses = set(goal.finding.clauses), [set(map(str, clause)) for clause in expected.clauses]
    return not clauses or (told <= set().union(*clauses) and not any(map(told.isdisjoint, clauses)))
