"""Paths to mended texts: the best way out of each finding, one on top of the other, and what is found afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from cbm.files import Library, read_library
from cbm.finding import Finding, Fix, Report, Severity
from cbm.pipeline import Outcome, examine, is_wanted, report, subjects_of
from cbm.repair.together import Step, steps

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
    """What was found before and after, the fixes in their order, and the files they change. Nothing is written."""

    before: Report
    after: Report
    fixes: tuple[tuple[Finding, Fix], ...]
    changes: tuple[Change, ...]


def mend(
    paths: Sequence[Path],
    accept: Accept,
    *,
    as_of: date | None = None,
    select: frozenset[str] = frozenset(),
    ignore: frozenset[str] = frozenset(),
    fail_level: Severity = Severity.ERROR,
) -> Mended:
    """Tries to settle everything found in the paths; only fixes that are accepted count. Misuse as in `run`."""
    library = read_library(paths)
    subjects = subjects_of(library)
    wanted = partial(is_wanted, select, ignore)

    def told(outcomes: Iterable[Outcome], state: Library) -> Report:
        return report(state, outcomes, as_of, select, ignore, fail_level)

    def again(state: Library) -> Report:
        return told((examine(state, subject, as_of=as_of)[0] for subject in subjects), state)

    examined = [examine(library, subject, as_of=as_of) for subject in subjects]
    before, state, done = told((outcome for outcome, _ in examined), library), library, list[Step]()
    for subject, known in zip(subjects, examined, strict=True):
        _, footing = known if state is library else examine(state, subject, as_of=as_of)
        for step in () if footing is None else steps(footing, wanted, accept):
            done.append(step)
            state = replace(library, documents=step.documents)
    after = before if not done else again(state)
    while done and _is_worse(before, after):
        done.pop()
        state = replace(library, documents=done[-1].documents) if done else library
        after = again(state)
    return Mended(before, after, tuple((step.finding, step.fix) for step in done), _changes(library, state))


def _is_worse(before: Report, after: Report) -> bool:
    """Whether something is found or not shown that was not before.

    Gaps are told by boxes, and what is left of one may be told by another: they are compared where fixes are tried.
    """
    known = {(f.rule, f.message, f.clauses): f.severity.weight for f in before.findings}
    new = (f for f in after.findings if f.severity is not Severity.NOTE and f.rule != "gap")
    doubtful = {(a.text, a.statement) for a in before.attestations if not a.shown}
    return any(known.get((f.rule, f.message, f.clauses), -1) < f.severity.weight for f in new) or any(
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
