"""What cases expect, as questions: a duty, a condition, a clash or a gap, in all encounters of a case or in some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, islice, product

from cbm.certify.claims import AllOf, Claim, Meanings, NotSo, anywhere
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended, ended_key, row_for
from cbm.certify.standing import StandingNorms, broken, clashing, happening, kept, standing_norms
from cbm.certify.verdict_kinds.asked_again import AskedAgain
from cbm.certify.verdict_kinds.compliant_conduct.implied import implied_as_told
from cbm.certify.verdict_kinds.on_readings import Incident, happening_on_some, read_by_parties, reading_first, terms_of
from cbm.certify.verdict_kinds.other_clashes import NO_OTHER_CLASH, all_known, no_other_clash
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.expressions import Expr, Flag, Formula, NormId, conjunction, disjunction, negation
from cbm.core.matters import matters
from cbm.core.norms import (
    WITH_EXTENT,
    Case,
    ConditionExpected,
    ConductExpected,
    DutyExpected,
    Expected,
    FindingExpected,
    NormSystem,
    OpenTerm,
    expectations,
)
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Auxiliary, Purpose
from cbm.coverage.governance import ungoverned
from cbm.finding import RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.party_readings import tied
from cbm.ground.posed import AskedOnReadings, Posed
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.wording.findings.clashes.clash_rules import rule_for, rule_of

_FAILS = "is there an encounter of the case in which this fails"
_REACHES = "does it happen in an encounter of the case"
_SOMETIMES = "is there a reading on which the case has an encounter, and it happens in none of them"
_NOWHERE = "is there a reading on which the case has an encounter, and in none of these it fails"
OF_THE_INDEX = "by definition: the rows of the index tell what is undecided"
NONE = "by definition: nothing is told under this rule of what is named"
NOT_ASKED = "by definition: nothing is asked under this rule of what is named"
NO_LEAVE = "by definition: no clause of the text permits anything, or exempts from anything"
CHOSEN = (
    "which of several clauses that imply one are told is chosen by the search: no question says of others that none do"
)
# Clauses that are as many norms together are not looked at: each set of these would be a claim.
_MANY = 8
# So many sets that clash are asked about in one question.
_MOST = 64
_CLASHES = (RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY)


def expectations_met(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each expectation the questions that it comes to, and where it holds a row that rests on these.

    Of a finding that is missed, and in readings, it is not asked.
    """
    asked = {(q.subject, q.at): q for q in outcome.questions if q.rule == RuleId.EXPECTATION}
    for case, one in expectations(inquiry.system):
        question = asked.get((one.words, one.span))
        if question is not None and question.verdict is not Ending.UNDECIDED:
            told: Told = (RuleId.EXPECTATION, one.words)
            expectation = _Expectation(inquiry.on(case.as_of), case, one, told)
            if isinstance(one, FindingExpected) and one.rule in _CLASHES and not one.clauses:
                yield from expectation.any_clash(one, question.verdict, inquiry)
                continue
            rows = [*expectation.rows()]
            if isinstance(one, FindingExpected) and one.absent is (question.verdict is Ending.CLEAR) and not rows:
                if expectation.none_is_meant(one):
                    yield _plainly(one, question.verdict, NONE)
                continue
            fails = [row for row in rows if row.expected is Verdict.UNSAT]
            if len(fails) == len(rows) or question.verdict is Ending.CLEAR:
                yield from ended(question, told, rows, "") if rows else ()
            elif expectation.terms:
                yield expectation.missed_on_readings()
            elif not inquiry.system.open_terms:
                yield replace(rows[0], question=one.words, ending=Ending.FOUND, expected=Verdict.UNSAT, carries=None)


