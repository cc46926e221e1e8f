"""Report to JUnit XML: a suite for each rule, with a case for each question and each finding.

What was proved is there as well: as a case that passed. Findings below the fail level pass, and say what they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Ending, Finding, Question, Report, RuleId
from cbm.render.junit_cases import Error, Failure, PlacedCase, document, inert, named_case, unread_cases
from cbm.render.remarks import lines_alone
from cbm.render.snippet import place
from cbm.translation.saying import say


def render(report: Report) -> str:
    """The document, on one line for each case."""
    return document("cbm", _cases(report))


def _cases(report: Report) -> Iterator[tuple[str, PlacedCase]]:
    yield from (("cbm", case) for case in unread_cases(report.unread, report.stopped))
    for question in report.questions:
        yield question.rule, _asked(question)
    for finding in report.findings:
        yield finding.rule, _found(finding, report.fails(finding))


def _asked(question: Question) -> PlacedCase:
    case = named_case(question.subject, f"cbm.{question.rule}.questions")
    if question.verdict is Ending.UNDECIDED:
        case.result = [Error(say("undecided"), "undecided")]
    elif question.verdict is Ending.FOUND:
        case.system_out = say("found: what it is stands among the findings")
    return case


def _found(finding: Finding, fails: bool) -> PlacedCase:
    about = f" ({', '.join(finding.clauses)})" if finding.clauses else ""
    case = named_case(f"{finding.message}{about}", f"cbm.{finding.rule}.findings")
    case.file = inert(finding.primary.span.source.name)
    head = f"{place(finding.primary.span)}: {finding.severity}[{finding.rule}] {finding.message}"
    told = "\n".join(map(inert, (head, *lines_alone(finding))))
    if fails or finding.rule is RuleId.UNDECIDED:
        kind = Failure if fails else Error
        result = kind(inert(finding.message), str(finding.rule))
        result.text = told
        case.result = [result]
    else:
        case.system_out = told
    return case
