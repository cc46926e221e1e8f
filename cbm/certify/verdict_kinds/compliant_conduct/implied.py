"""Duties that others imply, as questions: can somebody breach the one who keeps all others that might imply it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from cbm.certify.claims import AllOf, AnyOf, Claim, Meanings, NotSo
from cbm.certify.rows import BearerCase, VerdictRow, bearer_words, ended_key, row_for
from cbm.certify.standing import StandingNorms, hanging_together, happening, kept, standing_norms
from cbm.certify.verdict_kinds.on_readings import read_by_parties, reading_first, terms_of
from cbm.core.expressions import Flag, Formula, NormId, disjunction, negation
from cbm.core.norms import NormSystem, OpenTerm, Strength
from cbm.core.sorts import FLAG
from cbm.core.variables import Auxiliary, Purpose
from cbm.finding import Finding, RuleId
from cbm.ground.grounder import GroundNorm
from cbm.ground.party_readings import tied
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict
from cbm.wording.clause_names import clause_names
from cbm.wording.phrases import role_words

_NEEDED = "can it be breached by who keeps the other duties that it hangs together with, if it ever binds then"
_IMPLIED = "does it bind where the others that it hangs together with are kept, though nobody breaches it then"
_ON_READINGS = "is there a reading on which it binds where the others are kept, though nobody breaches it then"
_NOT_ON = "is there a reading on which it does not bind where the others are kept, or can be breached then"


def needed(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Whether others imply a duty: W, some conduct with which it binds keeps these, and none of that sort breaches it.

    With open terms: whether it is so on some reading. What others imply does not imply what comes after it.
    """
    asked = defaultdict[int, _Duties](partial(_Duties, inquiry))
    for view, n, ended in _asked(inquiry, outcome):
        if ended is not Ending.UNDECIDED:
            yield asked[view.ground.bearer].row(view, n, ended)
    for question in outcome.questions:
        of = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if question.rule == RuleId.REDUNDANCY and isinstance(of, NormId):
            yield from _on_every_reading(inquiry, question, of, list(asked.values()))


def implied_as_told(inquiry: Inquiry, finding: Finding) -> tuple[BearerCase, Meanings] | None:
    """What was found: that just these clauses imply the first one, and fewer of them do not; and what flags mean.

    For the first bearer whom it binds: that others imply it whoever is bound is another row. Not with open terms, nor
    where a clause lists several acts: which one is meant is not told.
    """
    of, *by = norms = [norm for clause in finding.clauses for norm in inquiry.system.norms if str(norm) == clause]
    if len(norms) > len(finding.clauses):
        return None
    advised = inquiry.system.norms[of].strength is Strength.SHOULD
    about = next(about for about in inquiry.grounds if about.find(of) is not None)
    view = standing_norms(inquiry, about, advised)
    n, core = view.ground.norm(of), [view.ground.norm(norm) for norm in by]
    (case,) = _unbreachable(view, n, [o.demand for o in core])
    breach = (n.binds, negation(n.fulfilled))
    rests = ((o, [other.demand for other in core if other is not o]) for o in core)
    needed = (
        (f"without {o.norm.id.exact} somebody does", happening(view.ground, view.meanings, *breach, *rest))
        for o, rest in rests
    )
    return BearerCase(case.about, (*case.claims, *needed)), view.meanings


def _on_every_reading(
    inquiry: Inquiry, question: Question, norm: NormId, several: Sequence[_Duties]
) -> Iterator[VerdictRow]:
    """Whether there is a reading on which others do not imply the duty, for some bearer."""
    cases = [case for duties in several if (case := duties.on_readings.get(norm)) is not None]
    if cases and question.verdict is not Ending.UNDECIDED:
        ranges = dict.fromkeys(part for case in cases for part in case.about.possible)
        unlike = AnyOf(tuple(NotSo(AllOf(tuple(claim for _, claim in case.claims))) for case in cases))
        case = BearerCase(replace(cases[0].about, possible=tuple(ranges)), (("others do not imply it", unlike),))
        bearer = bearer_words(inquiry, {case.about.bearer: case.about for case in cases}.values())
        meanings = {flag: meaning for duties in several for flag, meaning in duties.meanings.items()}
        answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
        yield row_for(
            inquiry,
            question.rule,
            clauses=(norm,),
            bearer=bearer,
            matter=question.subject,
            question=_NOT_ON,
            ending=question.verdict,
            cases=(case,),
            expected=answer,
            meanings=meanings,
        )


def _asked(inquiry: Inquiry, outcome: Outcome) -> Iterator[tuple[StandingNorms, GroundNorm, Ending]]:
    """Each duty of each bearer, as it stands among those of at least its strength; and how the question ended."""
    questions = (q for q in outcome.questions if q.rule == RuleId.REDUNDANCY)
    for about in inquiry.grounds:
        views = {strength: standing_norms(inquiry, about, strength is Strength.SHOULD) for strength in Strength}
        for norm in (n.norm for n in about.demanding if not n.norm.restates):
            question = next(questions, None)
            if question is None:
                return  # it was not asked
            assert question.subject == clause_names(inquiry.system, (norm.id,))
            view = views[norm.strength]
            yield view, view.ground.norm(norm.id), question.verdict


