"""What cases expect of the conduct of all units, as questions: does compliant conduct lead there, or any conduct."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cbm.certify.all_units import ALL_UNITS
from cbm.certify.claims import Claim, NotSo, SomeConduct, anywhere
from cbm.certify.rows import BearerCase, VerdictRow, row_for
from cbm.certify.standing import StandingNorms, standing_among
from cbm.certify.verdict_kinds.on_readings import read_by_parties, reading_first, terms_of
from cbm.conflicts.trigger_cycles import circling
from cbm.core.expressions import Flag, Formula, conjunction, negation
from cbm.core.norms import Case, ConductExpected, Strength, expectations
from cbm.core.variables import Variable
from cbm.finding import RuleId
from cbm.ground.all_roles import ground_together
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.ground.grounding import ground
from cbm.ground.party_readings import tied
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Green, Outcome, Question
from cbm.smt.journal import Verdict
from cbm.source import Span
from cbm.wording.findings.attestations import excluded_words
from cbm.wording.findings.norm_galleries import ASKED_FOR

_REACHED = "is there an episode of the case in which all comply and it is so"
_MISSED = "is there a reading on which it is so in no episode of the case in which all comply"
_NOT_ON = "is there a reading on which the case has an episode, and compliant conduct does not lead there"


def reached(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """`expect never φ` and `expect possible φ`: whether an episode of the case in which all comply meets φ.

    With open terms, what is possible is so on each reading on which there is an episode of the case at all.
    """
    asked = _asked(outcome)
    for case, expected in expectations(inquiry.system):
        question = asked.get((expected.words, expected.span))
        if isinstance(expected, ConductExpected) and question is not None and question.verdict is not Ending.UNDECIDED:
            found = question.verdict is Ending.FOUND
            units, answer = _AllUnits(inquiry.on(case.as_of), case, expected), expected.never is found
            words, cases = _REACHED, [units.comply(ending=not answer)]
            if units.terms and not expected.never:
                words, cases, answer = _MISSED, units.missed(), found
            yield row_for(
                inquiry,
                question.rule,
                bearer=ALL_UNITS,
                matter=expected.words,
                question=words,
                ending=question.verdict,
                cases=cases,
                expected=Verdict.SAT if answer else Verdict.UNSAT,
            )


def reached_on_readings(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Of what compliant conduct leads to: is there a reading on which it does not, though the case has an episode.

    Of what it never leads to: is there one on which it does.
    """
    said = {(e.words, e.span): case for case, e in expectations(inquiry.system) if isinstance(e, ConductExpected)}
    for question in outcome.questions:
        of = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if isinstance(of, ConductExpected) and question.verdict is not Ending.UNDECIDED:
            case = said[of.words, of.span]
            units = _AllUnits(inquiry.on(case.as_of), case, of)
            words, cases = (_NOT_ON, units.missed()[:1]) if of.never else (_REACHED, [units.comply(ending=False)])
            answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
            yield row_for(
                inquiry,
                question.rule,
                bearer=ALL_UNITS,
                matter=question.subject,
                question=words,
                ending=question.verdict,
                cases=cases,
                expected=answer,
            )


def _asked(outcome: Outcome) -> dict[tuple[str, Span | None], Question]:
    return {(q.subject, q.at): q for q in outcome.questions if q.rule in (RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED)}


