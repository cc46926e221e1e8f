"""What came of a suite to the page a drafter reads: what did not pass first, then each file, then the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from cbm.outcomes.suite_report import CaseOutcome, ExercisedClause, ExpectationResult, SuiteReport
from cbm.render.columns import page, visible, wrap
from cbm.render.finding_block import finding_block
from cbm.render.snippet import place
from cbm.render.style import Paint, Style, ansi, plain

_STYLES = {
    CaseOutcome.PASSED: Style.NOTE,
    CaseOutcome.FAILED: Style.ERROR,
    CaseOutcome.UNDECIDED: Style.WARNING,
    CaseOutcome.ERROR: Style.ERROR,
}
_WORDS = {
    CaseOutcome.PASSED: "passed",
    CaseOutcome.FAILED: "failed",
    CaseOutcome.UNDECIDED: "undecided",
    CaseOutcome.ERROR: "could not be asked",
}


def render(report: SuiteReport, *, every: bool = False) -> str:
    """The page as plain text; `every`: also what passed, each on its line."""
    return page(_lines(report, plain, every=every))


def colored(report: SuiteReport, *, every: bool = False) -> str:
    """The same page with the colours of a terminal."""
    return page(_lines(report, ansi, every=every))


def _lines(report: SuiteReport, paint: Paint, *, every: bool) -> Iterator[str]:
    # What a run left open that was told to stop is counted, and shown to whoever wants to see each expectation.
    whole = every or not report.stopped
    for finding in (*report.errors, *(report.open_questions if whole else ())):
        yield from (*finding_block(finding, paint), "")
    for result in report.results:
        if _is_shown(result, every=every, whole=whole):
            yield from (*_block(result, paint), "")
    for file, results in groupby(report.results, lambda result: result.place.source.name):
        yield from _file(file, list(results), paint, every)
    if report.clauses is not None:
        yield ""
        yield from _exercise(report.clauses, report)
    for file in report.unread:
        yield f"not read: {visible(str(file))}"
    yield ""
    yield _closing(report)


def _is_shown(result: ExpectationResult, *, every: bool, whole: bool) -> bool:
    if result.outcome is CaseOutcome.PASSED:
        return every and bool(result.findings or result.reasons)
    return whole or result.outcome is not CaseOutcome.UNDECIDED


def _block(result: ExpectationResult, paint: Paint) -> Iterator[str]:
    yield f"{paint(_STYLES[result.outcome], _WORDS[result.outcome])}: {visible(result.name)} ({visible(result.text)})"
    for finding in result.findings:
        yield from finding_block(finding, paint)
    if not result.findings:
        yield f" {paint(Style.FRAME, '-->')} {place(result.place)}"
    for reason in result.reasons:
        yield from wrap(reason, first="  = because: ", rest="    ")


def _file(file: str, results: list[ExpectationResult], paint: Paint, every: bool) -> Iterator[str]:
    passed = sum(1 for result in results if result.outcome is CaseOutcome.PASSED)
    yield f"in {visible(file)}: {passed:,} of {_count(len(results), 'expectation')} passed"
    for result in results if every else ():
        yield f"  {paint(_STYLES[result.outcome], _WORDS[result.outcome])}  {visible(result.name)}"


def _exercise(clauses: Iterable[ExercisedClause], report: SuiteReport) -> Iterator[str]:
    yield "Which clauses the cases exercise:"
    for text, group in groupby(clauses, lambda clause: clause.text):
        listed = list(group)
        exercised = [clause for clause in listed if clause.cases]
        yield f"  {visible(text)}: {len(exercised):,} of {_count(len(listed), 'clause')}"
        for clause in exercised:
            yield from wrap(f"{_named(clause)}: {'; '.join(clause.cases)}", first="    ", rest="      ")
        for clause in listed:
            if not clause.cases:
                yield from wrap(f"{_named(clause)}: {_missing(clause)}", first="    ", rest="      ")
    least = "" if report.fail_under is None else f", and {report.fail_under}% are asked for"
    yield f"  {report.exercised:,} of {_count(len(report.clauses or ()), 'clause')} ({report.percentage}%){least}"


def _missing(clause: ExercisedClause) -> str:
    told = "exercised by no case"
    if clause.partly:
        told += f"; in a part of the encounters of {'; '.join(clause.partly)}"
    return f"{told}; undecided of further cases: {clause.undecided}" if clause.undecided else told


def _named(clause: ExercisedClause) -> str:
    return f"{clause.clause} “{clause.title}”" if clause.title else clause.clause


def _closing(report: SuiteReport) -> str:
    cases = len({(r.text, r.suite, r.case, r.place.source.name) for r in report.results})
    counts = [
        f"{report.count(outcome):,} {_WORDS[outcome]}"
        for outcome in CaseOutcome
        if report.count(outcome) or outcome is CaseOutcome.PASSED
    ]
    told = [f"Tested {_count(len(report.results), 'expectation')} in {_count(cases, 'case')}: {', '.join(counts)}."]
    if report.errors:
        told.append(f"{_count(len(report.errors), 'fault')} in what was read.")
    if report.open_questions:
        told.append(f"{_count(len(report.open_questions), 'further question')} undecided.")
    if report.deselected:
        told.append(f"{report.deselected:,} not asked for.")
    if report.falls_short:
        told.append("Too few clauses are exercised.")
    if report.stopped:
        told.append(f"Stopped before the end: {visible(report.stopped)}.")
    return " ".join(told)


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
