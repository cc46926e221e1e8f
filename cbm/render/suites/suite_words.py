"""How an expectation came out, in lines that stand by themselves: what was expected, what is so, and where it shows."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding
from cbm.outcomes.suite_report import CaseOutcome, ExpectationResult
from cbm.render.columns import visible
from cbm.render.remarks import Remark, lines_alone
from cbm.render.snippet import place


def failure_lines(result: ExpectationResult) -> list[str]:
    """Why it did not pass, line by line; what is remarked of it where it did."""
    return [visible(line) for line in _lines(result)]


def _lines(result: ExpectationResult) -> Iterator[str]:
    yield f"{place(result.place)}: {result.name}"
    if result.outcome is CaseOutcome.UNDECIDED:
        yield "undecided, so neither passed nor failed"
    for finding in result.findings:
        yield from _told(result, finding)
    for reason in result.reasons:
        yield f"because: {reason}"


def _told(result: ExpectationResult, finding: Finding) -> Iterator[str]:
    yield f"{finding.severity}: {finding.message}"
    if result.words:
        yield f"expected: {result.words.removeprefix('expect ')}"
    if finding.primary.text:
        yield f"found: {finding.primary.text}"
    yield from lines_alone(finding, Remark.MORE)
    if finding.clauses:
        yield f"clauses: {', '.join(finding.clauses)}"
