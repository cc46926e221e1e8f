"""Promises that are kept, as questions: of what is owed, of what exceptions leave open, and of acts barred unevenly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cbm.certify.claims import Claim, Meanings
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, resting, row_for
from cbm.certify.standing import StandingNorms, broken
from cbm.certify.verdict_kinds.by_type import TypesMet
from cbm.core.expressions import TRUE, Formula, conjunction, negation
from cbm.core.matters import Matter, Settled, matters, name_of
from cbm.core.norms import Coverage
from cbm.coverage.by_exception import MatterRegions, regions_of
from cbm.coverage.gaps import Kind, asked_of
from cbm.coverage.governance import SituationRegion, keeping
from cbm.coverage.seams import at_seams
from cbm.coverage.unevenness import banned_acts, barred_in, but_for_exceptions, owed_on
from cbm.finding import Ending, Outcome, RuleId
from cbm.inquiry import Inquiry
from cbm.smt.journal import Verdict
from cbm.wording.findings.exception_findings import asked_of_exceptions
from cbm.wording.findings.uneven_findings import asked_of_bans

NO_BAN = "by definition: no clause bars an act of it outright"
_SILENT = "is there a promised situation in which no clause of it binds, exceptions aside, whatever the unit does"
_ALL_LEFT_OUT = "is there a type of encounter that an exception leaves open, and in which no clause of it ever binds"
_ADVISED = "is there one in which some may bind, and none that is a `must`"
_BY_CONDUCT = "is there one in which it is for the unit's own conduct whether one binds"
_BY_EXCEPTION = "does this exception leave it open, or to advice alone, in a type that clauses otherwise govern"
_UNEVEN = "is the act barred in some type, and in another one, where something is said of the topic, nothing of the act"


def kept_promises(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """For each clear verdict on promises the questions that it comes to; each row carries it."""
    ended: dict[str, set[Ending]] = {}
    for question in outcome.questions:
        if question.rule == RuleId.GAP:
            ended.setdefault(question.subject, set()).add(question.verdict)
    clear = {subject for subject, endings in ended.items() if endings == {Ending.CLEAR}}
    promises = _Promises(inquiry, views, clear)
    for promise in inquiry.system.coverage:
        if promise.document == inquiry.system.subject:
            yield from promises.of(promise)
    yield from promises.uneven()


@dataclass(frozen=True, slots=True)
class _Promises:
    inquiry: Inquiry
    views: Sequence[StandingNorms]
    clear: set[str]  # what is asked of promises in words, and has only clear verdicts

    def of(self, promise: Coverage) -> Iterator[VerdictRow]:
        for matter in matters(promise):
            name = name_of(matter)
            regions = [
                (view, regions_of(view.ground, promise, matter), self._beside_seams(view, matter))
                for view in self.views
            ]
            if asked_of(Kind.GAP, name) in self.clear:
                told = (RuleId.GAP, asked_of(Kind.GAP, name))
                cases = [broken(v.ground, of.without_exceptions().within(beside)) for v, of, beside in regions]
                yield self._row(told, name, _SILENT, cases, self._meanings)
                left_out = [_all_left_out(v, of, beside) for v, of, beside in regions if of.liftings]
                if left_out:
                    yield self._row(told, name, _ALL_LEFT_OUT, left_out, {})
            if asked_of(Kind.ADVISED, name) in self.clear:
                told = (RuleId.GAP, asked_of(Kind.ADVISED, name))
                cases = [broken(v.ground, of.advised.within(beside)) for v, of, beside in regions]
                yield self._row(told, name, _ADVISED, cases, self._meanings)
            if {asked_of(Kind.GAP, name), asked_of(Kind.BY_CONDUCT, name)} <= self.clear:  # a gap is told of no conduct
                told = (RuleId.GAP, asked_of(Kind.BY_CONDUCT, name))
                cases = [broken(v.ground, of.swayed) for v, of, _ in regions if of.swayed is not None]
                if cases:
                    yield self._row(told, name, _BY_CONDUCT, cases, self._meanings)
            if asked_of_exceptions(name) in self.clear:
                yield from self._by_exception(name, regions)

    def _by_exception(
        self, name: str, regions: Iterable[tuple[StandingNorms, MatterRegions, Formula]]
    ) -> Iterator[VerdictRow]:
        told = (RuleId.GAP, asked_of_exceptions(name))
        for view, of, beside in regions:
            for opened in of.left_open(TRUE):
                silent, advised = opened.ungoverned.within(beside), opened.advised.within(beside)
                yield self._row(told, name, _BY_EXCEPTION, [_somewhere_governed(view, of, silent)], {})
                yield self._row(told, name, _BY_EXCEPTION, [broken(view.ground, advised)], view.meanings)

    def uneven(self) -> Iterator[VerdictRow]:
        coverage = self.inquiry.system.coverage
        for topic in dict.fromkeys(topic for promise in coverage for topic in promise.topics):
            told: Told = (RuleId.GAP, asked_of_bans(topic))
            if told[1] in self.clear:
                first = next(promise for promise in coverage if topic in promise.topics)
                promises = [promise for promise in coverage if promise.document == first.document]
                for view in self.views:
                    rows = [*self._uneven(view, promises, topic, told)]
                    yield from rows or [resting(told, (), NO_BAN)]

    def _uneven(
        self, view: StandingNorms, promises: Sequence[Coverage], topic: str, told: Told
    ) -> Iterator[VerdictRow]:
        about, owed = view.ground, owed_on(view.ground, promises, topic)
        said = but_for_exceptions(about, topic, owed)
        for act, bans in banned_acts(about, promises, topic).items():
            governed, barred = but_for_exceptions(about, Settled(act), owed), barred_in(about, act, bans, owed)
            types = TypesMet(view, (said, governed, barred))
            case = types.case(
                ("something is said of the topic in an encounter of the type", types.some_done(said)),
                ("nothing is said of the act in any of that type", types.none(governed)),
                ("and somewhere the act is barred", types.done_somewhere(barred)),
            )
            yield self._row(told, act, _UNEVEN, [case], {})

    def _beside_seams(self, view: StandingNorms, matter: Matter) -> Formula:
        """Not where a seam was found: that is told as one."""
        about = next(about for about in self.inquiry.strict if about.bearer == view.ground.bearer)
        return negation(at_seams(about, matter))

    @property
    def _meanings(self) -> Meanings:
        return {flag: meaning for view in self.views for flag, meaning in view.meanings.items()}

    def _row(self, told: Told, name: str, question: str, cases: Sequence[BearerCase], meanings: Meanings) -> VerdictRow:
        bearer = bearer_words(self.inquiry, [case.about for case in cases])
        return row_for(
            self.inquiry, RuleId.GAP, (), bearer, name, question, Ending.CLEAR, cases, Verdict.UNSAT, meanings, told
        )  # fmt: skip


def _all_left_out(view: StandingNorms, of: MatterRegions, beside: Formula) -> BearerCase:
    """In some encounter of a type an exception leaves it open, and in none of the type anything governs it."""
    excepted = broken(view.ground, of.excepted.within(beside))
    ((_, kept),) = keeping(of.silent).ways
    types = TypesMet(view, (_formula(of.excepted), kept))
    return types.case(
        ("an exception leaves it open in an encounter of the type", types.some(*_claims(excepted))),
        ("nothing governs it in any of that type", types.none(kept)),
    )


def _somewhere_governed(view: StandingNorms, of: MatterRegions, silent: SituationRegion) -> BearerCase:
    """In some encounter of a type an exception leaves it open, and in another one of the type something governs it."""
    ((_, kept),) = keeping(of.silent).ways
    types = TypesMet(view, (_formula(silent), kept))
    return types.case(
        ("the exception leaves it open in an encounter of the type", types.some(*_claims(broken(view.ground, silent)))),
        ("something governs it in one of that type", types.some_done(kept)),
    )


def _claims(case: BearerCase) -> Iterator[Claim]:
    return (claim for _, claim in case.claims)


def _formula(region: SituationRegion) -> Formula:
    """All that a region speaks of."""
    return conjunction(*(formula for _, formula in region.ways), region.excluded)
