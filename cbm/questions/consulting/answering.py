"""What somebody asks about situations, to what binds whom there: texts and what is given are read, and told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cbm.arguments import day_of, flag_of, paths_in, progress_of, words_of
from cbm.checking.passes import open_inquiry
from cbm.checking.reporting import unreadable
from cbm.checking.subjects import Subject
from cbm.conflicts.deadlocks import Yielding, places_alike
from cbm.core.expressions import TRUE, Expr, Formula, IsIn, NormId, conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.core.roles import rotate
from cbm.core.substitution import parts_of
from cbm.core.viewpoints import seen
from cbm.files import Library, read_all
from cbm.finding import Misuse
from cbm.given_situations.claim_extents import ClaimExtent
from cbm.given_situations.given_deadlocks import GivenDeadlock, given_deadlocks
from cbm.given_situations.given_world import GivenClash, given_ground
from cbm.ground.grounding import bearers
from cbm.outcomes.answers import Answer, AnswerPeriod, DeadlockAnswer
from cbm.pipeline import understand
from cbm.process.budget import SHORT, Budget, Cancel, RunStopped, broken_off
from cbm.questions.consulting.asked_periods import asked_periods, merged_periods
from cbm.questions.consulting.assumed_parties import assumed_in_words, parties_assumed, require_presence, some_unit_of
from cbm.questions.consulting.fact_asked_for import fact_asked_for
from cbm.questions.consulting.given_condition import (
    condition_in,
    conjuncts,
    exclusion,
    given_case,
    pointed,
    shifted,
)
from cbm.questions.named_texts import first_fault, path_of, subject_in, texts_of
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.resolve.left_open.open_choices import with_settled
from cbm.search.open_questions import Undecided
from cbm.search.parallel import Watch, counted
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unsat, sharing
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.quoted_names import with_names
from cbm.translation.saying import mark, say
from cbm.wording.answers.answer_words import Consulted, consult, deadlock_answer, left_words, tell_unknown
from cbm.wording.choice_words import box_words
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.stays_open.left_open import left_open
from cbm.wording.findings.stays_open.unheard_texts import texts_out_of_force
from cbm.wording.phrases import member_words, role_words

_ASKED = "what is given"  # no document has such a name

NOTHING = mark("nothing is known")  # of a run that is stopped too early
_YIELDING_UNKNOWN = mark("it is not known of each of them where its duties yield")


@dataclass(frozen=True, slots=True)
class SituationQuestion:
    """Texts by file or standard name, the first one the subject; what is given, as after `when`; and who asks when.

    `until`: the last of several days, of which `as_of` is the first. `text` is the name of the text meant where the
    first file holds several. `narrowing`: the fact that decides most is looked for as well, but for those that nobody
    knows.
    """

    documents: tuple[str, ...]
    given: str = ""
    party: str | None = None
    as_of: date | None = None
    until: date | None = None
    settled: SettledChoices = NOTHING_SETTLED
    text: str | None = None
    narrowing: bool = False
    unknown: tuple[str, ...] = ()


def ask(
    documents: Iterable[str | os.PathLike[str]],
    *,
    given: str = "",
    party: str | None = None,
    as_of: date | None = None,
    until: date | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    text: str | None = None,
    narrowing: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> Answer:
    """What binds whom in the situations that meet what is given: a condition as it stands after `when`.

    `documents` are files or names of standard texts, the first one the subject; `text` is the name of the text meant
    where that file holds several. `party`: what binds its units alone. `as_of` is the date asked about, and with
    `until` the first of several days. `take` and `text_of` say which packages of a text with brackets are meant, as in
    `cbm.options`. `narrowing`: the one further fact that decides most is told as well.

    `progress`, `cancel`, `budget` and `cache` are as for `check`; what is not known when a run is stopped is undecided.
    Misuse where a text cannot be read or understood, the condition cannot, no situation meets it, or nothing is known
    by then.
    """
    named = tuple(map(str, paths_in(documents, "documents")))
    settled = settled_choices(take, text_of)
    first, last = day_of("as_of", as_of), day_of("until", until)
    whose, which = words_of("party", party) or None, words_of("text", text) or None
    narrow = flag_of("narrowing", narrowing)
    question = SituationQuestion(
        documents=named,
        given=words_of("given", given),
        party=whose,
        as_of=first,
        until=last,
        settled=settled,
        text=which,
        narrowing=narrow,
    )
    watch = progress_of("progress", progress)
    with question_run(NOTHING, budget, cancel, cache):
        outcome = answer(question, watch)
    if isinstance(outcome, Report):
        raise Misuse(say("a text cannot be understood: {fault}", fault=first_fault(outcome)))
    return outcome


def answer(question: SituationQuestion, watch: Watch | None = None) -> Answer | Report:
    """What binds whom; or what is wrong with the texts."""
    read = consultation(question)
    return read if isinstance(read, Report) else read.answer(question, watch)


def consultation(question: SituationQuestion) -> Consultation | Report:
    """The texts, read and understood once for all that is asked of them."""
    if not question.documents:
        raise Misuse(say("name a text: a file, or a text of the standard library"))
    if question.until is not None and (question.as_of is None or question.until < question.as_of):
        raise Misuse(say("the last day comes before the first one (on the command line: `--as-of FIRST..LAST`)"))
    path = path_of(question.documents[0])
    purpose, one = mark("to ask"), mark("one is asked about")
    subject = subject_in(alone := read_all([path]), question.documents[0], question.text, purpose, one)
    if subject is None:
        return unreadable(alone, [])
    library = read_all([path, *map(path_of, question.documents[1:])])
    also = [name for named in question.documents[1:] for name in texts_of(library, named)]
    texts = {n: d for n, d in library.documents.items() if not isinstance(d.header, ast.CasesHeader)}
    read = Consultation(replace(library, documents=texts), subject, tuple(also))
    system, outcome = read.understood(question, "")
    if system is None or library.faulty:
        return unreadable(library, [outcome])
    opened = open_inquiry(system)
    if isinstance(opened, Outcome):
        return unreadable(library, [replace(opened, findings=(*outcome.findings, *opened.findings))])
    return read


@dataclass(frozen=True, slots=True)
class _Period:
    """What is told of a stretch of days, with the situations asked about and where each thing is so in them."""

    told: AnswerPeriod
    worlds: list[tuple[World, tuple[ClaimExtent, ...]]]


@dataclass(frozen=True, slots=True)
class Consultation:
    """Texts that questions are asked of."""

    library: Library
    subject: str
    also: tuple[str, ...]

    def understood(self, question: SituationQuestion, given: str) -> tuple[NormSystem | None, Outcome]:
        """The system with what is given as its only case; Misuse where that cannot be understood."""
        documents = dict(self.library.documents)
        if given:
            documents[_ASKED] = given_case(given, self.subject)
            documents = with_names(documents)
        subject = Subject(self.subject, vocabulary=False)
        system, outcome = understand(
            replace(self.library, documents=documents), subject, question.as_of, also=self.also
        )
        for finding in outcome.findings:
            if given and finding.primary.span.source == documents[_ASKED].span.source:
                raise Misuse(pointed(finding))
        if system is not None:
            system = with_settled(system, question.settled)
        return system, outcome

    def answer(self, question: SituationQuestion, watch: Watch | None = None) -> Answer:
        """What binds whom in the situations that meet what is given."""
        system, _ = self.understood(question, question.given)
        assert system is not None, "it was understood before"
        given = system.cases[-1].given if question.given else TRUE
        _, sides = parties_assumed(system, given, question.party)
        if question.party is not None and question.until is None:
            require_presence(system, question.party)
        periods = list(asked_periods(system, question.as_of, question.until))
        with sharing():
            found = [
                self._period(of, conjunction(given, *_sides(of, given, question)), question, (first, last), watch)
                for first, last, of in periods
            ]
        if not any(period.told.bearers for period in found):
            raise Misuse(self.why_none(question, system, sides))
        text = system.texts[self.subject]
        return Answer(
            text=self.subject,
            title=text.title,
            beside=tuple(name for name in system.texts if name != self.subject),
            as_of="" if system.as_of is None or question.until else system.as_of.isoformat(),
            given=" ".join(question.given.split()),
            periods=tuple(merged_periods(period.told for period in found)),
            assumed=tuple(assumed_in_words(periods, given, question.party)),
            next_fact=fact_asked_for(system, [w for p in found for w in p.worlds], question.unknown)
            if question.narrowing
            else None,
            left_open=(*left_open(system, of_rules=False), *(texts_out_of_force(system) if len(periods) == 1 else ())),
            taken=_taken_words(system),
        )

    def _period(
        self,
        system: NormSystem,
        given: Expr,
        question: SituationQuestion,
        days: tuple[str, str],
        watch: Watch | None,
    ) -> _Period:
        """What is so of each unit, and of all of them together."""
        units = list(self._bearers(system, given, question, watch))
        worlds = [(one.world, one.extents) for one in units if one.world is not None]
        told = AnswerPeriod(tuple(one.told for one in units), *days)
        if not units:
            return _Period(told, worlds)
        if system.precedences and len(worlds) < len(units):
            what = say("whether all units can comply at once: {reason}", reason=say(_YIELDING_UNKNOWN))
            return _Period(replace(told, undecided=(what,)), worlds)
        own = () if question.party is None else (some_unit_of(system, question.party),)
        clashes = [clash for one in units for clash in one.clashes]
        deadlocks, undecided = list[DeadlockAnswer](), list[str]()
        try:
            for one in self._together(system, conjunction(given, *own), clashes, _yielding(system, units)):
                if isinstance(one, Undecided):
                    undecided.append(left_words(system, one))
                    continue
                deadlocks.append(deadlock_answer(system, one))
                if isinstance(one.where, ClaimExtent):
                    worlds.append((one.deadlock.world, (one.where,)))
        except RunStopped as why:
            undecided.append(say("whether all units can comply at once: {reason}", reason=say(str(why))))
        return _Period(replace(told, deadlocks=tuple(deadlocks), undecided=tuple(undecided)), worlds)

    @broken_off(SHORT)
    def _together(
        self, system: NormSystem, given: Expr, clashes: Sequence[GivenClash], yielding: Yielding
    ) -> list[GivenDeadlock | Undecided]:
        return list(given_deadlocks(system, given, clashes, yielding))

    def _bearers(
        self, system: NormSystem, given: Expr, question: SituationQuestion, watch: Watch | None
    ) -> Iterator[Consulted]:
        """Each unit that may be bound, where there can be such a one."""
        roles = range(len(system.situation.roles)) if system.situation.interchangeable else bearers(system)
        alike = len(places_alike(system, given)) == len(system.situation.roles)
        asked = roles[:1] if alike and question.party is None else roles
        for role in counted(asked, mark("what binds whom"), watch):
            others = tuple(role_words(system, other) for other in roles if other not in asked)
            try:
                consulted = self._bearer(system, role, given, question, others)
            except RunStopped as why:
                consulted = tell_unknown(system, role, others, why)
            if consulted is not None:
                yield consulted

    @broken_off(SHORT)
    def _bearer(
        self, system: NormSystem, role: int, given: Expr, question: SituationQuestion, others: tuple[str, ...]
    ) -> Consulted | None:
        party = system.situation.party
        own = () if question.party is None or party is None else (IsIn(seen(party, role), (question.party,)),)
        whole = conjunction(given, *own)
        about, done = given_ground(system, role, whole)
        with asking(
            system=system,
            bearer=role,
            question="is there a situation that meets what is given",
            found="it is asked about",
            none="there is none",
        ):
            able = Solver(system.situation.roles, (*about.possible, *about.feasible)).decide()
        return None if isinstance(able, Unsat) else consult(about, done, whole, others)

    def why_none(self, question: SituationQuestion, system: NormSystem, sides: Sequence[Expr]) -> str:
        """Why no situation meets what is given: a smallest part of it, with the axioms that exclude that."""
        written = conjuncts(condition_in(given_case(question.given, self.subject))) if question.given else []
        items: list[tuple[str, Span | None, Expr]] = []
        for part in written:
            one, _ = self.understood(question, part.text)
            assert one is not None, "a part of what is understood is understood"
            items.append(("", shifted(part), one.cases[-1].given))
        items += [(condition_words(system, parts_of(side)), None, side) for side in sides]
        party = system.situation.party
        if question.party is not None and party is not None:
            words = say("a unit is of {party}", party=member_words(system, question.party))
            items.append((words, None, some_unit_of(system, question.party)))
        return exclusion(system, items)


def _yielding(system: NormSystem, units: Sequence[Consulted]) -> Yielding:
    """Where the norms of each role yield: of a unit that is told with another one, where those of that one do."""
    roles = system.situation.roles
    known = {unit.told.role: unit for unit in units}
    found: list[dict[NormId, Formula]] = []
    for place, role in enumerate(roles):
        unit = known.get(role) or (units[0] if units[0].told.same_for else None)
        step = 0 if unit is None else place - roles.index(unit.told.role)
        suspended = {} if unit is None else unit.suspended
        found.append({norm: rotate(where, step, len(roles)) for norm, where in suspended.items()})
    return found


def _sides(system: NormSystem, given: Expr, question: SituationQuestion) -> tuple[Expr, ...]:
    return parties_assumed(system, given, question.party)[1]


def _taken_words(system: NormSystem) -> str:
    """The packages asked about, where these are not all."""
    negotiation = Negotiation(system)
    return box_words(negotiation, negotiation.asked_for) if negotiation.asked_for else ""
