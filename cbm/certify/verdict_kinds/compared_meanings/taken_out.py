"""What a text would mean without a clause, or without its standing in place of another one, as one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, row_for
from cbm.certify.standing import standing_among, standing_norms
from cbm.certify.verdict_kinds.compared_meanings.other_meanings import clashes, differing, near_changes
from cbm.comparison.deletion import COMPARED, AskedDeletion, clashes_without, grounds_without
from cbm.comparison.idle_edges import AskedEdge, grounds_without_edge, meeting_at
from cbm.comparison.meaning import MeaningPart
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import joining
from cbm.core.expressions import NormId
from cbm.core.norms import Displacement
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict

SAME = "by definition: no norm binds otherwise without it"
YIELDING = "what yields to what is another matter without it: the search alone asks what clashes then"


def taken_out(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """W, and some conduct that the text has without it and has not with it, or the other way round.

    Not of a text under negotiation, of which parts are told.
    """
    if any(term.choice is not None for term in inquiry.system.open_terms):
        return
    for question in outcome.questions:
        of = question.of
        if question.verdict is Ending.UNDECIDED:
            continue
        if isinstance(of, AskedDeletion):
            changed = grounds_without(inquiry, of.norm)
            known = clashes_without(inquiry, of.norm)
            yield _TextWithout(inquiry, question, (of.norm,), changed, known, COMPARED).row(Ending.FOUND)
        elif isinstance(of, AskedEdge):
            changed = grounds_without_edge(inquiry, of.edge)
            norms = (of.edge.by, of.edge.of)
            yield _TextWithout(inquiry, question, norms, changed, None, tuple(MeaningPart)).row(Ending.CLEAR, of.edge)


class _TextWithout:
    """The norms of each bearer, and as they would be without it."""

    def __init__(
        self,
        inquiry: Inquiry,
        question: Question,
        norms: tuple[NormId, ...],
        changed: Sequence[Ground],
        known: Iterable[ConflictSet] | None,
        parts: Sequence[MeaningPart],
    ) -> None:
        self._inquiry, self._question, self._norms, self._parts = inquiry, question, norms, parts
        self._pairs, self._known = list(zip(inquiry.grounds, changed, strict=True)), known

    def row(self, differs: Ending, edge: Displacement | None = None) -> VerdictRow:
        """`differs`: how the question ends where the meaning is another one; an edge is also for what would clash."""
        rule, subject, ending = self._question.rule, self._question.subject, self._question.verdict
        if self._known is None and any(joining(b.system, near_changes(a, b)) for a, b in self._pairs):
            return VerdictRow(rule, self._norms, "", "", subject, ending, why=YIELDING)
        cases, meanings = [*self._lifted(edge)] if edge is not None else [], {}
        for about, other in self._pairs:
            for advised in (False, True):
                before = standing_norms(self._inquiry, about, advised)
                after = standing_among(other.system, self._known or (), other, advised, changed=True)
                meanings.update({**before.meanings, **after.meanings})
                cases += differing(before.ground, after.ground, advised, self._parts)
        if not cases and ending is not differs:
            return VerdictRow(rule, self._norms, "", "", subject, ending, why=SAME, plain=True)
        answer = Verdict.SAT if ending is differs else Verdict.UNSAT
        bearer = bearer_words(self._inquiry, {c.about.bearer: c.about for c in cases}.values())
        return row_for(
            self._inquiry,
            rule,
            clauses=self._norms,
            bearer=bearer,
            question=subject,
            ending=ending,
            cases=cases,
            expected=answer,
            meanings=meanings,
        )

    def _lifted(self, edge: Displacement) -> Iterator[BearerCase]:
        """What the edge lifts would clash with other duties if it did not."""
        for about, other in self._pairs:
            meeting, lower = meeting_at(edge, about), other.find(edge.of)
            if meeting is not None and lower is not None and lower.norm.demands:
                clash = ("it would clash", clashes(other, other.demanding, lower))
                yield BearerCase(about, (("it is lifted", meeting.lifted), *(("", p) for p in about.feasible), clash))
