"""What is said of encounters, as questions: that a case describes one, and that an exception comes into play in one."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, row_for
from cbm.certify.standing import kept
from cbm.core.expressions import TRUE, conjunction
from cbm.core.norms import Norm
from cbm.finding import RuleId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.wording.clause_names import clause_names


def described(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """A row for each of them of which nothing was found; each carries the verdict of the report."""
    asked = [q for q in outcome.questions if q.rule == RuleId.VACUITY]
    clear = {q.subject for q in asked} - {q.subject for q in asked if q.verdict is not Ending.CLEAR}
    yield from _cases(inquiry, clear)
    for norm in inquiry.system.norms.values():
        subject = f"{clause_names(inquiry.system, (norm.id,))}: does its exception ever come into play"
        if norm.id.document == inquiry.system.subject and subject in clear:
            yield from _exceptions(inquiry, norm, subject)


def _cases(inquiry: Inquiry, clear: set[str]) -> Iterator[VerdictRow]:
    for case in inquiry.system.cases:
        subject = f"case `{case.title}`"
        about = inquiry.on(case.as_of).grounds[0]
        for whose in dict.fromkeys(expected.whose for expected in case.expected) or (TRUE,):
            if subject in clear:
                given = about.grounder.formula(conjunction(case.given, whose))
                asked = BearerCase(about, (("what is given is so", kept(about, given)),))
                yield row_for(
                    inquiry,
                    RuleId.VACUITY,
                    matter=subject,
                    question="does it describe an encounter",
                    ending=Ending.CLEAR,
                    cases=(asked,),
                    expected=Verdict.SAT,
                    carries=(RuleId.VACUITY, subject),
                )


def _exceptions(inquiry: Inquiry, norm: Norm, subject: str) -> Iterator[VerdictRow]:
    views = [about for about in inquiry.grounds if about.find(norm.id)]
    for number in range(len(norm.exceptions)):
        cases = tuple(_comes_into_play(about, norm, number) for about in views)
        yield row_for(
            inquiry,
            RuleId.VACUITY,
            clauses=(norm.id,),
            bearer=bearer_words(inquiry, views),
            matter=subject,
            question="does it come into play",
            ending=Ending.CLEAR,
            cases=cases,
            expected=Verdict.SAT,
            carries=(RuleId.VACUITY, subject),
        )


def _comes_into_play(about: Ground, norm: Norm, number: int) -> BearerCase:
    said = (*norm.guards, norm.exceptions[number])
    formulas = [about.grounder.guard(guard, norm, about.bearer) for guard in said]
    return BearerCase(about, (("the clause would bind, and the exception holds", kept(about, *formulas)),))
