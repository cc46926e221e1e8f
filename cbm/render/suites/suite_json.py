"""What came of a suite to one JSON object for programs, shaped as `schema-test-1.json` says."""

from __future__ import annotations

from cbm.finding import Finding, Label
from cbm.outcomes.suite_report import CaseOutcome, ExercisedClause, ExpectationResult, SuiteReport
from cbm.render.json import location_of, path_of, witness_of
from cbm.render.json_page import described_page
from cbm.render.suites import suite_document as document


def render(report: SuiteReport) -> str:
    """The object, indented, with a line break at its end."""
    whole = document.SuiteDocument(
        version=document.VERSION,
        exit_code=report.exit.value,
        passed=report.count(CaseOutcome.PASSED),
        failed=report.count(CaseOutcome.FAILED),
        undecided=report.count(CaseOutcome.UNDECIDED),
        errors=report.count(CaseOutcome.ERROR),
        deselected=report.deselected,
        results=tuple(map(_result, report.results)),
        faults=tuple(map(_found, report.errors)),
        open_questions=tuple(map(_found, report.open_questions)),
        exercise=None
        if report.clauses is None
        else document.ExerciseObject(
            clauses=tuple(map(_clause, report.clauses)),
            exercised=report.exercised,
            percentage=report.percentage,
            fail_under=report.fail_under,
        ),
        unread=tuple(document.UnreadFileObject(path=path_of(u.path), reason=path_of(u.reason)) for u in report.unread),
        stopped=report.stopped,
        notes=report.notes,
    )
    return described_page(whole, "test", document.VERSION)


def _result(result: ExpectationResult) -> document.ExpectationObject:
    return document.ExpectationObject(
        text=result.text,
        suite=result.suite,
        case=result.case,
        as_of=result.as_of,
        expected=result.words,
        outcome=result.outcome,
        location=location_of(Label(result.place)),
        findings=tuple(map(_found, result.findings)),
        reasons=result.reasons,
        on_some_packages=bool(result.lacking),
    )


def _found(finding: Finding) -> document.FoundObject:
    return document.FoundObject(
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        location=location_of(finding.primary),
        clauses=finding.clauses,
        witness=None if finding.witness is None else witness_of(finding.witness),
        notes=(*finding.notes, *finding.background),
        remedies=finding.remedies,
    )


def _clause(clause: ExercisedClause) -> document.ExercisedClauseObject:
    return document.ExercisedClauseObject(
        text=clause.text,
        clause=clause.clause,
        title=clause.title,
        location=None if clause.place is None else location_of(Label(clause.place)),
        cases=clause.cases,
        partly=clause.partly,
        undecided=clause.undecided,
    )
