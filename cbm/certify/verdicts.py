"""Every verdict of a report as a row, and for those that are one question each the question itself.

The questions are the definitions of the rules, written from the ground formulas: no index, no blocks and no search for
minimal sets takes part. From the search comes only what it claims: which sets clash, and how each question ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, product

from cbm.certify.all_units import ALL_UNITS, turned, units_together
from cbm.certify.claims import AllOf, Claim, NotSo, SomeConduct
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended_key, joined, row_for
from cbm.certify.standing import StandingNorms, clashing, happening, kept, standing_norms
from cbm.certify.verdict_kinds.asked_again import AskedAgain
from cbm.certify.verdict_kinds.clean_packages import clean_packages
from cbm.certify.verdict_kinds.compared_meanings.derogating import derogating
from cbm.certify.verdict_kinds.compared_meanings.exchanged import exchanged
from cbm.certify.verdict_kinds.compared_meanings.restated import faithful, restated
from cbm.certify.verdict_kinds.compared_meanings.taken_out import taken_out
from cbm.certify.verdict_kinds.compliant_conduct.beside_others import usable_beside_others, wide_beside_others
from cbm.certify.verdict_kinds.compliant_conduct.escaping import escaping
from cbm.certify.verdict_kinds.compliant_conduct.implied import needed
from cbm.certify.verdict_kinds.compliant_conduct.reached import excluded, reached, reached_on_readings, unhelped
from cbm.certify.verdict_kinds.compliant_conduct.unwritten import unwritten
from cbm.certify.verdict_kinds.compliant_conduct.usable import usable, usable_on_readings
from cbm.certify.verdict_kinds.described import described
from cbm.certify.verdict_kinds.left_out import left_out
from cbm.certify.verdict_kinds.met_expectations import expectations_met, findings_expected, on_every_reading
from cbm.certify.verdict_kinds.other_clashes import NO_OTHER_CLASH, no_other_clash
from cbm.certify.verdict_kinds.over_time.trapped import caught_late, trapped
from cbm.certify.verdict_kinds.promised_coverage.kept_promises import kept_promises
from cbm.certify.verdict_kinds.silences import governed_as_promised, silences
from cbm.certify.verdict_kinds.worlds import worlds
from cbm.certify.verdict_kinds.yielding import NO_OTHER_DEADLOCK, yielding
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import NormId, negation
from cbm.core.norms import Strength
from cbm.finding import RuleId
from cbm.ground.posed import Posed
from cbm.inquiry import Inquiry
from cbm.report import Attestation, Ending, Green, Outcome, Question
from cbm.smt.journal import Verdict
from cbm.wording.clause_names import clause_names
from cbm.wording.findings.attestations import AskedToShow
from cbm.wording.findings.clashes.clash_rules import rule_for
from cbm.wording.findings.norm_galleries import ASKED_FOR
from cbm.wording.phrases import role_words

SEARCHED = "the search alone asks it: `cbm export --search` writes what it asks"
OF_WORDS = "no question for a solver: what the texts say is compared, whatever is found and done"
OF_A_CLAUSE = "can it be kept with all else"
OF_A_PAIR = "can they be kept with all else, or do they never bind together"
AS_ONE = "told as one with a set whose clauses can stand in for these"
# Every verdict of these has a row of its own here; of other rules, each question of the report becomes one.
_OWN = frozenset(
    (
        RuleId.INCONSISTENT_VOCABULARY,
        RuleId.IMPOSSIBLE_DUTY,
        RuleId.CONFLICT,
        RuleId.AGREEMENT_CONFLICT,
        RuleId.DEADLOCK,
        ASKED_FOR,
    )
)


def verdicts(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """The rows of one text; `inquiry` is the one that came to the outcome."""
    rows = [*_of_other_rules(inquiry, outcome)]
    yield from rows
    expected = [*expectations_met(inquiry, outcome), *on_every_reading(inquiry, outcome)]
    expected += findings_expected(inquiry, outcome, rows)
    yield from expected
    told = Counter((row.question, row.ending) for row in expected)
    for question in outcome.questions:
        if question.rule == RuleId.EXPECTATION:
            if told[question.subject, question.verdict]:
                told[question.subject, question.verdict] -= 1  # cases may expect the same
            else:
                yield _searched(question)
    yield from clean_packages(inquiry, outcome, (*rows, *expected))


def _of_other_rules(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """All but what cases expect."""
    yield from worlds(inquiry, outcome)
    yield from _clashes(inquiry)
    yield from _deadlocks(inquiry)
    views = [standing_norms(inquiry, about, advised=False) for about in inquiry.grounds]
    carrying = [*_effects(inquiry, outcome), *described(inquiry, outcome), *kept_promises(inquiry, outcome, views)]
    yield from carrying
    yield from _attested(inquiry, outcome)
    conduct = [
        *reached(inquiry, outcome),
        *reached_on_readings(inquiry, outcome),
        *needed(inquiry, outcome),
        *faithful(inquiry, outcome),
    ]
    yield from conduct
    compared = [*left_out(inquiry, outcome, views), *trapped(inquiry, outcome, views)]
    compared += [*caught_late(inquiry, outcome, views), *restated(inquiry, outcome), *derogating(inquiry, outcome)]
    compared += [*usable(inquiry, outcome), *usable_beside_others(inquiry, outcome)]
    compared += [*wide_beside_others(inquiry, outcome), *unwritten(inquiry, outcome)]
    compared += [*usable_on_readings(inquiry, outcome), *escaping(inquiry, outcome), *yielding(inquiry, outcome)]
    compared += [*taken_out(inquiry, outcome), *unhelped(inquiry, outcome), *exchanged(inquiry, outcome)]
    yield from compared
    plainly = [*silences(inquiry, outcome, views)]
    yield from plainly
    carried = {row.carries for row in carrying if row.carries}
    again = AskedAgain(inquiry)
    told = Counter((row.rule, row.question, row.ending) for row in (*carrying, *compared, *plainly))
    told += Counter((row.rule, row.matter, row.ending) for row in conduct)
    for question in outcome.questions:
        asked = (question.rule, question.subject, question.verdict)
        if told[asked]:
            told[asked] -= 1
        elif question.rule not in _OWN and question.rule != RuleId.EXPECTATION:
            yield (
                _resting(inquiry, question, carried)
                or again.row(question)
                or again.on_every_reading(question)
                or _searched(question)
            )


def _searched(question: Question) -> VerdictRow:
    return VerdictRow(question.rule, (), "", "", question.subject, question.verdict, why=SEARCHED)


def _resting(inquiry: Inquiry, question: Question, carried: Collection[Told]) -> VerdictRow | None:
    """The row of what is carried by others; what is asked of a clause on the way to its effect is so if it has one."""
    if question.of_words:
        return VerdictRow(
            question.rule, (), "", "", question.subject, question.verdict, why=OF_WORDS, of_words=True
        )  # fmt: skip
    if question.verdict is Ending.CLEAR:
        rests = next((told for told in _carrying(inquiry, question) if told in carried), None)
        if rests is not None:
            return VerdictRow(question.rule, (), "", "", question.subject, question.verdict, rests_on=(rests,))
    return None


def _carrying(inquiry: Inquiry, question: Question) -> Iterator[Told]:
    """What would carry it: the same question, or that the clause has an effect."""
    yield question.rule, question.subject
    if isinstance(question.of, Posed) and question.of.leads_to_effect:
        yield RuleId.VACUITY, clause_names(inquiry.system, question.of.norms)


def stopped_verdicts(outcome: Outcome, why: str) -> Iterator[VerdictRow]:
    """The rows of a check that did not come to its end: how each question ended, and what was not asked."""
    for question in outcome.questions:
        yield VerdictRow(question.rule, (), "", "", question.subject, question.verdict, why=why)
    for finding in outcome.findings:
        if finding.rule is RuleId.UNDECIDED:
            yield VerdictRow(RuleId.UNDECIDED, (), "", "", finding.message, Ending.UNDECIDED, why=why)


# ---- conflicts of one bearer


def _clashes(inquiry: Inquiry) -> Iterator[VerdictRow]:
    """M clashes: W, no conduct keeps M, and for each m some conduct keeps M without m.

    Where sets are told as one, m is a class of norms that can stand in for one another.
    """
    system = inquiry.system
    found: dict[tuple[NormId, ...], Sequence[tuple[NormId, ...]]]
    found = {clash.norms: [(norm,) for norm in clash.norms] for clash in inquiry.clashes}
    found |= {clash.takes_part: clash.choices for clash in inquiry.clashes if clash.classes}
    as_one = {frozenset(some) for clash in inquiry.clashes if len(clash.norms) <= 2 for some in product(*clash.choices)}
    for norms in dict.fromkeys((*_alone_and_in_pairs(inquiry), *found)):
        duties = [about for about in inquiry.grounds if all(map(about.find, norms))]
        rule, whom = rule_for(system, norms), bearer_words(inquiry, duties)
        if norms not in found and frozenset(norms) in as_one:
            yield VerdictRow(rule, norms, whom, "", AS_ONE, Ending.FOUND, why=AS_ONE)
            continue
        classes = found.get(norms, [(norm,) for norm in norms])
        cases = tuple(BearerCase(about, clashing(about, classes)) for about in duties)
        ended = Ending.FOUND if norms in found else Ending.UNDECIDED if _left_open(inquiry, norms) else Ending.CLEAR
        question = "is there a situation in which no conduct keeps all of them, and for each some keeps the others"
        if len(norms) == 1:
            question = "is there a situation in which no conduct keeps it, though some is possible"
        expected = Verdict.SAT if norms in found else Verdict.UNSAT
        yield row_for(
            inquiry,
            rule,
            clauses=norms,
            bearer=whom,
            question=question,
            ending=ended,
            cases=cases,
            expected=expected,
        )
    yield from no_other_clash(inquiry, RuleId.CONFLICT, NO_OTHER_CLASH)


def _alone_and_in_pairs(inquiry: Inquiry) -> Iterator[tuple[NormId, ...]]:
    """The duties of the text, and the pairs of duties of which one is: those that can bind one bearer."""
    subject = inquiry.system.subject
    for about in inquiry.grounds:
        norms = [n.norm.id for n in about.demanding]
        yield from ((norm,) for norm in norms if norm.document == subject)
        yield from (pair for pair in combinations(norms, 2) if subject in (pair[0].document, pair[1].document))


def _left_open(inquiry: Inquiry, norms: Iterable[NormId]) -> bool:
    """A search gave the set up, or one of its norms closes a circle of acts, so that no set with it was looked at."""
    members = set(norms)
    circles = any(
        not members.isdisjoint(
            {n.norm.id for n in about.demanding} - {n.norm.id for n in ending(about, about.demanding)}
        )
        for about in inquiry.grounds
    )
    return circles or any(left.question == TOGETHER and members <= set(left.norms) for left in inquiry.undecided)


# ---- conflicts of several bearers


def _deadlocks(inquiry: Inquiry) -> Iterator[VerdictRow]:
    """The same of the duties of all units, each with the unit that it binds."""
    system, found = inquiry.system, inquiry.deadlocks()
    everyone = units_together(inquiry)
    circles = any(
        left.question == TOGETHER and left.rule is not RuleId.BLOCKED_PERMISSION for left in inquiry.undecided
    )
    for deadlock in found:
        held = tuple((duty.role, duty.norm.norm.id) for duty in deadlock.duties)
        names = tuple(dict.fromkeys(norm for _, norm in held))
        case = BearerCase(everyone.about, (("they clash", everyone.clash(held)),))
        question = "is there a situation in which the units cannot keep all of them, though without any one they can"
        yield row_for(
            inquiry,
            RuleId.DEADLOCK,
            clauses=names,
            bearer=ALL_UNITS,
            question=question,
            ending=Ending.FOUND,
            cases=(case,),
            expected=Verdict.SAT,
            carries=ended_key(RuleId.DEADLOCK, names, Ending.FOUND, system.as_of),
        )
    claims: list[tuple[str, Claim]] = []
    for role in range(len(system.situation.roles)):
        own = [duty for duty in everyone.duties if duty[0] == role]
        claims.append((f"the {role_words(system, role)} can keep its own duties", everyone.kept(own)))
    known = dict.fromkeys(held for deadlock in found for held in turned(inquiry, deadlock))
    claims += [(f"{joined(norm for _, norm in held)} can be kept there", everyone.kept(held)) for held in known]
    claims.append(("no conduct of all units keeps all duties", NotSo(everyone.kept(everyone.duties))))
    question = "is there a situation in which the units cannot keep any other set of duties, though each can its own"
    ended = Ending.UNDECIDED if circles else Ending.CLEAR
    cases = (BearerCase(everyone.about, tuple(claims)),)
    yield row_for(
        inquiry,
        RuleId.DEADLOCK,
        bearer=ALL_UNITS,
        question=question,
        ending=ended,
        cases=cases,
        expected=Verdict.UNSAT,
        carries=NO_OTHER_DEADLOCK,
    )


# ---- single clauses


def _effects(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """A clause has an effect: W, and some conduct with which it binds and, where it demands something, is not kept.

    It binds where it prevails; so whatever else is asked of its conditions is so, too. Of a text under negotiation that
    is so on some packages only, and each question is asked of every package (`asked_again`).
    """
    system = inquiry.system
    if any(term.choice is not None for term in system.open_terms):
        return
    standing = [standing_norms(inquiry, about, advised=True) for about in inquiry.grounds]
    for norm in system.norms.values():
        if norm.id.document != system.subject:
            continue
        told = [
            f for f in outcome.findings if f.rule in (RuleId.VACUITY, RuleId.UNDECIDED) and str(norm.id) in f.clauses
        ]
        views = [view for view in standing if view.ground.find(norm.id)]
        if told or not views:  # its row is that of the report
            continue
        parts = [(view.ground, view.ground.norm(norm.id)) for view in views]
        cases = tuple(
            BearerCase(a, ((str(norm.id), kept(a, n.binds, *([negation(n.fulfilled)] if norm.demands else []))),))
            for a, n in parts
        )
        question = "does it ever bind and matter" if norm.demands else "does it ever bind"
        bearer = bearer_words(inquiry, (about for about, _ in parts))
        meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
        yield row_for(
            inquiry,
            RuleId.VACUITY,
            clauses=(norm.id,),
            bearer=bearer,
            question=question,
            ending=Ending.CLEAR,
            cases=cases,
            expected=Verdict.SAT,
            meanings=meanings,
            carries=(RuleId.VACUITY, clause_names(system, (norm.id,))),
        )


# ---- what stands behind a finding of nothing


def _attested(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Norms can be kept together: W, and some conduct with which they bind and every duty is kept.

    Of a pair it may be instead that they never bind together, whatever is found and done.
    """
    standing = {
        advised: [standing_norms(inquiry, about, advised) for about in inquiry.grounds] for advised in (False, True)
    }
    doubtful = {a.norms: a for a in outcome.attestations if not a.shown}
    yield from excluded(inquiry, outcome)
    yield from _attested_topics(inquiry, outcome, standing[False])
    put = [(of, q.verdict) for q in outcome.questions if isinstance(of := q.of, AskedToShow)]
    for of, ended in sorted(put, key=lambda one: one[0].pair):  # of each wording: the report tells them as one
        norms, pair = of.norms, of.pair
        advised = any(inquiry.system.norms[norm].strength is Strength.SHOULD for norm in norms)
        views = [view for view in standing[advised] if all(map(view.ground.find, norms))]
        bearer = bearer_words(inquiry, [view.ground for view in views])
        question = OF_A_PAIR if pair else OF_A_CLAUSE
        told = doubtful.get(tuple(norm.exact for norm in norms))
        if ended is Ending.UNDECIDED:
            why = SEARCHED if told is None else told.reason
            yield VerdictRow(ASKED_FOR, norms, bearer, "", question, ended, why=why)
            continue
        cases = [_complying(view, norms, advised) for view in views]
        if pair and ended is Ending.CLEAR:
            apart = AllOf(tuple(NotSo(_binding_anywhere(view, norms)) for view in views))
            cases.append(BearerCase(views[0].ground, ((f"{joined(norms)} never bind together", apart),)))
        meanings = {flag: meaning for view in views for flag, meaning in view.meanings.items()}
        answer = Verdict.SAT if ended is Ending.CLEAR else Verdict.UNSAT
        yield row_for(
            inquiry,
            ASKED_FOR,
            clauses=norms,
            bearer=bearer,
            question=question,
            ending=ended,
            cases=tuple(cases),
            expected=answer,
            meanings=meanings,
        )