def excluded(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each `expect never` that holds: whether conduct of all units leads there, whoever complies."""
    asked, shown = _asked(outcome), iter(a for a in outcome.attestations if a.kind is Green.NEVER)
    for case, expected in expectations(inquiry.system):
        if isinstance(expected, ConductExpected) and expected.never:
            question = asked.get((expected.words, expected.span))
            if question is not None and question.verdict is Ending.CLEAR:
                one = next(shown, None)
                if one is None:
                    return  # what is shown was not looked for
                assert one.statement == excluded_words(expected)
                ending = Ending.CLEAR if one.shown else Ending.UNDECIDED if one.undecided else Ending.FOUND
                yield _whoever_complies(inquiry, ASKED_FOR, one.statement, ending, case, expected)


def unhelped(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """What the axioms alone exclude, whatever the clauses say."""
    said = {(e.words, e.span): (case, e) for case, e in expectations(inquiry.system) if isinstance(e, ConductExpected)}
    for question in outcome.questions:
        of = question.of
        if isinstance(of, ConductExpected) and question.verdict is Ending.FOUND:
            yield _whoever_complies(inquiry, question.rule, question.subject, Ending.FOUND, *said[of.words, of.span])


def _whoever_complies(
    inquiry: Inquiry, rule: str, subject: str, ending: Ending, case: Case, expected: ConductExpected
) -> VerdictRow:
    cases = [_AllUnits(inquiry.on(case.as_of), case, expected).do()]
    answer = Verdict.UNSAT if ending is Ending.FOUND else Verdict.SAT
    return row_for(
        inquiry,
        rule,
        question=subject,
        ending=ending,
        cases=cases,
        expected=answer,
    )


class _AllUnits:
    """What all units can do in a case, and what each `must` asks of each of them where it does not yield."""

    def __init__(self, inquiry: Inquiry, case: Case, expected: ConductExpected) -> None:
        self._system, together = inquiry.system, ground_together(inquiry.system)
        grounder = Grounder(self._system, tuple(range(len(together.norms))))
        self._given = grounder.formula(case.situations(expected))
        self._axioms = together.everything
        self._wanted = (self._given, grounder.formula(expected.condition))
        self._meanings: dict[Flag, tuple[str, Claim]] = {}
        owed = [(n, role) for role, norms in enumerate(together.norms) for n in norms if _is_owed(n)]
        around = set(circling(self._system, [(n.norm, role) for n, role in owed], range(len(together.norms))))
        standing = [self._standing(inquiry, role) for role in range(len(together.norms))]
        self._demands = [_demand(n, standing[role]) for n, role in owed]
        self._ending = [demand for place, demand in enumerate(self._demands) if place not in around]
        self._nothing = replace(inquiry.grounds[0], possible=())  # what is possible is said of all units
        view = StandingNorms(self._nothing, self._nothing, self._meanings, {})
        self.terms = terms_of(view, (*self._axioms, *self._demands, *self._wanted))

    def comply(self, ending: bool) -> BearerCase:
        """All comply, and it is so; `ending`: circles of acts aside."""
        return BearerCase(self._nothing, (("all comply, and it is so", self._episode(ending=ending)),))

    def do(self) -> BearerCase:
        """It is so, whoever complies."""
        return BearerCase(self._nothing, (("it is so, whoever complies", anywhere({}, *self._axioms, *self._wanted)),))

    def missed(self) -> list[BearerCase]:
        """On some reading on which the case has an episode, or on all, no compliant conduct leads there."""
        read, alike = read_by_parties(self._system, self.terms), tuple(tied(self._system, self.terms))
        there = anywhere({}, *self._axioms, *alike, self._given, but=read)
        none = NotSo(self._episode(*alike, ending=True, but=read))
        first = reading_first(self._nothing, self.terms)
        never = ("no compliant conduct leads there, whatever is read", NotSo(self._episode(ending=True)))
        return [
            BearerCase(first, (("the case has an episode", there), ("no compliant conduct leads there", none))),
            BearerCase(self._nothing, (never,)),
        ]

    def _episode(self, *alike: Formula, ending: bool, but: Collection[Variable] = ()) -> SomeConduct:
        demands = self._ending if ending else self._demands
        return anywhere(self._meanings, *self._axioms, *demands, *alike, *self._wanted, but=but)

    def _standing(self, inquiry: Inquiry, role: int) -> StandingNorms:
        """What the unit in that role yields to; where units take roles in turn, as the one that is asked about."""
        turned = self._system.situation.interchangeable
        clashes = [replace(clash, bearer=role) for clash in inquiry.clashes] if turned else inquiry.clashes
        view = standing_among(self._system, clashes, ground(self._system, role), advised=False)
        self._meanings.update(view.meanings)
        return view


def _is_owed(n: GroundNorm) -> bool:
    return n.norm.demands and n.norm.strength is Strength.MUST


def _demand(n: GroundNorm, standing: StandingNorms) -> Formula:
    flag = standing.flags.get(n.norm.id)
    return n.demand if flag is None else replace(n, binds=conjunction(n.binds, negation(flag))).demand
