"""Derogations as questions: does a clause fall short of a duty of another text, in some way in which it might."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.certify.claims import Claim, NotSo, SomeConduct
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended, row_for
from cbm.certify.standing import StandingNorms, kept, standing_norms
from cbm.comparison.clause_pairs.derogations import ShortQuestion, short_questions, takes_back_openly
from cbm.core.norms import Norm, Strength
from cbm.finding import RuleId
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.wording.clause_names import clause_names

PLAIN = "by definition: no duty of another text is about what it is about"
_SHORT = {
    True: "is there a situation in which whoever keeps the second keeps the first, though not the other way round",
    False: "is there a situation in which what the first grants leaves no way to keep the second, which could be kept",
}


def derogating(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each clause a row for each duty that it might take back, and one that rests on these.

    Of a clause that does, one row asks of the duties of which that was found.
    """
    system = inquiry.system
    questions = (q for q in outcome.questions if q.rule == RuleId.DEROGATION)
    views = {s: [standing_norms(inquiry, about, s is Strength.SHOULD) for about in inquiry.grounds] for s in Strength}
    duties = [n for n in system.norms.values() if n.id.document != system.subject and n.demands]
    own = [norm for norm in system.norms.values() if norm.id.document == system.subject]
    fallen = {finding.clauses for finding in outcome.findings if finding.rule is RuleId.DEROGATION}
    for norm, question in zip(own, questions, strict=False):  # where it was not asked there is none
        assert question.subject == clause_names(system, (norm.id,))
        if question.verdict is not Ending.UNDECIDED:
            told: Told = (RuleId.DEROGATION, question.subject)
            others = [other for other in duties if not takes_back_openly(system, norm, other)]
            if question.verdict is Ending.FOUND:
                others = [other for other in others if (str(norm.id.unworded), str(other.id.unworded)) in fallen]
            rows = [row for other in others for row in _no_less(inquiry, views[other.strength], norm, other, told)]
            yield from ended(question, told, rows, PLAIN)


def _no_less(
    inquiry: Inquiry, views: Sequence[StandingNorms], norm: Norm, other: Norm, told: Told
) -> Iterator[VerdictRow]:
    """In no situation can who keeps the duty do otherwise than the clause has it, or use what the clause grants."""
    cases = list(falling_short(views, norm, other))
    if cases:
        meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
        bearer = bearer_words(inquiry, {case.about.bearer: case.about for case in cases}.values())
        yield row_for(
            inquiry,
            RuleId.DEROGATION,
            clauses=(norm.id, other.id),
            bearer=bearer,
            question=_SHORT[norm.demands],
            ending=Ending.CLEAR,
            cases=cases,
            expected=Verdict.UNSAT,
            meanings=meanings,
            carries=told,
        )


def falling_short(views: Sequence[StandingNorms], norm: Norm, other: Norm) -> Iterator[BearerCase]:
    """Each way in which a clause might fall short of a duty, or use up what it needs, for each bearer."""
    for view in views:
        for way in short_questions(view.ground, norm, other):
            yield BearerCase(view.ground, tuple(_falls_short(way)))


def _falls_short(way: ShortQuestion) -> Iterator[tuple[str, Claim]]:
    """What has to be so; the values of results that are granted are nobody's choice."""
    about, chosen = way.about, way.world.conduct
    yield (
        "the first is complied with, or used, and not the second",
        SomeConduct((*about.feasible, *way.reached), chosen),
    )
    yield "the second can be kept", kept(about, *way.binds, way.duty)
    if way.missed:
        yield "the first asks for something there", kept(about, *way.missed)
    yield "not with the first", NotSo(SomeConduct((*about.feasible, *way.excluded), chosen))
