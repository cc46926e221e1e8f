"""Fixes for a whole text, one on top of the other: each is tried together with those accepted before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cbm.finding import Finding, Fix
from cbm.repair.finding_matters import Goal
from cbm.repair.footing import Footing
from cbm.repair.offers import WORK, first_fix, goals_of
from cbm.repair.trial import Documents, left_of
from cbm.search.parallel import Watch
from cbm.source import Source, edited
from cbm.syntax.parse import parse


@dataclass(frozen=True, slots=True)
class FixStep:
    """A fix, of the texts as the steps before it left them, and the texts after it."""

    finding: Finding
    fix: Fix
    documents: Documents


def steps(
    footing: Footing,
    wanted: Callable[[Finding], bool],
    accept: Callable[[Finding, Fix], bool],
    watch: Watch | None = None,
) -> Iterator[FixStep]:
    """For each finding that is not settled yet the first fix that holds; what is not accepted is left out."""
    documents, settled, waiting = footing.documents, list[Goal](), goals_of(footing, wanted)
    count = len(waiting)
    while waiting:
        if watch is not None:
            watch(WORK, count - len(waiting), count)
        goal = waiting.pop(0)
        fix = first_fix(footing, documents, [*settled, goal])
        if fix is not None and accept(goal.finding, fix):
            documents = reread(documents, fix)
            settled.append(goal)
            waiting = left_of(footing, documents, waiting)
            yield FixStep(goal.finding, fix, documents)


def reread(documents: Documents, fix: Fix) -> Documents:
    """The documents after the fix, with their places in the new texts."""
    result = dict(documents)
    for source in dict.fromkeys(edit.span.source for edit in fix.edits):
        names = [name for name, document in documents.items() if document.span.source == source]
        file, findings = parse(Source(source.name, edited(source, fix.edits)))
        assert not findings, "a fix that was tried can be read"
        result.update(zip(names, file.documents, strict=True))
    return result
