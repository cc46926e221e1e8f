"""How an expectation came out, in lines that stand by themselves: what was expected, what is so, and where it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.finding import Finding
from cbm.outcomes.suite_report import CaseOutcome, ExercisedClause, ExpectationResult, SuiteReport
from cbm.render.clause_titles import counted_clauses
from cbm.render.columns import visible
from cbm.render.level_words import level_words
from cbm.render.remarks import Remark, lines_alone, named
from cbm.render.snippet import place
from cbm.translation.listing import listed
from cbm.translation.saying import say


def failure_lines(result: ExpectationResult) -> list[str]:
    """Why it did not pass, line by line; what is remarked of it where it did."""
    return [visible(line) for line in _lines(result)]


def share_words(report: SuiteReport) -> str:
    """How many of the clauses the cases exercise, and how many are asked for."""
    if not report.clauses:
        return say("no clause of the texts could be understood")
    told = of_clauses(report.exercised, report.clauses)
    told = say("{clauses} ({percentage}%)", clauses=told, percentage=report.percentage)
    if report.fail_under is None:
        return told
    return say("{clauses}, and {percentage}% are asked for", clauses=told, percentage=report.fail_under)


def of_clauses(exercised: int, of: Sequence[ExercisedClause]) -> str:
    told = counted_clauses(len(of), len({(clause.text, clause.whole) for clause in of}))
    return say("{exercised:,} of {clauses}", exercised=exercised, clauses=told)


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
