"""Findings to findings with ways out: for each the changes of the text that were tried and settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from cbm.finding import Finding, Fix
from cbm.process.budget import current_budget
from cbm.records import replace
from cbm.repair.editable_text import Sheet, sheet
from cbm.repair.finding_matters import Goal, matter_of
from cbm.repair.footing import Footing
from cbm.repair.proposing.proposals import proposals
from cbm.repair.trial import Documents, tried, understood
from cbm.search.parallel import Watch, counted
from cbm.translation.saying import mark, say

# Of one finding at most so many fixes are shown, and at most so many changes tried.
FIXES, TRIES = 3, 12
# Where ways out of more findings are looked for, one of each is enough.
MANY = 24
WORK = mark("ways out")  # as progress is told
_FIRST_ALONE = mark(
    "no more changes were tried, since ways out of so many findings are looked for: with fewer rules up to three "
    "are shown (on the command line: `--select`)"
)


def offered(footing: Footing, wanted: Callable[[Finding], bool], watch: Watch | None = None) -> tuple[Finding, ...]:
    """The findings of the footing; those wanted come with their fixes, or the note that there are none."""
    drawn = sheet(footing.documents, footing.inquiry.system)
    told: dict[Finding, Finding] = {}
    goals = goals_of(footing, wanted)
    enough = FIXES if len(goals) <= MANY else 1
    for goal in counted(goals, WORK, watch):
        told[goal.finding] = _with_fixes(footing, drawn, goal, enough)
    return tuple(told.get(finding, finding) for finding in footing.findings)


def goals_of(footing: Footing, wanted: Callable[[Finding], bool]) -> list[Goal]:
    """The findings out of which a way can be looked for."""
    matters = ((f, matter_of(footing.inquiry, footing.openings, f)) for f in footing.findings if wanted(f))
    return [Goal(finding, matter) for finding, matter in matters if matter is not None]


def first_fix(footing: Footing, documents: Documents, goals: list[Goal]) -> Fix | None:
    """The first change of the documents that settles the last of the goals and keeps the others settled."""
    system = understood(footing, documents)
    if system is None:
        return None
    return next(_fixes(footing, documents, sheet(documents, system), goals), None)


def _with_fixes(footing: Footing, drawn: Sheet, goal: Goal, enough: int) -> Finding:
    finding = goal.finding
    fixes = tuple(islice(_fixes(footing, footing.documents, drawn, [goal]), enough))
    if fixes:
        notes = () if enough == FIXES else (say(_FIRST_ALONE),)
        return replace(finding, fixes=fixes, remedies=(), notes=(*finding.notes, *notes))
    proposed = next(proposals(footing.inquiry, drawn, goal.matter), None)
    if proposed is None or current_budget().stopped:
        return finding  # none was tried, or there may be some
    note = say("no change of the text was found that settles this without bringing something else")
    return replace(finding, notes=(*finding.notes, note))


def _fixes(footing: Footing, documents: Documents, drawn: Sheet, goals: list[Goal]) -> Iterator[Fix]:
    for proposal in islice(proposals(footing.inquiry, drawn, goals[-1].matter), TRIES):
        edits = tried(footing, documents, proposal.edits, goals)
        if edits is not None:
            yield Fix(proposal.description, edits)
