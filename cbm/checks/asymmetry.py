"""Clauses by which a text means something else for one of its parties than for another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from typing import TypeAlias

from cbm.comparison.attainment import Attainment
from cbm.comparison.change_witness import change_episode
from cbm.comparison.common_stretches import common_stretches
from cbm.comparison.differences import ChangeKind, Doubt, MeaningChange, differences
from cbm.comparison.mirror_image import (
    AskedExchange,
    exchange,
    line_of_one,
    line_with_hours,
    mirror_image,
    parties_alike,
    parties_in_conditions,
    parties_told_apart,
    says_the_same,
    with_reasons,
    without_reasons,
)
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY, packages_with, parted
from cbm.comparison.two_texts import ReadText, TwoTexts, read_renamed, read_text, two_texts
from cbm.conflicts.all_conflicts import world_of
from cbm.core.expressions import FALSE, Formula, NormId, conjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.variables import Attribute, Origin
from cbm.core.viewpoints import seen
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import touched
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.fewer_cubes import Cube, fewer
from cbm.search.open_questions import Undecided
from cbm.search.projection import unanswered
from cbm.search.replay import Episode
from cbm.search.world import relevant
from cbm.smt.solve import Sat, Solver, Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, english, mark, say, say_count
from cbm.wording.clause_names import clause_names, content_label, reference
from cbm.wording.condition_words import among_others, condition_words, literal_words
from cbm.wording.phrases import member_words
from cbm.wording.reading_words import told_on
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.ASYMMETRY,
    Severity.NOTE,
    mark("the text means something else when two of its parties change places"),
    mark("""\