def _attested_topics(inquiry: Inquiry, outcome: Outcome, standing: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """That a topic is governed as it is promised."""
    for a in outcome.attestations:
        if a.kind is Green.TOPIC:
            row, why = None, SEARCHED if a.shown else a.reason
            if a.shown:
                asked = next(q for q in outcome.questions if q.rule == ASKED_FOR and q.subject == a.statement)
                row = governed_as_promised(inquiry, standing, asked, a.clauses)
            yield row or VerdictRow(ASKED_FOR, (), "", "", a.statement, _ending_of(a), why=why)


def _ending_of(attestation: Attestation) -> Ending:
    if attestation.shown:
        return Ending.CLEAR
    return Ending.UNDECIDED if attestation.undecided else Ending.FOUND


def _complying(view: StandingNorms, norms: Sequence[NormId], advised: bool) -> BearerCase:
    owed = [n for n in view.ground.demanding if advised or n.norm.strength is Strength.MUST]
    binding = (view.ground.norm(norm).binds for norm in norms)
    words = f"{joined(norms)} {'bind' if len(norms) > 1 else 'binds'} and everything is complied with"
    return BearerCase(view.ground, ((words, kept(view.ground, *binding, *(n.demand for n in owed))),))


def _binding_anywhere(view: StandingNorms, norms: Sequence[NormId]) -> SomeConduct:
    return happening(view.ground, view.meanings, *(view.ground.norm(norm).binds for norm in norms))
