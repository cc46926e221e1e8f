"""Findings to findings with ways out: for each the changes of the text that were tried and settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cbm.finding import Finding, Fix, Repairs
from cbm.repair.footing import Footing
from cbm.repair.matters import Goal, matter_of
from cbm.repair.proposals import proposals
from cbm.repair.sheet import Proposal, Sheet, sheet
from cbm.repair.trial import tried

# Of one finding at most so many fixes are shown, and at most so many changes tried.
FIXES, TRIES = 3, 12
# So many changes are tried in all, times the clauses that each trial looks at, where not everything is asked for.
SOME = 6_000


def offered(footing: Footing, repairs: Repairs, wanted: Callable[[Finding], bool]) -> tuple[Finding, ...]:
    """The findings of the footing; those that are wanted come with their fixes."""
    if repairs is Repairs.NONE:
        return footing.findings
    drawn = sheet(footing.documents, footing.inquiry.system)
    goals = goals_of(footing, wanted)
    searches = {goal.finding: _Search(footing, drawn, goal) for goal in goals}
    steps = None if repairs is Repairs.ALL else SOME // max(len(footing.inquiry.system.norms), 1)
    for wish in range(1, FIXES + 1):
        for search in searches.values():
            while len(search.fixes) < wish and not search.over and steps != 0:
                search.step()
                steps = None if steps is None else steps - 1
    return tuple(searches[f].told() if f in searches else f for f in footing.findings)


def goals_of(footing: Footing, wanted: Callable[[Finding], bool]) -> list[Goal]:
    """The findings out of which a way can be looked for."""
    matters = ((f, matter_of(footing.inquiry, f)) for f in footing.findings if wanted(f))
    return [Goal(finding, matter) for finding, matter in matters if matter is not None]


class _Search:
    """The ways out of one finding, tried one after the other."""

    def __init__(self, footing: Footing, drawn: Sheet, goal: Goal) -> None:
        self.fixes: list[Fix] = []
        self.over = False
        self._footing, self._goal = footing, goal
        self._proposals: Iterator[Proposal] = proposals(footing.inquiry, drawn, goal.matter)
        self._tried = 0

    def step(self) -> None:
        """Tries one more change."""
        proposal = next(self._proposals, None)
        if proposal is None:
            self.over = True
            return
        self._tried += 1
        self.over = self._tried == TRIES
        edits = tried(self._footing, self._footing.documents, proposal.edits, (self._goal,))
        if edits is not None:
            self.fixes.append(Fix(proposal.description, edits))

    def told(self) -> Finding:
        """The finding with its fixes, or with the note that there are none."""
        finding = self._goal.finding
        if self.fixes:
            return replace(finding, fixes=tuple(self.fixes), remedies=())
        return replace(finding, notes=(*finding.notes, self._in_vain()))

    def _in_vain(self) -> str:
        more = "" if self.over else "; `cbm check --repairs all` tries more"
        if not self._tried:
            return "no change of the text was found that could be tried" if self.over else f"no change was tried{more}"
        if self._tried == 1:
            return f"one change was tried, and it does not settle this without bringing something else{more}"
        return f"{self._tried} changes were tried, and none settles this without bringing something else{more}"
