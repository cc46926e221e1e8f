"""Paths to ways out: for each finding the changes that settle it, or one change of the texts on top of the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.arguments import FailLevel, budget_of, cancel_of, folder_of, paths_in, progress_of
from cbm.cache.answer_file import answers_kept_in
from cbm.checking.executors import crew_of
from cbm.checking.passes import open_inquiry
from cbm.checking.reporting import report
from cbm.checking.selection import RunTerms
from cbm.checking.subjects import Subject, subjects_of
from cbm.checking.suppression import NO_COMMENTS, without_suppressed
from cbm.files import Library, read_library
from cbm.finding import Finding, Fix, RuleId
from cbm.pipeline import NOTHING, check_subject, read_before, understand
from cbm.process.budget import (
    Budget,
    Cancel,
    RunStopped,
    broken_off,
    current_budget,
    require_going_on,
    told_or_stopped,
    within,
)
from cbm.project.configuration.configurations import Configurations
from cbm.records import replace
from cbm.repair.combined_fixes import FixStep, steps
from cbm.repair.footing import FindingCounts, Footing, footing
from cbm.repair.offers import offered
from cbm.repair.respelling import Accept, Texts, as_advised, without_slips
from cbm.report import Outcome, Report
from cbm.search.kept_answers import answers_remembered
from cbm.search.parallel import Watch
from cbm.syntax import ast
from cbm.translation.saying import say

if TYPE_CHECKING:
    from concurrent.futures import Executor


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

    `safe` are fixes of slips, which change nothing of what is meant; `spelt` is what is found, and `safe_changes` what
    is changed, with these alone. `untried` says of which texts no change was tried, and why; of some one `is_tried`.
    """

    before: Report
    spelt: Report
    after: Report
    safe: tuple[tuple[Finding, Fix], ...]
    fixes: tuple[tuple[Finding, Fix], ...]
    safe_changes: tuple[Change, ...]
    changes: tuple[Change, ...]
    untried: tuple[str, ...] = ()
    is_tried: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the texts, and what of the answers is to be told."""

    subjects: list[Subject]
    terms: RunTerms

    def wanted(self, finding: Finding) -> bool:
        told = without_suppressed(Report((finding,)), NO_COMMENTS)
        return bool(self.terms.told(told, ()).findings)

    def check(self, library: Library, executor: Executor | None = None, watch: Watch | None = None) -> Report:
        terms = self.terms
        asked = partial(check_subject, library, as_of=terms.day, selection=terms.selection)
        work = partial(asked, executor=executor, watch=watch)
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
    fail_level: FailLevel | None = None,
    configurations: Configurations | None = None,
    unsaved: Mapping[Path, str] | None = None,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> Report:
    """The report as `run` gives it, each finding with the changes of a draft that settle it. Misuse as there.

    Each of the `fixes` of a finding was tried: with it the finding is gone, and nothing new is found. Nothing is
    written. `unsaved` texts stand for those in their files; `executor`, `progress`, `cancel`, `budget` and `cache` are
    as for `check`.
    """
    terms = RunTerms.of(as_of, select, ignore, fail_level, configurations)
    watch = progress_of("progress", progress)
    folder = folder_of("cache", cache)
    kept = answers_remembered() if folder is None else answers_kept_in(folder)
    with within(budget_of(budget), cancel_of(cancel)), kept, crew_of(1, executor) as others:
        with told_or_stopped(NOTHING), read_before(folder):
            library = read_library(paths, configurations, unsaved)
        asked = _Asked(subjects_of(library), terms)
        found = asked.check(library, others, watch)
        told: dict[Finding, Finding] = {}
        with suppress(RunStopped), broken_off():
            for subject in asked.subjects:
                require_going_on()
                base = asked.footing(library, subject)
                if base is not None:
                    shown = set(filter(asked.wanted, found.findings))
                    told |= zip(base.findings, offered(base, shown.__contains__, watch), strict=True)
        findings = tuple(told.get(finding, finding) for finding in found.findings)
        background = (*found.background, *asked.untried(library))
        found = replace(found, findings=findings, background=background, stopped=say(current_budget().stopped))
        return terms.told(found, library.excluded, library.files.values())


def mend(
    paths: Iterable[str | os.PathLike[str]],
    accept: Accept,
    *,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_level: FailLevel | None = None,
    configurations: Configurations | None = None,
    watch: Watch | None = None,
) -> Mended:
    """Tries to settle everything found in the paths; only fixes that are accepted count. Misuse as in `run`.

    Slips are mended first, unasked. Then texts are tried that cannot be read, as is advised, and what they mean.
    """
    terms = RunTerms.of(as_of, select, ignore, fail_level, configurations)
    read = partial(read_library, paths_in(paths), configurations)
    with told_or_stopped(NOTHING):
        texts, wanted = read(), partial(_Asked.wanted, _Asked([], terms))
        safe = without_slips(read, wanted)
        guessed = as_advised(read, safe.texts, wanted, accept)
    before = _checked(texts, terms)
    spelt = _checked(read(safe.texts), terms) if safe.fixes else before
    library = read(guessed.texts)
    asked = _Asked(subjects_of(library), terms)
    after, done = _settled(asked, library, asked.check(library) if guessed.fixes else spelt, accept, watch)
    stopped = say(current_budget().stopped)
    before, spelt, after = (
        terms.told(replace(found, stopped=stopped), texts.excluded, texts.files.values())
        for found in (before, spelt, after)
    )
    state = replace(library, documents=done[-1].documents) if done else library
    untried = tuple(asked.untried(library))
    return Mended(
        before=before,
        spelt=spelt,
        after=after,
        safe=safe.fixes,
        fixes=(*guessed.fixes, *((step.finding, step.fix) for step in done)),
        safe_changes=_changes(texts, safe.texts),
        changes=_changes(texts, {**guessed.texts, **_texts_of(library, state)}),
        untried=untried,
        is_tried=len(untried) < len(asked.subjects),
    )


def _checked(library: Library, terms: RunTerms) -> Report:
    return _Asked(subjects_of(library), terms).check(library)


def _settled(
    asked: _Asked, library: Library, before: Report, accept: Accept, watch: Watch | None
) -> tuple[Report, list[FixStep]]:
    """The steps that settle something, and what is found after the last of them."""
    state, done = library, list[FixStep]()
    with suppress(RunStopped), broken_off():
        for subject in asked.subjects:
            require_going_on()
            base = asked.footing(state, subject)
            for step in () if base is None else steps(base, asked.wanted, accept, watch):
                done.append(step)
                state = replace(library, documents=step.documents)
    after = before if not done else asked.check(state)
    while done and _is_worse(before, after):
        done.pop()
        after = asked.check(replace(library, documents=done[-1].documents) if done else library)
    return after, done


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


def _changes(library: Library, texts: Texts) -> tuple[Change, ...]:
    """The files whose text is another one than was read, in the order in which they were read."""
    files = ((source, path, texts.get(path, source.text)) for source, path in library.files.items())
    return tuple(Change(source.name, path, source.text, text) for source, path, text in files if text != source.text)


def _texts_of(library: Library, state: Library) -> Texts:
    """The texts that documents have come to stand in."""
    changed = ((doc.span.source, state.documents[name].span.source) for name, doc in library.documents.items())
    return {library.files[source]: now.text for source, now in changed if source.text != now.text}