@dataclass(frozen=True, slots=True)
class _ImpliedDuty:
    """A duty that others imply on some readings of the terms: where the flag is set."""

    flag: Flag
    terms: tuple[OpenTerm, ...]


class _Duties:
    """The duties of one bearer, each asked about among the others without those that are implied before it."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._implied: dict[NormId, _ImpliedDuty] = {}
        self.meanings: dict[Flag, tuple[str, Claim]] = {}
        self.on_readings: dict[NormId, BearerCase] = {}

    def row(self, view: StandingNorms, n: GroundNorm, ended: Ending) -> VerdictRow:
        system = self._inquiry.system
        others = _might_imply(view, n)
        terms = self._terms(view, n, others)
        if terms:
            question, case = _ON_READINGS, self._on_readings(view, n, others, terms)
            self.on_readings[n.norm.id] = case
            cases, expected = [case], Verdict.SAT if ended is Ending.FOUND else Verdict.UNSAT
        else:
            demands = [o.demand for o in others if o.norm.id not in self._implied]
            question = _IMPLIED if ended is Ending.FOUND else _NEEDED
            cases, expected = (
                [*(_unbreachable if ended is Ending.FOUND else _breachable)(view, n, demands)],
                Verdict.SAT,
            )
        if ended is Ending.FOUND:
            flag = Flag(Auxiliary(Purpose.IMPLIED, list(system.norms).index(n.norm.id), FLAG))
            self._implied[n.norm.id] = _ImpliedDuty(flag, terms)
            self.meanings[flag] = (f"others imply {n.norm.id.exact}", AllOf(tuple(c for _, c in cases[0].claims)))
        words, bearer = clause_names(system, (n.norm.id,)), role_words(system, view.ground.bearer)
        meanings = {**view.meanings, **self.meanings}
        return row_for(
            self._inquiry,
            RuleId.REDUNDANCY,
            clauses=(n.norm.id,),
            bearer=bearer,
            matter=words,
            question=question,
            ending=ended,
            cases=cases,
            expected=expected,
            meanings=meanings,
            carries=ended_key(RuleId.REDUNDANCY, (n.norm.id,), ended, system.as_of) if ended is Ending.FOUND else None,
        )

    def _terms(self, view: StandingNorms, n: GroundNorm, others: Sequence[GroundNorm]) -> tuple[OpenTerm, ...]:
        """The open terms on whose readings the answer might depend."""
        spoken = terms_of(view, (n.binds, n.fulfilled, *(o.demand for o in others)))
        before = [term for o in others if o.norm.id in self._implied for term in self._implied[o.norm.id].terms]
        return tuple(term for term in view.ground.system.open_terms if term in spoken or term in before)

    def _on_readings(
        self, view: StandingNorms, n: GroundNorm, others: Sequence[GroundNorm], terms: Sequence[OpenTerm]
    ) -> BearerCase:
        """What parties read comes first, and what is found and done on it is under quantifiers."""
        system = view.ground.system
        read = read_by_parties(system, terms)
        flags = {o.norm.id: self._implied[o.norm.id].flag for o in others if o.norm.id in self._implied}
        counted = (disjunction(flags[o.norm.id], o.demand) if o.norm.id in flags else o.demand for o in others)
        said = (*tied(system, terms), n.binds, *counted)
        but = (*read, *(flag.variable for flag in flags.values()))
        claims = (
            ("somebody keeps the others and is bound", happening(view.ground, view.meanings, *said, but=but)),
            (
                "nobody breaches it then",
                NotSo(happening(view.ground, view.meanings, *said, negation(n.fulfilled), but=but)),
            ),
        )
        return BearerCase(reading_first(view.ground, terms), claims)


def _breachable(view: StandingNorms, n: GroundNorm, demands: Sequence[Formula]) -> Iterator[BearerCase]:
    about = view.ground
    breached = kept(about, n.binds, negation(n.fulfilled), *demands)
    never = NotSo(happening(view.ground, view.meanings, n.binds, *demands))
    yield BearerCase(about, (("it is breached, and what might imply it is kept", breached),))
    yield BearerCase(about, (("it never binds where that is kept", never),))


def _unbreachable(view: StandingNorms, n: GroundNorm, demands: Sequence[Formula]) -> Iterator[BearerCase]:
    nobody = NotSo(happening(view.ground, view.meanings, n.binds, negation(n.fulfilled), *demands))
    binds = kept(view.ground, n.binds, *demands)
    yield BearerCase(
        view.ground, (("somebody keeps the others and is bound", binds), ("nobody breaches it then", nobody))
    )


def _might_imply(view: StandingNorms, n: GroundNorm) -> Sequence[GroundNorm]:
    """The other duties that hang together with this one and might imply it."""
    together = hanging_together(view.ground, n.binds, n.fulfilled)
    return [o for o in together if o is not n and _may_imply(view.ground.system, o, n)]


def _may_imply(system: NormSystem, other: GroundNorm, n: GroundNorm) -> bool:
    """At least as strong, owed to the same or to all, and no restatement of it."""
    here, there = n.norm.id.document, other.norm.id.document
    if n.norm.id in other.norm.restates or not (here == there or system.texts[there].is_owed_to_all):
        return False
    return other.norm.strength is Strength.MUST or n.norm.strength is Strength.SHOULD
