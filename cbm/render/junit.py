"""Report to JUnit XML: a suite for each rule, with a case for each question and each finding.

What was proved is there as well: as a case that passed. Findings below the fail level pass, and say what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from junitparser import Attr, Error, Failure, JUnitXml, TestCase, TestSuite

from cbm.finding import Ending, Finding, Question, Report, RuleId
from cbm.render.columns import visible
from cbm.render.remarks import standing_alone
from cbm.render.snippet import place

_STOPPED = "stopped before the end"
# What XML cannot hold and is not made visible already.
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")


class PlacedCase(TestCase):
    """A case with the file it is about, as pytest writes it and GitLab shows it."""

    file = Attr()


def render(report: Report) -> str:
    """The document, on one line for each case."""
    document = JUnitXml("cbm")
    seen: Counter[tuple[str, str]] = Counter()
    suites: dict[str, TestSuite] = {}
    for rule, case in _cases(report):
        seen[rule, case.name] += 1
        if seen[rule, case.name] > 1:
            case.name = f"{case.name} ({seen[rule, case.name]})"  # those who read it tell cases by their names
        if rule not in suites:
            suites[rule] = TestSuite(rule)
        suites[rule].add_testcase(case)
    for suite in suites.values():
        document.add_testsuite(suite)
    document.update_statistics()  # type: ignore[no-untyped-call]
    written: str = document.tostring().decode()  # type: ignore[no-untyped-call]
    return '<?xml version="1.0" encoding="utf-8"?>\n' + written.replace("><testcase", ">\n<testcase") + "\n"


def _cases(report: Report) -> Iterator[tuple[str, TestCase]]:
    for file in report.unread:
        case = _case(str(file), "cbm")
        case.result = [Error("not read, so nothing is said of it", "not-read")]
        yield "cbm", case
    if report.stopped:
        case = _case(_STOPPED, "cbm")
        case.result = [Error(_inert(report.stopped), "stopped")]
        yield "cbm", case
    for question in report.questions:
        yield question.rule, _asked(question)
    for finding in report.findings:
        yield finding.rule, _found(finding, report.fails(finding))


def _asked(question: Question) -> TestCase:
    case = _case(question.subject, f"cbm.{question.rule}.questions")
    if question.verdict is Ending.UNDECIDED:
        case.result = [Error("undecided", "undecided")]
    elif question.verdict is Ending.FOUND:
        case.system_out = "found: what it is stands among the findings"
    return case


def _found(finding: Finding, fails: bool) -> TestCase:
    about = f" ({', '.join(finding.clauses)})" if finding.clauses else ""
    case = _case(f"{finding.message}{about}", f"cbm.{finding.rule}.findings")
    case.file = _inert(finding.primary.span.source.name)
    head = f"{place(finding.primary.span)}: {finding.severity}[{finding.rule}] {finding.message}"
    told = "\n".join(map(_inert, (head, *(f"{name}: {text}" for name, text in standing_alone(finding)))))
    if fails or finding.rule is RuleId.UNDECIDED:
        kind = Failure if fails else Error
        result = kind(_inert(finding.message), str(finding.rule))
        result.text = told
        case.result = [result]
    else:
        case.system_out = told
    return case


def _case(name: str, group: str) -> PlacedCase:
    return PlacedCase(_inert(name), group)


def _inert(text: str) -> str:
    """One line that XML can hold."""
    return visible(text).encode("utf-8", "backslashreplace").decode().translate(_NO_CHARACTERS)
