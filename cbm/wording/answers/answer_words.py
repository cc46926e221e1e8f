"""What binds a unit under what is given, in the words of a duty officer: clauses, clashes, and each act and result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import groupby

from cbm.comparison.possible_packages import ALL_PACKAGES
from cbm.conflicts.deadlocks import Duty
from cbm.core.expressions import Does, Expr, Formula, IsIn, NormId, Not, conjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem, Strength, Substitute
from cbm.core.packages.package_boxes import Box
from cbm.core.variables import Decision
from cbm.core.viewpoints import seen
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding, holds
from cbm.finding import Scenario
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent, SituationClaim, extent_of
from cbm.given_situations.clause_standing import ClauseStanding, ConductSense, StandingMark, deemed_to_comply, standings
from cbm.given_situations.conduct_marks import ConductMark, MarkedConduct, marks, spoken_of
from cbm.given_situations.given_deadlocks import GivenDeadlock
from cbm.given_situations.given_world import GivenClash, GivenWorld, given_world
from cbm.ground.between_parties import connects
from cbm.ground.grounding import Ground
from cbm.outcomes.answers import (
    AnswerExtent,
    BearerAnswer,
    ClashAnswer,
    ClauseAnswer,
    ClauseSource,
    ConductAnswer,
    DeadlockAnswer,
    IdleClauses,
    MarkAnswer,
    OwnConduct,
    ResponsibleClause,
    SubstituteAnswer,
    UnitDuty,
)
from cbm.process.budget import RunStopped, until_stopped
from cbm.records import replace
from cbm.search.extent import Cube
from cbm.search.open_questions import Undecided
from cbm.search.replay import episode
from cbm.search.world import World
from cbm.smt.journal import asking
from cbm.smt.solve import Answer, Sat, Solver, Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.answers.told_demands import (
    compared_words,
    deed_words,
    said_of_deed,
    told_demands,
    told_manner,
    told_substitute,
)
from cbm.wording.channel_use import between_only, lacking
from cbm.wording.clause_names import content_label, names_of, reference, told_for_all
from cbm.wording.condition_words import act_words, literal_words
from cbm.wording.conditions_with_options import apart_from_options, conditions_on_packages, listed_conditions
from cbm.wording.phrases import member_words, role_words
from cbm.wording.scenarios import example

# How a clause stands where it matters what else complies with it.
_OWED_WITH_CHOICE = (StandingMark.BINDS, StandingMark.BY_CONDUCT)
# What is deemed to comply with norms, and where.
_Deemed = Mapping[NormId, Sequence[tuple[Substitute, ClaimExtent | Unknown]]]
# Whether a channel runs between those who meet, by its name.
_ByChannel = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Consulted:
    """What is told of one unit, with the situations asked about and where each thing is so in them.

    `suspended` says where its norms yield.
    """

    told: BearerAnswer
    world: World | None = None
    extents: tuple[ClaimExtent, ...] = ()
    clashes: tuple[GivenClash, ...] = ()
    suspended: Mapping[NormId, Formula] = field(default_factory=dict)


def consult(about: Ground, done: tuple[Expr, ...], asked: Expr, others: tuple[str, ...] = ()) -> Consulted:
    """All that is known of the bearer; `asked` is what is given, as an episode can be held against it."""
    system, bearer, stopped = about.system, about.bearer, list[RunStopped]()
    party = _party(about)
    who = BearerAnswer(
        system.situation.roles[bearer],
        role_words(system, bearer),
        "" if isinstance(party, Unknown) else party,
        done=listed([_done_words(system, part) for part in done], of="sentences"),
        same_for=others,
    )
    given = given_world(about, done)
    if isinstance(given, Undecided):
        return Consulted(replace(who, undecided=(left_words(system, given),)))
    stood = list(standings(given))
    deemed = {
        one.norm.norm.id: tuple(deemed_to_comply(given, one.norm)) for one in stood if one.mark in _OWED_WITH_CHOICE
    }
    found = list(until_stopped(_worth_telling(given, marks(given)), stopped))
    named = {d.name for d in (*spoken_of(given), *(marked.decision for marked in found))}
    connected = _connected(given, stood)
    shown = _example(given, asked)
    unshown = [shown.reason] if isinstance(shown, Unknown) else []
    told = replace(
        who,
        clauses=tuple(_clauses(given, stood, deemed, connected)),
        conduct=tuple(_conduct(given, found)),
        clashes=tuple(_clashes(given)),
        never=tuple(_never(given, stood)),
        unspoken=tuple(name for name in system.acts if name not in named),
        example=None if isinstance(shown, Unknown) else shown,
        undecided=(
            *([say("whose unit it is: {reason}", reason=say(party.reason))] if isinstance(party, Unknown) else ()),
            *_left_of_clauses(given, stood, connected),
            *_left_of_conduct(system, found, stopped),
            *(
                say("an encounter of this kind in which all is complied with: {reason}", reason=say(why))
                for why in unshown
            ),
        ),
    )
    places = (
        *(one.where for one in stood),
        *(one.where for one in found),
        *(where for several in deemed.values() for _, where in several),
    )
    extents = [where for where in places if isinstance(where, ClaimExtent)]
    clashing = (*given.clashes, *given.advice_clashes)
    return Consulted(told, given.keeping(), tuple(extents), clashing, given.suspended)


def _left_of_clauses(given: GivenWorld, stood: Sequence[ClauseStanding], connected: _ByChannel) -> Iterator[str]:
    """What is not known of what binds the bearer, and of the channels that it names."""
    system = given.system
    yield from dict.fromkeys(left_words(system, left) for left in given.undecided)
    yield from dict.fromkeys(
        say("whether {clause} binds it: {reason}", clause=reference(system, n.norm.id), reason=say(why.reason))
        for n, why in given.unsure()
    )
    yield from dict.fromkeys(_unsure_serving(given, stood, connected))


def _left_of_conduct(
    system: NormSystem, found: Iterable[MarkedConduct], stopped: Iterable[RunStopped]
) -> Iterator[str]:
    """What is not known of what the bearer must or may do."""
    for one in found:
        if one.unsure is not None:
            words = mark("on which clauses it rests ({said}): {reason}")
            yield say(words, said=_said(system, one), reason=say(one.unsure.reason))
    for why in stopped:
        yield say("what else it must or may do: {reason}", reason=say(str(why)))


def tell_unknown(system: NormSystem, bearer: int, others: tuple[str, ...], why: RunStopped) -> Consulted:
    """That nothing is known of the bearer, since the run was told to stop."""
    words = say("what binds it: {reason}", reason=say(str(why)))
    named = system.situation.roles[bearer], role_words(system, bearer)
    return Consulted(BearerAnswer(*named, "", same_for=others, undecided=(words,)))


def left_words(system: NormSystem, left: Undecided) -> str:
    """What is not known of duties, and why."""
    names = names_of(system, left.norms)
    if len(names) > 1:
        return say("whether {clauses} can be kept together: {reason}", clauses=listed(names), reason=left.why())
    return say("whether {clause} can be kept: {reason}", clause=listed(names), reason=left.why())


def extent_words(system: NormSystem, where: ClaimExtent | Unknown) -> AnswerExtent:
    """Where something is so."""
    if isinstance(where, Unknown):
        return AnswerExtent(undecided=say(where.reason))
    if where.everywhere:
        return AnswerExtent(always=True)
    negotiation = Negotiation(system)
    apart = [apart_from_options(negotiation, cube) for cube in sorted(where.cubes, key=len)]
    return AnswerExtent(
        cubes=tuple(listed_conditions(system, negotiation, *one) for one in apart),
        words=tuple(dict.fromkeys(conditions_on_packages(system, negotiation, *one) for one in apart)),
        complete=where.complete,
    )


def _together(system: NormSystem, wheres: Sequence[ClaimExtent | Unknown]) -> Iterator[AnswerExtent]:
    """Where one of several wordings of a clause is so, at once; then each of which that is not known."""
    known = [where for where in wheres if isinstance(where, ClaimExtent)]
    if known:
        yield extent_words(system, known[0]) if len(known) == 1 else _merged(system, known)
    yield from (extent_words(system, where) for where in dict.fromkeys(wheres) if isinstance(where, Unknown))


def _merged(system: NormSystem, known: Sequence[ClaimExtent]) -> AnswerExtent:
    """Packages that differ in nothing else are told as one."""
    negotiation, boxes = Negotiation(system), dict[Cube, list[Box]]()
    for cube in sorted((cube for where in known for cube in where.cubes), key=len):
        rest, taken = apart_from_options(negotiation, cube)
        boxes.setdefault(rest, []).extend(taken or ALL_PACKAGES)
    told: list[tuple[Cube, tuple[Box, ...]]] = []
    for rest, several in boxes.items():
        packages = negotiation.space.told(several)
        on_all = any(not box for box in packages)
        if on_all and not rest:
            return AnswerExtent(always=True)
        told.append((rest, () if on_all else packages))
    return AnswerExtent(
        cubes=tuple(listed_conditions(system, negotiation, *one) for one in told),
        words=tuple(dict.fromkeys(conditions_on_packages(system, negotiation, *one) for one in told)),
        complete=all(where.complete for where in known),
    )


def _done_words(system: NormSystem, part: Expr) -> str:
    match part:
        case Does(act, role) if part == Does(act, role):
            return act_words(system, act, role)
        case Not(Does(act, role) as done) if done == Does(act, role):
            return act_words(system, act, role, positive=False)
        case _:
            return literal_words(system, part)


def _party(about: Ground) -> str | Unknown:
    """Whose unit it is, if what is given leaves one party only; none where it leaves several."""
    system, party = about.system, about.system.situation.party
    if party is None:
        return ""
    solver = Solver(system.situation.roles, (*about.possible, *about.feasible))
    own = seen(party, about.bearer)
    asked = {name: solver.ask(IsIn(own, (name,))) for name in system.situation.parties}
    able = [name for name, answer in asked.items() if not isinstance(answer, Unsat)]
    unknown = next((answer for answer in asked.values() if isinstance(answer, Unknown)), None)
    several = sum(isinstance(answer, Sat) for answer in asked.values()) > 1
    if unknown is not None and len(able) > 1 and not several:
        return unknown
    return member_words(system, able[0]) if len(able) == 1 else ""


# ---- clauses


def _clauses(
    given: GivenWorld, stood: Sequence[ClauseStanding], deemed: _Deemed, connected: _ByChannel
) -> Iterator[ClauseAnswer]:
    """Those acts of a clause together that stand alike."""
    groups: dict[tuple[object, ...], list[ClauseStanding]] = {}
    for one in stood:
        groups.setdefault((one.norm.norm.id.clause, one.mark, one.where, one.by, one.swayed), []).append(one)
    alike: dict[object, list[tuple[ClauseAnswer, Sequence[ClauseStanding]]]] = {}
    for group in groups.values():
        answer = _clause(given, group, connected)
        wording = answer.clause, answer.demand, answer.standing, answer.by, answer.swayed, answer.otherwise
        alike.setdefault((wording, answer.text, answer.sources, answer.notes), []).append((answer, group))
    for wordings in alike.values():
        standing = [one for _, group in wordings for one in group]
        told = replace(wordings[0][0], substitutes=tuple(_substitutes(given.system, standing, deemed)))
        for where in _together(given.system, [group[0].where for _, group in wordings]):
            yield replace(told, where=where)


def _clause(given: GivenWorld, group: Sequence[ClauseStanding], connected: _ByChannel) -> ClauseAnswer:
    """Without what else complies with it."""
    system, one = given.system, group[0]
    norm, ids = one.norm.norm, [each.norm.norm.id for each in group]
    (name,) = names_of(system, ids)
    whole = name == reference(system, norm.id)
    return ClauseAnswer(
        clause=name,
        text=norm.id.document,
        title=norm.title,
        demand=told_demands(system, [each.norm.norm for each in group], whole=whole),
        standing=one.mark.value,
        where=extent_words(system, one.where),
        place=content_label(system, norm, ""),
        by=tuple(names_of(system, one.by)),
        swayed=OwnConduct(*(_swaying(system, one, sense) for sense in ConductSense)),
        sources=tuple(ClauseSource(c.text, "" if c.mark is None else c.mark.value) for c in norm.citations),
        otherwise=tuple(step.words for step in norm.otherwise if step.words),
        notes=tuple(_not_serving(given.system, norm, connected)),
    )


def _swaying(system: NormSystem, one: ClauseStanding, sense: ConductSense) -> tuple[str, ...]:
    return tuple(decision_words(system, decision) for decision, its in one.swayed if its is sense)


def _substitutes(system: NormSystem, group: Sequence[ClauseStanding], deemed: _Deemed) -> Iterator[SubstituteAnswer]:
    """What else complies with the clause, told once for all the acts that it lists and all its wordings."""
    found: dict[tuple[str, str], dict[ClaimExtent | Unknown, None]] = {}
    for one in group if group[0].mark in _OWED_WITH_CHOICE else ():
        for substitute, where in deemed[one.norm.norm.id]:
            name = reference(system, NormId(one.norm.norm.id.document, substitute.label))
            found.setdefault((name, told_substitute(system, substitute)), {})[where] = None
    for (name, conduct), wheres in found.items():
        yield from (SubstituteAnswer(name, conduct, where) for where in _together(system, list(wheres)))


def _never(given: GivenWorld, stood: Sequence[ClauseStanding]) -> Iterator[IdleClauses]:
    """The clauses that could speak to such a unit, and under what is given never do, text by text."""
    standing = {(one.norm.norm.id.document, one.norm.norm.id.label) for one in stood}
    idle: dict[str, dict[str, None]] = {}
    for n in given.plain.norms:
        if (n.norm.id.document, n.norm.id.label) not in standing:
            idle.setdefault(n.norm.id.document, {})[n.norm.id.label] = None
    yield from (IdleClauses(text, tuple(labels)) for text, labels in idle.items())


def _not_serving(system: NormSystem, norm: Norm, connected: _ByChannel) -> Iterator[str]:
    """What keeps the channels that it names from serving it, where none does under what is given."""
    lacks = _lacks(system, norm, connected)
    told = {name: words for name, words in lacks.items() if not isinstance(words, Unknown)}
    if lacks and len(told) == len(lacks) and all(told.values()):
        yield from (say("`{channel}` {lacks}", channel=name, lacks=listed(words)) for name, words in told.items())


def _unsure_serving(given: GivenWorld, stood: Sequence[ClauseStanding], connected: _ByChannel) -> Iterator[str]:
    """The channels of which it is not known whether they serve, for clauses that no other one is known to serve."""
    for one in stood:
        lacks = _lacks(given.system, one.norm.norm, connected)
        for name, why in lacks.items():
            if isinstance(why, Unknown) and all(lacks.values()):
                yield say(
                    "whether `{channel}` runs between those who meet: {reason}", channel=name, reason=say(why.reason)
                )


def _lacks(system: NormSystem, norm: Norm, connected: _ByChannel) -> dict[str, list[str] | Unknown]:
    """What keeps each channel that it names from serving it; unknown where only that nobody knows may do so."""
    found: dict[str, list[str] | Unknown] = {}
    for channel in (system.channels[name] for name in norm.through):
        runs, words = connected[channel.name], list(lacking(system, channel, norm.topics, norm.needs))
        if isinstance(runs, Unknown):
            found[channel.name] = words or runs
        else:
            found[channel.name] = words if isinstance(runs, Sat) else [*words, between_only(channel)]
    return found


def _connected(given: GivenWorld, stood: Sequence[ClauseStanding]) -> _ByChannel:
    """Whether each channel that the clauses name runs between those who meet, whatever else is so."""
    solver = Solver(given.system.situation.roles, (*given.plain.possible, *given.plain.feasible))
    names = dict.fromkeys(name for one in stood for name in one.norm.norm.through)
    return {name: solver.ask(connects(given.system, given.system.channels[name])) for name in names}


def decision_words(system: NormSystem, decision: Decision) -> str:
    """What an act or a result is called."""
    if not decision.is_act:
        return system.results[decision.name].title or decision.name
    return act_words(system, decision.name, decision.role or 0)


# ---- clashes


def _clashes(given: GivenWorld) -> Iterator[ClashAnswer]:
    for one in (*given.clashes, *given.advice_clashes):
        where: ClaimExtent | Unknown = Unknown(mark("there are more conditions than are told"))
        if one.clash.exact:
            with _asking_where(given, one.clash.norms):
                where = extent_of(given.everywhere, SituationClaim(here=one.where))
        if where != NOWHERE:
            names = names_of(given.system, one.clash.norms)
            advice = any(given.system.norms[n].strength is Strength.SHOULD for n in one.clash.norms)
            yield ClashAnswer(tuple(names), extent_words(given.system, where), one.is_breach, advice)


def _asking_where(given: GivenWorld, norms: tuple[NormId, ...]) -> AbstractContextManager[None]:
    return asking(
        system=given.system,
        bearer=given.bearer,
        norms=norms,
        question="do they clash under what is given",
        found="they do",
        none="they do not",
    )


def deadlock_answer(system: NormSystem, one: GivenDeadlock) -> DeadlockAnswer:
    """Which duties of which units cannot all be kept, in words."""
    found = one.deadlock
    choices = [[_unit_duty(system, duty) for duty in duties] for duties in found.classes]
    named = [[say("{clause} ({unit})", clause=d.clause, unit=d.unit) for d in duties] for duties in choices]
    return DeadlockAnswer(
        duties=tuple(_unit_duty(system, duty) for duty in found.duties),
        where=extent_words(system, one.where),
        advice=any(system.norms[norm].strength is Strength.SHOULD for norm in found.takes_part),
        settled_by=tuple(edge.words for edge in one.settled_by),
        notes=(told_for_all(named),) if named else (),
    )


def _unit_duty(system: NormSystem, duty: Duty) -> UnitDuty:
    return UnitDuty(reference(system, duty.norm.norm.id), role_words(system, duty.role))


# ---- acts and results


def _worth_telling(given: GivenWorld, found: Iterable[MarkedConduct]) -> Iterator[MarkedConduct]:
    """Without what a stronger thing of the same mark says under the same conditions: at least 500 m beside 1,000 m."""
    for _, group in groupby(found, key=lambda m: m.decision):
        listed_ = [_positive(m) for m in group]
        for one in listed_:
            if one.decision.is_act or not any(_says_more(given, other, one) for other in listed_ if other is not one):
                yield one


def _positive(one: MarkedConduct) -> MarkedConduct:
    """What a result must not be, as what it must be."""
    turned = {ConductMark.MUST_NOT: ConductMark.MUST, ConductMark.SHOULD_NOT: ConductMark.SHOULD}
    if one.decision.is_act or one.mark not in turned:
        return one
    return replace(one, mark=turned[one.mark], what=negation(one.what))


def _says_more(given: GivenWorld, other: MarkedConduct, one: MarkedConduct) -> bool:
    if other.mark is not one.mark or other.what == one.what or isinstance(other.where, Unknown):
        return False
    if isinstance(one.where, Unknown) or not _covers(given.everywhere, other.where, one.where):
        return False
    solver = Solver(given.everywhere.roles, given.everywhere.possible)
    return isinstance(solver.ask(other.what, negation(one.what)), Unsat)


def _covers(world: World, wide: ClaimExtent, narrow: ClaimExtent) -> bool:
    solver = Solver(world.roles, world.possible)
    outside = tuple(negation(conjunction(*cube)) for cube in wide.cubes)
    return narrow.complete and all(isinstance(solver.ask(*cube, *outside), Unsat) for cube in narrow.cubes)


def _conduct(given: GivenWorld, found: Sequence[MarkedConduct]) -> Iterator[ConductAnswer]:
    for decision, group in groupby(found, key=lambda m: m.decision):
        told = tuple(_mark(given, one) for one in group)
        yield ConductAnswer(decision.name, decision_words(given.system, decision), decision.is_act, told)


def _mark(given: GivenWorld, one: MarkedConduct) -> MarkAnswer:
    system, decision = given.system, one.decision
    by: dict[str, dict[str, None]] = {}
    for n in one.by:
        by.setdefault(reference(system, n.norm.id), {})[told_manner(system, n.norm, decision)] = None
    beside = tuple(deed_words(system, d) if d.is_act else decision_words(system, d) for d in one.beside)
    words = _said(system, one)
    return MarkAnswer(
        one.mark.value,
        words,
        deed_words(system, decision) if decision.is_act else words,
        extent_words(system, one.where),
        tuple(ResponsibleClause(clause, _in_one_of(manners)) for clause, manners in by.items()),
        beside,
    )


def _in_one_of(manners: Collection[str]) -> str:
    """When and in which way it is owed, where wordings of the clause say it in several ways."""
    if not any(manners):
        return ""
    return listed([manner or say("without that") for manner in sorted(manners, key=bool, reverse=True)], "or")


def _said(system: NormSystem, one: MarkedConduct) -> str:
    if one.decision.is_act:
        return said_of_deed(one.mark, deed_words(system, one.decision))
    said = compared_words(system, one.what, one.mark)
    return say("{said}, but cannot make use of that", said=said) if one.mark is ConductMark.CANNOT_USE else said


# ---- an encounter


def _example(given: GivenWorld, asked: Expr) -> Scenario | Unknown | None:
    """An encounter of this kind in which the bearer complies, as the evaluator sees it; None: there is none."""
    system, bearer, world = given.system, given.bearer, given.keeping()
    demands = tuple(n.demand for n in given.duties())
    with asking(
        system=system,
        bearer=bearer,
        question="is there an encounter under what is given in which everything is complied with",
        found="it is shown",
        none="there is none",
    ):
        answer = Solver(world.roles, (*world.possible, *world.feasible, *demands)).ask()
    if not isinstance(answer, Sat):
        return answer if isinstance(answer, Unknown) else None
    steady = [n for n in given.duties() if n.binds == given.plain.norm(n.norm.id).binds]

    def confirmed(seen: CompleteEpisode) -> bool:
        kept = (fulfilled(n.norm, bearer, seen, system) for n in steady if binding(n.norm.id, bearer, seen, system))
        return holds(asked, seen, system) and all(kept)

    apart = world.possible[len(given.plain.possible) :]
    shown = episode(given.plain, (*apart, *demands), confirmed)
    told = [n.binds for n in given.duties() if binding(n.norm.id, bearer, shown.world, system)]
    return example(system, shown, told)
