"""The passes in order: read, resolve, ask, report. The only module that knows the order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.core.norms import NormSystem
from cbm.files import Library, read_library
from cbm.finding import Finding, Label, Misuse, Outcome, Pairs, Report, RuleId, Severity
from cbm.records import replace
from cbm.resolve.faults import Fault, suggestion
from cbm.resolve.system import related_texts, resolve, resolve_vocabulary, vocabularies_of
from cbm.source import Span
from cbm.syntax import ast

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from cbm.finding import Question
    from cbm.search.parallel import Watch

__all__ = ["Misuse", "Outcome", "Subject", "check", "check_system", "load", "run"]


# What keeps questions from being asked or answered is shown whatever is selected: without it a text would look fine.
ALWAYS = frozenset(
    (
        RuleId.SYNTAX,
        RuleId.UNDEFINED,
        RuleId.DUPLICATE,
        RuleId.CYCLE,
        RuleId.UNIT_MISMATCH,
        RuleId.TYPE_MISMATCH,
        RuleId.INCONSISTENT_VOCABULARY,
        RuleId.UNDECIDED,
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A text or a vocabulary to be checked, by name."""

    name: str
    vocabulary: bool


def run(
    paths: Sequence[Path],
    *,
    as_of: date | None = None,
    select: frozenset[str] = frozenset(),
    ignore: frozenset[str] = frozenset(),
    fail_level: Severity = Severity.ERROR,
    jobs: int = 1,
    watch: Watch | None = None,
) -> Report:
    """Checks everything in the paths, with so many processes where that pays; Misuse where they cannot be read."""
    library = read_library(paths)
    subjects = subjects_of(library)
    work = partial(check_subject, library, as_of=as_of)
    with nullcontext() if jobs == 1 else _processes(jobs) as executor:
        if executor is not None and len(subjects) >= jobs:
            outcomes = list(executor.map(work, subjects))
        else:
            outcomes = [work(subject, executor=executor, watch=watch) for subject in subjects]
    return report(library, outcomes, as_of, select, ignore, fail_level)


def load(paths: Sequence[Path], *, as_of: date | None = None) -> tuple[tuple[NormSystem, ...], tuple[Finding, ...]]:
    """The norm system of each text in the paths that can be understood, and what is wrong with the others.

    Misuse where a path cannot be read. `as_of` is the date asked about; None: the date a draft was proposed.
    """
    library = read_library(paths)
    findings = list(library.findings)
    systems: list[NormSystem] = []
    for subject in subjects_of(library):
        if not subject.vocabulary and not _leans_on_faulty(library, subject):
            system, faults = resolve(library.documents, subject.name, as_of)
            findings.extend(faults)
            systems += [] if system is None else [system]
    return tuple(systems), tuple(sorted(dict.fromkeys(findings), key=_position))


def check(system: NormSystem, *, fail_level: Severity = Severity.ERROR, executor: Executor | None = None) -> Report:
    """Every question about one system, answered; the report is for its subject alone.

    An executor is sent the work in shares, if there is enough of it; the report is the same with any and without.
    """
    outcome = _examined(system, executor)
    text = system.texts[system.subject]
    return Report(
        tuple(sorted(dict.fromkeys(outcome.findings), key=_position)),
        documents=1,
        clauses=text.clauses,
        questions=outcome.questions,
        as_of=None if system.as_of is None else system.as_of.isoformat(),
        fail_level=fail_level,
        attestations=outcome.attestations,
        pairs=outcome.pairs,
        background=outcome.background,
    )


def subjects_of(library: Library) -> list[Subject]:
    """The texts asked for, in order, and the vocabularies asked for that none of them uses."""
    texts = [n for n in library.asked if isinstance(library.documents[n].header, ast.TextHeader)]
    used: set[str] = set()
    for name in texts:
        with suppress(Fault):  # told when the text itself is resolved
            used |= {_name(d) for d in vocabularies_of(library.documents, related_texts(library.documents, name))}
    loose = [
        n for n in library.asked if isinstance(library.documents[n].header, ast.VocabularyHeader) and n not in used
    ]
    return [*(Subject(n, vocabulary=True) for n in loose), *(Subject(n, vocabulary=False) for n in texts)]


