"""Report to one JSON object for programs, shaped as `schema-1.json` says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from msgspec import UNSET, UnsetType

from cbm.finding import ClauseWords, Dates, Dependence, Exit, Finding, Fix, Label, PackageReach, Scenario, Severity
from cbm.render import report_document
from cbm.render.identity import identities
from cbm.render.json_page import described_page
from cbm.render.snippet import blocks
from cbm.render.summary import undecided
from cbm.report import Attestation, Ending, Hidden, Report, Suppressed
from cbm.source import Edit, Source, Span

# A place of more lines is told by its first and its last one, and a longer line is cut.
_MANY, _LONG = 40, 1_000


def render(report: Report) -> str:
    """The object, indented, with a line break at its end."""
    return described_page(_document(report), "report", report_document.VERSION)


def _document(report: Report) -> report_document.ReportDocument:
    return report_document.ReportDocument(
        version=report_document.VERSION,
        language=report.language,
        status=_status(report.exit),
        exit_code=report.exit.value,
        as_of=report.as_of,
        stopped=report.stopped or None,
        summary=_summary(report),
        titles=report.titles,
        clauses=tuple(map(_clause, report.quoted)),
        background=report.background,
        unheard=report.unheard,
        omissions=report.omissions,
        configuration=_configuration(report.hidden),
        unread=tuple(report_document.UnreadObject(path=path_of(f.path), reason=f.reason) for f in report.unread),
        findings=tuple(map(_finding, report.findings, identities(report.findings))),
        suppressed=tuple(map(_suppressed, report.suppressed, identities([s.finding for s in report.suppressed]))),
        questions=tuple(
            report_document.QuestionObject(
                rule=question.rule,
                subject=question.subject,
                verdict=question.verdict,
                reason=question.reason,
                text=question.text,
            )
            for question in report.questions
        ),
        attestations=tuple(map(_attestation, report.attestations)),
        pairs=report_document.PairsObject(
            shown=report.pairs.shown,
            apart=report.pairs.apart,
            not_shown=report.pairs.not_shown,
            on_some=report.pairs.on_some,
        ),
        fail_level=report.fail_level,
        any_package=report.any_package,
        exit_zero=report.exit_zero,
        phrases=report.phrases,
        excerpts=tuple(_excerpts(report)),
    )


def _excerpts(report: Report) -> Iterator[report_document.ExcerptObject]:
    """The lines that pages show, text by text; of a place of many lines the first and the last ones."""
    wanted: dict[Source, set[int]] = {}
    for span in _places(report):
        first, last = span.begin[0], span.finish[0]
        near = range(first, last + 1) if last - first < _MANY else (first, last)
        wanted.setdefault(span.source, set()).update(near)
    for finding in report.findings:
        for block in blocks((finding.primary, *finding.related)):
            first, last = block[0].span.begin[0], block[-1].span.begin[0]
            wanted[block[0].span.source].update(range(first, last + 1))
    for source in sorted(wanted, key=lambda source: source.name):
        starts = [(number, source.start(number)) for number in sorted(wanted[source])]
        lines = (
            report_document.LineObject(line=number, offset=start, text=source.line(number)[:_LONG])
            for number, start in starts
        )
        yield report_document.ExcerptObject(path=path_of(source.name), lines=tuple(lines))


def _places(report: Report) -> Iterator[Span]:
    for finding in (*report.findings, *(one.finding for one in report.suppressed)):
        yield finding.primary.span
        yield from (label.span for label in finding.related)
        yield from (edit.span for fix in finding.fixes for edit in fix.edits)
    yield from (one.place.span for one in report.suppressed)


def _status(code: Exit) -> Literal["fine", "findings", "undecided", "unread"]:
    match code:
        case Exit.FINE:
            return "fine"
        case Exit.FINDINGS:
            return "findings"
        case Exit.UNDECIDED:
            return "undecided"
        case Exit.MISUSE:
            return "unread"
        case Exit.INTERNAL | Exit.CONTRADICTED:
            raise ValueError(f"a report does not end with {code.name}")
        case _:
            assert_never(code)


def _summary(report: Report) -> report_document.SummaryObject:
    return report_document.SummaryObject(
        documents=report.documents,
        clauses=report.clauses,
        questions=len(report.questions),
        decided=sum(question.verdict is not Ending.UNDECIDED for question in report.questions),
        undecided=undecided(report),
        errors=report.count(Severity.ERROR),
        warnings=report.count(Severity.WARNING),
        notes=report.count(Severity.NOTE),
        ignored=report.ignored,
        left_out=report.left_out,
        shown=sum(attestation.shown for attestation in report.attestations),
        not_shown=sum(not attestation.shown for attestation in report.attestations),
    )


def _suppressed(one: Suppressed, name: str) -> report_document.SuppressedObject:
    finding = one.finding
    return report_document.SuppressedObject(
        id=name,
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        clauses=finding.clauses,
        reason=one.reason,
        until=one.until,
        comment=location_of(one.place),
        location=location_of(finding.primary),
        matter=finding.matter,
        finding=_finding(finding, name),
    )


def _configuration(hidden: Hidden) -> report_document.ConfigurationObject:
    findings = [(rule, count, None) for rule, count in hidden.findings]
    lowered = [(rule, count, level) for rule, level, count in hidden.lowered]
    return report_document.ConfigurationObject(
        files=tuple(map(path_of, hidden.by)),
        excluded=tuple(map(path_of, hidden.excluded)),
        hidden=tuple(
            report_document.HiddenFindingsObject(rule=rule, count=count, told_as=level)
            for rule, count, level in (*findings, *lowered)
        ),
        baseline=path_of(hidden.baseline) or None,
        known=hidden.known,
        stale=hidden.stale,
        known_of=tuple((rule.value, count) for rule, count in hidden.known_of),
        idle=tuple(
            report_document.IdlePatternObject(
                path=path_of(one.file), line=one.line, key=one.key, pattern=one.pattern, nearer=path_of(one.nearer)
            )
            for one in hidden.idle
        ),
        graver=tuple(report_document.GraverFindingsObject(known_as=level, count=n) for level, n in hidden.graver),
    )


def _clause(clause: ClauseWords) -> report_document.QuotedClauseObject:
    return report_document.QuotedClauseObject(
        reference=clause.reference,
        name=clause.name,
        title=clause.title,
        words=clause.words,
        recalled=clause.recalled,
    )


def _finding(finding: Finding, name: str) -> report_document.FindingObject:
    return report_document.FindingObject(
        id=name,
        rule=finding.rule,
        help=f"cbm rule {finding.rule}",
        severity=finding.severity,
        message=finding.message,
        location=location_of(finding.primary),
        related=tuple(map(location_of, finding.related)),
        clauses=finding.clauses,
        extent=finding.extent,
        whenever=finding.whenever,
        witness=witness_of(finding.witness) if finding.witness else None,
        remedies=finding.remedies,
        fixes=tuple(map(_fix, finding.fixes)),
        notes=(*finding.notes, *finding.background),
        readings=_readings(finding.readings),
        reach=reach_object(finding.reach),
        figures=finding.figures,
        why=finding.why,
        settled=finding.settled,
        follows=finding.follows,
        matter=finding.matter,
        topic=finding.topic,
        under_topic=finding.under_topic,
        settled_by=finding.settled_by,
        opposed=finding.opposed,
        background=finding.background,
        dates=UNSET if finding.dates is None else _dates(finding.dates),
        in_english=_english(finding),
    )


def _dates(dates: Dates) -> report_document.DatesObject:
    return report_document.DatesObject(so=dates.so, not_so=dates.not_so, undecided=dates.undecided)


def _english(finding: Finding) -> report_document.EnglishObject | UnsetType:
    known = report_document.EnglishObject(
        order=finding.order, extent=finding.known_extent, figures=finding.known_figures
    )
    return UNSET if known == report_document.EnglishObject() else known


def _fix(fix: Fix) -> report_document.FixObject:
    return report_document.FixObject(description=fix.description, edits=tuple(map(_edit, fix.edits)))


def _edit(edit: Edit) -> report_document.EditObject:
    (line, column), (last_line, last_column) = edit.span.begin, edit.span.finish
    return report_document.EditObject(
        path=path_of(edit.span.source.name),
        start=report_document.PlaceObject(line=line, column=column, offset=edit.span.start),
        end=report_document.PlaceObject(line=last_line, column=last_column, offset=edit.span.end),
        replacement=edit.replacement,
    )


def _attestation(attestation: Attestation) -> report_document.AttestationObject:
    return report_document.AttestationObject(
        kind=attestation.kind,
        text=attestation.text,
        statement=attestation.statement,
        clauses=attestation.clauses,
        shown=attestation.shown,
        witness=witness_of(attestation.witness) if attestation.witness else None,
        reason=attestation.reason,
        readings=_readings(attestation.readings),
    )


def reach_object(reach: PackageReach | None) -> report_document.ReachObject | None:
    """The packages of a text under negotiation, as a report in JSON names them."""
    if reach is None:
        return None
    boxes = (
        (report_document.TakenObject(choice=name, options=options) for name, options in box) for box in reach.boxes
    )
    return report_document.ReachObject(every=reach.every, packages=tuple(map(tuple, boxes)), words=reach.words)


def _readings(dependence: Dependence | None) -> report_document.ReadingsObject | None:
    if dependence is None:
        return None
    return report_document.ReadingsObject(terms=dependence.terms, every=dependence.every, words=dependence.words)


def location_of(label: Label) -> report_document.LocationObject:
    """A place as programs read it."""
    return report_document.LocationObject(
        path=path_of(label.span.source.name),
        start=_position(label.span.begin),
        end=_position(label.span.finish),
        label=label.text,
    )


def path_of(name: str) -> str:
    """A file name may hold bytes that are no text; they are spelt out, so that the object stays valid."""
    return name.encode("utf-8", "backslashreplace").decode()


def _position(place: tuple[int, int]) -> report_document.PositionObject:
    line, column = place
    return report_document.PositionObject(line=line, column=column)


def witness_of(scenario: Scenario) -> report_document.WitnessObject:
    """An example as programs read it."""
    return report_document.WitnessObject(
        facts=tuple(
            report_document.FactObject(subject=fact.subject, name=fact.name, value=fact.value, words=fact.words)
            for fact in scenario.facts
        ),
        words=scenario.words,
        events=tuple(
            report_document.EventObject(subject=event.subject, name=event.name, after=event.after, words=event.words)
            for event in scenario.events
        ),
    )