The text is compared with its mirror image: two of its parties change places, and so do the hours at their ends of
channels. A clause is told where its image asks for something, or permits it, that the text does not ask of the other
party, or does not permit it; with what the other one owes there instead. Clauses that name no party and are not the
same for both for the sake of a channel, since its ends are open at other hours or one of the two stands at neither of
them, are told once for each channel. Nothing is told of two clauses that only look different and together mean the same
for both, of a duty that the other party owes anyway, also by a clause that says why (`asymmetric because "…"`), or of
such a clause itself.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 CN must not lase
clause 2 every unit must not aim_weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit must not lase
clause 2 every unit must not aim_weapons
""",
)

_KINDS = tuple(kind for kind in ChangeKind if kind.of_new)
_ON_WHICH = mark("on which packages is it so")
_Told: TypeAlias = dict[NormId, Sequence[Box]]  # by clause: the packages on which it is told
_Again: TypeAlias = dict[NormId, dict[tuple[str, str], str]]  # by clause: of which parties something is told, and what


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """In the order of the text, whatever order the parties have."""
    again: _Again = {}
    told = sorted(_told(inquiry, again), key=lambda finding: finding.primary.span.start)
    yield from (replace(finding, notes=(*finding.notes, *_also(inquiry, finding, again))) for finding in told)


def _told(inquiry: Inquiry, again: _Again) -> Iterator[Finding]:
    """Each clause once; `again` is told of which further parties a clause is so."""
    system = without_reasons(inquiry.system)
    whole = replace(inquiry.system, cases=()) if with_reasons(inquiry.system) else None
    read: dict[tuple[bool, frozenset[NormId]], ReadText] = {}
    told: _Told = {}
    for one, other in parties_told_apart(system):
        words = partial(_question, system, one, other)
        found: bool | Undecided = False
        asked = AskedExchange(one, other)
        if not says_the_same(system, mirror_image(system, one, other)):
            both, changes, left = _compared(inquiry, system, asked, words, read)
            if changes and whole is not None:
                asked, clauses = replace(asked, beside_reasons=True), {_clause(both, change) for change in changes}
                both, beside, left = _compared(inquiry, whole, asked, words, read)
                changes = [change for change in beside if _clause(both, change) in clauses]
                asked = replace(asked, apart=bool(beside) and not changes)
            yield from _findings(inquiry, both, changes, (one, other), told)
            _note_again(inquiry, both, changes, (one, other), again)
            found = left if left is not None and not changes else bool(changes)
        inquiry.record(RULE.id, words, found, of=asked)


def _compared(
    inquiry: Inquiry,
    system: NormSystem,
    asked: AskedExchange,
    words: Sayable,
    read: dict[tuple[bool, frozenset[NormId]], ReadText],
) -> tuple[TwoTexts, list[MeaningChange], Undecided | None]:
    """The text and its mirror image, and what is otherwise in the image; `read` are the texts that were read before."""
    one, other = asked.one, asked.other
    image = mirror_image(system, one, other)
    uneven = common_stretches(system, image).uneven  # a check has no texts to look at it further by
    key = (asked.beside_reasons, uneven)
    text = read[key] = read.get(key) or read_text(system, uneven)
    both = two_texts(text, read_renamed(text, image, exchange(system, one, other), uneven))
    return both, *_exchanged(inquiry, both, words)


def _clause(both: TwoTexts, change: MeaningChange) -> NormId:
    """The clause of the text at which a change is told."""
    return both.clause(change.clauses[0])


def _note_again(
    inquiry: Inquiry, both: TwoTexts, changes: Sequence[MeaningChange], parties: tuple[str, str], again: _Again
) -> None:
    """What a clause is told of these two; of packages, and for the sake of channels, that is told otherwise."""
    system, (one, other) = inquiry.system, parties
    for change in () if Negotiation(system).terms else changes:
        norm = system.norms[both.clause(change.clauses[0])]
        if not line_of_one(system, norm, one, other) and not line_with_hours(system, norm):
            sides = _sides(both, norm, change_episode(both, change), change.about.bearer, {one: other, other: one})
            again.setdefault(norm.id.clause, {}).setdefault(parties, _told_of(system, norm.id, change.kind, sides))


def _also(inquiry: Inquiry, finding: Finding, again: _Again) -> Iterator[str]:
    """That a clause is so of further parties than those that the message names."""
    clause = next(norm.clause for norm in inquiry.system.norms if str(norm) == finding.clauses[0])
    told = again.get(clause, {})
    yield from (message for message in told.values() if message != finding.message)
    alike = parties_alike(inquiry.system)
    for party in (party for pair in told for party in pair if party in alike[:1]):
        others = listed([_party(inquiry.system, one) for one in alike[1:]])
        if others:
            words = _party(inquiry.system, party)
            yield say(
                "what is so of {party} is so of {parties}, which no clause names either", party=words, parties=others
            )
            return


def _exchanged(inquiry: Inquiry, both: TwoTexts, words: Sayable) -> tuple[list[MeaningChange], Undecided | None]:
    """What is otherwise for two parties once they change places, and what of it stays open."""
    changes: list[MeaningChange] = []
    left: Undecided | None = None
    for change in differences(both, _KINDS):
        if isinstance(change, Doubt):
            clauses = dict.fromkeys(both.clause(n) for n in change.clauses)
            left = inquiry.leave_open(words, Unknown(change.reason), *clauses)
        else:
            changes.append(change)
    return changes, left


def _findings(
    inquiry: Inquiry, both: TwoTexts, changes: Sequence[MeaningChange], parties: tuple[str, str], told: _Told
) -> Iterator[Finding]:
    """One for each clause that is not `told` yet, and one for all clauses by the hours, or the ends, of one channel.

    In a text under negotiation that is so of each package.
    """
    negotiation = Negotiation(inquiry.system)
    one, other = parties
    of_lines: dict[tuple[str, bool], list[tuple[MeaningChange, Sequence[Box]]]] = {}
    for change in changes:
        clause = both.clause(change.clauses[0])
        there = _not_told_yet(inquiry, both, negotiation, change, told)
        if not there:
            continue
        norm = inquiry.system.norms[clause]
        if line := line_of_one(inquiry.system, norm, one, other):
            of_lines.setdefault((line, False), []).append((change, there))
        elif line := line_with_hours(inquiry.system, norm):
            of_lines.setdefault((line, True), []).append((change, there))
        else:
            whole = _with_all_told_there(both, change, changes)
            finding = _finding(inquiry, both, _on(both, negotiation, whole, there), {one: other, other: one})
            yield told_on(negotiation, finding, there)
    for (line, by_hours), several in of_lines.items():
        for those, there in _parted(inquiry, both, negotiation, several):
            found = [_on(both, negotiation, change, there) for change in those]
            message = partial(_of_hours if by_hours else _of_ends, inquiry.system, line, parties)
            ways = partial(_ways_out_of_hours, line) if by_hours else None
            yield told_on(negotiation, _of_line(inquiry, both, found, message, ways), there)


def _not_told_yet(
    inquiry: Inquiry, both: TwoTexts, negotiation: Negotiation, change: MeaningChange, told: _Told
) -> Sequence[Box]:
    """The packages on which there is the change, without those on which its clause was told before."""
    clause, space = both.clause(change.clauses[0]), negotiation.space
    before = told.setdefault(clause.clause, ())
    if before == ALL_PACKAGES:
        return ()
    try:
        on = _packages(negotiation, change)
        if not isinstance(on, Unknown):
            told[clause.clause] = space.told((*before, *on)) if before else on
            return space.told(space.minus(on, (*before, *space.excluded))) if before else on
    except TooManyBoxes:
        on = TOO_MANY
    inquiry.leave_open(_ON_WHICH, on, clause)
    told[clause.clause] = ALL_PACKAGES
    return negotiation.boxes_of([inquiry.system.norms[clause]])


def _packages(negotiation: Negotiation, change: MeaningChange) -> Sequence[Box] | Unknown:
    """Those with a situation in which it is seen in no fewer of its clauses."""
    world = world_of(change.about)
    if not negotiation.terms or change.less == FALSE:
        return packages_with(negotiation, world, change.shows)
    shown = world.some_conduct("shows", (*relevant(world, (change.shows,)), change.shows))
    fewer = (*relevant(world, (change.less,)), change.less)
    cubes = unanswered(world, shown, fewer, frozenset(term.variable for term in negotiation.terms))
    if isinstance(cubes, Unknown):
        return cubes
    return negotiation.space.told(box for cube in cubes for box in negotiation.boxes(conjunction(*cube)))


def _on(both: TwoTexts, negotiation: Negotiation, change: MeaningChange, packages: Sequence[Box]) -> MeaningChange:
    """The change as it is seen on these packages, on each of which it is."""
    if packages == ALL_PACKAGES:
        return change
    there, about = negotiation.formula(packages), change.about
    cubes = [cube for cube in change.cubes if _is_met_on(negotiation, cube, packages)]
    first = next(
        (cube for cube in cubes if isinstance(both.inquiry.ask(about, *cube, change.shows, there), Sat)),
        None,
    )
    if first is None:
        found = Attainment(world_of(about), conjunction(change.shows, there)).next()
        first = found if isinstance(found, tuple) else ()
    others = (cube for cube in cubes if cube is not first)
    return replace(change, cubes=(first, *others), shows=conjunction(change.shows, there))


def _is_met_on(negotiation: Negotiation, cube: Cube, packages: Sequence[Box]) -> bool:
    taken = conjunction(*(literal for literal in cube if negotiation.speaks_of_choices(literal)))
    pairs = ((one, other) for one in negotiation.boxes(taken) for other in packages)
    return any(negotiation.space.meets(one, other) is not None for one, other in pairs)


def _parted(
    inquiry: Inquiry,
    both: TwoTexts,
    negotiation: Negotiation,
    several: Sequence[tuple[MeaningChange, Sequence[Box]]],
) -> list[tuple[list[MeaningChange], Sequence[Box]]]:
    """Changes with the packages on which there are just these of several."""
    try:
        parts = parted(negotiation, dict(enumerate(there for _, there in several)))
    except TooManyBoxes:
        inquiry.leave_open(_ON_WHICH, TOO_MANY, *(both.clause(change.clauses[0]) for change, _ in several))
        return [([change for change, _ in several], several[0][1])]
    return [([several[number][0] for number in those], there) for those, there in parts if those]


def _question(system: NormSystem, one: str, other: str) -> str:
    return say(
        "does the text mean the same for {one} and {other}", one=_party(system, one), other=_party(system, other)
    )


def _with_all_told_there(both: TwoTexts, change: MeaningChange, changes: Sequence[MeaningChange]) -> MeaningChange:
    """The change with the conditions of all that are told at its clause: where several change together as well."""
    told = both.clause(change.clauses[0]).clause
    cubes, complete = list(change.cubes), change.complete
    for other in changes:
        alike = (other.kind, other.about.bearer, other.step) == (change.kind, change.about.bearer, change.step)
        if other is not change and alike and both.clause(other.clauses[0]).clause == told:
            cubes += other.cubes
            complete = complete and other.complete
    solver = Solver(both.system.situation.roles, ())
    widest: list[Cube] = []
    for number, cube in enumerate(cubes):
        wider = (*widest, *cubes[number + 1 :])
        if not any(isinstance(solver.ask(*cube, negation(conjunction(*one))), Unsat) for one in wider):
            widest.append(cube)
    return replace(change, cubes=fewer(widest), complete=complete)


def _finding(inquiry: Inquiry, both: TwoTexts, change: MeaningChange, places: dict[str, str]) -> Finding:
    """A clause of the mirror image that is broken by what the text allows: the clause itself asks it of the other."""
    system, about = inquiry.system, change.about
    norm = system.norms[both.clause(change.clauses[0])]
    shown = change_episode(both, change)
    sides = _sides(both, norm, shown, about.bearer, places)
    other, message = _party(system, sides.other), _told_of(system, norm.id, change.kind, sides)
    cube = change.cubes[0]
    words = told_by(both.system, change.clauses)
    conditions = condition_words(words, cube)
    return Finding(
        RULE.id,
        RULE.severity,
        message,
        content_label(system, norm, ""),
        clauses=(str(norm.id),),
        whenever=conditions if change.complete else among_others(conditions),
        extent=tuple(tuple(literal_words(words, literal) for literal in one) for one in change.cubes),
        known_extent=english(
            lambda: tuple(tuple(literal_words(words, literal) for literal in one) for one in change.cubes)
        ),
        witness=example(both.system, shown, (*cube, *_contents(change)), Origin.DOING, Origin.RESULT),
        remedies=(say('say why, with `asymmetric because "…"`'), say("or let the clause speak of both")),
        notes=(_owed(inquiry, both, change, other),) if sides.apart_by is _ToldApartBy.BOUND and norm.demands else (),
    )


def _of_line(
    inquiry: Inquiry,
    both: TwoTexts,
    several: list[MeaningChange],
    message: Callable[[Sequence[NormId]], str],
    ways: Callable[[Sequence[NormId]], tuple[str, ...]] | None,
) -> Finding:
    """Clauses that say the same of both parties, and are not the same for both for the sake of a channel."""
    system = inquiry.system
    concerned = {both.clause(change.clauses[0]) for change in several}
    norms = [norm for norm in system.norms if norm in concerned]
    labels = [content_label(system, system.norms[norm], "") for norm in norms]
    change = several[0]
    return Finding(
        RULE.id,
        RULE.severity,
        message(norms),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        witness=example(both.system, change_episode(both, change), _contents(change), Origin.DOING, Origin.RESULT),
        remedies=() if ways is None else ways(norms),
    )


def _ways_out_of_hours(line: str, norms: Sequence[NormId]) -> tuple[str, ...]:
    reason = mark('or say why, with `asymmetric because "…"` in each of these clauses')
    return (
        say("agree with the other side on the same hours at both ends of `{channel}`, by one clock", channel=line),
        say(reason if len(norms) > 1 else mark('or say why, with `asymmetric because "…"`')),
    )


def _of_hours(system: NormSystem, line: str, parties: tuple[str, str], norms: Sequence[NormId]) -> str:
    limited = {hours.party for hours in system.channels[line].hours}.intersection(parties)
    always = [party for party in parties if party not in limited]
    if limited and always:
        return say_count(
            "{clauses} is not the same for {parties}: `{channel}` is open at all hours at the end of {always}, and not"
            " at that of {limited}",
            "{clauses} are not the same for {parties}: `{channel}` is open at all hours at the end of {always}, and not"
            " at that of {limited}",
            len(norms),
            clauses=clause_names(system, norms),
            parties=listed([_party(system, party) for party in parties]),
            channel=line,
            always=_party(system, always[0]),
            limited=_party(system, min(limited)),
        )
    return say_count(
        "{clauses} is not the same for {parties}: the ends of `{channel}` are open at other hours",
        "{clauses} are not the same for {parties}: the ends of `{channel}` are open at other hours",
        len(norms),
        clauses=clause_names(system, norms),
        parties=listed([_party(system, party) for party in parties]),
        channel=line,
    )


def _of_ends(system: NormSystem, line: str, parties: tuple[str, str], norms: Sequence[NormId]) -> str:
    here, away = sorted(parties, key=lambda party: party not in system.channels[line].parties)
    return say_count(
        "{clauses} is not the same for {parties}: `{channel}` is a line of {here}, and not of {away}",
        "{clauses} are not the same for {parties}: `{channel}` is a line of {here}, and not of {away}",
        len(norms),
        clauses=clause_names(system, norms),
        parties=listed([_party(system, party) for party in parties]),
        channel=line,
        here=_party(system, here),
        away=_party(system, away),
    )


def _message(kind: ChangeKind, apart_by: _ToldApartBy) -> str:
    if apart_by is _ToldApartBy.MET:
        return mark("clause {clause} does not treat units of {one} like units of {other}")
    if apart_by is _ToldApartBy.ADDRESSED:
        return mark("clause {clause} speaks of what is done to {one}, and the text does not say the same of {other}")
    match kind:
        case ChangeKind.PERMITTED:
            return mark("clause {clause} permits {one} what the text does not permit {other}")
        case ChangeKind.EXEMPTED:
            return mark("clause {clause} exempts {one} from what the text does not exempt {other} from")
        case ChangeKind.REPARATION_TIGHTENED:
            return mark("clause {clause} asks more of {one} after a breach than of {other}")
        case ChangeKind.ADVICE_TIGHTENED:
            return mark("clause {clause} advises {one} what the text does not advise {other}")
        case _:
            return mark("clause {clause} asks of {one} what the text does not ask of {other}")


def _contents(change: MeaningChange) -> list[Formula]:
    """What the clauses of the change ask for or permit."""
    return [change.about.norm(clause).fulfilled for clause in change.clauses]


def _owed(inquiry: Inquiry, both: TwoTexts, change: MeaningChange, party: str) -> str:
    """What the other party owes there: other clauses or nothing; or the clause as well, and what it clashes with."""
    binding = both.standing(both.old, change.about, advised=True).norms
    instead, norm = _instead(both, change, binding), both.clause(change.clauses[0])
    if norm in instead and (beside := _clashing_there(inquiry, both, change, binding)):
        return say_count(
            "{clauses} binds {party} there, and cannot be kept",
            "{clauses} bind {party} there, and cannot all be kept",
            len(beside),
            clauses=clause_names(inquiry.system, beside),
            party=party,
        )
    if not instead:
        return say("{party} owes nothing of the kind there", party=party)
    named = ((one.label, inquiry.system.norms[one].title) for one in instead)
    told = (say("{clause} ({title})", clause=label, title=title) if title else label for label, title in named)
    return say("what {party} owes there instead: {clauses}", party=party, clauses=listed(list(dict.fromkeys(told))))


def _instead(both: TwoTexts, change: MeaningChange, binding: Iterable[GroundNorm]) -> list[NormId]:
    """The clauses that bind the other party there and speak of the same acts and results."""
    about = change.about
    spoken = touched(about.norm(change.clauses[0]).fulfilled)
    found = []
    for n in binding:
        if n.norm.demands and touched(n.fulfilled) & spoken:
            answer = both.inquiry.ask(about, *change.cubes[0], change.shows, n.binds)
            if isinstance(answer, Sat):
                found.append(both.clause(n.norm.id))
    return list(dict.fromkeys(found))


def _clashing_there(
    inquiry: Inquiry, both: TwoTexts, change: MeaningChange, binding: Sequence[GroundNorm]
) -> Sequence[NormId]:
    """The clause and all with which it cannot be kept, as far as they bind the other party there together."""
    norm, beside = both.clause(change.clauses[0]), set[NormId]()
    for clash in inquiry.clashes:
        if clash.bearer == change.about.bearer and norm in clash.norms:
            there = [n for n in binding if both.clause(n.norm.id) in clash.norms]
            bound = both.inquiry.ask(change.about, *change.cubes[0], change.shows, *(n.binds for n in there))
            if isinstance(bound, Sat) and {both.clause(n.norm.id) for n in there} == set(clash.norms):
                beside.update(clash.norms)
    return [one for one in inquiry.system.norms if one in beside]


class _ToldApartBy(Enum):
    """How a clause tells parties apart: by whom it binds, whom these meet, or whom something is done to."""

    BOUND = "bound"
    MET = "met"
    ADDRESSED = "addressed"


class _PartiesApart(Record):
    """The party that a clause speaks of, and the one of which the text does not say the same."""

    one: str
    other: str
    apart_by: _ToldApartBy


def _told_of(system: NormSystem, norm: NormId, kind: ChangeKind, sides: _PartiesApart) -> str:
    one, other = _party(system, sides.one), _party(system, sides.other)
    return say(_message(kind, sides.apart_by), clause=reference(system, norm), one=one, other=other)


def _sides(both: TwoTexts, norm: Norm, shown: Episode, bearer: int, places: dict[str, str]) -> _PartiesApart:
    addressed = [party for party in norm.recipients if party in places]
    if len(addressed) == 1 and places.keys().isdisjoint(parties_in_conditions(both.system, norm)):
        return _PartiesApart(addressed[0], places[addressed[0]], _ToldApartBy.ADDRESSED)
    free = _member(both, shown, bearer, places)
    if free is not None:
        return _PartiesApart(places[free], free, _ToldApartBy.BOUND)
    roles = range(len(both.system.situation.roles))
    met = next((found for role in roles if (found := _member(both, shown, role, places)) is not None), None)
    if met is not None:
        return _PartiesApart(places[met], met, _ToldApartBy.MET)
    one, other = places
    return _PartiesApart(one, other, _ToldApartBy.ADDRESSED)  # by what is done to them otherwise, or after a breach


def _member(both: TwoTexts, shown: Episode, role: int, among: Iterable[str]) -> str | None:
    """The party of the unit in a role, if it is one of these."""
    party = both.system.situation.party
    assert isinstance(party, Attribute)
    value = shown.values.get(seen(party, role))
    return value if isinstance(value, str) and value in among else None


def _party(system: NormSystem, party: str) -> str:
    return member_words(system, party)
