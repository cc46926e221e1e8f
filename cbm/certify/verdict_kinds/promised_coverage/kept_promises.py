"""Promises that are kept, as questions: of what is owed, of what exceptions leave open, and of acts barred unevenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbm.certify.claims import AllOf, AnyOf, Claim, Meanings, NotSo
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, ended, row_for
from cbm.certify.standing import StandingNorms, broken
from cbm.certify.verdict_kinds.promised_coverage.by_type import TypesMet
from cbm.certify.verdict_kinds.promised_coverage.said_of_types import (
    SaidOfType,
    banned_in,
    broken_so,
    claims_of,
    formulas_of,
    kept_in,
    opened_by,
)
from cbm.core.expressions import TRUE, Formula, negation
from cbm.core.matters import Matter, name_of
from cbm.core.norms import Coverage
from cbm.coverage.by_exception import MatterRegions, regions_of
from cbm.coverage.gaps import AskedBox, AskedException, AskedPromise, AskedUneven, Kind
from cbm.coverage.governance import SituationRegion
from cbm.coverage.seams import at_seams
from cbm.finding import RuleId
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict

NO_BAN = "by definition: no clause bars an act of it outright"
PLAIN = "by definition: no conduct of the unit decides whether a clause of it binds, and none has an exception"
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
        of = question.of.of if isinstance(question.of, AskedOnReadings) else question.of
        if question.verdict is Ending.UNDECIDED:
            continue
        match of:
            case AskedBox(asked):
                rows = _Rows(inquiry, of_bearer[asked.bearer], (RuleId.GAP, ""))
                yield from rows.on_every_reading(question, of, beside=replace(asked, kind=Kind.GAP) in silent)
            case AskedException():
                yield _Rows(inquiry, of_bearer[of.bearer], (RuleId.GAP, "")).excepted_on_every_reading(question, of)
            case AskedUneven():
                yield _Rows(inquiry, of_bearer[of.asked.bearer], (RuleId.GAP, "")).uneven_on_every_reading(question, of)
            case _:
                pass
    for question in outcome.questions:
        of = question.of
        if isinstance(of, AskedPromise) and question.verdict is not Ending.UNDECIDED:
            told: Told = (RuleId.GAP, f"{question.subject}: {of.bearer}, {inquiry.system.coverage.index(of.promise)}")
            rows = _Rows(inquiry, of_bearer[of.bearer], told)
            in_silence = replace(of, kind=Kind.GAP) in silent and of.kind is Kind.BY_CONDUCT
            if in_silence and question.verdict is Ending.CLEAR:
                yield from ended(question, told, [*rows.beside_silence(of)], PLAIN)
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

    def beside_silence(self, of: AskedPromise) -> Iterator[VerdictRow]:
        """In no type is conduct what decides on a reading on which nothing of the type is silent."""
        swayed, silent = self._broken(of), self._broken(replace(of, kind=Kind.GAP))
        if swayed is not None and silent is not None:
            types = TypesMet(self.view, (*silent.spoken, *swayed.spoken))
            case = types.case(
                ("nothing of the type is silent", NotSo(silent.claim(types))),
                ("conduct decides in an encounter of it", swayed.claim(types)),
            )
            yield self._row(name_of(of.matter), _BESIDE_SILENCE, case, {})

    def on_every_reading(self, question: Question, box: AskedBox, *, beside: bool) -> Iterator[VerdictRow]:
        """Whether there are a type of the box and a reading on which it is not broken so in any encounter of the type.

        `beside`: what is silent is told as that, where it is for conduct to decide.
        """
        beside_it = beside and box.asked.kind is Kind.BY_CONDUCT
        broken_so, told = self._broken(box.asked), self._broken(replace(box.asked, kind=Kind.GAP))
        if broken_so is None or told is None:
            return
        spoken = (*box.inside, *broken_so.spoken, *(told.spoken if beside_it else ()))
        types = TypesMet(self.view, spoken)
        somewhere = broken_so.claim(types, *box.inside)
        case = types.case(
            ("on some reading it is broken so in an encounter of a type", types.on_some_reading(somewhere)),
            (
                "and on another one in none of that type",
                AnyOf((NotSo(somewhere), *([told.claim(types, *box.inside)] if beside_it else []))),
            ),
        )
        yield self._of_readings(question, name_of(box.asked.matter), case)

    def excepted_on_every_reading(self, question: Question, of: AskedException) -> VerdictRow:
        """Whether there is a reading on which the exception leaves none of the matters open, in any type."""
        about = self.view.ground
        opened = [
            opened_by(
                self.view, regions_of(about, of.promise, matter), of.exception, advised, self._beside_seams(matter)
            )
            for matter, advised in of.left
        ]
        types = TypesMet(self.view, tuple(formula for one in opened for formula in one.spoken))
        somewhere = types.of_some_type(AnyOf(tuple(one.claim(types) for one in opened)))
        case = types.case(
            ("on some reading the exception leaves it open in part of a type", types.on_some_reading(somewhere)),
            ("and on another one in part of none", NotSo(somewhere)),
        )
        matters = ", ".join(dict.fromkeys(name_of(matter) for matter, _ in of.left))
        return self._of_readings(question, matters, case)

    def uneven_on_every_reading(self, question: Question, of: AskedUneven) -> VerdictRow:
        """Whether there are a type of a box and a reading on which its act is not uneven in it, or told elsewhere."""
        topic = name_of(of.asked.matter)
        known = dict(banned_in(self.inquiry, self.view, of.asked.promise, topic))
        boxes = [formula for _, box, before in of.acts for one in (box, *before) for formula in one]
        types = TypesMet(self.view, (*boxes, *(formula for act, *_ in of.acts for formula in known[act].spoken)))
        each: list[Claim] = []
        for act, box, before in of.acts:
            so = known[act].uneven(types, *box)
            others = (types.of_some_type(known[act].uneven(types, *other)) for other in before)
            each.append(AllOf((types.on_some_reading(so), AnyOf((NotSo(so), *others)))))
        words = "on some reading an act is uneven in a type, and on another one not, or it is told of others on that"
        return self._of_readings(question, topic, types.case((words, AnyOf(tuple(each)))))

    def _broken(self, of: AskedPromise) -> SaidOfType | None:
        """That it is broken so in a type; None where that is no matter of types."""
        regions = regions_of(self.view.ground, of.promise, of.matter)
        return broken_so(self.view, regions, of.kind, self._beside_seams(of.matter))

    def uneven(self, promise: Coverage, topic: str) -> Iterator[VerdictRow]:
        for act, banned in banned_in(self.inquiry, self.view, promise, topic):
            types = TypesMet(self.view, banned.spoken)
            case = types.case(
                ("something is said of the topic in an encounter of the type", types.some_done(banned.said)),
                ("nothing is said of the act in any of that type", types.none(banned.governed)),
                ("and somewhere the act is barred", types.done_somewhere(banned.barred)),
            )
            yield self._row(act, _UNEVEN, case, {})

    def _of_readings(self, question: Question, matter: str, case: BearerCase) -> VerdictRow:
        """Whether what was found is not so on some reading, as its verdict has it."""
        return row_for(
            self.inquiry,
            question.rule,
            bearer=bearer_words(self.inquiry, (case.about,)),
            matter=matter,
            question=question.subject,
            ending=question.verdict,
            cases=[case],
            expected=Verdict.UNSAT if question.verdict is Ending.FOUND else Verdict.SAT,
        )

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
    excepted, kept = of.excepted.within(beside), kept_in(of)
    types = TypesMet(view, (*formulas_of(excepted), kept))
    return types.case(
        ("an exception leaves it open in an encounter of the type", types.some(*claims_of(view, excepted))),
        ("nothing governs it in any of that type", types.none(kept)),
    )


def _somewhere_governed(view: StandingNorms, of: MatterRegions, silent: SituationRegion) -> BearerCase:
    """In some encounter of a type an exception leaves it open, and in another one of the type something governs it."""
    kept = kept_in(of)
    types = TypesMet(view, (*formulas_of(silent), kept))
    return types.case(
        ("the exception leaves it open in an encounter of the type", types.some(*claims_of(view, silent))),
        ("something governs it in one of that type", types.some_done(kept)),
    )