def on_every_reading(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Of what is not met: is there a reading on which it is, in the encounters that the case has on it."""
    of_case = {(one.words, one.span): case for case, one in expectations(inquiry.system)}
    for question in outcome.questions:
        one = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if isinstance(one, DutyExpected | ConditionExpected | FindingExpected):
            case = of_case[one.words, one.span]
            expectation = _Expectation(inquiry.on(case.as_of), case, one, (RuleId.EXPECTATION, one.words))
            if question.verdict is not Ending.UNDECIDED and (row := expectation.on_every_reading()) is not None:
                answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
                told = replace(row, question=question.subject, ending=question.verdict, expected=answer)
                yield replace(told, matter=one.words, carries=None)


def findings_expected(inquiry: Inquiry, outcome: Outcome, rows: Sequence[VerdictRow]) -> Iterator[VerdictRow]:
    """For each expectation of a finding in the whole text what it rests on: a row that it is there, or all rows of it.

    What is not asked of clauses is not known of another date, but for channels: of these it is asked.
    """
    asked = Counter((q.subject, q.at, q.verdict) for q in outcome.questions if q.rule == RuleId.EXPECTATION)
    for case, one in expectations(inquiry.system):
        if not isinstance(one, FindingExpected) or one.rule in WITH_EXTENT:
            continue
        for verdict in (Ending.CLEAR, Ending.FOUND):
            if asked[one.words, one.span, verdict]:
                day, there = case.as_of or inquiry.system.as_of, one.absent is (verdict is Ending.FOUND)
                of_rule = [row for row in rows if row.rule == one.rule]
                if one.rule is RuleId.UNDECIDED:
                    yield _plainly(one, verdict, OF_THE_INDEX)
                elif one.rule is RuleId.UNSERVED_FUNCTION:
                    yield from _resting(one, verdict, [row for row in of_rule if _is_of(row, day)], there)
                elif day == inquiry.system.as_of:
                    yield from _of_some(inquiry, outcome, one, verdict) or _resting(one, verdict, of_rule, there)


def _of_some(inquiry: Inquiry, outcome: Outcome, one: FindingExpected, verdict: Ending) -> list[VerdictRow]:
    """Where a row says more than what is expected, or less: a question of just what is; else nothing."""
    there = one.absent is (verdict is Ending.FOUND)
    match one.rule:
        case RuleId.BLOCKED_PERMISSION if not there and not _permits_anything(inquiry.system):
            return [_plainly(one, verdict, NO_LEAVE)]
        case RuleId.DIVIDED_VIEW if len(one.clauses) == 1:
            return list(_divided(inquiry, outcome, one, verdict, there))
        case RuleId.REDUNDANCY if len(one.clauses) > 1:
            return list(_implied(inquiry, outcome, one, verdict, there))
        case _:
            return []


def _permits_anything(system: NormSystem) -> bool:
    return any(not norm.demands for norm in system.norms.values() if norm.id.document == system.subject)


def _divided(
    inquiry: Inquiry, outcome: Outcome, one: FindingExpected, verdict: Ending, there: bool
) -> Iterator[VerdictRow]:
    """Of the one clause alone, where others with the same conditions are asked about at once."""
    for question in outcome.questions:
        of = question.of if question.rule == one.rule else None
        asked = [norm for norm in (of.norms if isinstance(of, Posed) else ()) if norm.unworded in one.clauses[0]]
        if asked and isinstance(of, Posed) and len(asked) < len(of.norms):
            row = AskedAgain(inquiry).row(question, asked)
            if row is not None:
                answer = Verdict.SAT if there else Verdict.UNSAT
                told = replace(row, rule=RuleId.EXPECTATION, question=one.words, ending=verdict)
                yield replace(told, clauses=(), expected=answer, carries=None)


def _implied(
    inquiry: Inquiry, outcome: Outcome, one: FindingExpected, verdict: Ending, there: bool
) -> Iterator[VerdictRow]:
    """That these clauses imply one of them, as it was found.

    Which of several that do are told is chosen by the search: where one of the clauses is implied, and another one is
    expected to have a part in that, no question says that it has none.
    """
    found = [f for f in outcome.findings if f.rule is one.rule and not inquiry.system.open_terms]
    norms, implied = inquiry.system.norms, {f.clauses[0] for f in found}
    if there:
        named = (f for f in found if one.is_among(norm for norm in norms if str(norm) in f.clauses))
        for case, meanings in filter(None, (implied_as_told(inquiry, finding) for finding in islice(named, 1))):
            bearer = bearer_words(inquiry, (case.about,))
            yield row_for(
                inquiry,
                RuleId.EXPECTATION,
                bearer=bearer,
                question=one.words,
                ending=verdict,
                cases=(case,),
                expected=Verdict.SAT,
                meanings=meanings,
            )
    elif any(norm.unworded in clause for norm in norms for clause in one.clauses if str(norm) in implied):
        yield VerdictRow(RuleId.EXPECTATION, (), "", "", one.words, verdict, why=CHOSEN)


def _is_of(row: VerdictRow, day: date | None) -> bool:
    """Whether the row is known by what it is about, on that date."""
    return row.carries == ended_key(row.rule, row.clauses, row.ending, day)


def _resting(one: FindingExpected, verdict: Ending, of_rule: Sequence[VerdictRow], there: bool) -> Iterator[VerdictRow]:
    """`there`: a finding is there as it was expected, or not to be; else no row may have found any."""
    rows = [row for row in of_rule if not row.clauses or one.is_among(row.clauses)]
    met = [row for row in rows if row.ending is Ending.FOUND]
    if there:
        rows = [row for row in met if row.known_by and one.is_among(row.clauses)][:1]
    known = [row.known_by for row in rows]
    if of_rule and there is bool(met) and None not in known and (rows or not there):
        told = tuple(dict.fromkeys(chain.from_iterable(filter(None, known))))
        if told:
            yield VerdictRow(RuleId.EXPECTATION, (), "", "", one.words, verdict, rests_on=told)
        else:
            yield _plainly(one, verdict, next((row.why for row in rows if row.why), NOT_ASKED))


def _plainly(one: FindingExpected, verdict: Ending, why: str) -> VerdictRow:
    return VerdictRow(RuleId.EXPECTATION, (), "", "", one.words, verdict, why=why, plain=True)


class _Expectation:
    """One expectation of a case, on its date."""

    def __init__(self, inquiry: Inquiry, case: Case, one: Expected, told: Told) -> None:
        self._inquiry, self._case, self._told, self._one = inquiry, case, told, one
        self._views = [standing_norms(inquiry, about, advised=False) for about in inquiry.grounds]

    def rows(self) -> Iterator[VerdictRow]:
        match self._one:
            case DutyExpected():
                for content in self._one.contents:
                    yield self._duty(self._one, content)
            case ConditionExpected():
                yield self._condition(self._one)
            case FindingExpected():
                yield from self._happening(self._one, self._events)
            case ConductExpected():
                pass  # of what other findings say, nothing is asked here; of conduct it is asked with that of all units

    @property
    def _events(self) -> list[_Incident]:
        match self._one:
            case FindingExpected(rule=rule) if rule in _CLASHES:
                return list(self._clashes(self._one))
            case FindingExpected(rule=RuleId.GAP):
                return list(self._gaps(self._one))
            case _:
                return []

    @property
    def terms(self) -> tuple[OpenTerm, ...]:
        """The open terms on whose readings it depends whether what is expected to be found is."""
        return terms_of(self._views[0], [claim for event in self._events for _, claim in event.claims])

    def missed_on_readings(self) -> VerdictRow:
        """On some reading on which the case has an encounter, or on all, nothing of it happens."""
        assert isinstance(self._one, FindingExpected)
        events, first = self._events, self._views[0].ground
        parts = [(e.view, (*e.view.ground.possible, *(claim for _, claim in e.claims))) for e in events]
        nowhere = AllOf(tuple(NotSo(anywhere(view.meanings, *claims)) for view, claims in parts))
        never = BearerCase(replace(first, possible=()), (("it happens on no reading", nowhere),))
        cases = [self._on_some_reading(self._one, events, self.terms), never]
        row = self._row(self._one.words, cases, Verdict.SAT, {})
        return replace(row, ending=Ending.FOUND, carries=None)

    def on_every_reading(self) -> VerdictRow | None:
        """There is a reading on which it is met in the encounters of the case, if there are any."""
        one = self._one
        match one:
            case DutyExpected() if len(one.contents) == 1:
                return self._failing_nowhere(*self._unbound(one, one.contents[0]))
            case ConditionExpected():
                return self._failing_nowhere(self._views[0], self._unlike(one), self._views[0].meanings)
            case FindingExpected() if one.clauses or one.rule is RuleId.GAP:
                events, terms = self._events, self.terms
                if events and one.absent:
                    return self._row(_SOMETIMES, [self._on_some_reading(one, events, terms)], Verdict.SAT, {})
                return self._happens(events, Verdict.SAT) if events else None
            case _:
                return None

    def _failing_nowhere(self, view: StandingNorms, fails: BearerCase, meanings: Meanings) -> VerdictRow:
        """There is a reading on which the case has an encounter, and in none of these it fails."""
        incident = Incident(StandingNorms(view.plain, view.ground, meanings, {}), fails)
        there = BearerCase(view.ground, (("the case has an encounter", kept(view.ground, self._given(view))),))
        of_case = Incident(StandingNorms(view.plain, view.ground, {}, {}), there)
        return self._row(_NOWHERE, [happening_on_some([of_case], [incident])], Verdict.SAT, {})

    def _given(self, view: StandingNorms) -> Formula:
        return view.ground.grounder.formula(self._case.situations(self._one))

    # ---- in every encounter

    def _duty(self, one: DutyExpected, wanted: Expr) -> VerdictRow:
        _, case, meanings = self._unbound(one, wanted)
        return self._row(_FAILS, [case], Verdict.UNSAT, meanings)

    def _unbound(self, one: DutyExpected, wanted: Expr) -> tuple[StandingNorms, BearerCase, Meanings]:
        """W, and some conduct with which no clause binds that asks for it wherever it binds."""
        view = self._view_of(one.role)
        about, system = view.ground, self._inquiry.system
        content = about.grounder.formula(wanted)
        meanings = dict(view.meanings)
        free: list[Formula] = []
        for place, n in enumerate(about.norms):
            if one.may_be_said_by(n.norm):
                flag = Flag(Auxiliary(Purpose.SAYS_SO, place, FLAG))
                meanings[flag] = (f"{n.norm.id.exact} says so", _says_so(view, n, one, content))
                free.append(disjunction(negation(n.binds), negation(flag)))
        fails = kept(about, self._given(view), *free, *tied(system, system.open_terms))
        return view, BearerCase(about, (("nothing binds it so", fails),)), meanings

    def _view_of(self, role: int) -> StandingNorms:
        own = (view for view in self._views if view.ground.bearer == role)
        plain = self._inquiry.view_of(role)
        return next(own, StandingNorms(plain, plain, {}, {}))

    def _condition(self, one: ConditionExpected) -> VerdictRow:
        return self._row(_FAILS, [self._unlike(one)], Verdict.UNSAT, self._views[0].meanings)

    def _unlike(self, one: ConditionExpected) -> BearerCase:
        view = self._views[0]
        fails = kept(view.ground, self._given(view), negation(view.ground.grounder.formula(one.condition)))
        return BearerCase(view.ground, (("it is not so", fails),))

    # ---- in some

    def _happening(self, one: FindingExpected, events: list[_Incident]) -> Iterator[VerdictRow]:
        """Nowhere in the case; or somewhere, on each reading on which there are encounters of the case."""
        if not events:
            return
        yield self._happens(events, Verdict.UNSAT if one.absent else Verdict.SAT)
        terms = terms_of(self._views[0], [claim for event in events for _, claim in event.claims])
        if terms and not one.absent:
            yield self._row(_SOMETIMES, [self._on_some_reading(one, events, terms)], Verdict.UNSAT, {})

    def _happens(self, events: Sequence[_Incident], answer: Verdict) -> VerdictRow:
        cases = [BearerCase(event.view.ground, event.claims) for event in events]
        meanings = {flag: meaning for event in events for flag, meaning in event.view.meanings.items()}
        return self._row(_REACHES, cases, answer, meanings)

    def _on_some_reading(
        self, one: FindingExpected, events: list[_Incident], terms: tuple[OpenTerm, ...]
    ) -> BearerCase:
        """There is an encounter of the case between parties of the text, and in none of the case it happens."""
        system, view = self._inquiry.system, self._views[0]
        about, read, alike = view.ground, read_by_parties(system, terms), tuple(tied(system, terms))
        parties = about.grounder.joined(system.texts[system.subject], about.bearer)
        condition = about.grounder.formula(one.condition)
        there = happening(about, {}, self._given(view), condition, *parties, *alike, but=read)
        claims: list[tuple[str, Claim]] = [("there is an encounter of the case", there)]
        for event in events:
            parts = (*event.view.ground.possible, *alike, *(claim for _, claim in event.claims))
            claims.append(("it happens in none", NotSo(anywhere(event.view.meanings, *parts, but=read))))
        return BearerCase(reading_first(about, terms), tuple(claims))

    def _clashes(self, one: FindingExpected) -> Iterator[_Incident]:
        """Where norms of all the clauses that are named clash and no part of them does.

        What is settled is no conflict that is left: its absence is no matter of these questions.
        """
        system = self._inquiry.system
        for norms in _choices(system, one):
            if rule_for(system, norms) != one.rule or (one.absent and self._inquiry.settled_by(norms)):
                continue
            for view in self._views:
                if all(map(view.plain.find, norms)):
                    yield self._incident(view, norms, one)

    def _incident(self, view: StandingNorms, norms: Sequence[NormId], one: FindingExpected) -> _Incident:
        here = (self._given(view), view.ground.grounder.formula(one.condition))
        case = ("the case is met", kept(view.plain, *here))
        return _Incident(view, (case, *clashing(view.plain, [(norm,) for norm in norms])))

    def none_is_meant(self, one: FindingExpected) -> bool:
        """Whether nothing would be told as what is expected, whatever is found."""
        if one.rule in _CLASHES:
            sets, system = _choices(self._inquiry.system, one), self._inquiry.system
            return bool(sets) and all(rule_for(system, norms) != one.rule for norms in sets)
        promised = {matter for promise in self._inquiry.system.coverage for matter in matters(promise)}
        return one.rule is RuleId.GAP and bool(one.topics) and promised.isdisjoint(one.topics)

    def any_clash(self, one: FindingExpected, verdict: Ending, today: Inquiry) -> Iterator[VerdictRow]:
        """Clauses that were found to clash do so in the case; or none of these do, and there are no others.

        Not where it has to happen on each reading.
        """
        inquiry, there = self._inquiry, one.absent is (verdict is Ending.FOUND)
        found = [c for c in inquiry.clashes if _is_told(inquiry, c, one)]
        sets = {norms: c.bearer for c in found for norms in islice(product(*c.choices), _MOST + 1)}
        if len(sets) > _MOST or not all_known(inquiry) or (inquiry.system.open_terms and not one.absent):
            return
        own = ((norms, view) for norms in sets for view in self._views if view.ground.bearer == sets[norms])
        events = [self._incident(view, norms, one) for norms, view in own]
        if events:
            row = self._happens(events, Verdict.SAT if there else Verdict.UNSAT)
            yield replace(row, question=one.words, ending=verdict, carries=None) if there else row
        if not there:
            no_other = NO_OTHER_CLASH
            if inquiry is not today:
                yield from no_other_clash(inquiry, RuleId.EXPECTATION, self._told)
                no_other = self._told
            rests = dict.fromkeys((*([self._told] if events else []), no_other))
            yield VerdictRow(RuleId.EXPECTATION, (), "", "", one.words, verdict, rests_on=tuple(rests))

    def _gaps(self, one: FindingExpected) -> Iterator[_Incident]:
        """Where a promise is broken in the case."""
        for view in self._views:
            about = view.ground
            given = conjunction(self._given(view), about.grounder.formula(one.condition))
            if not about.conduct.isdisjoint(variables(given)):
                return
            for promise in self._inquiry.system.coverage:
                for matter in matters(promise):
                    if not one.topics or matter in one.topics:
                        case = broken(about, ungoverned(about, promise, matter))
                        yield _Incident(view, (("the case is met", given), *case.claims))

    def _row(self, question: str, cases: list[BearerCase], answer: Verdict, meanings: Meanings) -> VerdictRow:
        bearer = bearer_words(self._inquiry, {case.about.bearer: case.about for case in cases}.values())
        return row_for(
            self._inquiry,
            RuleId.EXPECTATION,
            bearer=bearer,
            matter=self._one.words,
            question=question,
            ending=Ending.CLEAR,
            cases=cases,
            expected=answer,
            meanings=meanings,
            carries=self._told,
        )


@dataclass(frozen=True, slots=True)
class _Incident:
    """What may happen in encounters of a case: to whom, and what has to be so."""

    view: StandingNorms
    claims: tuple[tuple[str, Claim], ...]


def _is_told(inquiry: Inquiry, clash: ConflictSet, one: FindingExpected) -> bool:
    """Whether a clash is told under the rule that is expected: what is settled is no conflict that is left."""
    own = any(norm.document == inquiry.system.subject for norm in clash.norms)
    return own and rule_of(inquiry, clash) == one.rule and not (one.absent and inquiry.settled_by(clash.norms))


def _choices(system: NormSystem, one: FindingExpected) -> Sequence[tuple[NormId, ...]]:
    """The sets of norms of exactly the clauses that are named, at least one of each; none where there are too many."""
    norms = [[norm for norm in system.norms if norm.unworded in clause] for clause in dict.fromkeys(one.clauses)]
    if not norms or sum(map(len, norms)) > _MANY:
        return ()
    parts = ([some for size in range(1, len(own) + 1) for some in combinations(own, size)] for own in norms)
    return list(dict.fromkeys(tuple(dict.fromkeys(chain(*choice))) for choice in product(*parts)))


def _says_so(view: StandingNorms, n: GroundNorm, one: DutyExpected, content: Formula) -> Claim:
    """Whoever it binds, and who keeps it, does what is expected; of what is allowed, the other way round."""
    otherwise = (n.fulfilled, negation(content)) if one.is_owed else (content, negation(n.fulfilled))
    terms, system = terms_of(view, (n.binds, *otherwise)), view.ground.system
    read = read_by_parties(system, terms)
    alike = tied(system, terms)
    return NotSo(happening(view.ground, view.meanings, n.binds, *otherwise, *alike, but=read))
