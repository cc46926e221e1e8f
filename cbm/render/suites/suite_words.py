"""How an expectation came out, in lines that stand by themselves: what was expected, what is so, and where it shows."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding
from cbm.outcomes.suite_report import CaseOutcome, ExpectationResult
from cbm.render.columns import visible
from cbm.render.level_words import level_words
from cbm.render.remarks import Remark, lines_alone, named
from cbm.render.snippet import place
from cbm.translation.listing import listed
from cbm.translation.saying import say


def failure_lines(result: ExpectationResult) -> list[str]:
    """Why it did not pass, line by line; what is remarked of it where it did."""
    return [visible(line) for line in _lines(result)]


def _lines(result: ExpectationResult) -> Iterator[str]:
    yield named(place(result.place), result.name)
    if result.outcome is CaseOutcome.UNDECIDED:
        yield say("undecided, so neither passed nor failed")
    for finding in result.findings:
        yield from _told(result, finding)
    for reason in result.reasons:
        yield say("because: {why}", why=reason)


def _told(result: ExpectationResult, finding: Finding) -> Iterator[str]:
    yield named(level_words(finding.severity), finding.message)
    if result.words:
        yield say("expected: {expectation}", expectation=result.words.removeprefix("expect "))
    if finding.primary.text:
        yield say("found: {what}", what=finding.primary.text)
    yield from lines_alone(finding, Remark.MORE)
    if finding.clauses:
        yield say("clauses: {clauses}", clauses=listed(finding.clauses, ","))
