"""Seams as questions: for each bound that clauses draw, is nothing governed just there, though just beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended, row_for
from cbm.certify.standing import StandingNorms, broken, clashing, kept
from cbm.certify.verdict_kinds.on_readings import Incident, failing_on_some
from cbm.conflicts.precedence import settling, suspended_in
from cbm.core.expressions import FALSE, NormId, conjunction, disjunction, negation
from cbm.coverage.seams import AskedMeeting, AskedSeam, Seam, SeamGroup, asked_of, groups, seams, topics
from cbm.finding import RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict
from cbm.wording.condition_words import condition_words

UNBOUND = "by definition: no clause on it draws a bound"
IN_PART = "where clauses yield is known in part only: the search alone asks about these"


def left_out(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """For each clear verdict a row for each bound, and one that rests on these; where one is left out, one of all.

    What clauses yield to draws bounds as well: these are asked about where each yields as the report has it, and rows
    beside them ask whether it does.
    """
    asked = [q for q in outcome.questions if q.rule == RuleId.SEAM]
    yield from (_met(inquiry, q, q.of) for q in asked if isinstance(q.of, AskedMeeting))
    yielding = [_YieldingTold(inquiry, view) for view in views]
    for question in asked:
        of = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if isinstance(of, AskedSeam) and question.verdict is not Ending.UNDECIDED:
            one = next(told for told in yielding if told.view.ground.bearer == of.bearer)
            yield from _on_every_reading(inquiry, question, one, of)
    for topic in topics(inquiry.system):
        subject = asked_of(topic)
        for told, question in zip(yielding, (q for q in asked if q.subject == subject), strict=True):
            if question.verdict is not Ending.UNDECIDED:
                yield from _of_topic(inquiry, question, told, topic)


def _met(inquiry: Inquiry, question: Question, of: AskedMeeting) -> VerdictRow:
    """Clauses that clash: nowhere but at the bound."""
    about = next(about for about in inquiry.grounds if about.bearer == of.bearer)
    elsewhere = ("it is not at the bound", negation(conjunction(*of.inside)))
    case = BearerCase(about, (*clashing(about, [(norm,) for norm in of.norms]), elsewhere))
    return row_for(
        inquiry,
        question.rule,
        clauses=of.norms,
        bearer=bearer_words(inquiry, (about,)),
        question=question.subject,
        ending=question.verdict,
        cases=(case,),
        expected=Verdict.UNSAT,
    )


def _on_every_reading(inquiry: Inquiry, question: Question, told: _YieldingTold, of: AskedSeam) -> Iterator[VerdictRow]:
    """Whether there is a reading on which nothing is left out at the bound, where each clause yields as reported."""
    for norms, seam in _seams_asked(inquiry, told.about, of):
        plain = StandingNorms(told.about, told.about, {}, {})
        case = failing_on_some([Incident(plain, broken(told.about, seam.region))], ())
        answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
        yield row_for(
            inquiry,
            question.rule,
            clauses=tuple(dict.fromkeys(n.norm.id for n in norms)),
            bearer=bearer_words(inquiry, (told.about,)),
            matter=of.name,
            question=question.subject,
            ending=question.verdict,
            cases=(case,),
            expected=answer,
        )
        return


def _seams_asked(inquiry: Inquiry, about: Ground, of: AskedSeam) -> Iterator[tuple[Sequence[GroundNorm], Seam]]:
    """The seams at the bound that was asked about, each with the clauses of its matter."""
    for topic in topics(inquiry.system):
        beside = [n for n in about.norms if topic in n.norm.topics] if topic else ()
        for name, matter, norms, advised in groups(about, topic):
            if (name, advised) == (of.name, of.advised):
                found = seams(about, norms, matter, advised, beside)
                yield from ((norms, seam) for seam in found if seam.boundary == of.boundary)


def _of_topic(inquiry: Inquiry, question: Question, yielding: _YieldingTold, topic: str | None) -> Iterator[VerdictRow]:
    subject, bearer = asked_of(topic), bearer_words(inquiry, (yielding.view.ground,))
    told: Told = (RuleId.SEAM, f"{subject}: {bearer}")
    several = list(groups(yielding.about, topic))
    on_topic = [n for n in yielding.about.norms if topic is not None and topic in n.norm.topics]
    norms = [n.norm.id for n in (*on_topic, *(n for _, _, some, _ in several for n in some))]
    if not yielding.is_known(norms):
        yield VerdictRow(RuleId.SEAM, (), bearer, "", subject, question.verdict, why=IN_PART)
        return
    rows = [row for group in several for row in _bounds(inquiry, yielding.about, group, on_topic, told)]
    beside = [*yielding.rows(norms)]
    yield from beside
    for row in ended(question, told, rows, UNBOUND):
        named = row if row.asked else replace(row, bearer=bearer)
        resting = beside and named.asked is None
        yield replace(named, rests_on=(*named.rests_on, yielding.told), plain=False, why="") if resting else named


def _bounds(
    inquiry: Inquiry, about: Ground, group: SeamGroup, on_topic: Sequence[GroundNorm], told: Told
) -> Iterator[VerdictRow]:
    """A row for each bound of a group of clauses."""
    name, matter, norms, advised = group
    for seam in seams(about, norms, matter, advised, on_topic, each=True):
        where = condition_words(inquiry.system, seam.boundary.inside)
        question = f"is nothing of it governed just where {where}, whatever is done, though beside it something is"
        case = broken(about, seam.region)
        clauses = tuple(dict.fromkeys(n.norm.id for n in norms))
        yield row_for(
            inquiry,
            RuleId.SEAM,
            clauses=clauses,
            bearer=bearer_words(inquiry, (about,)),
            matter=name,
            question=question,
            ending=Ending.CLEAR,
            cases=(case,),
            expected=Verdict.UNSAT,
            carries=told,
        )


class _YieldingTold:
    """The norms of one bearer where they do not yield as the report has it: what they yield to draws bounds as well."""

    def __init__(self, inquiry: Inquiry, view: StandingNorms) -> None:
        self._inquiry, self.view = inquiry, view
        bearer = view.ground.bearer
        self.about = next(about for about in inquiry.strict if about.bearer == bearer)
        self._where = suspended_in(inquiry.system, inquiry.clashes, bearer, advised=False)
        self._asked: set[NormId] = set()

    @property
    def told(self) -> Told:
        return RuleId.SEAM, f"where clauses yield: {self.view.ground.bearer}"

    def is_known(self, norms: Iterable[NormId]) -> bool:
        """Whether the report knows exactly where each of these yields."""
        clashes = (c for c in self._inquiry.clashes if settling(self._inquiry.system, c.norms))
        return not any(map(self.view.yields, norms)) or all(clash.exact for clash in clashes)

    def rows(self, norms: Iterable[NormId]) -> Iterator[VerdictRow]:
        """Whether one of these yields elsewhere than where the report has it, or not everywhere there."""
        for norm in dict.fromkeys(norms):
            if self.view.yields(norm):
                yield from () if norm in self._asked else (self._row(norm),)
                self._asked.add(norm)

    def _row(self, norm: NormId) -> VerdictRow:
        about, flag, there = self.view.plain, self.view.flags[norm], self._where.get(norm, FALSE)
        unlike = disjunction(conjunction(flag, negation(there)), conjunction(negation(flag), there))
        case = BearerCase(about, (("some conduct is possible", kept(about)), ("it does not yield as told", unlike)))
        bearer, question = bearer_words(self._inquiry, (about,)), "does it yield just where the report has it"
        return row_for(
            self._inquiry,
            RuleId.SEAM,
            clauses=(norm,),
            bearer=bearer,
            question=question,
            ending=Ending.CLEAR,
            cases=(case,),
            expected=Verdict.UNSAT,
            meanings=self.view.meanings,
            carries=self.told,
        )
