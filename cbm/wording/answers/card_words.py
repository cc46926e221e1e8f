"""Clauses, settled conflicts and drills of a text to the words of its cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cbm.compliance.joint import Joint, joint
from cbm.conflicts.precedence import settling
from cbm.core.expressions import FALSE, TRUE, Expr, Formula, NormId, disjunction, negation
from cbm.core.norms import Guard, Norm, NormSystem, Strength
from cbm.core.substitution import parts_of
from cbm.core.variables import Origin
from cbm.finding import Label
from cbm.given_situations.drills import Drill, drills
from cbm.given_situations.given_world import GivenWorld
from cbm.given_situations.in_play import clauses_of, excepted_by, norms_in, playing
from cbm.given_situations.near_miss import BoundEncounter, Play, bound
from cbm.given_situations.settled_conflicts import SettledConflict, settled_conflicts
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.texts_in_force import in_force
from cbm.outcomes.answers import ClauseSource, Illustration
from cbm.outcomes.training_cards import (
    CardClause,
    CardDeck,
    CardQuotation,
    ClauseCard,
    ConflictCard,
    DrilledUnit,
    DrillEncounter,
    DrillSets,
)
from cbm.process.budget import SHORT, RunStopped, broken_off, current_budget
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.search.parallel import Watch, counted
from cbm.smt.solve import Solver, Unknown, Unsat, sharing
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.answers.answer_words import extent_words, left_words
from cbm.wording.answers.illustration_words import shown
from cbm.wording.answers.provision_words import ADVICE, ADVICE_AGAINST, EXCEPTION, SpokenClause, force
from cbm.wording.answers.told_demands import as_written, told_demands
from cbm.wording.clause_names import clause_name, content_label, names_of, reference
from cbm.wording.condition_words import condition_words
from cbm.wording.phrases import role_words
from cbm.wording.scenarios import example, unit_words


@dataclass(frozen=True, slots=True)
class Bearing:
    """A unit that clauses may bind in the situations asked about, with what prevails there, if that is known."""

    about: Ground
    world: GivenWorld | Undecided

    @property
    def settled(self) -> GivenWorld | None:
        return None if isinstance(self.world, Undecided) else self.world


def deck(
    system: NormSystem,
    bearings: Sequence[Bearing],
    given: Expr,
    spoken: Mapping[str, SpokenClause],
    watch: Watch | None = None,
) -> CardDeck:
    """All cards; `given` holds of the encounters, `spoken` has what clauses say for readers, by label.

    What is given, as somebody wrote it, and what is left open are for whoever reads the texts to add.
    """
    clauses = counted(clauses_of(system), mark("cards of clauses"), watch)
    cards = tuple(_card(system, clause, bearings, spoken.get(clause.label)) for clause in clauses)
    worlds = [one.settled for one in bearings if one.settled is not None]
    text = system.texts[system.subject]
    whole = {text.whole_label(clause.label) for clause in clauses_of(system)}
    undecided = [_undecided_words(system, one) for one in bearings]
    return CardDeck(
        text=system.subject,
        title=text.title,
        beside=tuple(name for name in system.texts if name != system.subject),
        as_of="" if system.as_of is None else system.as_of.isoformat(),
        given="",
        assumed=(),
        clauses=cards,
        whole=len(whole),
        conflicts=tuple(card for world in worlds for card in _conflicts(world)),
        drills=_drill_sets(system, worlds, cards, given),
        unsettled=tuple(_unsettled(system, worlds)),
        undecided=tuple(dict.fromkeys(words for some in undecided for words in some)),
    )


def _undecided_words(system: NormSystem, one: Bearing) -> tuple[str, ...]:
    left = (one.world,) if isinstance(one.world, Undecided) else one.world.undecided
    return tuple(left_words(system, each) for each in left)


# ---- cards of clauses


def _card(system: NormSystem, clause: NormId, bearings: Sequence[Bearing], spoken: SpokenClause | None) -> ClauseCard:
    """The card of the clause, for the first unit for which it is in play; else why there is no encounter."""
    norms, excepted = _taken(bearings, norms_in(system, clause)), excepted_by(system, clause)
    guard = excepted[0][1] if excepted else None
    said = spoken if as_written() else None  # else its norms are told, in the language of the reader
    named = _named(system, clause, norms, guard)
    found = _Illustrated(
        replace(named, why=say("{text} is not in force on {date}", text=system.subject, date=system.as_of))
    )
    if in_force(system.texts[clause.document], system):
        try:
            found = _shown(named, clause, bearings)
        except RunStopped as why:
            found = _Illustrated(replace(named, undecided=say(str(why))))
    kind = _kind(norms, spoken)
    quoted = tuple((q.language, q.text) for q in norms[0].quotations) if norms else ()
    return ClauseCard(
        kind=kind,
        advice=kind in (ADVICE, ADVICE_AGAINST),
        who="" if said is None else said.who,
        when=tuple(_conditions(system, norms, guard, said)),
        unless=tuple(_exceptions(system, norms, guard, said)),
        demand=named.demand if said is None else said.demand,
        otherwise=_otherwise(norms) if said is None else said.otherwise,
        displaced=_displaced(system, clause),
        illustration=found.told,
        yields=found.yields,
        always=found.always,
        quoted=tuple(CardQuotation(language, words) for language, words in (spoken.quoted if spoken else quoted)),
        sources=spoken.sources if spoken else tuple(_sources(norms)),
    )


@broken_off(SHORT)
def _shown(named: Illustration, clause: NormId, bearings: Sequence[Bearing]) -> _Illustrated:
    if not bearings:  # it is not known that there are none
        raise RunStopped(current_budget().stopped)
    return _best(_illustrated(named, clause, one) for one in bearings)


def _best(several: Iterable[_Illustrated]) -> _Illustrated:
    """The first with an encounter; else one that is undecided; else any."""
    known: list[_Illustrated] = []
    for one in several:
        known.append(one)
        if one.told.witness is not None:
            return one
    return next((one for one in known if one.told.undecided), known[0])


def _kind(norms: Sequence[Norm], spoken: SpokenClause | None) -> str:
    if spoken is not None:
        return spoken.what
    return force(norms[0].modality, norms[0].strength) if norms else EXCEPTION


def _taken(bearings: Sequence[Bearing], norms: tuple[Norm, ...]) -> tuple[Norm, ...]:
    """Of the norms of a clause under negotiation those that what is taken leaves; all of them, if it leaves none."""
    system = bearings[0].about.system
    if all(term.choice is None for term in system.open_terms):
        return norms
    left = tuple(norm for norm in norms if any(_may_apply(one.about, norm.id) for one in bearings))
    return left or norms


def _may_apply(about: Ground, norm: NormId) -> bool:
    found = about.find(norm)
    return found is not None and not isinstance(_solver(about).ask(found.applicable), Unsat)


def _named(system: NormSystem, clause: NormId, norms: Sequence[Norm], guard: Guard | None) -> Illustration:
    as_of, called = "" if system.as_of is None else system.as_of.isoformat(), reference(system, clause)
    if norms:
        said, place = told_demands(system, norms), content_label(system, norms[0], "")
        return Illustration(called, clause.document, norms[0].title, said, place, as_of=as_of)
    assert guard is not None
    assert guard.span is not None, "numbered exceptions carry their place"
    lifted = listed(names_of(system, (norm.id for norm, _ in excepted_by(system, clause))))
    return Illustration(
        called, clause.document, "", say("lifts {clauses}", clauses=lifted), Label(guard.span), as_of=as_of
    )


class _Illustrated(NamedTuple):
    """A clause as some unit meets it: whether it yields in the encounter, and whether it binds in every one."""

    told: Illustration
    yields: bool = False
    always: bool = False


def _illustrated(named: Illustration, clause: NormId, one: Bearing) -> _Illustrated:
    about, system = one.about, one.about.system
    own = [n for n in about.norms if n.norm.id.unworded == clause]
    said = playing(system, clause, about.bearer)
    with sharing():  # which encounter is shown depends on no other card
        return _found(named, one, own, said)


def _found(named: Illustration, one: Bearing, own: Sequence[GroundNorm], said: Expr) -> _Illustrated:
    about = one.about
    binds, prevailing = about.grounder.formula(said), _prevailing(own, one.settled)
    play = Play(tuple(n.norm.id for n in own), said, TRUE if prevailing == binds else prevailing)
    advice = (n for n in own if n.norm.demands and n.norm.strength is Strength.SHOULD)
    duties = (*(() if one.settled is None else one.settled.duties()), *advice)
    found = bound(about, play, duties) if binds != FALSE else None
    told = shown(about, named, play, found, (*(n.fulfilled for n in own), play.prevailing), near=True)
    if found is None:
        told = replace(told, why=_why_never(about, own))
    always = told.near_misses == () and isinstance(_solver(about).ask(negation(binds)), Unsat)
    return _Illustrated(told, isinstance(found, BoundEncounter) and found.yields, always)


def _prevailing(own: Sequence[GroundNorm], world: GivenWorld | None) -> Formula:
    """Where one of the norms binds and does not yield; an exception never does."""
    if world is None or not own:
        return TRUE
    grounds = ((n, world.strict if n.norm.strength is Strength.MUST else world.advised) for n in own)
    return disjunction(*(about.norm(n.norm.id).binds for n, about in grounds))


def _why_never(about: Ground, own: Sequence[GroundNorm]) -> str:
    """Why a clause binds in no such encounter, as far as that is seen at once."""
    if not own:
        return say("there is no such encounter in which a clause from which it excepts would bind")
    solver = _solver(about)
    for asked, why in (
        (disjunction(*(n.applicable for n in own)), mark("its conditions are met in no such encounter")),
        (disjunction(*(n.live for n in own)), mark("where its conditions are met, the units are not of its parties")),
    ):
        if isinstance(solver.ask(asked), Unsat):
            return say(why)
    return say("wherever it would bind another clause stands in its place")


def _solver(about: Ground) -> Solver:
    return Solver(about.system.situation.roles, (*about.possible, *about.feasible))


def _conditions(
    system: NormSystem, norms: Sequence[Norm], guard: Guard | None, spoken: SpokenClause | None
) -> Iterator[str]:
    """When it speaks to them, part by part; its own conditions as it has them, where it is known how it has them."""
    yield from () if spoken is None else spoken.when
    for part in norms[0].guards if norms else () if guard is None else (guard,):
        if spoken is None or (part.label is not None and norms):
            yield _guard_words(system, part)


def _exceptions(
    system: NormSystem, norms: Sequence[Norm], guard: Guard | None, spoken: SpokenClause | None
) -> Iterator[str]:
    yield from () if spoken is None else spoken.unless
    for part in norms[0].exceptions if norms else () if guard is None else guard.exceptions:
        if spoken is None or part.label is not None:
            yield _guard_words(system, part)


def _otherwise(norms: Sequence[Norm]) -> tuple[str, ...]:
    steps = norms[0].otherwise if norms else ()
    return tuple(step.words for step in steps if step.words)


def _guard_words(system: NormSystem, part: Guard) -> str:
    words = condition_words(system, parts_of(part.condition) or (part.condition,))
    return say("{condition} ({label})", condition=words, label=part.label) if part.label else words


def _displaced(system: NormSystem, clause: NormId) -> tuple[str, ...]:
    return tuple(names_of(system, (edge.of for edge in system.displacements if edge.by.unworded == clause)))


def _sources(norms: Sequence[Norm]) -> Iterator[ClauseSource]:
    for citation in norms[0].citations if norms else ():
        yield ClauseSource(citation.text, "" if citation.mark is None else citation.mark.value)


# ---- cards of settled conflicts


def _conflicts(world: GivenWorld) -> Iterator[ConflictCard]:
    with sharing():
        yield from [_conflict(world, one) for one in settled_conflicts(world)]


def _conflict(world: GivenWorld, one: SettledConflict) -> ConflictCard:
    system, about = world.system, world.plain
    yielding = [norm for norm in one.norms if norm in one.settlement.yielding]
    first = system.norms[yielding[0] if yielding else one.norms[0]]
    span = one.settlement.edge.span
    told = ConflictCard(
        _card_clauses(system, [norm for norm in one.norms if norm not in yielding]),
        _card_clauses(system, yielding),
        one.settlement.edge.words,
        extent_words(system, one.where),
        content_label(system, first, "") if span is None else Label(span),
        kept=one.complied,
    )
    if isinstance(one.shown, Unknown):
        return replace(told, undecided=say(one.shown.reason))
    norms = [about.norm(norm) for norm in one.norms]
    formulas = (one.settlement.where, *(f for n in norms for f in (n.binds, n.fulfilled)))
    return replace(told, witness=example(system, one.shown, formulas, Origin.RESULT, Origin.DOING))


def _card_clauses(system: NormSystem, norms: Iterable[NormId]) -> tuple[CardClause, ...]:
    return tuple(
        CardClause(clause_name(system, norm), system.norms[norm].title, told_demands(system, (system.norms[norm],)))
        for norm in norms
    )


def _unsettled(system: NormSystem, worlds: Iterable[GivenWorld]) -> Iterator[tuple[str, ...]]:
    """Conflicts of the text under check that no clause settles anywhere, each once."""
    told = dict.fromkeys(
        tuple(names_of(system, one.clash.norms))
        for world in worlds
        for one in (*world.clashes, *world.advice_clashes)
        if any(norm.document == system.subject for norm in one.clash.norms)
        and not settling(system, one.clash.takes_part)
    )
    yield from told


# ---- drills


def _drill_sets(
    system: NormSystem, worlds: Sequence[GivenWorld], cards: Sequence[ClauseCard], given: Expr
) -> DrillSets:
    clauses = [clause for clause, card in zip(clauses_of(system), cards, strict=True) if card.is_made]
    counted = worlds[:1] if system.situation.interchangeable else worlds
    with sharing():
        everyone = joint(system, [clash for world in counted for clash in world.found])
        found = drills(everyone, clauses, given)
    undecided = [
        say("whether {clause} comes into play: {reason}", clause=reference(system, clause), reason=say(why))
        for clause, why in found.unknown
    ]
    undecided += [
        say(
            "whether {one} and {other} can come into play together: {reason}",
            one=reference(system, one),
            other=reference(system, other),
            reason=say(why),
        )
        for (one, other), why in found.open_pairs
    ]
    undecided += [
        say(
            "an encounter that exercises {clauses}: {reason}",
            clauses=listed([reference(system, clause) for clause in clauses]),
            reason=say(why),
        )
        for clauses, why in found.unshown
    ]
    return DrillSets(
        tuple(_drill(everyone, one) for one in found.each),
        tuple(_drill(everyone, one) for one in found.pairs),
        say(found.doubt),
        found.met,
        found.apart,
        tuple(undecided),
    )


def _drill(everyone: Joint, one: Drill) -> DrillEncounter:
    system, point = everyone.system, one.episode.values
    said = (playing(system, clause, role) for role, clauses in enumerate(one.exercised) for clause in clauses)
    formulas = [everyone.formula(each) for each in said]
    units = (
        DrilledUnit(
            role,
            unit_words(system, number, point) or role_words(system, number),
            tuple(reference(system, c) for c in some),
        )
        for number, (role, some) in enumerate(zip(system.situation.roles, one.exercised, strict=True))
    )
    return DrillEncounter(
        tuple(units),
        example(system, one.episode, formulas, Origin.RESULT, Origin.DOING),
        one.kept is True,
        say(one.kept.reason) if isinstance(one.kept, Unknown) else "",
    )
