"""Promises that are kept, as questions: of what is owed, of what exceptions leave open, and of acts barred unevenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbm.certify.claims import AnyOf, Claim, Meanings, NotSo
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended, row_for
from cbm.certify.standing import StandingNorms, broken
from cbm.certify.verdict_kinds.by_type import TypesMet
from cbm.core.expressions import TRUE, Formula, conjunction, negation
from cbm.core.matters import Matter, Settled, name_of
from cbm.core.norms import Coverage
from cbm.coverage.by_exception import MatterRegions, regions_of
from cbm.coverage.gaps import AskedBox, AskedPromise, Kind
from cbm.coverage.governance import SituationRegion, keeping
from cbm.coverage.seams import at_seams
from cbm.coverage.unevenness import banned_acts, barred_in, but_for_exceptions, owed_on
from cbm.finding import Ending, Outcome, Question, RuleId
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.journal import Verdict

NO_BAN = "by definition: no clause bars an act of it outright"
IN_PART = "exceptions leave whole types of encounter out as well: the search alone asks about the others"
PLAIN = "by definition: no conduct of the unit decides whether a clause of it binds, and none has an exception"
ON_READINGS = (
    "it is told of types of encounter in which clauses say something otherwise, and which these are depends on the "
    "reading as well: the search alone asks it"
)
_SILENT = "is there a promised situation in which no clause of it binds, exceptions aside, whatever the unit does"
_ALL_LEFT_OUT = "is there a type of encounter that an exception leaves open, and in which no clause of it ever binds"
_ADVISED = "is there one in which some may bind, and none that is a `must`"
_BY_CONDUCT = "is there one in which it is for the unit's own conduct whether one binds"
_BESIDE_SILENCE = (
    "is it for the unit's own conduct whether one binds, in a type in which none is silent, on some reading of terms"
)
_BY_EXCEPTION = "does this exception leave it open, or to advice alone, in a type that clauses otherwise govern"
_UNEVEN = "is the act barred in some type, and in another one, where something is said of the topic, nothing of the act"


def kept_promises(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """For each verdict on a promise the questions that it comes to, and a row that rests on them."""
    silent = {q.of for q in outcome.questions if isinstance(q.of, AskedPromise) and q.verdict is not Ending.CLEAR}
    of_bearer = {view.ground.bearer: view for view in views}
    for question in outcome.questions:
        box = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if isinstance(box, AskedBox) and question.verdict is not Ending.UNDECIDED:
            rows = _Rows(inquiry, of_bearer[box.asked.bearer], (RuleId.GAP, ""))
            yield from rows.on_every_reading(question, box, beside=replace(box.asked, kind=Kind.GAP) in silent)
        elif isinstance(box, AskedPromise) and question.verdict is not Ending.UNDECIDED:
            yield VerdictRow(
                RuleId.GAP, (), "", name_of(box.matter), question.subject, question.verdict, why=ON_READINGS
            )
    for question in outcome.questions:
        of = question.of
        if isinstance(of, AskedPromise) and question.verdict is not Ending.UNDECIDED:
            told: Told = (RuleId.GAP, f"{question.subject}: {of.bearer}, {inquiry.system.coverage.index(of.promise)}")
            rows = _Rows(inquiry, of_bearer[of.bearer], told)
            in_silence = replace(of, kind=Kind.GAP) in silent and of.kind is Kind.BY_CONDUCT
            if in_silence and question.verdict is Ending.CLEAR and rows.can_tell_silence(of):
                yield from ended(question, told, [*rows.beside_silence(of)], PLAIN)
            elif in_silence and question.verdict is Ending.CLEAR:
                yield VerdictRow(RuleId.GAP, (), "", "", question.subject, Ending.CLEAR, why=IN_PART)
            elif of.bans:
                yield from ended(question, told, [*rows.uneven(of.promise, name_of(of.matter))], NO_BAN)
            else:
                yield from ended(question, told, [*rows.of(of.promise, of.matter, of.kind)], PLAIN)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What verdicts on promises come to for one bearer."""

    inquiry: Inquiry
    view: StandingNorms
    told: Told

    def of(self, promise: Coverage, matter: Matter, kind: Kind | None) -> Iterator[VerdictRow]:
        about, meanings, name = self.view.ground, self.view.meanings, name_of(matter)
        of, beside = regions_of(about, promise, matter), self._beside_seams(matter)
        match kind:
            case Kind.GAP:
                yield self._row(name, _SILENT, broken(about, of.without_exceptions().within(beside)), meanings)
                if of.liftings:
                    yield self._row(name, _ALL_LEFT_OUT, _all_left_out(self.view, of, beside), {})
            case Kind.ADVISED:
                yield self._row(name, _ADVISED, broken(about, of.advised.within(beside)), meanings)
            case Kind.BY_CONDUCT:
                if of.swayed is not None:
                    yield self._row(name, _BY_CONDUCT, broken(about, of.swayed), meanings)
            case None:
                for opened in of.left_open(TRUE):
                    silent, advised = opened.ungoverned.within(beside), opened.advised.within(beside)
                    yield self._row(name, _BY_EXCEPTION, _somewhere_governed(self.view, of, silent), {})
                    yield self._row(name, _BY_EXCEPTION, broken(about, advised), meanings)

    def can_tell_silence(self, of: AskedPromise) -> bool:
        """Whether silence is silence in encounters, and not of whole types that exceptions leave out."""
        return not regions_of(self.view.ground, of.promise, of.matter).liftings

    def beside_silence(self, of: AskedPromise) -> Iterator[VerdictRow]:
        """In no type is conduct what decides on a reading on which nothing of the type is silent."""
        silent, swayed = (self._region(replace(of, kind=kind)) for kind in (Kind.GAP, Kind.BY_CONDUCT))
        if swayed is not None and silent is not None:
            types = TypesMet(self.view, (_formula(silent), _formula(swayed)))
            case = types.case(
                ("nothing of the type is silent", NotSo(types.some(*self._broken(silent)))),
                ("conduct decides in an encounter of it", types.some(*self._broken(swayed))),
            )
            yield self._row(name_of(of.matter), _BESIDE_SILENCE, case, {})

    def on_every_reading(self, question: Question, box: AskedBox, *, beside: bool) -> Iterator[VerdictRow]:
        """Whether there are a type of the box and a reading on which it is not broken so in any encounter of the type.

        `beside`: what is silent is told as that, where it is for conduct to decide.
        """
        region = self._region(box.asked)
        silent = self._region(replace(box.asked, kind=Kind.GAP)) if beside else None
        if region is None or (beside and silent is None):
            return
        told = silent if box.asked.kind is Kind.BY_CONDUCT else None
        spoken = (*box.inside, _formula(region), *([] if told is None else [_formula(told)]))
        types = TypesMet(self.view, spoken)
        broken_so = (*box.inside, *self._broken(region))
        unbroken: Claim = NotSo(types.some(*broken_so))
        if told is not None:
            unbroken = AnyOf((unbroken, types.some(*box.inside, *self._broken(told))))
        case = types.case(
            ("on some reading it is broken so in an encounter of a type", types.on_some_reading(*broken_so)),
            ("and on another one in none of that type", unbroken),
        )
        answer = Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT
        yield row_for(
            self.inquiry,
            question.rule,
            bearer=bearer_words(self.inquiry, (case.about,)),
            matter=name_of(box.asked.matter),
            question=question.subject,
            ending=question.verdict,
            cases=[case],
            expected=answer,
        )

    def _region(self, of: AskedPromise) -> SituationRegion | None:
        """Where it is broken so; None where that is no matter of single encounters."""
        regions, beside = regions_of(self.view.ground, of.promise, of.matter), self._beside_seams(of.matter)
        match of.kind:
            case Kind.GAP:
                return None if regions.liftings else regions.silent.within(beside)
            case Kind.ADVISED:
                return regions.advised.within(beside)
            case Kind.BY_CONDUCT:
                return regions.swayed
            case None:
                return None

    def _broken(self, region: SituationRegion) -> Iterator[Claim]:
        return _claims(broken(self.view.ground, region))

    def uneven(self, promise: Coverage, topic: str) -> Iterator[VerdictRow]:
        view, about = self.view, self.view.ground
        promises = [one for one in self.inquiry.system.coverage if one.document == promise.document]
        owed = owed_on(about, promises, topic)
        said = but_for_exceptions(about, topic, owed)
        for act, bans in banned_acts(about, promises, topic).items():
            governed, barred = but_for_exceptions(about, Settled(act), owed), barred_in(about, act, bans, owed)
            types = TypesMet(view, (said, governed, barred))
            case = types.case(
                ("something is said of the topic in an encounter of the type", types.some_done(said)),
                ("nothing is said of the act in any of that type", types.none(governed)),
                ("and somewhere the act is barred", types.done_somewhere(barred)),
            )
            yield self._row(act, _UNEVEN, case, {})

    def _beside_seams(self, matter: Matter) -> Formula:
        """Not where a seam was found: that is told as one."""
        about = next(about for about in self.inquiry.strict if about.bearer == self.view.ground.bearer)
        return negation(at_seams(about, matter))

    def _row(self, name: str, question: str, case: BearerCase, meanings: Meanings) -> VerdictRow:
        bearer = bearer_words(self.inquiry, (case.about,))
        return row_for(
            self.inquiry,
            RuleId.GAP,
            bearer=bearer,
            matter=name,
            question=question,
            ending=Ending.CLEAR,
            cases=[case],
            expected=Verdict.UNSAT,
            meanings=meanings,
            carries=self.told,
        )


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
