"""What stands behind the answers that find nothing: for each an encounter in which it can be seen, or "not shown"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeAlias

from cbm.compliance.consistency import (
    BindNowhereTogether,
    Gallery,
    Shown,
    Sight,
    Unkeepable,
    best,
    deciding,
    gallery,
    only,
    rests_on,
    touching,
)
from cbm.conflicts.all_conflicts import TOGETHER, doubtful
from cbm.core.expressions import TRUE, Formula, NormId, conjunction
from cbm.core.matters import Matter, matters, name_of
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Case, ConductExpected, Coverage, NormSystem, Strength, by_clause
from cbm.core.variables import Origin
from cbm.coverage.governance import governing, owed_in
from cbm.finding import Dependence, Finding, RuleId, Scenario, Severity
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record, Struct, field, replace
from cbm.report import Attestation, Ending, Green, Pairs
from cbm.search.implicants import implicant
from cbm.search.kept_answers import remembered
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import ReadingCubes, openness
from cbm.search.replay import Episode
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, mark, say, told
from cbm.wording.clause_names import clause_name, clause_names, names_of
from cbm.wording.reading_words import cubes_words, on_some
from cbm.wording.scenarios import example, example_at

# Questions of this kind belong to no finding: they ask for what is to be seen where nothing was found.
ASKED_FOR = "attestation"
# What is called fine where these rules find nothing.
_SERVED = {
    Green.CLAUSE: frozenset((RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT, RuleId.IMPOSSIBLE_DUTY, RuleId.VACUITY)),
    Green.PAIR: frozenset((RuleId.CONFLICT, RuleId.AGREEMENT_CONFLICT)),
    Green.TOPIC: frozenset((RuleId.GAP,)),
    Green.NEVER: frozenset((RuleId.IMPOSSIBLE,)),
}
# So many clauses, and so many pairs of them, are shown at a time: what shows some of them shows none of the others.
CLAUSES, PAIRS = 256, 16_384
# Topics are put together until so many norms are shown at once: more topics would be looked at anew after an edit.
_ENOUGH = 32


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


class _Galleries:
    """The encounters of every bearer, for the `must`s alone or with the advice added; made when they are asked for."""

    def __init__(self, inquiry: Inquiry, wanted: _Wanted | None = None) -> None:
        """`wanted`: all that will be asked of them, so that they look at what decides that; None: at everything."""
        self._system, self._plain, self._wanted = inquiry.system, inquiry.grounds, wanted
        self._about = {False: inquiry.strict, True: inquiry.advised}
        self._grounds: dict[bool, list[tuple[Ground, Ground]]] = {}

    def of(self, *norms: NormId) -> tuple[Gallery, ...]:
        return self.advised if _is_advised(self._system, norms) else self.strict

    @cached_property
    def strict(self) -> tuple[Gallery, ...]:
        return tuple(gallery(*pair, advised=False) for pair in self.grounds(advised=False))

    @cached_property
    def advised(self) -> tuple[Gallery, ...]:
        return tuple(gallery(*pair, advised=True) for pair in self.grounds(advised=True))

    def grounds(self, advised: bool) -> list[tuple[Ground, Ground]]:
        """Of every bearer the norms as they bind and as they prevail."""
        if advised not in self._grounds:
            whole = list(zip(self._plain, self._about[advised], strict=True))
            if self._wanted is not None:
                looked_at = zip(whole, self._wanted.deciding, strict=True)
                whole = [(only(plain, norms), only(about, norms)) for (plain, about), norms in looked_at]
            self._grounds[advised] = whole
        return self._grounds[advised]


class _Wanted(Struct):
    """Pairs and clauses that are shown together; by bearer the norms that decide about them, and they themselves."""

    advised: bool
    deciding: list[frozenset[NormId]]
    pairs: list[tuple[NormId, NormId]] = field(default_factory=list)
    clauses: list[tuple[NormId, ...]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many norms are shown."""
        return len({norm for norms in (*self.pairs, *self.clauses) for norm in norms})

    def add(self, other: _Wanted) -> None:
        """Has what the other one shows shown with this."""
        self.deciding = [some | more for some, more in zip(self.deciding, other.deciding, strict=True)]
        self.pairs += other.pairs
        self.clauses += other.clauses


class _NormSights(Record):
    """What the galleries of all bearers show of some norms: binding, and kept with everything else.

    A permission binds while everything is kept. `readings`: on which readings each of them shows it, of those that do.
    """

    norms: tuple[NormId, ...]
    sights: tuple[Sight, ...]
    readings: tuple[ReadingCubes | Unknown | None, ...] = ()

    @property
    def sight(self) -> Sight:
        return best(self.sights)


# A share of the work: pairs, and the norms of clauses. What is seen of either; a clause may be seen act by act.
_Share: TypeAlias = tuple[Sequence[tuple[NormId, NormId]], Sequence[tuple[NormId, ...]]]
_Seen: TypeAlias = tuple[list[_NormSights], list[list[_NormSights]]]


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


def _share(inquiry: Inquiry, share: _Share) -> _Shown:
    """Some pairs and some clauses: one encounter shows many of them."""
    of_pairs: dict[tuple[NormId, NormId], _NormSights] = {}
    of_clauses: dict[tuple[NormId, ...], list[_NormSights]] = {}
    for wanted in _parted(inquiry, share):
        pairs_seen, clauses_seen = _seen(inquiry, wanted)
        of_pairs |= zip(wanted.pairs, pairs_seen, strict=True)
        of_clauses |= zip(wanted.clauses, clauses_seen, strict=True)
    pairs, doubtful = _pairs(inquiry, [of_pairs[pair] for pair in share[0]])
    return [_clause(inquiry, view) for norms in share[1] for view in of_clauses[norms]], doubtful, pairs


