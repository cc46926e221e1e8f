"""Parties in each other's place, as one question: does the image of a text ask for more, or permit more, than it."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, row_for
from cbm.certify.verdict_kinds.compared_meanings.other_meanings import stricter
from cbm.comparison.differences import changed_clauses
from cbm.comparison.mirror_image import AskedExchange, mirror_image, says_the_same, without_reasons
from cbm.comparison.two_texts import ReadText, TwoTexts, as_written, hanging_together, two_texts
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict

SAME = "by definition: each clause of the image is one of the text"
APART = "with the clauses that say why and without them other clauses are told: the search alone compares these"
YIELDING = "what clauses yield to would have to be found in the image as well: the search alone asks about these"


def exchanged(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """W, and some conduct that the text leaves and its image does not; or that the image alone permits."""
    for question in outcome.questions:
        if isinstance(question.of, AskedExchange) and question.verdict is not Ending.UNDECIDED:
            yield _of_parties(inquiry, question, question.of)


def _of_parties(inquiry: Inquiry, question: Question, parties: AskedExchange) -> VerdictRow:
    rule, subject, ending = question.rule, question.subject, question.verdict
    if parties.apart:
        return VerdictRow(rule, (), "", "", subject, ending, why=APART)
    system = inquiry.system if parties.beside_reasons else without_reasons(inquiry.system)
    image = mirror_image(system, parties.one, parties.other)
    cases: list[BearerCase] = []
    if not says_the_same(system, image):
        if any(norm.document == system.subject for edge in system.precedences for norm in edge.yielding):
            return VerdictRow(rule, (), "", "", subject, ending, why=YIELDING)
        both = two_texts(*(ReadText(as_written(one), (), ()) for one in (system, image)))
        cases += _stricter(both)
    if not cases and ending is Ending.CLEAR:
        return VerdictRow(rule, (), "", "", subject, ending, why=SAME, plain=True)
    answer = Verdict.SAT if ending is Ending.FOUND else Verdict.UNSAT
    bearer = bearer_words(inquiry, {case.about.bearer: case.about for case in cases}.values())
    return row_for(
        inquiry,
        rule,
        bearer=bearer,
        question=subject,
        ending=ending,
        cases=cases,
        expected=answer,
    )


def _stricter(both: TwoTexts) -> Iterator[BearerCase]:
    """For each bearer, with advice and without: where the image is."""
    for about in both.inquiry.grounds:
        near = hanging_together(both, about, changed_clauses(both, about))
        for advised in (False, True):
            old, new = (
                [n for n in both.standing(text, about, advised).norms if n.norm.id in near]
                for text in (both.old, both.new)
            )
            yield from stricter(about, old, new, advised)
