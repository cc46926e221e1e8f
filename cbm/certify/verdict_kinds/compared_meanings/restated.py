"""Restatements as questions: is there an encounter in which a clause differs from a provision of another text."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.certify.claims import AllOf, AnyOf, NotSo
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended, resting, row_for
from cbm.certify.standing import happening, kept
from cbm.comparison.clause_pairs.provisions import DifferenceKind, differences, used_together
from cbm.core.expressions import FALSE
from cbm.core.norms import Norm, by_clause
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.finding import RuleId
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.wording.clause_names import clause_names, restating

PLAIN = "by definition: no provision of another text has its form and is about what it is about"
FORM = "by definition: what they say, or what follows a breach, has another modality or strength"
_DIFFER = (
    "is there an encounter in which one is kept, or made use of, and the other is not, or are both never kept there"
)
_ALIKE = "is there a package on which the two differ in no encounter, and are kept, or made use of, in some"
_APART = "is there an encounter in which one is kept, or made use of, and the other is not"


def restated(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each clause that repeats none a row for each provision that it might repeat, and one that rests on these.

    Of a text under negotiation it is asked whether that is so on any package.
    """
    choices = frozenset(term.variable for term in inquiry.system.open_terms if term.choice is not None)
    questions = (q for q in outcome.questions if q.rule == RuleId.RESTATEMENT)
    subject = inquiry.system.subject
    foreign = [norm for norm in inquiry.system.norms.values() if norm.id.document != subject]
    own = [norm for norm in inquiry.system.norms.values() if norm.id.document == subject and not norm.restates]
    told = (finding.clauses for finding in outcome.findings if finding.rule is RuleId.RESTATEMENT)
    repeated = {(clauses[0], other) for clauses in told for other in clauses[1:]}
    for norm, question in zip(own, questions, strict=False):  # where it was not asked there is none
        assert question.subject == clause_names(inquiry.system, (norm.id,))
        carried: Told = (RuleId.RESTATEMENT, question.subject)
        if choices and question.verdict is not Ending.UNDECIDED:
            rows = [row for other in foreign for row in _on_no_package(inquiry, norm, other, carried, choices)]
            yield from ended(question, carried, rows, PLAIN)
        elif question.verdict is Ending.CLEAR:
            rows = [row for other in foreign for row in _unlike(inquiry, norm, other, carried)]
            yield from rows
            yield resting(carried, rows, PLAIN)
        elif question.verdict is Ending.FOUND:
            like = (other for other in foreign if (str(norm.id), str(other.id)) in repeated)
            rows = [row for other in like for row in _unlike(inquiry, norm, other, carried)][:1]
            subject, ending, answer = question.subject, Ending.FOUND, Verdict.UNSAT
            yield from (replace(row, question=subject, ending=ending, expected=answer, carries=None) for row in rows)


def faithful(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Whether what says that it restates a provision differs from it: W, and some conduct in which it does."""
    rule, norms = RuleId.DIVERGENT_RESTATEMENT, inquiry.system.norms
    asked = (q for q in outcome.questions if q.rule == rule and not q.of_words)  # one of each two wordings, in order
    for clause, own in by_clause(norms).items():
        of_clause = norms[own[0]].restates if clause.document == inquiry.system.subject else ()
        for others in by_clause(of_clause).values():
            question, subject = next(asked, None), restating(inquiry.system, own[0], others[0])
            if question is None or question.verdict is Ending.UNDECIDED:
                continue
            assert question.subject == subject
            if question.of is DifferenceKind.FORM:
                yield VerdictRow(rule, (own[0], others[0]), "", subject, _APART, Ending.FOUND, why=FORM, plain=True)
            else:
                ended = question.verdict
                cases = [
                    BearerCase(about, (("the two differ", kept(about, differ)),))
                    for about in inquiry.grounds
                    for differ in differences(about, [norms[norm] for norm in own], [norms[norm] for norm in others])
                ]
                bearer, said = bearer_words(inquiry, inquiry.grounds), (own[0], others[0])
                answer = Verdict.UNSAT if ended is Ending.CLEAR else Verdict.SAT
                yield row_for(
                    inquiry,
                    rule,
                    clauses=said,
                    bearer=bearer,
                    matter=subject,
                    question=_APART,
                    ending=ended,
                    cases=cases,
                    expected=answer,
                )


def _unlike(inquiry: Inquiry, norm: Norm, other: Norm, told: Told) -> Iterator[VerdictRow]:
    """That two provisions about one act or result differ towards some bearer, if only in what follows a breach.

    Or they are never kept, or made use of, together.
    """
    comparable = used_together(inquiry.grounds, norm, other)
    if not comparable:
        return
    cases = [
        BearerCase(about, (("the two differ", kept(about, differ)),))
        for about in inquiry.grounds
        for differ in differences(about, (norm,), (other,))
        if differ != FALSE
    ]
    never = AllOf(tuple(NotSo(happening(about, {}, *formulas)) for about, formulas in comparable))
    cases.append(BearerCase(inquiry.grounds[0], (("the two are never kept, or made use of, together", never),)))
    bearer, norms = bearer_words(inquiry, [about for about, _ in comparable]), (norm.id, other.id)
    yield row_for(
        inquiry,
        RuleId.RESTATEMENT,
        clauses=norms,
        bearer=bearer,
        question=_DIFFER,
        ending=Ending.CLEAR,
        cases=cases,
        expected=Verdict.SAT,
        carries=told,
    )


def _on_no_package(
    inquiry: Inquiry, norm: Norm, other: Norm, told: Told, choices: frozenset[Variable]
) -> Iterator[VerdictRow]:
    """The package comes first: on none two provisions are alike in all encounters, and kept or used in some."""
    comparable = used_together(inquiry.grounds, norm, other)
    if not comparable:
        return
    alike = tuple(
        NotSo(happening(about, {}, differ, but=choices))
        for about in inquiry.grounds
        for differ in differences(about, (norm,), (other,))
        if differ != FALSE
    )
    together = AnyOf(tuple(happening(about, {}, *formulas, but=choices) for about, formulas in comparable))
    first = inquiry.grounds[0]
    of_packages = tuple(part for part in first.possible if choices.issuperset(variables(part)))
    claims = (("the two differ in no encounter", AllOf(alike)), ("they are kept, or made use of, together", together))
    yield row_for(
        inquiry,
        RuleId.RESTATEMENT,
        clauses=(norm.id, other.id),
        bearer=bearer_words(inquiry, [about for about, _ in comparable]),
        question=_ALIKE,
        ending=Ending.CLEAR,
        cases=(BearerCase(replace(first, possible=of_packages), claims),),
        expected=Verdict.UNSAT,
        carries=told,
    )
