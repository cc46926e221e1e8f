"""What came of a suite to the page a drafter reads: what did not pass first, then each file, then the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from cbm.outcomes.suite_report import CaseOutcome, ExercisedClause, ExpectationResult, SuiteReport
from cbm.render.clause_titles import titled
from cbm.render.columns import page, visible, wrap
from cbm.render.finding_block import finding_block
from cbm.render.remarks import named, unread_lines
from cbm.render.snippet import place
from cbm.render.style import Paint, Style, ansi, plain
from cbm.render.suites.suite_words import of_clauses, share_words
from cbm.translation.listing import listed, row, sentences
from cbm.translation.saying import mark, say, say_count

_STYLES = {
    CaseOutcome.PASSED: Style.NOTE,
    CaseOutcome.FAILED: Style.ERROR,
    CaseOutcome.UNDECIDED: Style.WARNING,
    CaseOutcome.ERROR: Style.ERROR,
}
_WORDS = {
    CaseOutcome.PASSED: mark("passed"),
    CaseOutcome.FAILED: mark("failed"),
    CaseOutcome.UNDECIDED: mark("undecided"),
    CaseOutcome.ERROR: mark("could not be asked"),
}

# What passed on some packages of a text under negotiation only.
_IN_PART = mark("passed on some packages")

_COUNTED = {
    CaseOutcome.PASSED: mark("{count:,} passed"),
    CaseOutcome.FAILED: mark("{count:,} failed"),
    CaseOutcome.UNDECIDED: mark("{count:,} undecided"),
    CaseOutcome.ERROR: mark("{count:,} could not be asked"),
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
    for note in report.notes:
        yield from wrap(say("note: {note}", note=note), first="", rest="  ")
    if report.clauses is not None:
        yield ""
        yield from _exercise(report.clauses, report)
    yield from unread_lines(report.unread)
    yield ""
    yield _closing(report)


def _is_shown(result: ExpectationResult, *, every: bool, whole: bool) -> bool:
    if result.outcome is CaseOutcome.PASSED:
        return every and bool(result.findings or result.reasons)
    return whole or result.outcome is not CaseOutcome.UNDECIDED


def _block(result: ExpectationResult, paint: Paint) -> Iterator[str]:
    case = say("{case} ({text})", case=visible(result.name), text=visible(result.text))
    yield named(_outcome(result, paint), case)
    for finding in result.findings:
        yield from finding_block(finding, paint)
    if not result.findings:
        yield f" {paint(Style.FRAME, '-->')} {place(result.place)}"
    for reason in result.reasons:
        yield from wrap(say("because: {why}", why=reason), first="  = ", rest="    ")


def _outcome(result: ExpectationResult, paint: Paint) -> str:
    style = Style.WARNING if result.lacking else _STYLES[result.outcome]
    return paint(style, say(_IN_PART if result.lacking else _WORDS[result.outcome]))


def _file(file: str, results: list[ExpectationResult], paint: Paint, every: bool) -> Iterator[str]:
    passed = sum(1 for result in results if result.outcome is CaseOutcome.PASSED)
    yield say_count(
        "in {file}: {passed:,} of {count:,} expectation passed",
        "in {file}: {passed:,} of {count:,} expectations passed",
        len(results),
        file=visible(file),
        passed=passed,
    )
    for result in results if every else ():
        yield f"  {_outcome(result, paint)}  {visible(result.name)}"
    for finding in () if every else (finding for result in results for finding in result.lacking):
        told = named(place(finding.primary.span), visible(finding.message))
        yield from wrap(named(paint(Style.WARNING, say(_IN_PART)), told), first="  ", rest="    ")


def _exercise(clauses: Iterable[ExercisedClause], report: SuiteReport) -> Iterator[str]:
    yield say("Which clauses the cases exercise:")
    for text, group in groupby(clauses, lambda clause: clause.text):
        all_of_it = list(group)
        exercised = [clause for clause in all_of_it if clause.cases]
        yield "  " + named(visible(text), of_clauses(len(exercised), all_of_it))
        for clause in exercised:
            yield from wrap(named(_titled(clause), row(clause.cases)), first="    ", rest="      ")
        for clause in all_of_it:
            if not clause.cases:
                yield from wrap(named(_titled(clause), _missing(clause)), first="    ", rest="      ")
    yield f"  {share_words(report)}"


def _missing(clause: ExercisedClause) -> str:
    told = [say("exercised by no case")]
    if clause.partly:
        told.append(say("in a part of the encounters of {cases}", cases=row(clause.partly)))
    if clause.undecided:
        told.append(say("undecided of further cases: {why}", why=clause.undecided))
    return row(told)


def _titled(clause: ExercisedClause) -> str:
    return titled(clause.called, clause.title)


def _closing(report: SuiteReport) -> str:
    cases = len({(r.text, r.suite, r.case, r.place.source.name) for r in report.results})
    counts = [
        say(_COUNTED[outcome], count=report.count(outcome))
        for outcome in CaseOutcome
        if report.count(outcome) or outcome is CaseOutcome.PASSED
    ]
    told = [
        say(
            "Tested {expectations} in {cases}: {counts}.",
            expectations=say_count("{count:,} expectation", "{count:,} expectations", len(report.results)),
            cases=say_count("{count:,} case", "{count:,} cases", cases),
            counts=listed(counts, ","),
        )
    ]
    if report.lacking:
        told.append(
            say_count(
                "{count:,} that passed does not hold on some packages: see -v, and --fail-on any-package.",
                "{count:,} that passed do not hold on some packages: see -v, and --fail-on any-package.",
                len(report.lacking),
            )
        )
    if report.let_pass:
        told.append(
            say_count(
                "{count:,} that passed does not hold: see -v.",
                "{count:,} that passed do not hold: see -v.",
                report.let_pass,
            )
        )
    if report.errors:
        told.append(
            say_count("{count:,} fault in what was read.", "{count:,} faults in what was read.", len(report.errors))
        )
    if report.open_questions:
        told.append(
            say_count(
                "{count:,} further question undecided.",
                "{count:,} further questions undecided.",
                len(report.open_questions),
            )
        )
    if report.deselected:
        told.append(say("{count:,} not asked for.", count=report.deselected))
    if report.falls_short:
        told.append(say("Too few clauses are exercised."))
    if report.stopped:
        told.append(say("Stopped before the end: {why}.", why=visible(report.stopped)))
    return sentences(told)
