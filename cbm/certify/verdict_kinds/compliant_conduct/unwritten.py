"""What duties forbid together, as questions: is there a smallest set of them that does, of any size.

Which duties are in the set is told by flags that are free, with the situation; so no search lists the sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

from cbm.certify.claims import AllOf, AnyOf, Claim, NotSo, SomeConduct, anywhere
from cbm.certify.rows import BearerCase, Told, VerdictRow, ended, row_for
from cbm.certify.standing import StandingNorms, hanging_together, happening, kept, standing_of
from cbm.certify.verdict_kinds.on_readings import Incident, failing_on_some, happening_on_some
from cbm.compliance.unavailable_options import duties_of
from cbm.compliance.unwritten_bans import (
    AskedConduct,
    AskedOf,
    alone_at_fault,
    barring_anyway,
    bringing_into_play,
    is_of_messages,
    leaving_room,
    without_exceptions,
)
from cbm.core.expressions import Flag, Formula, NormId, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.substitution import variables
from cbm.core.variables import Auxiliary, Purpose
from cbm.ground.grounder import GroundNorm
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.report import Ending, Outcome, Question
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words

NO_DUTY = "by definition: the conduct brings no duty into play that the text might add"
BESIDE_UNKNOWN = "of what advice adds where it is not known what the duties alone forbid: the search alone asks it"
_TOGETHER = (
    "is there a situation in which one can comply, each duty alone leaves room for it, and a smallest set of them "
    "that it brings into play does not"
)
_ALONE = "does it by itself leave no room for it where one can comply, and is it kept nowhere though it binds"
_BY_CHANCE = "does it by itself leave no room for it where one can comply, by how long messages take"


def unwritten(inquiry: Inquiry, outcome: Outcome) -> Iterator[VerdictRow]:
    """For each verdict the questions that it comes to, and a row that rests on them where nothing was found."""
    asked = [(q, q.of) for q in outcome.questions if isinstance(q.of, AskedOf)]
    open_of = {(of.conduct, of.bearer) for q, of in asked if q.verdict is Ending.UNDECIDED}
    view_of = cache(partial(standing_of, inquiry))
    for question, of in asked:
        if question.verdict is Ending.UNDECIDED:
            continue
        if of.advised and (of.conduct, of.bearer) in open_of:
            yield VerdictRow(question.rule, (), "", "", question.subject, question.verdict, why=BESIDE_UNKNOWN)
        elif of.beside:
            yield _on_readings(inquiry, question, of, happening_on_some, view_of)
        else:
            yield from _asked(inquiry, question, of, view_of(of.bearer, of.advised))
    for question in outcome.questions:
        every = question.of.of if isinstance(question.of, AskedOnReadings) else None
        if isinstance(every, AskedOf) and question.verdict is not Ending.UNDECIDED:
            yield _on_readings(inquiry, question, every, failing_on_some, view_of)


def _on_readings(
    inquiry: Inquiry,
    question: Question,
    of: AskedOf,
    ask: Callable[[Sequence[Incident], Sequence[Incident]], BearerCase],
    view_of: Callable[[int, bool], StandingNorms],
) -> VerdictRow:
    """That there is a reading on which advice leaves no room, and duties alone do; or one on which that is not so."""
    incidents = list(_incidents(view_of, of))
    if not incidents:
        return VerdictRow(question.rule, (), "", "", question.subject, question.verdict, why=NO_DUTY, plain=True)
    case = ask(incidents, [incident for one in of.beside for incident in _incidents(view_of, one)])
    sought = (question.verdict is Ending.FOUND) is (ask is happening_on_some)
    return row_for(
        inquiry,
        question.rule,
        bearer=role_words(inquiry.system, of.bearer),
        question=question.subject,
        ending=question.verdict,
        cases=(case,),
        expected=Verdict.SAT if sought else Verdict.UNSAT,
    )


def _incidents(view_of: Callable[[int, bool], StandingNorms], of: AskedOf) -> Iterator[Incident]:
    view = view_of(of.bearer, of.advised)
    for _, _, case in _cases(view, of):
        yield Incident(view, case)


def _cases(view: StandingNorms, of: AskedOf) -> Iterator[tuple[tuple[NormId, ...], str, BearerCase]]:
    """Each way in which duties might leave no room: these clauses, the question, and what has to be so."""
    duties = duties_of(view.ground, of.advised)
    sets = _Sets(view, of.conduct, duties)
    if sets.may_be_told:
        yield tuple(n.norm.id for n in sets.near), _TOGETHER, BearerCase(view.ground, tuple(sets.claims()))
    for norm in alone_at_fault(view.ground, of.conduct, of.advised):
        asked = _BY_CHANCE if is_of_messages(view.ground, norm) else _ALONE
        yield (norm,), asked, BearerCase(view.ground, tuple(_never_kept(view, of.conduct, norm, of.advised)))


def _asked(inquiry: Inquiry, question: Question, of: AskedOf, view: StandingNorms) -> Iterator[VerdictRow]:
    told: Told = (question.rule, f"{question.subject}: {of.bearer}, {of.advised}")
    bearer = role_words(inquiry.system, of.bearer)
    rows = [
        row_for(
            inquiry,
            question.rule,
            clauses=norms,
            bearer=bearer,
            matter=question.subject,
            question=words,
            ending=Ending.CLEAR,
            cases=(case,),
            expected=Verdict.UNSAT,
            meanings=view.meanings,
            carries=told,
        )
        for norms, words, case in _cases(view, of)
    ]
    yield from ended(question, told, rows, NO_DUTY)


def _never_kept(view: StandingNorms, conduct: AskedConduct, norm: NormId, advised: bool) -> Iterator[tuple[str, Claim]]:
    """The duty by itself leaves no room for the conduct where one can comply, and is kept nowhere though it binds.

    One of messages may be kept elsewhere.
    """
    about, n = view.ground, view.ground.norm(norm)
    demands = tuple(duty.demand for duty in duties_of(about, advised))
    yield from _no_room(view, conduct, n, demands)
    done = bringing_into_play(about, conduct, norm)
    if others := barring_anyway(about, conduct, norm, advised):
        yield "no other duty alone bars it", AllOf(tuple(kept(about, done, other.demand) for other in others))
    if not is_of_messages(about, norm):
        yield "it binds somewhere", happening(about, view.meanings, n.binds)
        yield "nowhere it is kept with all else", NotSo(happening(about, view.meanings, n.binds, *demands))
    if (part := without_exceptions(about, conduct, norm)) is not None:
        claims = (claim for _, claim in _no_room(view, part, n, demands))
        elsewhere = anywhere(view.meanings, *about.possible, *claims)
        yield "it leaves room for that, its exceptions aside, which is asked about by itself", NotSo(elsewhere)


def _no_room(
    view: StandingNorms, conduct: AskedConduct, n: GroundNorm, demands: Sequence[Formula]
) -> Iterator[tuple[str, Claim]]:
    about, norm = view.ground, n.norm.id
    yield "one can comply", kept(about, *demands)
    yield "the conduct is possible", kept(about, bringing_into_play(about, conduct, norm))
    yield "not with it and the conduct", NotSo(kept(about, leaving_room(about, conduct, norm), n.demand))


@dataclass(frozen=True)  # with room for what is worked out once
class _Sets:
    """The sets of duties that may leave no room for conduct, each by which of the flags are set."""

    view: StandingNorms
    conduct: AskedConduct
    duties: Sequence[GroundNorm]

    @cached_property
    def near(self) -> tuple[GroundNorm, ...]:
        return self._near(self.conduct)

    @property
    def may_be_told(self) -> bool:
        """Whether the conduct brings a duty into play, and the text has one of those that it meets."""
        return bool(self._triggered and self._own)

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """What has to be so for a set to be told."""
        yield from self._forbidding(self.conduct)
        yield "the conduct brings one of them into play", disjunction(*map(self._selected, self._triggered))
        yield "one of them is of the text", disjunction(*map(self._selected, self._own))
        for part in self.conduct.parts(self.view.ground):
            claims = (claim for _, claim in self._forbidding(part))
            elsewhere = anywhere(
                self.view.meanings, *self.view.ground.possible, *claims, but=[f.variable for f in self._flags.values()]
            )
            yield "they do not forbid a part of it, which is asked about by itself", NotSo(elsewhere)

    def _forbidding(self, conduct: AskedConduct) -> Iterator[tuple[str, Claim]]:
        about, near, done = self.view.ground, self._near(conduct), conduct.done(self.view.ground)
        yield "one can comply", kept(about, *(n.demand for n in self.duties))
        yield "each duty alone leaves room", AllOf(tuple(kept(about, done, n.demand) for n in near))
        yield "those that are selected do not", NotSo(self._room(done, near))
        rests = ([other for other in near if other is not n] for n in near)
        smallest = zip(near, rests, strict=True)
        yield (
            "without any of them the others do",
            AllOf(tuple(AnyOf((negation(self._selected(n)), self._room(done, rest))) for n, rest in smallest)),
        )
        far = (n for n in self.near if n not in near)
        yield "no others are selected", AllOf(tuple(negation(self._selected(n)) for n in far))

    def _room(self, done: Formula, near: Sequence[GroundNorm]) -> SomeConduct:
        return kept(self.view.ground, done, *(disjunction(negation(self._selected(n)), n.demand) for n in near))

    def _near(self, conduct: AskedConduct) -> tuple[GroundNorm, ...]:
        together = hanging_together(self.view.ground, conduct.done(self.view.ground))
        return tuple(n for n in together if n in self.duties)

    def _selected(self, n: GroundNorm) -> Flag:
        return self._flags[id(n)]

    @cached_property
    def _flags(self) -> dict[int, Flag]:
        return {id(n): Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i, n in enumerate(self.near)}

    @cached_property
    def _triggered(self) -> tuple[GroundNorm, ...]:
        done = set(variables(self.conduct.done(self.view.ground)))
        return tuple(n for n in self.near if not done.isdisjoint(variables(n.binds)))

    @cached_property
    def _own(self) -> tuple[GroundNorm, ...]:
        return tuple(n for n in self.near if n.norm.id.document == self.view.ground.system.subject)
