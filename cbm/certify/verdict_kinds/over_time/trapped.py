"""Traps as questions: can two situations look alike up to a moment, and who complied by the one is lost in the other.

Written from what is told of such situations (`dynamics/indistinguishable.py`), but for what is known beforehand
(`foreseen.py`), and of conduct up to a moment (`dynamics/history.py`): one question for duties that hang together, with
all conduct under a quantifier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cbm.certify.claims import AllOf, AnyOf, Claim, NotSo, SomeConduct
from cbm.certify.rows import BearerCase, Told, VerdictRow, bearer_words, joined, resting, row_for
from cbm.certify.standing import StandingNorms, happening, kept, linked, moved
from cbm.certify.verdict_kinds.over_time.foreseen import is_planned, when_known, whether_known
from cbm.compliance.unavailable_options import duties_of
from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import settling
from cbm.conflicts.trigger_cycles import circling
from cbm.core.expressions import Flag, Formula, NormId, conjunction, disjunction, negation
from cbm.core.linear import equal
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Strength
from cbm.core.roles import rotate
from cbm.core.sorts import FLAG
from cbm.core.substitution import substitute, variables
from cbm.core.variables import ActInstance, Auxiliary, Purpose, Variable
from cbm.dynamics.differing_situations import differing_in_anything, differing_in_delays
from cbm.dynamics.history import Room, from_then_on, kept_back, messages, rooms
from cbm.dynamics.indistinguishable import BEFORE, ELSEWHERE
from cbm.dynamics.trap_search import MOST
from cbm.dynamics.traps import CAN_BE_MISSED, CAN_TRAP, IN_GOOD_TIME, AskedTrap
from cbm.finding import RuleId
from cbm.ground.act_instances import variables_of
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground, ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending, Outcome
from cbm.search.world import copy_of
from cbm.smt.journal import Verdict
from cbm.wording.times.latest_sending import sent_in_good_time, sure_ways

NO_DUTY = "by definition: no clause is a duty of which it could be so"
NO_WAIT = "by definition: no duty depends on how long a message takes of which nobody knows that"
NEVER_SURE = "by definition: no duty can be sent so that it surely is in time, by the longest delays and the hours"
IN_PART = "what clashes is known in part only: the search alone asks about it"
BESIDE = "what traps in any case is not known in full: the search alone asks about the rest"
ON_PACKAGES = "on which packages it can be sent in time is no question of one package: the search alone asks it"
_QUESTION = "can who complied up to a moment, as things looked, comply no more"
_SURELY = (
    "can it be missed by who sends late, as one of a smallest set that is, although it can be sent so that it surely "
    "is in time"
)
_HERE_TOO = "do these trap here, too"
_LATE = "can who complied up to a moment, as long as a message seemed to take, comply no more"


def trapped(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """That no clauses trap, if so it is: a row for duties that hang together, and one that rests on these.

    Of a text under negotiation the package is part of the situation, and with it what is known beforehand.
    """
    yield from _found(inquiry, outcome, views, RuleId.TRAP)
    if any(q.subject == CAN_TRAP and q.verdict is Ending.CLEAR for q in outcome.questions):
        yield from _none(inquiry, views, RuleId.TRAP, CAN_TRAP)


def caught_late(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms]) -> Iterator[VerdictRow]:
    """The same of messages that may take long, but for clauses that trap in any case.

    Where some can be missed so, it is asked of each duty of which a message can be sent so that it surely is in time.
    """
    yield from _found(inquiry, outcome, views, RuleId.LAST_MOMENT)
    clear = {q.subject for q in outcome.questions if q.verdict is Ending.CLEAR}
    for subject in (CAN_BE_MISSED, IN_GOOD_TIME):
        if subject in clear:
            asked = [(q, q.of) for q in outcome.questions if q.rule == RuleId.TRAP]
            trapping = [of for q, of in asked if q.verdict is Ending.FOUND and isinstance(of, AskedTrap)]
            in_full = all(q.verdict is not Ending.UNDECIDED for q, _ in asked) and len(trapping) < MOST
            yield from _none(inquiry, views, RuleId.LAST_MOMENT, subject, trapping, in_full=in_full)


def _found(inquiry: Inquiry, outcome: Outcome, views: Sequence[StandingNorms], rule: RuleId) -> Iterator[VerdictRow]:
    """The same question of just the clauses that trap, or can be missed: here it has an answer."""
    for question in outcome.questions:
        of = question.of
        if isinstance(of, AskedTrap) and question.rule == rule:
            for view in views:
                if view.ground.bearer == of.bearers[0]:
                    yield from _trapping(inquiry, view, of.norms, rule, question.subject)


def _trapping(
    inquiry: Inquiry, view: StandingNorms, norms: tuple[NormId, ...], rule: RuleId, subject: str
) -> Iterator[VerdictRow]:
    """Just these trap this bearer."""
    with_room, duties = _duties(view)
    for group in _hanging_together(with_room, duties):
        if set(norms) <= {n.norm.id for n in group}:
            asked = _Trapping(view, with_room, group, _apart(inquiry, view, group), rule is RuleId.LAST_MOMENT)
            case = BearerCase(with_room, (*asked.claims(), ("of just these", asked.selecting(norms))))
            yield row_for(
                inquiry,
                rule,
                clauses=norms,
                bearer=bearer_words(inquiry, (with_room,)),
                question=subject,
                ending=Ending.FOUND,
                cases=(case,),
                expected=Verdict.SAT,
                meanings=asked.meanings(),
                carries=_it_traps(view.ground.bearer, norms),
            )


def _it_traps(bearer: int, norms: tuple[NormId, ...]) -> Told:
    return RuleId.TRAP, f"{bearer}: {joined(norms)}"


def _apart(inquiry: Inquiry, view: StandingNorms, group: Sequence[GroundNorm]) -> tuple[ConflictSet, ...]:
    """What clashes of these duties and does not yield."""
    known = (c for c in inquiry.clashes if c.bearer == view.ground.bearer and not settling(inquiry.system, c.norms))
    labels = {n.norm.id for n in group}
    return tuple(clash for clash in known if len(clash.norms) > 1 and set(clash.norms) <= labels)


def _none(
    inquiry: Inquiry,
    views: Sequence[StandingNorms],
    rule: RuleId,
    subject: str,
    trapping: Sequence[AskedTrap] = (),
    *,
    in_full: bool = True,
) -> Iterator[VerdictRow]:
    """`trapping` trap in any case, so that they are not told again; `in_full`: there are no others."""
    told: Told = (rule, subject)
    rows: list[VerdictRow] = []
    beside: dict[Told, None] = {}
    delays = rule is RuleId.LAST_MOMENT
    for view in views:
        with_room, duties = _duties(view)
        for group in _hanging_together(with_room, duties):
            asked = _Trapping(view, with_room, group, _apart(inquiry, view, group), delays)
            if delays and not asked.pair.channels:
                continue
            labels = {n.norm.id for n in group}
            known = [of for of in trapping if view.ground.bearer in of.bearers and set(of.norms) <= labels]
            why = _why_searched(inquiry, asked, known, subject, in_full=in_full)
            if why:
                yield VerdictRow(rule, (), "", "", subject, Ending.CLEAR, why=why)
                return
            rows += _not_trapping(inquiry, asked, known, told)
            beside |= dict.fromkeys(_it_traps(view.ground.bearer, of.norms) for of in known)
            for of in known:
                if view.ground.bearer != of.bearers[0]:
                    rows += _trapping(inquiry, view, of.norms, RuleId.TRAP, _HERE_TOO)
    yield from rows
    plain = NEVER_SURE if subject == IN_GOOD_TIME else NO_WAIT if delays else NO_DUTY
    row = resting(told, rows, plain)
    yield replace(row, rests_on=(*row.rests_on, *beside))


def _why_searched(
    inquiry: Inquiry, asked: _Trapping, known: Sequence[AskedTrap], subject: str, *, in_full: bool
) -> str:
    """Why the search alone asks whether these duties trap; nothing where a certificate asks it, too."""
    on_some = bool(Negotiation(inquiry.system).terms) and (bool(known) or subject == IN_GOOD_TIME)
    if on_some or not in_full:
        return ON_PACKAGES if on_some and not known else BESIDE
    return "" if all(clash.extent.exact for clash in asked.clashing) else IN_PART


def _not_trapping(inquiry: Inquiry, asked: _Trapping, known: Sequence[AskedTrap], told: Told) -> Iterator[VerdictRow]:
    """That these duties do not trap, but for what is `known` to; or none of them alone, if it can be sent in time."""
    rule, subject = told
    others = [("they do not trap in any case", NotSo(asked.including(of.norms))) for of in known]
    put = [(tuple(n.norm.id for n in asked.group), _LATE if asked.delays else _QUESTION, list[tuple[str, Claim]]())]
    if subject == IN_GOOD_TIME:
        ways = ((n, _surely(asked.view, n)) for n in asked.group)
        put = [((n.norm.id,), _SURELY, [*asked.of_just(n), *sure]) for n, sure in ways if sure]
    for norms, words, more in put:
        yield row_for(
            inquiry,
            rule,
            clauses=norms,
            bearer=bearer_words(inquiry, (asked.about,)),
            question=words,
            ending=Ending.CLEAR,
            cases=(BearerCase(asked.about, (*asked.claims(), *others, *more)),),
            expected=Verdict.UNSAT,
            meanings=asked.meanings(),
            carries=told,
        )


def _surely(view: StandingNorms, n: GroundNorm) -> list[tuple[str, Claim]]:
    """That it can be sent in time, however long that takes, with all complied with; or that nobody can comply.

    Nothing where that is so of no time and no channel, by the longest delays and the hours.
    """
    about = view.ground
    ways = [*sure_ways(about.system, n.norm)] if n.norm.modality is Modality.OBLIGATION else []
    if not ways:
        return []
    own = about.norm(n.norm.id)
    complying = (own.binds, *(duty.demand for duty in duties_of(about, advised=False)))
    step = about.bearer if n.norm.rotates else 0
    said = (sent_in_good_time(about.system, way) for way in ways)
    then = disjunction(*(about.grounder.formula(rotate(one, step, about.grounder.roles)) for one in said))
    sure, possible = (happening(about, view.meanings, *some, *complying) for some in ((then,), ()))
    return [("it can be sent so that it surely is in time, or nobody can comply", AnyOf((sure, NotSo(possible))))]


def _duties(view: StandingNorms) -> tuple[Ground, list[GroundNorm]]:
    """The formulas with room for what was done before, each norm binding where it does not yield; and the duties."""
    about = view.standing(ground(view.plain.system, view.plain.bearer, again=True))
    musts = [n for n in about.demanding if n.norm.strength is Strength.MUST]
    around = circling(about.system, [(n.norm, about.bearer) for n in musts], (about.bearer,))
    return about, [n for i, n in enumerate(musts) if i not in around]


def _hanging_together(about: Ground, duties: Sequence[GroundNorm]) -> list[tuple[GroundNorm, ...]]:
    """Duties that share conduct, directly or through others and what is feasible."""
    groups: list[tuple[set[Variable], list[GroundNorm]]] = [(moved(about, part), []) for part in about.feasible]
    groups += [(moved(about, n.demand), [n]) for n in duties]
    joined: list[tuple[set[Variable], list[GroundNorm]]] = []
    for conduct, members in groups:
        meeting = [group for group in joined if group[0] & conduct]
        joined = [group for group in joined if not group[0] & conduct]
        joined.append((conduct.union(*(c for c, _ in meeting)), [n for _, some in meeting for n in some] + members))
    order = list(duties)
    found = (tuple(n for n in order if any(n is m for m in members)) for _, members in joined)
    return sorted(filter(None, found), key=lambda group: next(i for i, n in enumerate(order) if n is group[0]))


class _Trapping:
    """The question of duties that hang together, of any of them: those that are selected cannot be kept any more."""

    def __init__(
        self,
        view: StandingNorms,
        about: Ground,
        group: Sequence[GroundNorm],
        clashing: Sequence[ConflictSet],
        delays: bool,
    ) -> None:
        self.view, self.about, self.group, self.clashing = view, about, group, clashing
        self.delays = delays
        self._demands = tuple(n.demand for n in group)
        self._feasible = linked(about, self._demands)
        said = (*self._feasible, *self._demands)
        self._rooms = rooms(about, said)
        self.pair = differing_in_delays(about, said) if delays else differing_in_anything(about, said)
        self._messages = tuple(messages(about, self.pair, self._rooms))
        self._earlier = _of_doings(about, [done for room in self._rooms for done in room.earlier])
        self._own = about.conduct | self._earlier | _of_doings(about, [d for room in self._rooms for d in room.later])
        self._selected = [Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i in range(len(group))]
        self._aside = [Flag(Auxiliary(Purpose.ASIDE, i, FLAG)) for i in range(len(group))]
        self._clash = [Flag(Auxiliary(Purpose.CLASHES, i, FLAG)) for i in range(len(clashing))]
        yielding = {flag.variable: copy_of(flag.variable, ELSEWHERE) for flag in view.meanings}
        self._there = {**{v: copy_of(v, ELSEWHERE) for v in self.pair.differing}, **yielding}

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """What has to be so for a trap."""
        about = self.about
        start = [_without(f, self._rooms, later=False) for f in (*self._feasible, *self._demands)]
        yield "some conduct complies from the start", SomeConduct(tuple(start), self._own)
        yield "another situation can be found", AllOf(tuple(map(self._elsewhere, about.possible)))
        before = (self._elsewhere(_before(formula, self._own)) for formula in self._complying())
        yield "in which certain conduct complies", AllOf(tuple(before))
        yield "the two look alike up to a moment", AllOf(tuple(self.pair.alike()))
        if known := tuple(self._foreseen()):
            yield "what is known beforehand is the same", AllOf(known)
        if self._messages:
            words = "messages that have arrived by then take as long"
            yield words, AllOf(tuple(message.alike() for message in self._messages))
        cuts = (*self.pair.cuts(self.pair.happenings), *(message.cut() for message in self._messages))
        if cuts:
            yield "at that moment they begin to differ", disjunction(*cuts)
        if aside := tuple(self._left_aside()):
            yield "only what clashes there with what is selected is left aside there", AllOf(aside)
        yield "what was done until then in the one was done in the other", AllOf(tuple(kept_back(about, self._rooms)))
        chosen = (disjunction(negation(flag), n) for flag, n in zip(self._selected, self._demands, strict=True))
        compliance = (*self._feasible, *from_then_on(about, self._rooms), *chosen)
        yield (
            "and from then on no conduct keeps what is selected",
            NotSo(SomeConduct(compliance, self._own - self._earlier)),
        )

    def selecting(self, norms: Collection[NormId]) -> Claim:
        """Just these are selected."""
        pairs = zip(self.group, self._selected, strict=True)
        return AllOf(tuple(flag if n.norm.id in norms else negation(flag) for n, flag in pairs))

    def including(self, norms: Collection[NormId]) -> Claim:
        """These are selected, and perhaps others."""
        pairs = zip(self.group, self._selected, strict=True)
        return AllOf(tuple(flag for n, flag in pairs if n.norm.id in norms))

    def of_just(self, n: GroundNorm) -> Iterator[tuple[str, Claim]]:
        """It is selected, and what else is can be kept from then on."""
        others = [
            disjunction(negation(flag), demand)
            for other, flag, demand in zip(self.group, self._selected, self._demands, strict=True)
            if other is not n
        ]
        compliance = (*self._feasible, *from_then_on(self.about, self._rooms), *others)
        yield f"{n.norm.id.exact} is selected", self.including((n.norm.id,))
        yield "without it some conduct keeps what is selected", SomeConduct(compliance, self._own - self._earlier)

    def meanings(self) -> Mapping[Flag, tuple[str, Claim]]:
        """What yields, here and there, and what clashes there."""
        found = dict(self.view.meanings)
        for flag, (words, claim) in self.view.meanings.items():
            found[Flag(self._there[flag.variable])] = (f"{words} in the other situation", self._said_there(claim))
        for flag, clash in zip(self._clash, self.clashing, strict=True):
            plain = self.view.plain
            none = NotSo(kept(plain, *(plain.norm(norm).demand for norm in clash.norms)))
            found[flag] = (f"{', '.join(map(str, clash.norms))} clash in the other situation", self._said_there(none))
        return found

    def _foreseen(self) -> Iterator[Claim]:
        """What the bearer knows beforehand of a moment is so in both situations."""
        for one in self.pair.happenings:
            if one.moment is not None:
                flag, *others = (equal(v, self.pair.there(v)) for v in one.open)
                if is_planned(self.about.system, one.moment):
                    yield conjunction(flag, *others)
                    continue
                if (known := when_known(self.about, one.moment)) is not None:
                    yield AnyOf((NotSo(known), conjunction(flag, *others)))
                if (known := whether_known(self.about, one.moment)) is not None:
                    yield AnyOf((NotSo(known), flag))

    def _complying(self) -> Iterator[Formula]:
        """What is done in the other situation complies, but for what is left aside there."""
        yield from (_without(formula, self._rooms, later=True) for formula in self._feasible)
        for n, demand, flag in zip(self.group, self._demands, self._aside, strict=True):
            formula = _without(demand, self._rooms, later=True)
            yield disjunction(flag, formula) if any(n.norm.id in c.norms for c in self.clashing) else formula

    def _left_aside(self) -> Iterator[Formula]:
        for i, n in enumerate(self.group):
            ways: list[Formula] = []
            for flag, clash in zip(self._clash, self.clashing, strict=True):
                if n.norm.id in clash.norms:
                    others = [
                        self._selected[k] for k, m in enumerate(self.group) if k != i and m.norm.id in clash.norms
                    ]
                    ways.append(conjunction(flag, disjunction(*others)))
            if ways:
                so = conjunction(negation(self._selected[i]), disjunction(*ways))
                yield disjunction(negation(self._aside[i]), so)

    def _elsewhere(self, formula: Formula) -> Formula:
        return substitute(formula, self._there)

    def _said_there(self, claim: Claim) -> Claim:
        match claim:
            case SomeConduct(parts, chosen):
                return SomeConduct(tuple(map(self._said_there, parts)), chosen)
            case NotSo(inner):
                return NotSo(self._said_there(inner))
            case AllOf(claims):
                return AllOf(tuple(map(self._said_there, claims)))
            case AnyOf(claims):
                return AnyOf(tuple(map(self._said_there, claims)))
            case _:
                return self._elsewhere(claim)


def _of_doings(about: Ground, several: Iterable[ActInstance]) -> frozenset[Variable]:
    return frozenset(v for done in several for v in variables_of(done, about.system))


def _before(formula: Formula, own: frozenset[Variable]) -> Formula:
    """The formula said of the conduct in the other situation."""
    return substitute(formula, {v: copy_of(v, BEFORE) for v in variables(formula) if v in own})


def _without(formula: Formula, several: Sequence[Room], later: bool) -> Formula:
    """None of the later doings is done, or none of the earlier ones."""
    undone = (done for room in several if not room.once for done in (room.later if later else room.earlier))
    return substitute(formula, {done.performed: False for done in undone})
