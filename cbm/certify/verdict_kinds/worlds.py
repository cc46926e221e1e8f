"""Whether the axioms leave encounters and conduct in them, and what is deemed leaves its conditions, as questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.certify.claims import AllOf, AnyOf, Claim, NotSo, SomeConduct, anywhere
from cbm.certify.rows import OPEN, BearerCase, VerdictRow, row_for
from cbm.certify.standing import kept
from cbm.conflicts.deeming import (
    CONDUCT,
    DEEMED,
    ENCOUNTER,
    Deemed,
    conditions_of,
    each_stated,
    is_chosen,
    whatever_deemed,
)
from cbm.core.expressions import Formula, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.substitution import variables
from cbm.finding import RuleId
from cbm.ground.all_roles import ground_together
from cbm.ground.grounding import bearers, ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words

NOTHING_DEEMED = "by definition: no text deems anything under a condition"


def worlds(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """The rows of what is asked before anything else."""
    for question in outcome.questions:
        if question.rule == RuleId.INCONSISTENT_VOCABULARY:
            if question.verdict is Ending.UNDECIDED:
                yield VerdictRow(question.rule, (), "", "", question.subject, Ending.UNDECIDED, why=OPEN)
            elif question.subject == ENCOUNTER:
                yield from _encounters(inquiry, question)
            elif question.subject == CONDUCT:
                yield from _conduct(inquiry, question)
            elif question.subject == DEEMED:
                yield _deemed(inquiry, question)


def no_world(system: NormSystem, outcome: Outcome) -> Iterator[VerdictRow]:
    """The axioms leave no encounter to the unit in some role: nothing else was asked."""
    abouts = tuple(ground(system, bearer) for bearer in bearers(system) or (0,))
    inquiry = Inquiry(system, abouts)
    cases = [
        BearerCase(replace(about, possible=()), (("no encounter is possible", NotSo(anywhere({}, *about.possible))),))
        for about in abouts
    ]
    for question in outcome.questions:
        yield row_for(
            inquiry,
            question.rule,
            question=question.subject,
            ending=question.verdict,
            cases=cases,
            expected=Verdict.SAT,
        )


def _encounters(inquiry: Inquiry, question: Question) -> Iterator[VerdictRow]:
    for about in inquiry.grounds:
        bearer = role_words(inquiry.system, about.bearer)
        case = BearerCase(about, (("some conduct is possible", kept(about)),))
        yield row_for(
            inquiry,
            question.rule,
            bearer=bearer,
            question=question.subject,
            ending=question.verdict,
            cases=(case,),
            expected=Verdict.SAT,
        )


def _conduct(inquiry: Inquiry, question: Question) -> Iterator[VerdictRow]:
    """W of all units, and none of their conduct feasible; the same of each by itself where it is so of none."""
    axioms = ground_together(inquiry.system).everything
    conduct = frozenset(v for axiom in axioms for v in variables(axiom) if v.origin.decided)
    possible = tuple(axiom for axiom in axioms if conduct.isdisjoint(variables(axiom)))
    feasible = tuple(axiom for axiom in axioms if not conduct.isdisjoint(variables(axiom)))
    about = replace(inquiry.grounds[0], possible=possible, feasible=feasible, conduct=conduct)
    stuck = BearerCase(about, (("no conduct is possible", NotSo(kept(about))),))
    answer = Verdict.SAT if question.verdict is Ending.FOUND else Verdict.UNSAT
    yield row_for(
        inquiry,
        question.rule,
        question=question.subject,
        ending=question.verdict,
        cases=(stuck,),
        expected=answer,
    )
    for one in inquiry.grounds if question.verdict is Ending.CLEAR else ():
        none = (BearerCase(one, (("no conduct is possible", NotSo(kept(one))),)),)
        bearer, words = (
            role_words(inquiry.system, one.bearer),
            "does an encounter leave the unit nothing that it can do",
        )
        yield row_for(
            inquiry,
            question.rule,
            bearer=bearer,
            question=words,
            ending=Ending.CLEAR,
            cases=none,
            expected=Verdict.UNSAT,
        )


def _deemed(inquiry: Inquiry, question: Question) -> VerdictRow:
    """Conditions hold together as the vocabulary has it, and not with what is deemed."""
    found = question.verdict is Ending.FOUND
    known = _Deemings(inquiry.system)
    if not known.conditional and not found:
        return VerdictRow(question.rule, (), "", "", question.subject, Ending.CLEAR, why=NOTHING_DEEMED, plain=True)
    claims = [*known.contradicting(), *([] if found else known.of_its_own())]
    case = BearerCase(replace(inquiry.grounds[0], possible=()), tuple(claims))
    answer = Verdict.SAT if found else Verdict.UNSAT
    return row_for(
        inquiry,
        question.rule,
        question=question.subject,
        ending=question.verdict,
        cases=(case,),
        expected=answer,
    )


class _Deemings:
    """What texts deem; which conditions are looked at together is told by flags that are free."""

    def __init__(self, system: NormSystem) -> None:
        everything = list(each_stated(system))
        self._subject = system.subject
        self._deeming = [d for d in everything if d.axiom.document is not None]
        self._allowed = whatever_deemed(everything, tuple(ground_together(system).everything))
        self.conditional = conditions_of(self._deeming)

    def contradicting(self) -> Iterator[tuple[str, Claim]]:
        """A smallest choice of conditions that what is deemed leaves out."""
        meant = [d.meaning for d in self._deeming]
        yield "conditions are selected", disjunction(*map(is_chosen, self.conditional))
        yield "the vocabulary lets them hold together", self._episode((), self.conditional)
        yield "what is deemed does not", NotSo(self._episode(meant, self.conditional))
        rests = ((d, [o for o in self.conditional if o is not d]) for d in self.conditional)
        fewer = (AnyOf((negation(is_chosen(d)), self._episode(meant, rest))) for d, rest in rests)
        yield "but it does without any of them", AllOf(tuple(fewer))

    def of_its_own(self) -> Iterator[tuple[str, Claim]]:
        """What is deemed under each of them has a part in it, and the text under check under one."""
        needed = []
        for d in self.conditional:
            meant = [o.meaning for o in self._deeming if o.axiom is not d.axiom]
            needed.append(AnyOf((negation(is_chosen(d)), self._episode(meant, self.conditional))))
        yield "what is deemed under each of them has a part in it", AllOf(tuple(needed))
        own = (is_chosen(d) for d in self.conditional if d.axiom.document == self._subject)
        yield "one of them is of the text", disjunction(*own)

    def _episode(self, meant: Iterable[Formula], conditional: Iterable[Deemed]) -> SomeConduct:
        """In some episode the conditions hold that are selected among these, and so does what is meant."""
        selected = (disjunction(negation(is_chosen(d)), d.given) for d in conditional)
        flags = [v for d in self.conditional for v in variables(is_chosen(d))]
        return anywhere({}, *self._allowed, *meant, *selected, but=flags)
