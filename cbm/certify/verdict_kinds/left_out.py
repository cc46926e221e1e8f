"""Seams as questions: for each bound that clauses draw, is nothing governed just there, though just beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.certify.rows import Told, VerdictRow, bearer_words, ended, row_for
from cbm.certify.standing import StandingNorms, broken
from cbm.coverage.seams import asked_of, groups, seams, topics
from cbm.finding import Ending, Outcome, Question, RuleId
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.journal import Verdict
from cbm.wording.condition_words import condition_words

UNBOUND = "by definition: no clause on it draws a bound"
YIELDING = "what clauses yield to draws bounds as well: the search alone asks about these"


def left_out(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """For each clear verdict a row for each bound, and one that rests on these; where one is left out, one of all."""
    ended = [q for q in outcome.questions if q.rule == RuleId.SEAM]
    for topic in topics(inquiry.system):
        subject = asked_of(topic)
        for view, question in zip(views, (q for q in ended if q.subject == subject), strict=True):
            if question.verdict is not Ending.UNDECIDED:
                yield from _of_topic(inquiry, question, view, topic)


def _of_topic(inquiry: Inquiry, question: Question, view: StandingNorms, topic: str | None) -> Iterator[VerdictRow]:
    subject, bearer = asked_of(topic), bearer_words(inquiry, (view.ground,))
    told = (RuleId.SEAM, f"{subject}: {bearer}")
    rows: list[VerdictRow] = []
    why = ""
    for bounds in _bounds(inquiry, view, topic, told):
        if isinstance(bounds, VerdictRow):
            rows.append(bounds)
        else:
            why = bounds
    if why:
        yield VerdictRow(RuleId.SEAM, (), bearer, "", subject, question.verdict, why=why)
    else:
        yield from (row if row.asked else replace(row, bearer=bearer) for row in ended(question, told, rows, UNBOUND))


def _bounds(inquiry: Inquiry, view: StandingNorms, topic: str | None, told: Told) -> Iterator[VerdictRow | str]:
    """A row for each bound of each group of clauses; or why there is none."""
    about, system = view.ground, inquiry.system
    on_topic = [n for n in about.norms if topic is not None and topic in n.norm.topics]
    for name, matter, norms, advised in groups(about, topic):
        if any(view.yields(n.norm.id) for n in (*norms, *on_topic)):
            yield YIELDING
            return
        for seam in seams(about, norms, matter, advised, on_topic, each=True):
            where = condition_words(system, seam.boundary.inside)
            question = f"is nothing of it governed just where {where}, whatever is done, though beside it something is"
            case = broken(about, seam.region)
            clauses = tuple(dict.fromkeys(n.norm.id for n in norms))
            yield row_for(
                inquiry, RuleId.SEAM, clauses, bearer_words(inquiry, (about,)), name, question, Ending.CLEAR, (case,),
                Verdict.UNSAT, carries=told,
            )  # fmt: skip
