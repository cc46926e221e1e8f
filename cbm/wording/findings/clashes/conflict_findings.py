"""A clash to a finding: who asks for what, when, an episode that the evaluator confirms, and ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.conflicts.deadlocks import some_is_of
from cbm.core.episodes import Axiom
from cbm.core.expressions import FALSE, TRUE, Compare, Flag, Formula, conjunction, negation
from cbm.core.norms import NormSystem, Precedence
from cbm.core.sorts import NumberSort
from cbm.core.substitution import variables
from cbm.core.variables import Occurrence, Occurs, Origin, TimeOf, Wait
from cbm.dynamics.missed_stretches import missed
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, Label, Rule, RuleId, Scenario
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.exists_forall import fix
from cbm.search.extent import Extent, Extents, Region
from cbm.search.open_readings import ReadingCubes, is_reading, readings_of_clash
from cbm.search.replay import Episodes, NoSuchEpisode, witnessed
from cbm.search.world import copy_of, relevant
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.saying import english, mark, ordering, say
from cbm.wording.axiom_words import axiom_sentences, bounds_words
from cbm.wording.channel_use import line_notes
from cbm.wording.clause_names import (
    axiom_label,
    axioms_among,
    clause_name,
    clause_names,
    content_label,
    names_of,
    substitute_labels,
    told_for_all,
    unverified,
    wordings,
)
from cbm.wording.findings.clashes.clash_rules import severity_of
from cbm.wording.findings.clashes.opposed_clauses import clash_message, opposed, says, standing
from cbm.wording.findings.clauses_gone import Way, also_taking_out, taken_out, with_ways
from cbm.wording.findings.each_role import notes_on_roles
from cbm.wording.findings.ways_out import (
    notes_on_advice,
    notes_on_allies,
    notes_on_lifting,
    remedies,
    remedies_of_choices,
    sentences_apart,
    ways_of_advice,
)
from cbm.wording.phrases import ALWAYS, is_about_choices
from cbm.wording.positions import (
    ClashCondition,
    clash_condition,
    clash_condition_words,
    further_conditions,
    sets_of_conditions,
)
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import mattering, scenario
from cbm.wording.times.repetition_words import missed_words
from cbm.wording.told_zones import told_by


def clash_finding(
    inquiry: Inquiry,
    clash: ConflictSet,
    rule: Rule,
    retold: Callable[[Finding], Finding] = lambda finding: finding,
    conditions_follow: bool = False,
) -> Finding:
    """The finding for one minimal set of clauses that clash, `retold` before it is said on which readings they do.

    `conditions_follow`: other words tell the conditions, so that a list of them may be incomplete.
    """
    system = inquiry.system
    about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
    members = [about.norm(identity) for identity in clash.norms]
    settled = inquiry.settled_by(clash.norms)
    other_conditions = conditions_follow or (clash.extent.at_all_hours > 0 and not settled)
    if not (clash.extent.exact or other_conditions):
        unknown = Unknown(mark("its conditions are too many to be listed in full; more were left out"))
        inquiry.leave_open(mark("when do they clash"), unknown, *clash.norms)
    with asking(norms=clash.norms):
        where = _where_settled(inquiry, about, clash, settled) if settled else clash.extent
        finding = _shown(inquiry, about, members, clash, where, rule)
        if not settled:
            lifting = tuple(notes_on_lifting(system, clash.norms))
            stand = (
                *notes_on_advice(system, clash.norms),
                *(way.words for way in lifting),
                *notes_on_allies(inquiry, clash.norms),
            )
            finding = replace(finding, notes=(*stand, *finding.notes))
            if not finding.remedies:
                ways: tuple[Way, ...] = tuple(ways_of_advice(system, clash.norms))
                if not ways and clash.classes:
                    ways = tuple(remedies_of_choices(system, clash))
                finding = with_ways(finding, ways or remedies(inquiry, about, members, clash.extent))
            finding = also_taking_out(finding, lifting)
        said = qualified(inquiry, retold(finding), readings_of(inquiry, clash))
    return said.prevailed(settled[0].words) if settled else said


def clash_in_brief(inquiry: Inquiry, clash: ConflictSet, rule: Rule) -> Finding:
    """What is said of which clauses, and where; of several clauses, and nothing is shown."""
    system = inquiry.system
    return Finding(
        rule.id,
        severity_of(inquiry, clash.norms),
        clash_message(system, clash),
        content_label(system, system.norms[clash.norms[0]], says(system.norms[clash.norms[0]])),
        clauses=tuple(map(str, clash.takes_part)),
    )


def readings_of(inquiry: Inquiry, clash: ConflictSet) -> ReadingCubes | Unknown | None:
    """The readings on which the clauses clash; None: no open term plays a part."""
    about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
    demands = tuple(about.norm(norm).demand for norm in clash.norms)
    with asking(norms=clash.norms):
        return readings_of_clash(inquiry.system, world_of(about), demands, clash.extent)


def _where_settled(inquiry: Inquiry, about: Ground, clash: ConflictSet, settled: tuple[Precedence, ...]) -> Extent:
    """The extent without the situations in which all that prevails in the clash yields itself: nothing yields to that.

    As it is where these are not known, or depend on how something is read.
    """
    system = inquiry.system
    above = sorted({norm for edge in settled for norm in edge.prevailing.intersection(clash.takes_part)})
    below = {norm for edge in system.precedences for norm in edge.yielding}
    if clash.classes or not (below.issuperset(above) and clash.exact):
        return clash.extent
    where = inquiry.yielding()[clash.bearer]
    yields = conjunction(*(where.get(norm, FALSE) for norm in above))
    if yields == FALSE or any(v.origin is Origin.READING for v in variables(yields)):
        return clash.extent
    question = mark("do they clash where what prevails yields itself")
    found, none = "their conditions leave it out", "it does not yield there"
    if inquiry.can(about, clash.norms, question, clash.formula, yields, found=found, none=none) is not True:
        return clash.extent
    region = Region(conjunction(clash.formula, negation(yields)), TRUE)
    extent = Extents(world_of(about)).find(tuple(about.norm(norm).demand for norm in clash.norms), region)
    return extent if isinstance(extent, Extent) else clash.extent


def _shown(
    inquiry: Inquiry, about: Ground, members: list[GroundNorm], clash: ConflictSet, where: Extent, rule: Rule
) -> Finding:
    """What clashes, when, and an example of it; a way out only for one clause by itself."""
    system, there = inquiry.system, replace(clash, extent=where)
    cube, shown = where.cubes[0], clash_condition(inquiry, about, there)
    example, situation = witness(inquiry, about, members, cube)
    ties = _ties(inquiry, about, members, cube)
    first, *further = _labels(system, members, clash, ties)
    always = where is clash.extent and _is_always(inquiry, about, members, clash)
    alone = rule.id is RuleId.IMPOSSIBLE_DUTY
    extent = partial(
        sets_of_conditions, told_by(system, clash.norms), shown, further_conditions(inquiry, about, there, shown)
    )
    message = partial(_alone_message, system, clash, always) if alone else partial(clash_message, system, clash)
    compared = (*(n.norm.content for n in members), *(tie.condition for tie in ties))
    figures = partial(bounds_words, system, compared)
    finding = Finding(
        rule.id,
        severity_of(inquiry, clash.norms),
        message(),
        first,
        tuple(further),
        tuple(map(str, clash.takes_part)),
        whenever=_whenever(inquiry, there, shown, always, alone),
        extent=extent(),
        known_extent=english(extent),
        witness=example,
        notes=(
            *_told_with_it(system, clash),
            *notes_on_roles(inquiry, clash),
            *wordings(system, clash.norms),
            *line_notes(system, clash.norms),
            *_times_missed(inquiry, about, members, situation),
            *_between_units(inquiry, clash),
            *_among_instruments(system, clash),
            *unverified(system, clash.norms),
        ),
        background=tuple(standing(system, clash.norms)),
        opposed=opposed(system, clash.norms),
        figures=figures(),
        known_figures=ordering(figures),
        why=axiom_sentences(system, ties),
        order=ordering(message),
    )
    if not alone:
        return finding
    always = always and not _read(clash)
    apart = () if always else sentences_apart(system, clash.norms)
    return with_ways(finding, (_way_out_of_one(system, clash, always), *apart))


def _labels(
    system: NormSystem, members: Sequence[GroundNorm], clash: ConflictSet, ties: Sequence[Axiom]
) -> Iterator[Label]:
    """The places of what clashes, of what can stand for it or stands in its place, and of the axioms beside it."""
    for n in members:
        yield content_label(system, n.norm, says(n.norm))
    for norm, choices in zip(clash.norms, clash.choices, strict=True):
        for other in choices:
            if other != norm:
                can_stand, name = mark("{clause} can stand for {other}"), clause_name(system, norm)
                yield content_label(system, system.norms[other], can_stand, other=name)
    for n in members:
        yield from substitute_labels(system, n.norm)
    for tie in ties:
        place = axiom_label(system, tie)
        yield replace(place, text=place.text or say("holds in every encounter"))


def _told_with_it(system: NormSystem, clash: ConflictSet) -> Iterator[str]:
    if clash.classes:
        yield told_for_all(names_of(system, one) for one in clash.choices)


def witness(
    inquiry: Inquiry, about: Ground, members: list[GroundNorm], cube: tuple[Formula, ...]
) -> tuple[Scenario, tuple[Formula, ...]]:
    """An encounter in which the clauses clash although each rest of them can be met; replayed by the evaluator.

    With it, what the bearer finds there, as formulas.
    """
    system = inquiry.system
    world = world_of(about)
    last = len(members) - 1
    feasible = relevant(world, [n.demand for n in members])
    elsewhere = [
        part for i in range(last) for part in world.some_conduct(f"rest{i}", (*feasible, *_demands(members, i)))
    ]

    def only_breach(broken: GroundNorm, seen: CompleteEpisode) -> bool:
        return all(
            (not binding(n.norm.id, about.bearer, seen, system) or fulfilled(n.norm, about.bearer, seen, system))
            == (n is not broken)
            for n in members
        )

    with asking(bearer=about.bearer):
        asked = (*about.possible, *about.feasible, *cube, *elsewhere)
        wanted, confirmed = _demands(members, last), partial(only_breach, members[last])
        shown, beside = Episodes(system, asked).find_beside(wanted, confirmed)
        occurring = _told_to_occur(cube)
        if any(shown.values.get(flag.variable) is False for flag in occurring):
            with suppress(NoSuchEpisode):
                shown, beside = Episodes(system, (*asked, *occurring)).find_beside(wanted, confirmed)
    for i, member in enumerate(members[:last]):
        copies = {copy_of(v, f"rest{i}"): v for v in world.conduct}
        other = {v: beside[copy] for copy, v in copies.items() if copy in beside}
        witnessed(system, {**shown.values, **other}, partial(only_breach, member))
    situation = tuple(fix(v, x) for v, x in shown.values.items() if v not in world.conduct)
    return scenario(system, shown.values, mattering(cube)), situation


def _told_to_occur(cube: tuple[Formula, ...]) -> list[Flag]:
    """That the moments occur of which the conditions say how far apart they lie: readers take them to."""
    times = (v for c in cube if isinstance(c, Compare) for v in variables(c) if isinstance(v, TimeOf))
    return [Flag(Occurs(v.event)) for v in dict.fromkeys(times) if isinstance(v.event, Occurrence)]


def _times_missed(
    inquiry: Inquiry, about: Ground, members: list[GroundNorm], situation: tuple[Formula, ...]
) -> Iterator[str]:
    """Which times of what recurs cannot be kept in the example, beside the other clauses."""
    for i, member in enumerate(members):
        given = (*situation, *_demands(members, i))
        numbers = missed(about, member.norm, partial(inquiry.ask, about, *given))
        if numbers:
            times = missed_words(inquiry.system, member.norm, about.bearer, numbers)
            yield say("what cannot be kept in the example is {times}", times=times)
        elif numbers is not None:
            name = clause_name(inquiry.system, member.norm.id)
            yield say("in the example each time of {clause} could be kept by itself, but not all of them", clause=name)


def _alone_message(system: NormSystem, clash: ConflictSet, always: bool) -> str:
    clause = clause_names(system, clash.norms)
    if always:
        return say("{clause} can never be complied with", clause=clause)
    return say("{clause} cannot be complied with in some encounters", clause=clause)


def _way_out_of_one(system: NormSystem, clash: ConflictSet, always: bool) -> Way:
    if always:
        return taken_out(system, clash.norms, mark("ask for what can be done there, or take {clause} out"))
    waits = [v.sort for part in clash.extent.cubes[0] for v in variables(part) if isinstance(v, Wait)]
    if any(isinstance(sort, NumberSort) and sort.high is None for sort in waits):
        return say("name a quicker channel as a fallback")
    if waits:
        return say("give it more time, or name a quicker channel as a fallback")
    return say("take these encounters out of its condition, or ask for what can be done there")


def _read(clash: ConflictSet) -> list[Formula]:
    """Where the clash depends on how a term is read, "always" is said of that reading."""
    return [literal for literal in clash.extent.cubes[0] if is_reading(literal)]


def _is_always(inquiry: Inquiry, about: Ground, members: list[GroundNorm], clash: ConflictSet) -> bool:
    """Whether the clauses clash wherever they apply together."""
    meeting, norms = [*(n.binds for n in members), *_read(clash)], clash.norms
    met = (*meeting, *(n.fulfilled for n in members))
    question = mark("can they apply together")
    together = inquiry.can(about, norms, question, *meeting, found="they can", none="they cannot")
    none = "they cannot: the finding says that they clash always when they apply together"
    question = mark("can they be met where they apply together")
    kept = inquiry.can(about, norms, question, *met, found="they can in some encounters", none=none)
    return together is True and kept is False


# Said of one clause, and of several; then whether it depends on how a term is read.
ALWAYS_ALONE = {
    False: mark("always when the clause applies"),
    True: mark("always when the clause applies in that reading"),
}
_ALWAYS_TOGETHER = {
    False: mark("always when these clauses apply together"),
    True: mark("always when these clauses apply together in that reading"),
}


def _whenever(inquiry: Inquiry, clash: ConflictSet, shown: ClashCondition, always: bool, alone: bool) -> str:
    """Under which conditions they clash; `alone`: it is one clause by itself."""
    words = clash_condition_words(told_by(inquiry.system, clash.norms), shown)
    of_terms = any(not is_about_choices(inquiry.system, literal) for literal in _read(clash))
    aside = [say((ALWAYS_ALONE if alone else _ALWAYS_TOGETHER)[of_terms])] if always and words != say(ALWAYS) else []
    if not clash.extent.complete and not shown.whole:
        more = say("not all sets of conditions are listed")
        hourly = say("and in further encounters, depending on the day and time of the week")
        aside.append(hourly if clash.extent.at_all_hours else more)
    match aside:
        case []:
            return words
        case [one]:
            return say("{conditions} ({aside})", conditions=words, aside=one)
        case _:
            return say("{conditions} ({aside}; {more})", conditions=words, aside=aside[0], more=aside[1])


def _among_instruments(system: NormSystem, clash: ConflictSet) -> Iterator[str]:
    documents = {norm.document for norm in clash.norms}
    if len(documents) == 1 and system.subject not in documents:
        words = mark("none of these clauses is in `{text}`: instruments it lives with clash among themselves")
        if len({norm.label for norm in clash.norms}) == 1:
            words = mark("this clause is not in `{text}`, but in a text that it lives with")
        yield say(words, text=system.subject)


def _between_units(inquiry: Inquiry, clash: ConflictSet) -> Iterator[str]:
    """Whether the same clauses also set one unit against the other."""
    if some_is_of(inquiry.deadlocks(), clash.norms):
        if len(clash.norms) == 1:
            yield say("it also sets the units against each other where it binds both")
        else:
            yield say(
                "these clauses also set the units against each other, where one binds this unit and another that one"
            )


def _ties(inquiry: Inquiry, about: Ground, members: list[GroundNorm], cube: tuple[Formula, ...]) -> list[Axiom]:
    """The axioms without which the clauses would not clash under these conditions."""
    demands = [n.demand for n in members]
    parts = inquiry.indispensable(about, relevant(world_of(about), demands), (*cube, *demands))
    return list(axioms_among(about, parts)) if parts else []


def _demands(members: list[GroundNorm], without: int) -> tuple[Formula, ...]:
    return tuple(n.demand for i, n in enumerate(members) if i != without)
