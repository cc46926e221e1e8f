"""Precedence as questions: does some clause yield to one that does not yield itself, in a clash of any duties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from cbm.certify.claims import AllOf, AnyOf, Claim, Meanings, NotSo
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended_key, row_for
from cbm.certify.standing import StandingNorms, clashing, hanging_together, idle, kept, standing_norms
from cbm.certify.verdict_kinds.asked_again import nowhere_on_some
from cbm.certify.verdict_kinds.compared_meanings.derogating import falling_short
from cbm.comparison.idle_edges import AskedPrecedence, might_derogate, settled_deadlocks
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.conflicts.precedence import has_advice, settling, yielding_by
from cbm.core.expressions import Flag, Formula, NormId, disjunction, negation
from cbm.core.norms import Precedence, Strength
from cbm.core.sorts import FLAG
from cbm.core.variables import Auxiliary, Purpose, Variable
from cbm.finding import RuleId
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict

# What carries that the units of an encounter are in no deadlock but those that were found.
NO_OTHER_DEADLOCK: Told = (RuleId.DEADLOCK, "no other set of duties")
NO_DUTY = "by definition: there is no duty at one of its ends"
IN_DOUBT = "what the units can comply with together is not known: the search alone asks about it"
NOWHERE = "does a clause yield by it in a clash of any duties, or fall short of a duty of another text"


def yielding(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """Of each edge whether, in W, duties clash of which one yields by it to one that does not yield itself.

    Of a text under negotiation it is asked whether it is so on each of the packages, where nothing was found on any.
    """
    choices = frozenset(term.variable for term in inquiry.system.open_terms if term.choice is not None)
    for question in outcome.questions:
        of = question.of
        if isinstance(of, AskedPrecedence) and question.verdict is not Ending.UNDECIDED:
            asked = _PrecedenceAsked(inquiry, question, of.edge)
            if choices:
                if of.in_a_clash:
                    yield asked.on_each(of.packages, choices)
                continue
            if question.verdict is Ending.FOUND:
                yield from asked.nowhere()
            else:
                yield asked.somewhere(of.in_a_clash)


class _PrecedenceAsked:
    """What is asked of one edge."""

    def __init__(self, inquiry: Inquiry, question: Question, edge: Precedence) -> None:
        self._inquiry, self._question, self._edge = inquiry, question, edge
        self._norms = tuple(n for n in inquiry.system.norms if n in edge.yielding | edge.prevailing)
        self._views = {a: [standing_norms(inquiry, about, a) for about in inquiry.grounds] for a in (False, True)}

    def somewhere(self, in_a_clash: bool) -> VerdictRow:
        """That it acts: in a clash that was found, in a deadlock, or where it takes back a duty."""
        rule, subject, system = self._question.rule, self._question.subject, self._inquiry.system
        deadlock = next(settled_deadlocks(self._inquiry, self._edge), None)
        if not in_a_clash and deadlock is not None:
            names = tuple(dict.fromkeys(deadlock))
            told = ended_key(RuleId.DEADLOCK, names, Ending.FOUND, system.as_of)
            return VerdictRow(rule, self._norms, "", "", subject, Ending.CLEAR, rests_on=(told,))
        cases = list(self._acting()) if in_a_clash else list(self._derogating())
        return self._row(subject, cases, Verdict.SAT)

    def on_each(self, packages: Sequence[Formula], choices: frozenset[Variable]) -> VerdictRow:
        """That it acts in a clash that was found, on each of these packages on which any encounter is possible."""
        meanings = self._meanings
        views = [StandingNorms(view.plain, view.ground, meanings, view.flags) for view in self._views[False]]
        case = nowhere_on_some(views, list(self._acting()), packages, choices)
        return self._row(self._question.subject, [case], Verdict.UNSAT)

    def nowhere(self) -> Iterator[VerdictRow]:
        """That it acts in no clash of any duties; and in no deadlock, for which it rests on other rows."""
        rule, subject = self._question.rule, self._question.subject
        cases = [*self._might_act(), *self._derogating()]
        told: Told = (rule, f"nowhere: {subject}")
        if any(left.question == TOGETHER for left in self._inquiry.undecided):
            yield VerdictRow(rule, self._norms, "", "", subject, Ending.FOUND, why=IN_DOUBT)
        elif not cases and not self._joins_duties:
            yield VerdictRow(rule, self._norms, "", "", subject, Ending.FOUND, why=NO_DUTY, plain=True)
        else:
            yield from [self._row(NOWHERE, cases, Verdict.UNSAT, told)] if cases else []
            rests = (told, NO_OTHER_DEADLOCK) if cases else (NO_OTHER_DEADLOCK,)
            yield VerdictRow(rule, self._norms, "", "", subject, Ending.FOUND, rests_on=rests)

    @property
    def _joins_duties(self) -> bool:
        """Whether there are duties at both ends, which units of an encounter might not keep together."""
        norms = self._inquiry.system.norms
        return all(any(norms[n].demands for n in end) for end in (self._edge.yielding, self._edge.prevailing))

    def _row(self, question: str, cases: Sequence[BearerCase], answer: Verdict, told: Told | None = None) -> VerdictRow:
        bearer = bearer_words(self._inquiry, {case.about.bearer: case.about for case in cases}.values())
        return row_for(
            self._inquiry,
            self._question.rule,
            clauses=self._norms,
            bearer=bearer,
            question=question,
            ending=Ending.CLEAR,
            cases=cases,
            expected=answer,
            meanings=self._meanings,
            carries=told,
        )

    @property
    def _meanings(self) -> Meanings:
        return {flag: said for views in self._views.values() for v in views for flag, said in v.meanings.items()}

    def _acting(self) -> Iterator[BearerCase]:
        """Each clash that was found in which it may make a clause yield, with advice and without."""
        system = self._inquiry.system
        for advised, views in self._views.items():
            for view, clash in product(views, self._inquiry.clashes):
                about = view.plain
                if clash.bearer == about.bearer and (advised or not has_advice(system, clash)):
                    members = frozenset(clash.takes_part)
                    if self._edge in settling(system, clash.takes_part):
                        lower = yielding_by(system, self._edge, members)
                        stands = AnyOf(tuple(self._stands(view, members, low) for low in sorted(lower)))
                        claims = (*clashing(about, clash.choices), ("what is above does not yield", stands))
                        yield BearerCase(about, claims)

    def _stands(self, view: StandingNorms, members: frozenset[NormId], low: NormId) -> Claim:
        above = sorted(self._edge.prevailing & members)
        return NotSo(AllOf(tuple(idle(view.plain, view.flags, one, low) for one in above)))

    def _derogating(self) -> Iterator[BearerCase]:
        """Where the clause that states the edge falls short of a duty of another text, at the other end."""
        for norm, other in might_derogate(self._inquiry.system, self._edge):
            yield from falling_short(self._views[other.strength is Strength.SHOULD], norm, other)

    def _might_act(self) -> Iterator[BearerCase]:
        """Any set of duties that clashes, whichever it is, in which it makes a clause yield."""
        for advised, views in self._views.items():
            for view in views:
                about, edge = view.plain, self._edge
                duties = {n.norm.id: n for n in about.demanding if advised or n.norm.strength is Strength.MUST}
                for low in sorted(duties.keys() & edge.yielding):
                    near = [n for n in hanging_together(about, duties[low].demand) if n.norm.id in duties]
                    above = [n.norm.id for n in near if n.norm.id in edge.prevailing]
                    if above:
                        yield BearerCase(about, tuple(_in_any_set(view, near, duties[low], above)))


def _in_any_set(
    view: StandingNorms, near: Sequence[GroundNorm], low: GroundNorm, above: Sequence[NormId]
) -> Iterator[tuple[str, Claim]]:
    """A smallest set of duties that clash, with the lower one in it, and one above that does not yield."""
    about, system = view.plain, view.plain.system
    chosen = {n.norm.id: Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i, n in enumerate(near)}
    asked = {n.norm.id: disjunction(negation(chosen[n.norm.id]), n.demand) for n in near}
    yield "no conduct keeps what is selected", NotSo(kept(about, *asked.values()))
    rests = ((flag, [asked[o] for o in chosen if o != norm]) for norm, flag in chosen.items())
    yield (
        "without any of it some does",
        AllOf(tuple(AnyOf((negation(flag), kept(about, *rest))) for flag, rest in rests)),
    )
    yield "what yields is among it", chosen[low.norm.id]
    prevailing = (AllOf((chosen[one], NotSo(idle(about, view.flags, one, low.norm.id)))) for one in above)
    yield "and what is above, which does not yield", AnyOf(tuple(prevailing))
    if low.norm.strength is Strength.MUST:
        advice = (flag for norm, flag in chosen.items() if system.norms[norm].strength is Strength.SHOULD)
        yield "a duty does not yield where advice clashes", AllOf(tuple(map(negation, advice)))
