"""What somebody asks about situations, to what binds whom there: texts and what is given are read, and told."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from cbm.arguments import day_of, flag_of, paths_in, progress_of, several_words, words_of
from cbm.checking.passes import open_inquiry
from cbm.checking.reporting import unreadable
from cbm.checking.subjects import Subject
from cbm.conflicts.deadlocks import Yielding, places_alike
from cbm.core.calendar.meetings import works
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, IsIn, NormId, conjunction, disjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.choices import NegotiatedChoice, ProposedOption
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices
from cbm.core.roles import rotate
from cbm.core.substitution import mentioned, parts_of
from cbm.core.viewpoints import seen
from cbm.files import Library, read_all
from cbm.finding import Misuse
from cbm.given_situations.claim_extents import ClaimExtent
from cbm.given_situations.given_deadlocks import GivenDeadlock, given_deadlocks
from cbm.given_situations.given_world import GivenClash, given_ground
from cbm.given_situations.next_fact import next_fact
from cbm.ground.grounding import bearers, in_force
from cbm.ground.members import existing, members
from cbm.outcomes.answers import Answer, AnswerPeriod, DeadlockAnswer, FactOption, NextFact
from cbm.pipeline import understand
from cbm.process.budget import SHORT, Budget, Cancel, RunStopped, broken_off
from cbm.questions.given_condition import GIVEN, condition_in, conjuncts, exclusion, given_case, pointed, shifted
from cbm.questions.named_texts import first_fault, path_of, subject_in, texts_of
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.repair.writing import Pen
from cbm.report import Outcome, Report
from cbm.resolve.faults import suggestion
from cbm.resolve.left_open.open_choices import taken_as_written, with_settled
from cbm.search.open_questions import Undecided
from cbm.search.parallel import Watch, counted
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unsat, sharing
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.quoted_names import with_names
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.answers.answer_words import Consulted, consult, deadlock_answer, left_words, tell_unknown
from cbm.wording.choice_words import box_words, option_words, place_words
from cbm.wording.condition_words import condition_words, literal_words, value_words, variable_words
from cbm.wording.findings.left_open import left_open
from cbm.wording.phrases import member_words, role_words

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
    settled = SettledChoices(several_words("take", take, "['3.2=JP']"), words_of("text_of", text_of) or None)
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
            documents[GIVEN] = given_case(given, self.subject)
            documents = with_names(documents)
        subject = Subject(self.subject, vocabulary=False)
        system, outcome = understand(
            replace(self.library, documents=documents), subject, question.as_of, also=self.also
        )
        for finding in outcome.findings:
            if finding.primary.span.source.name == GIVEN:
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
        _require_presence(system, question)
        periods = list(_periods(system, question))
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
            periods=tuple(_merged(period.told for period in found)),
            assumed=tuple(_assumed(periods, given, question)),
            next_fact=_next(system, [w for p in found for w in p.worlds], question.unknown)
            if question.narrowing
            else None,
            left_open=tuple(left_open(system, of_rules=False)),
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
        own = () if question.party is None else (_some_of(system, question.party),)
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
            items.append((words, None, _some_of(system, question.party)))
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


def narrowed(
    read: Consultation,
    question: SituationQuestion,
    put: Callable[[str], str],
    words: Callable[[str, tuple[FactOption, ...], int], str],
) -> Answer:
    """The answer after a dialogue: the fact that decides most is asked for until nothing is open, or nobody answers.

    Of brackets it is asked what is taken. `put` puts a question, in these `words`, and gives what is answered: a
    number, a condition, nothing for what is not known, or `q`. What cannot be understood is said and asked again.
    """
    question = replace(question, narrowing=True)
    told, note = read.answer(question), ""
    while (fact := told.next_fact) is not None:
        said = put(f"{note}{words(fact.words, fact.options, fact.settles)}").strip()
        if said == "q":
            break
        known = dict(zip(map(str, range(1, len(fact.options) + 1)), fact.options, strict=True))
        if said in known and known[said].take:
            settled = replace(question.settled, take=(*question.settled.take, known[said].take))
            further = replace(question, settled=settled)
        elif said:
            further = replace(question, given=_both(question.given, known[said].condition if said in known else said))
        else:
            further = replace(question, unknown=(*question.unknown, fact.words))
        try:
            told, question, note = read.answer(further), further, ""
        except Misuse as why:
            note = f"{why}\n\n"
    return told


def _both(given: str, further: str) -> str:
    """Both conditions as one, each in brackets where it would be read otherwise without."""
    return " and ".join(f"({one})" if " or " in one or " implies " in one else one for one in (given, further) if one)


# ---- who is meant, and when


def parties_assumed(system: NormSystem, given: Expr, party: str | None) -> tuple[tuple[str, ...], tuple[Expr, ...]]:
    """Units whose party is not given are taken to be of parties of the text; that in words, and as conditions.

    Of more than two units two are: a third one switches no clause off, whose ever it is.
    """
    own, text = system.situation.party, system.texts[system.subject]
    if party is not None and (own is None or party not in system.situation.parties):
        known = say("known are {names}", names=say(", ").join(system.situation.parties))
        near = suggestion(party, system.situation.parties) or (known,)
        raise Misuse(say("no party is called `{party}`; {advice}", party=party, advice=near[0]))
    if own is None or text.parties is None or text.binding:
        return (), ()
    there = members(text, system)
    told = {v.role for v in mentioned(given) if system.situation.tells_party(v)}
    free = [role for role in range(len(system.situation.roles)) if role not in told]
    if not free:
        return (), ()
    names = listed([member_words(system, member) for member in there], "or")
    count = len(system.situation.roles)
    if count > 2 and not set(there).issuperset(system.situation.parties):
        return _two_assumed(system, [] if len(told) > 1 else [*combinations(range(count), 2)], there, names)
    units = listed([role_words(system, role) for role in free])
    words = mark("{units} is of {parties}") if len(free) == 1 else mark("{units} are each of {parties}")
    assumed = say(words, units=units, parties=names)
    return (assumed,), tuple(IsIn(seen(own, role), there) if there else FALSE for role in free)


def _two_assumed(
    system: NormSystem, pairs: Sequence[tuple[int, int]], there: tuple[str, ...], names: str
) -> tuple[tuple[str, ...], tuple[Expr, ...]]:
    """That the two units of one of these pairs are of parties."""
    own = system.situation.party
    if not pairs or own is None:
        return (), ()
    units = listed([role_words(system, role) for role in range(len(system.situation.roles))])
    words = say("two of {units} are each of {parties}", units=units, parties=names)
    met = (conjunction(*(IsIn(seen(own, role), there) if there else FALSE for role in pair)) for pair in pairs)
    return (words,), (disjunction(*met),)


def _sides(system: NormSystem, given: Expr, question: SituationQuestion) -> tuple[Expr, ...]:
    return parties_assumed(system, given, question.party)[1]


def _assumed(periods: Iterable[tuple[str, str, NormSystem]], given: Expr, question: SituationQuestion) -> Iterator[str]:
    """What is taken for granted, with the days on which it is where that is not the same on all."""
    stretches: list[tuple[tuple[str, ...], str, str]] = []
    for first, last, of in periods:
        words, _ = parties_assumed(of, given, question.party)
        begun = stretches.pop()[1] if stretches and stretches[-1][0] == words else first
        stretches.append((words, begun, last))
    for words, first, last in stretches:
        for one in words:
            dated = say("{assumed} (from {first} to {last})", assumed=one, first=first, last=last)
            yield one if len(stretches) == 1 else dated


def _require_presence(system: NormSystem, question: SituationQuestion) -> None:
    """Misuse, with the other name, where the party asked for is not there on the date."""
    if question.party is None or question.until is not None or question.party in existing(system):
        return
    known = next(c for c in system.continuations if question.party in (c.party, c.of))
    raise Misuse(
        say(
            "there is no `{party}` on {date}: {successor} continues {predecessor} from {day} on",
            party=question.party,
            date=system.as_of,
            successor=known.party,
            predecessor=known.of,
            day=known.since,
        )
    )


def _some_of(system: NormSystem, party: str) -> Expr:
    own = system.situation.party
    assert own is not None, "whose unit it is is asked"
    roles = range(len(system.situation.roles))
    return disjunction(*(IsIn(seen(own, role), (party,)) for role in roles))


def _periods(system: NormSystem, question: SituationQuestion) -> Iterator[tuple[str, str, NormSystem]]:
    """The stretches of days on which the same texts and channels count."""
    if question.until is None or question.as_of is None:
        yield "", "", system
        return
    first, latest = question.as_of, _counting_on(system, question.as_of)
    day = first
    while day <= question.until:
        counting = _counting_on(system, day)
        if counting != latest:
            yield first.isoformat(), (day - timedelta(days=1)).isoformat(), replace(system, as_of=first, week=None)
            first, latest = day, counting
        day += timedelta(days=1)
    yield first.isoformat(), question.until.isoformat(), replace(system, as_of=first, week=None)


def _counting_on(system: NormSystem, day: date) -> tuple[object, ...]:
    dated = replace(system, as_of=day)
    texts = tuple(in_force(text, dated) for text in system.texts.values())
    parties = tuple(members(text, dated) for text in system.texts.values())
    return texts, parties, existing(dated), tuple(works(channel, day) for channel in system.channels.values())


def _merged(periods: Iterable[AnswerPeriod]) -> Iterator[AnswerPeriod]:
    """Stretches of which the same is told are one."""
    last: AnswerPeriod | None = None
    for period in periods:
        if last is not None and replace(period, first=last.first, last=last.last) == last:
            last = replace(last, last=period.last)
            continue
        if last is not None:
            yield last
        last = period
    if last is not None:
        yield last


def _taken_words(system: NormSystem) -> str:
    """The packages asked about, where these are not all."""
    negotiation = Negotiation(system)
    return box_words(negotiation, negotiation.asked_for) if negotiation.asked_for else ""


# ---- what to find out next


def _next(
    system: NormSystem, worlds: Sequence[tuple[World, Sequence[ClaimExtent]]], unknown: Collection[str]
) -> NextFact | None:
    """The fact that settles most where something is open first, but for those that nobody knows."""
    pen = Pen(system, {})
    negotiation = Negotiation(system)

    def can_be_said(options: Sequence[Formula]) -> bool:
        said = all(_taken(negotiation, option) or pen.condition(option) for option in options)
        return said and _fact_words(negotiation, options) not in unknown

    for world, extents in worlds:
        found = next_fact(world, extents, can_be_said)
        if found is not None:
            options = tuple(
                FactOption(_option_words(negotiation, o), pen.condition(o) or "")
                if (take := _taken(negotiation, o)) is None
                else FactOption(option_words(take[1]), "", take=taken_as_written(*take))
                for o in found.options
            )
            return NextFact(_fact_words(negotiation, found.options), options, found.settles)
    return None


def _taken(negotiation: Negotiation, option: Formula) -> tuple[NegotiatedChoice, ProposedOption] | None:
    """The choice of the text under check of which this option is taken; None if it is not about that."""
    if not isinstance(option, IsIn) or not negotiation.is_choice(option.variable):
        return None
    term = next(term for term in negotiation.terms if term.variable == option.variable)
    if term.choice is None or term.document != negotiation.system.subject:
        return None
    return term.choice, term.choice.option(option.members[0])


def _fact_words(negotiation: Negotiation, options: Sequence[Formula]) -> str:
    system, first = negotiation.system, options[0]
    taken = _taken(negotiation, first)
    if taken is not None and isinstance(first, IsIn):
        number = next(n for n, term in enumerate(negotiation.terms) if term.variable == first.variable)
        asked = (
            mark("Which option is taken for {place}?") if taken[0].titled else mark("Which option is taken in {place}?")
        )
        return say(asked, place=place_words(negotiation, number))
    if isinstance(first, IsIn):
        return say("Which is it, {quantity}?", quantity=variable_words(system, first.variable))
    return say("Is it so that {condition}?", condition=literal_words(system, first))


def _option_words(negotiation: Negotiation, option: Formula) -> str:
    system = negotiation.system
    if isinstance(option, IsIn):
        return value_words(system, option.variable, option.members[0])
    return literal_words(system, option)