def check_subject(
    library: Library,
    subject: Subject,
    *,
    as_of: date | None,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Resolves and checks one subject; nothing is asked of texts that could not be understood in full."""
    resolver = resolve_vocabulary if subject.vocabulary else partial(resolve, as_of=as_of)
    system, findings = resolver(library.documents, subject.name)
    if system is None:
        return Outcome(findings if not _leans_on_faulty(library, subject) else _own_faults(library, findings))
    clauses = system.texts[subject.name].clauses
    if _leans_on_faulty(library, subject):
        return Outcome(findings, clauses=clauses, as_of=system.as_of)
    outcome = _examined(system, executor, watch)
    return replace(outcome, findings=(*findings, *outcome.findings), clauses=clauses, as_of=system.as_of)


def check_system(system: NormSystem) -> tuple[tuple[Finding, ...], tuple[Question, ...]]:
    """Every question about one system, and what was found."""
    outcome = _examined(system)
    return outcome.findings, outcome.questions


def _examined(system: NormSystem, executor: Executor | None = None, watch: Watch | None = None) -> Outcome:
    from cbm.examination import examined  # all that questions are asked with: not needed where none can be asked
    from cbm.search.parallel import Crew

    return examined(system, Crew(executor, watch))


def _processes(count: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # heavy, and starts nothing before it is given work

    return ProcessPoolExecutor(count)


def report(
    library: Library,
    outcomes: Iterable[Outcome],
    as_of: date | None,
    select: frozenset[str],
    ignore: frozenset[str],
    fail_level: Severity,
) -> Report:
    """One report in its one order, each finding once."""
    listed = list(outcomes)
    everything = [*library.findings, *_lost_cases(library), *(f for outcome in listed for f in outcome.findings)]
    unique = sorted(dict.fromkeys(everything), key=_position)
    kept = [f for f in unique if is_wanted(select, ignore, f)]
    dates = {outcome.as_of for outcome in listed if outcome.as_of is not None}
    day = as_of or (next(iter(dates)) if len(dates) == 1 else None)
    return Report(
        tuple(kept),
        documents=len({d.span.source.name for d in library.documents.values()}),
        clauses=sum(outcome.clauses for outcome in listed),
        questions=tuple(question for outcome in listed for question in outcome.questions),
        as_of=None if day is None else day.isoformat(),
        fail_level=fail_level,
        ignored=len(unique) - len(kept),
        attestations=tuple(attestation for outcome in listed for attestation in outcome.attestations),
        pairs=Pairs.total(outcome.pairs for outcome in listed),
        background=tuple(dict.fromkeys(text for outcome in listed for text in outcome.background)),
    )


def unreadable(library: Library, outcomes: Sequence[Outcome]) -> Report:
    """What a check reports of texts that could not be understood in full."""
    if library.faulty:
        outcomes = [replace(outcome, findings=_own_faults(library, outcome.findings)) for outcome in outcomes]
    return report(library, outcomes, None, frozenset(), frozenset(), Severity.ERROR)


def is_wanted(select: frozenset[str], ignore: frozenset[str], finding: Finding) -> bool:
    """Whether a finding is to be reported where these rules are selected and those ignored."""
    return finding.rule in ALWAYS or ((not select or finding.rule in select) and finding.rule not in ignore)


def _lost_cases(library: Library) -> Iterable[Finding]:
    """Cases about a text that is not there."""
    texts = [n for n, d in library.documents.items() if isinstance(d.header, ast.TextHeader)]
    for document in library.documents.values():
        if isinstance(document.header, ast.CasesHeader):
            for name in document.header.documents:
                if name.text not in texts:
                    remedies = suggestion(name.text, texts)
                    message = f"no instrument or draft is called `{name.text}`"
                    yield Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(name.span), remedies=remedies)


def _position(finding: Finding) -> tuple[str, int, int, str, str]:
    span = finding.primary.span
    return (span.source.name, span.start, -finding.severity.weight, finding.rule, finding.message)


def _leans_on_faulty(library: Library, subject: Subject) -> bool:
    """Whether a file could not be read in full that the subject builds on: answers would speak of another text."""
    if not library.faulty:
        return False
    return any(document.span.source in library.faulty for document in _built_on(library, subject))


def _built_on(library: Library, subject: Subject) -> list[ast.Document]:
    try:
        if subject.vocabulary:
            return [library.documents[subject.name]]
        texts = related_texts(library.documents, subject.name)
        return [*texts, *vocabularies_of(library.documents, texts)]
    except Fault:
        return list(library.documents.values())


def _own_faults(library: Library, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Without names that may be missing only because what declares them could not be read.

    A name counts as such if a line that could not be read mentions it, or all names do if that is a vocabulary.
    """
    unread = [f.primary.span for f in library.findings if f.rule is RuleId.SYNTAX]
    lines = {word for span in unread for word in re.findall(r"[\w.()]+", span.source.line(span.begin[0]))}
    if any(isinstance(_document_at(library, span), ast.VocabularyHeader) for span in unread):
        return tuple(f for f in findings if f.rule is not RuleId.UNDEFINED)
    return tuple(
        f for f in findings if f.rule is not RuleId.UNDEFINED or f.primary.span.text.split(".")[-1] not in lines
    )


def _document_at(library: Library, place: Span) -> ast.Header | None:
    """The header of the document a place belongs to: the last one that begins before it in the same file."""
    headers = [d.header for d in library.documents.values() if d.header.span.source == place.source]
    before = [header for header in headers if header.span.start <= place.start]
    return max(before, key=lambda header: header.span.start, default=None)


def _name(document: ast.Document) -> str:
    header = document.header
    return "" if isinstance(header, ast.CasesHeader) else header.name.text