def _parted(inquiry: Inquiry, share: _Share) -> Iterable[_Wanted]:
    """The pairs and clauses by what decides about them: what may clash alone, or also what is near, topic by topic.

    So an edited clause that may not clash leaves what is shown of other topics as it is. Topics of which few clauses
    are shown are put together: one encounter shows many.
    """
    parts: dict[tuple[bool, tuple[str, ...] | None], _Wanted] = {}

    def part_of(norms: tuple[NormId, ...]) -> _Wanted:
        advised = _is_advised(inquiry.system, norms)
        views = inquiry.advised if advised else inquiry.strict
        duties = [deciding(about, norms) for about in views]
        apart = any(not some <= doubtful(about) for some, about in zip(duties, views, strict=True))
        key = advised, inquiry.system.norms[norms[0]].topics if apart else None
        part = parts.setdefault(key, _Wanted(advised, [frozenset(norms) for _ in views]))
        part.deciding = [known.union(some, norms) for known, some in zip(part.deciding, duties, strict=True)]
        return part

    pairs, clauses = share
    for pair in pairs:
        part_of(pair).pairs.append(pair)
    for norms in clauses:
        part_of(norms).clauses.append(norms)
    return _put_together(parts)


def _put_together(parts: Mapping[tuple[bool, tuple[str, ...] | None], _Wanted]) -> Iterable[_Wanted]:
    """With parts of few clauses joined, unless they are of what may clash, or advice is kept in one of them alone."""
    joined: list[_Wanted] = []
    growing: dict[bool, _Wanted] = {}
    for (advised, topics), part in parts.items():
        if topics is None or advised not in growing:
            joined.append(part)
        else:
            growing[advised].add(part)
        if topics is not None and growing.setdefault(advised, part).size >= _ENOUGH:
            del growing[advised]
    return joined


def _seen(inquiry: Inquiry, wanted: _Wanted) -> _Seen:
    """What is shown of them; words rest on more, and are found each time."""
    galleries = _Galleries(inquiry, wanted)
    strict, advised = galleries.grounds(advised=False), galleries.grounds(advised=True) if wanted.advised else []
    of_galleries = [rests_on(*pair, advised=False) for pair in strict]
    of_galleries += [rests_on(*pair, advised=True) for pair in advised]
    strengths = [inquiry.system.norms[n].strength for norms in (*wanted.pairs, *wanted.clauses) for n in norms]
    return remembered(
        "which encounters show them",
        (of_galleries, wanted.pairs, wanted.clauses, strengths),
        lambda: (
            [_view(galleries, pair) for pair in wanted.pairs],
            [_views(galleries, norms) for norms in wanted.clauses],
        ),
        *(_NormSights, Shown, BindNowhereTogether, Unkeepable, ReadingCubes),
        given=(*(about for _, about in (*strict, *advised)), *inquiry.system.open_terms),
    )


def _views(galleries: _Galleries, norms: tuple[NormId, ...]) -> list[_NormSights]:
    return [_view(galleries, one) for one in _told_apart(galleries, norms)]


def _view(galleries: _Galleries, norms: tuple[NormId, ...]) -> _NormSights:
    asked = galleries.of(*norms)
    sights = tuple(g.show(norms) for g in asked)
    with asking(rule=ASKED_FOR, norms=norms):
        readings = tuple(g.readings(norms) for g, s in zip(asked, sights, strict=True) if isinstance(s, Shown))
    return _NormSights(norms, sights, readings)


def _is_advised(system: NormSystem, norms: Iterable[NormId]) -> bool:
    """Whether advice is kept as well where these are shown."""
    return any(system.norms[norm].strength is Strength.SHOULD for norm in norms)


# ---- clauses


def _told_apart(galleries: _Galleries, norms: tuple[NormId, ...]) -> Sequence[tuple[NormId, ...]]:
    """A clause, or its acts one by one, where encounters show some of them and none shows all."""
    acts = [(norm,) for norm in norms]
    apart = not _is_shown(galleries, norms) and any(_is_shown(galleries, act) for act in acts)
    return acts if apart else [norms]


def _is_shown(galleries: _Galleries, norms: tuple[NormId, ...]) -> bool:
    return any(isinstance(g.show(norms), Shown) for g in galleries.of(*norms))


def _clause(inquiry: Inquiry, view: _NormSights) -> Attestation:
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


def _dependence(inquiry: Inquiry, view: _NormSights, statement: Sayable) -> Dependence | None:
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


def _pairs(inquiry: Inquiry, views: Iterable[_NormSights]) -> tuple[Pairs, list[Attestation]]:
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
    galleries = _Galleries(inquiry)
    gaps = [f for f in found if f.rule is RuleId.GAP]
    for promise in inquiry.system.coverage:
        for matter in matters(promise):
            name, open_ones = name_of(matter), (gap.promised for gap in gaps if gap.primary.span == promise.span)
            if not any(name in promised or not promised for promised in open_ones):
                yield _topic(inquiry, galleries, promise, matter)


def _topic(inquiry: Inquiry, galleries: _Galleries, promise: Coverage, matter: Matter) -> Attestation:
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
