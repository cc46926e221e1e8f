"""What stands behind the answers that find nothing: for each an encounter in which it can be seen, or "not shown"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

from cbm.compliance.consistency import (
    BindNowhereTogether,
    Shown,
    Sight,
    Unkeepable,
    best,
    touching,
)
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.core.expressions import TRUE, Formula, NormId, conjunction
from cbm.core.matters import Matter, matters, name_of
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Case, ConductExpected, Coverage, NormSystem, Strength, by_clause
from cbm.core.variables import Origin
from cbm.coverage.governance import governing, owed_in
from cbm.finding import Dependence, Finding, RuleId, Scenario, Severity
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.report import Attestation, Ending, Green, Pairs
from cbm.search.implicants import implicant
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import ReadingCubes, openness
from cbm.search.replay import Episode
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, mark, say, told
from cbm.wording.clause_names import clause_name, clause_names, names_of
from cbm.wording.findings.norm_galleries import ASKED_FOR, NormGalleries, NormShare, NormSights, parted, seen_of
from cbm.wording.reading_words import cubes_words, on_some
from cbm.wording.scenarios import example, example_at

# What is called fine where these rules find nothing.
_SERVED = {
    Green.CLAUSE: frozenset((RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY, RuleId.VACUITY)),
    Green.PAIR: frozenset((RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT)),
    Green.TOPIC: frozenset((RuleId.GAP,)),
    Green.NEVER: frozenset((RuleId.IMPOSSIBLE,)),
}
# So many clauses, and so many pairs of them, are shown at a time: what shows some of them shows none of the others.
CLAUSES, PAIRS = 256, 16_384


# Of some clauses and of some pairs, and the count of these pairs.
_Shown: TypeAlias = tuple[list[Attestation], list[Attestation], Pairs]


class AskedToShow(Record):
    """What was asked of: one clause, as it is worded and perhaps some of its acts, or a pair of norms."""

    norms: tuple[NormId, ...]
    pair: bool = False


class Attested(Record):
    """What is shown of one text, clause by clause first, and the count of its pairs of clauses."""

    attestations: tuple[Attestation, ...]
    pairs: Pairs


class Showing:
    """The search for what is shown of a text: the part that takes longest can be begun before all else is found.

    `rules` are those that were asked about: only of these it is known that they find nothing.
    """

    def __init__(self, inquiry: Inquiry, rules: Collection[RuleId] = frozenset(RuleId)) -> None:
        self._inquiry = inquiry
        self._kinds = {kind for kind, served in _SERVED.items() if served.intersection(rules)}
        self._begun: Iterator[_Shown] | None = None

    def begin(self) -> None:
        """Lets others search for encounters that show clauses, once it is known which clauses clash."""
        self._begun = self._searched(even_one=True)

    def attested(self, found: Sequence[Finding]) -> Attested:
        """To be asked when everything else is: what was found is not fine, and nothing is shown for it."""
        inquiry, shown = self._inquiry, list(self._begun or self._searched())
        unserved = {f.clauses[0] for f in found if f.rule is RuleId.UNSERVED_FUNCTION}
        clauses = (_as_if_served(attestation, unserved) for of_clauses, _, _ in shown for attestation in of_clauses)
        doubtful = (attestation for _, of_pairs, _ in shown for attestation in of_pairs)
        topics = _topics(inquiry, found) if Green.TOPIC in self._kinds else ()
        nevers = _nevers(inquiry, found) if Green.NEVER in self._kinds else ()
        return Attested((*clauses, *doubtful, *topics, *nevers), Pairs.total(counted for _, _, counted in shown))

    def _searched(self, *, even_one: bool = False) -> Iterator[_Shown]:
        inquiry, system = self._inquiry, self._inquiry.system
        negotiation = Negotiation(system)
        own = (n for n, norm in system.norms.items() if n.document == system.subject and negotiation.has(norm))
        norms = list(by_clause(own).values()) if Green.CLAUSE in self._kinds else []
        pairs = free_pairs(inquiry) if Green.PAIR in self._kinds else []
        count = max(-(-len(pairs) // PAIRS), -(-len(norms) // CLAUSES))
        shares = [(pairs[PAIRS * i : PAIRS * (i + 1)], norms[CLAUSES * i : CLAUSES * (i + 1)]) for i in range(count)]
        return inquiry.each(mark("encounters that show clauses"), _share, shares, even_one=even_one)


def attest(inquiry: Inquiry, found: Sequence[Finding], rules: Collection[RuleId] = frozenset(RuleId)) -> Attested:
    """What is shown of a text in which this was found by these rules."""
    return Showing(inquiry, rules).attested(found)


def _as_if_served(shown: Attestation, unserved: Collection[str]) -> Attestation:
    """Of a clause that is left without a channel somewhere: what is shown of it is so if a channel serves it there."""
    if not any(clause in unserved for clause in shown.clauses):
        return shown
    return replace(shown, statement=say("{statement}, if a channel serves it", statement=shown.statement))


def _share(inquiry: Inquiry, share: NormShare) -> _Shown:
    """Some pairs and some clauses: one encounter shows many of them."""
    of_pairs: dict[tuple[NormId, NormId], NormSights] = {}
    of_clauses: dict[tuple[NormId, ...], list[NormSights]] = {}
    for wanted in parted(inquiry, share):
        pairs_seen, clauses_seen = seen_of(inquiry, wanted)
        of_pairs |= zip(wanted.pairs, pairs_seen, strict=True)
        of_clauses |= zip(wanted.clauses, clauses_seen, strict=True)
    pairs, doubtful = _pairs(inquiry, [of_pairs[pair] for pair in share[0]])
    return [_clause(inquiry, view) for norms in share[1] for view in of_clauses[norms]], doubtful, pairs


# ---- clauses


def _clause(inquiry: Inquiry, view: NormSights) -> Attestation:
    system, norms, sight = inquiry.system, view.norms, view.sight
    statement = partial(_kept if system.norms[norms[0]].demands else _in_play, system, norms)
    of, reason = AskedToShow(norms), _reason(inquiry, norms, sight)
    amiss = _amiss(inquiry, shown_question(norms), sight, *norms)
    inquiry.record(ASKED_FOR, statement, amiss, of=of, reason=reason)
    witness = _example_of(inquiry, sight, norms) if isinstance(sight, Shown) else None
    on = _dependence(inquiry, view, statement)
    left, exact = isinstance(sight, Unknown), tuple(norm.exact for norm in norms)
    words = _qualified(statement(), on)
    return Attestation(
        kind=Green.CLAUSE,
        text=system.subject,
        statement=words,
        clauses=(str(norms[0]),),
        witness=witness,
        reason=reason,
        readings=on,
        undecided=left,
        norms=exact,
    )


def _kept(system: NormSystem, norms: tuple[NormId, ...]) -> str:
    return say("{clause} can be kept", clause=names_of(system, norms)[0])


def _in_play(system: NormSystem, norms: tuple[NormId, ...]) -> str:
    return say("{clause} can come into play", clause=names_of(system, norms)[0])


def _qualified(statement: str, on: Dependence | None) -> str:
    """The statement with the readings on which an encounter shows it."""
    if on is None:
        return statement
    if on.every:
        return say("{statement} (on every reading of {terms})", statement=statement, terms=listed(on.terms))
    return say("{statement} ({on_some_readings})", statement=statement, on_some_readings=on_some(on.words))


def _dependence(inquiry: Inquiry, view: NormSights, statement: Sayable) -> Dependence | None:
    """On which readings of open terms an encounter shows it; None where it speaks of no open term and holds on all."""
    norms = view.norms
    unknown = next((on for on in view.readings if isinstance(on, Unknown)), None)
    if unknown is not None:
        inquiry.leave_open(
            lambda: say("is it so on every reading that {statement}", statement=told(statement)), unknown, *norms
        )
    known = [on for on in view.readings if isinstance(on, ReadingCubes)]
    if unknown is not None or not known:
        return None
    on = next((one for one in known if one.every), known[0])
    if not on.every:
        titles = tuple(term.title for term in on.terms)
        return Dependence(titles, every=False, words=cubes_words(inquiry.system, on.cubes))
    seen = [s.about.norm(norm) for s in view.sights if isinstance(s, Shown) for norm in norms]
    said = [f for n in seen for f in (n.binds, n.fulfilled)]
    spoken = openness(inquiry.system, said, of_choices=False)
    return None if spoken is None else Dependence(tuple(term.title for term in spoken.terms), every=True)


def _example_of(inquiry: Inquiry, shown: Shown, norms: Iterable[NormId], *also: Formula) -> Scenario:
    """The encounter by the conditions of the norms (and those added) alone."""
    live = (shown.about.norm(norm).live for norm in norms)
    conditions = implicant(conjunction(*live, *also), shown.values)
    return example_at(inquiry.system, shown.values, conditions, Origin.RESULT, Origin.DOING)


def shown_question(norms: tuple[NormId, ...]) -> str:
    """What is asked of clauses that are called kept, or kept together."""
    if len(by_clause(norms)) > 1:
        return mark("is there an encounter in which they bind together and all is complied with")
    return mark("is there an encounter in which it binds and all is complied with")


def _reason(inquiry: Inquiry, norms: tuple[NormId, ...], sight: Sight) -> str:
    """Why nothing is shown of norms that should bind (together) somewhere."""
    names = names_of(inquiry.system, norms)
    match sight:
        case Shown():
            return ""
        case BindNowhereTogether(suspended):
            return _bound_nowhere(together=len(norms) > 1, suspended=suspended)
        case Unkeepable(duties):
            others = names_of(inquiry.system, duties)
            if others == names and len(names) == 1:
                return say("it cannot be complied with in any encounter in which it binds")
            clauses, one = clause_names(inquiry.system, duties), len(others) == 1
            if len(norms) > 1:
                if one:
                    return say("wherever they bind together, {clause} cannot be complied with", clause=clauses)
                return say("wherever they bind together, {clauses} cannot all be complied with", clauses=clauses)
            if one:
                return say("wherever it binds, {clause} cannot be complied with", clause=clauses)
            return say("wherever it binds, {clauses} cannot all be complied with", clauses=clauses)
        case Unknown(reason):
            return say("undecided: {reason}", reason=say(reason))


def _bound_nowhere(together: bool, suspended: bool) -> str:
    if together and suspended:
        return say("they bind together in no encounter without yielding to other clauses")
    if together:
        return say("they bind together in no encounter")
    if suspended:
        return say("it binds in no encounter without yielding to other clauses")
    return say("it binds in no encounter")


def _amiss(inquiry: Inquiry, question: Sayable, sight: Sight, *norms: NormId) -> bool | Undecided:
    """As a question is recorded: whether nothing is shown, or noted as undecided."""
    return inquiry.leave_open(question, sight, *norms) if isinstance(sight, Unknown) else not isinstance(sight, Shown)


# ---- pairs


def free_pairs(inquiry: Inquiry) -> list[tuple[NormId, NormId]]:
    """The pairs of duties about one act or result that are called free of conflict."""
    touched = dict.fromkeys(pair for about in inquiry.strict for pair in touching(inquiry.system, about))
    in_doubt = [frozenset(left.norms) for left in inquiry.undecided if left.question == TOGETHER]
    in_conflict = {frozenset(clash.norms) for clash in inquiry.clashes if len(clash.norms) == 2}
    free = (pair for pair in touched if frozenset(pair) not in in_conflict)
    return [pair for pair in free if not any(open_set.issuperset(pair) for open_set in in_doubt)]


def _pairs(inquiry: Inquiry, views: Iterable[NormSights]) -> tuple[Pairs, list[Attestation]]:
    """The pairs counted, and those that are not shown."""
    system = inquiry.system
    shown = apart = on_some_only = 0
    doubtful: list[Attestation] = []
    for view in views:
        pair, sight = view.norms, view.sight
        statement = partial(_kept_together, system, pair)
        amiss = not isinstance(sight, BindNowhereTogether) and _amiss(inquiry, shown_question(pair), sight, *pair)
        doubted = not isinstance(sight, Shown | BindNowhereTogether)
        reason = _reason(inquiry, pair, sight) if doubted else ""
        inquiry.record(ASKED_FOR, statement, amiss, of=AskedToShow(pair, pair=True), reason=reason)
        on = _dependence(inquiry, view, statement)
        depends = on is not None and not on.every
        shown += isinstance(sight, Shown) and not depends
        on_some_only += depends
        apart += isinstance(sight, BindNowhereTogether)
        if doubted:
            names, left = tuple(map(str, pair)), isinstance(sight, Unknown)
            exact = tuple(norm.exact for norm in pair)
            doubtful.append(
                Attestation(Green.PAIR, system.subject, statement(), names, reason=reason, undecided=left, norms=exact)
            )
    return Pairs(shown, apart, len(doubtful), on_some_only), doubtful


def _kept_together(system: NormSystem, pair: tuple[NormId, ...]) -> str:
    return say("{clauses} can be kept together", clauses=listed(names_of(system, pair)))


# ---- promises and expectations


def _topics(inquiry: Inquiry, found: Sequence[Finding]) -> Iterator[Attestation]:
    """Each topic promised in which no gap was found: a clause that governs it, in an encounter of the promise."""
    undecided = any(
        question.rule == RuleId.GAP and question.verdict is Ending.UNDECIDED for question in inquiry.questions
    )
    if undecided or not inquiry.system.coverage:
        return  # not known to be free of gaps, and told as undecided; or nothing is promised
    galleries = NormGalleries(inquiry)
    gaps = [f for f in found if f.rule is RuleId.GAP]
    for promise in Negotiation(inquiry.system).promises:
        for matter in matters(promise):
            name, open_ones = name_of(matter), (gap.promised for gap in gaps if gap.primary.span == promise.span)
            if not any(name in promised or not promised for promised in open_ones):
                yield _topic(inquiry, galleries, promise, matter)


def _topic(inquiry: Inquiry, galleries: NormGalleries, promise: Coverage, matter: Matter) -> Attestation:
    topic = name_of(matter)
    sights: list[Sight] = []
    for g in galleries.strict:
        promised = owed_in(g.about, promise, matter)
        for n in governing(g.about, matter):
            if n.norm.strength is Strength.MUST:
                where = TRUE if n is g.about.norm(n.norm.id) else n.binds  # it binds where it does not govern
                sights.append(sight := g.show((n.norm.id,), conjunction(promised, where)))
                if isinstance(sight, Shown):
                    statement = partial(_governed, inquiry.system, topic, n.norm.id)
                    inquiry.record(ASKED_FOR, statement, found=False, of=(promise, matter))
                    witness = _example_of(inquiry, sight, (n.norm.id,), promised)
                    return Attestation(Green.TOPIC, inquiry.system.subject, statement(), (str(n.norm.id),), witness)
    return _unseen(
        inquiry,
        Green.TOPIC,
        lambda: say("`{topic}` is governed as promised while everything is complied with", topic=topic),
        best(sights),
        say("its clauses come into play in no such encounter"),
    )


def _governed(system: NormSystem, topic: str, by: NormId) -> str:
    clause = clause_name(system, by)
    return say("`{topic}` is governed as promised, for instance by {clause}", topic=topic, clause=clause)


def _nevers(inquiry: Inquiry, found: Sequence[Finding]) -> Iterator[Attestation]:
    """Each `expect never` that holds: an encounter that the axioms alone allow, so that the text excludes it."""
    reached = (f for f in found if f.rule is RuleId.IMPOSSIBLE)
    failed = {f.primary.span for f in reached if f.severity is Severity.ERROR or f.readings is not None}
    undecided = {q.subject for q in inquiry.questions if q.rule == RuleId.IMPOSSIBLE and q.verdict is Ending.UNDECIDED}
    for case in inquiry.system.cases:
        for expected in case.expected:
            holds = expected.span not in failed and expected.words not in undecided
            if isinstance(expected, ConductExpected) and expected.never and holds:
                yield _never(inquiry, case, expected)


def excluded_words(expected: ConductExpected) -> str:
    """That what is expected never to happen could happen."""
    conduct = expected.words.removeprefix("expect never ")
    return say("`{conduct}` could happen if it were not for the text", conduct=conduct)


def _never(inquiry: Inquiry, case: Case, expected: ConductExpected) -> Attestation:
    statement = partial(excluded_words, expected)
    together = inquiry.on(case.as_of).together()
    allowed = together.allowed(case.situations(expected), expected.condition)
    if not isinstance(allowed, Episode):
        sight = allowed if isinstance(allowed, Unknown) else BindNowhereTogether()
        return _unseen(inquiry, Green.NEVER, statement, sight, say("the axioms alone exclude it"))
    inquiry.record(ASKED_FOR, statement, found=False)
    wanted = (together.formula(case.situations(expected)), together.formula(expected.condition))
    witness = example(inquiry.system, allowed, wanted, Origin.RESULT, Origin.DOING)
    return Attestation(Green.NEVER, inquiry.system.subject, statement(), witness=witness)


def _unseen(inquiry: Inquiry, kind: Green, statement: Sayable, sight: Sight, otherwise: str) -> Attestation:
    """What is said where nothing is to be seen; what was given up is noted."""

    def question() -> str:
        return say("is there an encounter to show that {statement}", statement=told(statement))

    if isinstance(sight, Unknown):
        otherwise = say("undecided: {reason}", reason=say(sight.reason))
    inquiry.record(ASKED_FOR, statement, _amiss(inquiry, question, sight), reason=otherwise)
    left = isinstance(sight, Unknown)
    return Attestation(kind, inquiry.system.subject, told(statement), reason=otherwise, undecided=left)
