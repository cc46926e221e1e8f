"""What is left open and what words mean, as questions: reserves, topics that are governed, terms of two texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.certify.claims import NotSo, anywhere
from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, row_for
from cbm.certify.standing import StandingNorms, kept
from cbm.certify.verdict_kinds.on_readings import read_by_parties, reading_first, terms_of
from cbm.core.expressions import Formula
from cbm.core.matters import Settled
from cbm.core.norms import Coverage, Reserve, Strength
from cbm.coverage.governance import governing, left_open_in, owed_in
from cbm.ground.all_roles import ground_together
from cbm.ground.grounder import Grounder
from cbm.ground.party_readings import tied
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome, Question
from cbm.resolve.quantities.divergence import AskedTerm, parting
from cbm.smt.journal import Verdict

SILENT = "by definition: no clause of the text is on what it leaves open"


def silences(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """A row for each verdict on reserves and on terms, with the question that it comes to."""
    for question in outcome.questions:
        if question.verdict is not Ending.UNDECIDED:
            row = _row(inquiry, question, views)
            if row is not None:
                yield row


def _row(inquiry: Inquiry, question: Question, views: Sequence[StandingNorms]) -> VerdictRow | None:
    first = views[0]
    match question.of:
        case (Reserve() as one, Reserve() as other):
            both = (left_open_in(first.ground, reserve) for reserve in (one, other))
            case = BearerCase(first.ground, (("both leave it open", kept(first.ground, *both)),))
            return _row_of(inquiry, question, [case], Verdict.UNSAT)
        case (Reserve() as one,):
            cases = [case for view in views for case in _governed(view, one)]
            if not cases:
                return VerdictRow(question.rule, (), "", "", question.subject, Ending.CLEAR, why=SILENT, plain=True)
            return _row_of(inquiry, question, cases, Verdict.UNSAT, views)
        case AskedTerm(on_every=False) as term:
            axioms, differ = _parted(inquiry, term)
            case = BearerCase(replace(first.ground, possible=axioms), (("the two differ", differ),))
            return _row_of(inquiry, question, [case], Verdict.UNSAT)
        case AskedTerm() as term:
            return _row_of(inquiry, question, [_alike_on_some(inquiry, first, term)], Verdict.SAT)
        case _:
            return None


def governed_as_promised(
    inquiry: Inquiry, views: Sequence[StandingNorms], question: Question, clauses: Sequence[str]
) -> VerdictRow | None:
    """Somebody complies where it is promised, and a clause of it binds; None if it was not asked so."""
    match question.of:
        case (Coverage() as promise, str() | Settled() as matter):
            cases = [case for view in views for case in _met(view, promise, matter, clauses)]
            return _row_of(inquiry, question, cases, Verdict.SAT, views)
        case _:
            return None


def _met(view: StandingNorms, promise: Coverage, matter: str | Settled, clauses: Sequence[str]) -> Iterator[BearerCase]:
    about = view.ground
    owed = [n.demand for n in about.demanding if n.norm.strength is Strength.MUST]
    for n in governing(about, matter):
        if str(n.norm.id) in clauses:
            met = kept(about, owed_in(about, promise, matter), n.binds, *owed)
            yield BearerCase(about, ((f"{n.norm.id} binds where it is promised, and all is complied with", met),))


def _governed(view: StandingNorms, reserve: Reserve) -> Iterator[BearerCase]:
    about = view.ground
    for n in about.norms:
        if n.norm.id.document == about.system.subject and any(map(reserve.concerns, n.norm.topics)):
            bound = kept(about, left_open_in(about, reserve), n.binds)
            yield BearerCase(about, ((f"{n.norm.id} binds where it is left open", bound),))


def _parted(inquiry: Inquiry, asked: AskedTerm) -> tuple[tuple[Formula, ...], Formula]:
    """What all units can find and do, and where the meanings of the term differ."""
    system, grounder = inquiry.system, Grounder(inquiry.system, ())
    here = next(term for term in system.texts[system.subject].terms if term.name == asked.name)
    there = next(term for term in system.texts[asked.document].terms if term.name == asked.name)
    differ = parting(here.meaning, there.meaning)
    assert differ is not None, "what cannot be compared was told as different"
    everyone = Grounder(system, tuple(range(len(system.situation.roles))))
    axioms = (*ground_together(system).everything, *grounder.joined(system.texts[system.subject]))
    return axioms, everyone.formula(differ)


def _alike_on_some(inquiry: Inquiry, view: StandingNorms, asked: AskedTerm) -> BearerCase:
    """There is a reading on which they differ in no encounter."""
    axioms, differ = _parted(inquiry, asked)
    terms = terms_of(view, (*axioms, differ))
    read = read_by_parties(inquiry.system, terms)
    nowhere = NotSo(anywhere({}, *axioms, *tied(inquiry.system, terms), differ, but=read))
    return BearerCase(reading_first(view.ground, terms), (("the two differ in no encounter", nowhere),))


def _row_of(
    inquiry: Inquiry,
    question: Question,
    cases: Sequence[BearerCase],
    answer: Verdict,
    views: Sequence[StandingNorms] = (),
) -> VerdictRow:
    """`answer` is what it comes to where nothing was found."""
    if question.verdict is Ending.FOUND:
        answer = Verdict.UNSAT if answer is Verdict.SAT else Verdict.SAT
    meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
    bearer = bearer_words(inquiry, {case.about.bearer: case.about for case in cases}.values()) if views else ""
    return row_for(
        inquiry,
        question.rule,
        bearer=bearer,
        question=question.subject,
        ending=question.verdict,
        cases=cases,
        expected=answer,
        meanings=meanings,
    )
