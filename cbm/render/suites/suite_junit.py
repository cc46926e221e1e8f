"""What came of a suite to JUnit XML: a suite for each file, with a case for each expectation."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding
from cbm.outcomes.suite_report import CaseOutcome, ExpectationResult, SuiteReport
from cbm.render.junit_cases import Error, Failure, PlacedCase, document, inert, named_case, unread_cases
from cbm.render.remarks import lines_alone
from cbm.render.snippet import place
from cbm.render.suites.suite_words import failure_lines, share_words
from cbm.translation.saying import say


def render(report: SuiteReport) -> str:
    """The document; what kept texts from being read, and what stays open beside the cases, are errors in it."""
    return document("cbm test", _cases(report))


def _cases(report: SuiteReport) -> Iterator[tuple[str, PlacedCase]]:
    yield from (("cbm", case) for case in unread_cases(report.unread, report.stopped))
    for finding in (*report.errors, *report.open_questions):
        yield inert(finding.primary.span.source.name), _kept_from(finding)
    for result in report.results:
        yield inert(result.place.source.name), _result(result)
    if report.fail_under is not None:
        yield "cbm", _exercise(report)


def _result(result: ExpectationResult) -> PlacedCase:
    case = named_case(result.name, f"{result.text}.{result.suite}")
    case.file = inert(result.place.source.name)
    told = "\n".join(map(inert, failure_lines(result)))
    if result.outcome is CaseOutcome.PASSED:
        if result.findings or result.reasons:
            case.system_out = told
        return case
    kind = Failure if result.outcome is CaseOutcome.FAILED else Error
    why = [finding.message for finding in result.findings] or list(result.reasons)
    problem = kind(inert(why[0] if why else result.outcome), str(result.outcome))
    problem.text = told
    case.result = [problem]
    return case


def _exercise(report: SuiteReport) -> PlacedCase:
    """Whether the cases exercise as many clauses as are asked for."""
    case = named_case(say("enough clauses are exercised"), "cbm")
    if report.falls_short:
        problem = Failure(inert(share_words(report)), "fail-under")
        problem.text = "\n".join(inert(f"{one.text}: {one.called}") for one in report.clauses or () if not one.cases)
        case.result = [problem]
    else:
        case.system_out = inert(share_words(report))
    return case


def _kept_from(finding: Finding) -> PlacedCase:
    case = named_case(finding.message, "cbm")
    case.file = inert(finding.primary.span.source.name)
    problem = Error(inert(finding.message), str(finding.rule))
    head = f"{place(finding.primary.span)}: {finding.severity}[{finding.rule}] {finding.message}"
    problem.text = "\n".join(map(inert, (head, *lines_alone(finding))))
    case.result = [problem]
    return case
