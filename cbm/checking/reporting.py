"""What the passes found in each subject to one report: each finding once, in one order, and what was not asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from cbm.checking.named_clauses import with_what_names
from cbm.checking.old_form_notes import old_form_notes
from cbm.checking.own_copies import own_copies
from cbm.checking.selection import EVERY_RULE, Selection
from cbm.checking.subjects import lost_cases, own_faults
from cbm.checking.suppression import NO_COMMENTS, Comments, without_suppressed
from cbm.checking.texts_apart import is_in_force, texts_apart
from cbm.checking.unused_words import unused_words
from cbm.files import Library
from cbm.finding import Finding, RuleId, Severity
from cbm.patterns import pattern
from cbm.process.budget import current_budget
from cbm.records import replace
from cbm.report import Outcome, Pairs, Report, Unread
from cbm.syntax import ast
from cbm.translation.saying import say
from cbm.translation.speech import spoken


def report(
    library: Library,
    outcomes: Iterable[Outcome],
    as_of: date | None = None,
    selection: Selection = EVERY_RULE,
    fail_level: Severity = Severity.ERROR,
) -> Report:
    """The report of all outcomes, and of what is wrong with the files; `as_of` is the date asked about."""
    listed = list(outcomes)
    dates = {outcome.as_of for outcome in listed if outcome.as_of is not None}
    day = as_of or (next(iter(dates)) if len(dates) == 1 else None)
    missing = {
        f.primary.span for f in library.findings if _is_missing(f)
    }  # what it would have held is not told besides
    return _report(
        [
            *library.findings,
            *lost_cases(library),
            *unused_words(library),
            *old_form_notes(library),
            *with_what_names(
                library.documents,
                (f for o in listed for f in o.findings if not (_is_missing(f) and f.primary.span in missing)),
            ),
        ],
        listed,
        selection,
        documents=len({d.span.source.name for d in library.documents.values()}),
        as_of=day,
        fail_level=fail_level,
        unread=library.unread,
        comments=_comments(library, listed, day),
        sources=tuple(sorted(source.name for source in library.files)),
        beside=(
            *own_copies(library),
            *(texts_apart(library, day) if any(outcome.questions for outcome in listed) else ()),
        ),
    )


def _is_missing(finding: Finding) -> bool:
    return finding.rule is RuleId.UNDEFINED


def report_of_one(
    outcome: Outcome,
    selection: Selection,
    fail_level: Severity,
    documents: Mapping[str, ast.Document] = MappingProxyType({}),
) -> Report:
    """The report of one text that was read elsewhere, from these documents where they are known."""
    found = with_what_names(documents, outcome.findings)
    return _report(found, [outcome], selection, documents=1, as_of=outcome.as_of, fail_level=fail_level)


def _comments(library: Library, outcomes: list[Outcome], day: date | None) -> Comments:
    """The files whose comments are looked at, and those of which enough was asked to know that one hides nothing."""
    documents = [library.documents[name] for name in library.asked]
    asked = not library.faulty and any(outcome.questions for outcome in outcomes)
    return Comments(
        tuple(dict.fromkeys(document.span.source for document in documents)),
        frozenset(d.span.source for d in documents) - {d.span.source for d in documents if not is_in_force(d, day)}
        if asked
        else frozenset(),
    )


def unreadable(library: Library, outcomes: Iterable[Outcome]) -> Report:
    """What a check reports of texts that could not be understood in full."""
    if library.faulty:
        outcomes = [replace(outcome, findings=own_faults(library, outcome.findings)) for outcome in outcomes]
    return report(library, outcomes)


def _report(
    findings: Iterable[Finding],
    outcomes: list[Outcome],
    selection: Selection,
    *,
    documents: int,
    as_of: date | None,
    fail_level: Severity,
    unread: tuple[Unread, ...] = (),
    comments: Comments = NO_COMMENTS,
    sources: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
) -> Report:
    everything = in_order(findings)
    reported = tuple(names_once([f for f in everything if selection.reports(f.rule)]))
    made = Report(
        reported,
        documents=documents,
        clauses=sum(outcome.clauses for outcome in outcomes),
        questions=tuple(question for outcome in outcomes for question in outcome.questions),
        as_of=None if as_of is None else as_of.isoformat(),
        fail_level=fail_level,
        left_out=selection.left_out,
        ignored=sum(not selection.reports(f.rule) for f in everything),
        attestations=tuple(attestation for outcome in outcomes for attestation in outcome.attestations),
        pairs=Pairs.total(outcome.pairs for outcome in outcomes),
        background=tuple(dict.fromkeys((*(text for outcome in outcomes for text in outcome.background), *beside))),
        unheard=tuple(dict.fromkeys(text for outcome in outcomes for text in outcome.unheard)),
        omissions=tuple(dict.fromkeys(text for outcome in outcomes for text in outcome.omissions)),
        unread=unread,
        sources=sources,
        language=spoken(),
        titles=tuple(dict.fromkeys(outcome.title for outcome in outcomes if outcome.title)),
        phrases=tuple(dict.fromkeys(named for outcome in outcomes for named in outcome.phrases)),
        quoted=tuple(dict.fromkeys(words for outcome in outcomes for words in outcome.quoted)),
        stopped=say(current_budget().stopped) if any(f.rule is RuleId.UNDECIDED for f in reported) else "",
    )
    told = without_suppressed(made, comments)
    return replace(told, findings=tuple(in_order(told.findings)))


def names_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """A name in several words that, written as one, is none either: told once, with the name that is meant."""
    unread = {f.primary.span for f in findings if f.rule is RuleId.SYNTAX}
    unknown = {f.primary.span for f in findings if f.rule is RuleId.UNDEFINED and f.primary.span in unread}
    for finding in findings:
        span = finding.primary.span
        if finding.rule is RuleId.UNDEFINED and span in unread:
            words = f"`{_IN_ONE.sub('_', span.text)}`"
            yield replace(finding, message=finding.message.replace(words, f"`{span.text}`"))
        elif finding.rule is not RuleId.SYNTAX or span not in unknown:
            yield finding


_IN_ONE = pattern(r"[\s-]+")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each once, by place, the worst first."""
    return sorted(dict.fromkeys(findings), key=_position)


def _position(finding: Finding) -> tuple[object, ...]:
    """By what it is about before its words, which are others in another language."""
    span = finding.primary.span
    place = (span.source.name, span.start, -finding.severity.weight, finding.rule)
    return (*place, finding.clauses, finding.matter, finding.order or finding.message)
