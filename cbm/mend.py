"""Paths to ways out: for each finding the changes that settle it, or one change of the texts on top of the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from cbm.arguments import budget_of, cancel_of, progress_of
from cbm.checking.passes import open_inquiry
from cbm.checking.reporting import report
from cbm.checking.selection import RunTerms
from cbm.checking.subjects import Subject, subjects_of
from cbm.checking.suppression import NO_COMMENTS, without_suppressed
from cbm.files import Library, read_library
from cbm.finding import Finding, Fix, Outcome, Report, RuleId
from cbm.pipeline import check_subject, understand
from cbm.process.budget import Budget, Cancel, RunStopped, current_budget, within
from cbm.project.configuration.configurations import Configurations
from cbm.records import replace
from cbm.repair.combined_fixes import FixStep, steps
from cbm.repair.footing import FindingCounts, Footing, footing
from cbm.repair.offers import offered
from cbm.search.parallel import Watch
from cbm.syntax import ast
from cbm.translation.saying import say

Accept = Callable[[Finding, Fix], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """A file whose text is another one now; `name` is what readers know it by."""

    name: str
    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What was found before and after, the fixes in their order, and the files they change. Nothing is written.

    `untried` says of which texts no change was tried, and why.
    """

    before: Report
    after: Report
    fixes: tuple[tuple[Finding, Fix], ...]
    changes: tuple[Change, ...]
    untried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the texts, and what of the answers is to be told."""

    subjects: list[Subject]
    terms: RunTerms

    def wanted(self, finding: Finding) -> bool:
        told = without_suppressed(Report((finding,)), NO_COMMENTS)
        return bool(self.terms.told(told, ()).findings)

    def check(self, library: Library) -> Report:
        terms = self.terms
        work = partial(check_subject, library, as_of=terms.day, selection=terms.selection)
        return report(library, map(work, self.subjects), terms.day, terms.selection, terms.fail_level)

    def untried(self, library: Library) -> Iterator[str]:
        """The texts of which no change is tried because of their brackets, in words."""
        for subject in self.subjects:
            if library.documents[subject.name].choices:
                yield say(
                    "no change of {text} was tried, since it has square brackets: settle it first, with `cbm options "
                    "--write`",
                    text=subject.name,
                )

    def footing(self, library: Library, subject: Subject) -> Footing | None:
        """What ways out are looked for from; None where there is no text to be changed, or it cannot be understood."""
        document = library.documents[subject.name]
        header = document.header
        if document.span.source not in library.files:
            return None  # it was only looked for, and is not to be changed
        if document.choices:
            return None  # what is written in a bracket is not the text alone
        if library.faulty or not isinstance(header, ast.TextHeader) or header.kind is not ast.DocumentKind.DRAFT:
            return None
        system, outcome = understand(library, subject, self.terms.day)
        if system is None or outcome.findings:
            return None
        inquiry = open_inquiry(system)
        if isinstance(inquiry, Outcome):
            return None
        editable = frozenset(source.name for source in library.files)
        return footing(library.documents, editable, inquiry)


def repairs(
    paths: Iterable[str | os.PathLike[str]],
    *,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_level: str | None = None,
    configurations: Configurations | None = None,
    unsaved: Mapping[Path, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
) -> Report:
    """The report as `run` gives it, each finding with the changes of a draft that settle it. Misuse as there.

    Each of the `fixes` of a finding was tried: with it the finding is gone, and nothing new is found. Nothing is
    written. `unsaved` texts stand for those in their files; `progress`, `cancel` and `budget` are as for `check`.
    """
    terms = RunTerms.of(as_of, select, ignore, fail_level, configurations)
    watch = progress_of("progress", progress)
    library = read_library(paths, configurations, unsaved)
    with within(budget_of(budget), cancel_of(cancel)):
        asked = _Asked(subjects_of(library), terms)
        found = asked.check(library)
        told: dict[Finding, Finding] = {}
        with suppress(RunStopped):
            for subject in asked.subjects:
                base = asked.footing(library, subject)
                if base is not None:
                    shown = set(filter(asked.wanted, found.findings))
                    told |= zip(base.findings, offered(base, shown.__contains__, watch), strict=True)
        findings = tuple(told.get(finding, finding) for finding in found.findings)
        background = (*found.background, *asked.untried(library))
        found = replace(found, findings=findings, background=background, stopped=say(current_budget().stopped))
        return terms.told(found, library.excluded)


def mend(
    paths: Iterable[str | os.PathLike[str]],
    accept: Accept,
    *,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_level: str | None = None,
    configurations: Configurations | None = None,
    watch: Watch | None = None,
) -> Mended:
    """Tries to settle everything found in the paths; only fixes that are accepted count. Misuse as in `run`."""
    terms = RunTerms.of(as_of, select, ignore, fail_level, configurations)
    library = read_library(paths, configurations)
    asked = _Asked(subjects_of(library), terms)
    before, state, done = asked.check(library), library, list[FixStep]()
    with suppress(RunStopped):
        for subject in asked.subjects:
            base = asked.footing(state, subject)
            for step in () if base is None else steps(base, asked.wanted, accept, watch):
                done.append(step)
                state = replace(library, documents=step.documents)
    after = before if not done else asked.check(state)
    while done and _is_worse(before, after):
        done.pop()
        state = replace(library, documents=done[-1].documents) if done else library
        after = asked.check(state)
    stopped = say(current_budget().stopped)
    before, after = (terms.told(replace(found, stopped=stopped), library.excluded) for found in (before, after))
    fixes = tuple((step.finding, step.fix) for step in done)
    return Mended(before, after, fixes, _changes(library, state), tuple(asked.untried(library)))


def _is_worse(before: Report, after: Report) -> bool:
    """Whether something is found or not shown that was not before.

    Gaps are told by boxes, and what is left of one may be told by another: they are compared where fixes are tried.
    """
    known, now = FindingCounts(), FindingCounts()
    for tally, told in ((known, before), (now, after)):
        for finding in told.findings:
            if finding.rule is not RuleId.GAP:
                tally.add(finding)
    doubtful = {(a.text, a.statement) for a in before.attestations if not a.shown}
    return not now.counts <= known.counts or any(
        not a.shown and (a.text, a.statement) not in doubtful for a in after.attestations
    )


def _changes(library: Library, state: Library) -> tuple[Change, ...]:
    changes: dict[Path, Change] = {}
    for name, document in library.documents.items():
        source, now = document.span.source, state.documents[name].span.source
        if source.text != now.text:
            path = library.files[source]
            changes[path] = Change(source.name, path, source.text, now.text)
    return tuple(changes.values())
