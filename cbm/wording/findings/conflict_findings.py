"""A clash to a finding: who asks for what, when, an episode that the evaluator confirms, and ways out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from cbm.conflicts.all_conflicts import ConflictSet, world_of
from cbm.conflicts.precedence import joining, settling
from cbm.core.channel_bans import bars_channel, limits_channels, speaks_of_act
from cbm.core.episodes import Axiom
from cbm.core.expressions import Compare, Formula, NormId, conjunction, negation
from cbm.core.norms import Modality, Norm, NormSystem, Precedence, Rank, Strength
from cbm.core.substitution import variables
from cbm.core.units import show
from cbm.coverage.seams import met_at
from cbm.dynamics.missed_stretches import missed
from cbm.evaluate import CompleteEpisode, binding, fulfilled
from cbm.finding import Finding, Rule, RuleId, Scenario, Severity
from cbm.ground.grounding import Ground, GroundNorm
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.exists_forall import fix
from cbm.search.extent import relevant
from cbm.search.open_readings import is_reading, readings_of_clash
from cbm.search.replay import Episodes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, mark, ordering, say, say_count
from cbm.wording.axiom_words import axiom_sentences, bounds_words
from cbm.wording.channel_use import line_notes
from cbm.wording.clause_names import (
    axiom_label,
    axioms_among,
    clause_name,
    clause_names,
    content_label,
    names_of,
    told_for_all,
    unverified,
    wordings,
    written_reference,
)
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.each_role import notes_on_roles
from cbm.wording.phrases import is_about_choices
from cbm.wording.positions import ClashCondition, clash_condition, clash_condition_words, sets_of_conditions
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import mattering, scenario
from cbm.wording.status_words import breach_words, is_committing
from cbm.wording.times.opening_hours import Served, served
from cbm.wording.times.repetition_words import missed_words
from cbm.wording.told_zones import told_by

_RANKS = {
    None: mark("no rank stated"),
    Rank.TREATY: mark("treaty"),
    Rank.MEMORANDUM: mark("memorandum"),
    Rank.POLITICAL: mark("political"),
    Rank.UNILATERAL: mark("unilateral"),
}


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
        finding = _shown(inquiry, about, members, clash, rule)
        if not settled:
            stand = (*notes_on_advice(system, clash.norms), *_notes_on_allies(inquiry, clash.norms))
            ways = ways_of_advice(system, clash.norms) or (
                remedies_of_choices(system, clash)
                if clash.classes
                else remedies(inquiry, about, members, clash.extent.cubes[0])
            )
            finding = replace(finding, remedies=tuple(ways), notes=(*stand, *finding.notes))
        on = readings_of_clash(system, world_of(about), tuple(n.demand for n in members), clash.extent)
        said = qualified(inquiry, retold(finding), on)
    return said.prevailed(settled[0].words) if settled else said


def clash_in_time(inquiry: Inquiry, clash: ConflictSet, rule: Rule) -> Finding:
    """The finding for clauses that clash; where one sets the time and others leave one channel, what that one takes."""
    timely = late_through(inquiry, clash)
    if timely is None or inquiry.settled_by(clash.norms):
        return clash_finding(inquiry, clash, rule)
    name = clause_names(inquiry.system, clash.norms)
    return clash_finding(
        inquiry, clash, rule, lambda finding: told_by_time(finding, name, timely), conditions_follow=True
    )


def late_through(inquiry: Inquiry, clash: ConflictSet) -> Served | None:
    """How a duty fares through the one channel that is left to it, by itself or by bans that clash with it for that."""
    system = inquiry.system
    norms = [system.norms[identity] for identity in clash.norms]
    owed = [norm for norm in norms if norm.modality is Modality.OBLIGATION]
    if len(owed) != 1:
        return None
    acts = [act for act in system.lines if speaks_of_act(owed[0].content, act)]
    others = [norm for norm in norms if norm is not owed[0]]
    if not all(limits_channels(other, acts) for other in others):
        return None
    named = owed[0].through or tuple(dict.fromkeys(name for act in acts for name in system.lines[act]))
    left = [name for name in named if not any(bars_channel(other, acts, name) for other in others)]
    return served(system, owed[0], left if others else None)


def told_by_time(finding: Finding, name: str, timely: Served) -> Finding:
    """The finding where it is told how long messages take, and not under which conditions that is too long."""
    return replace(
        finding,
        message=say(timely.how, clauses=name),
        opposed=(),
        whenever="",
        extent=(),
        remedies=(
            say("give it more time, or name a channel that is open at all hours as a fallback"),
            say("or agree with the other side on hours and on an answer within a fixed time"),
        ),
        notes=(*timely.notes, *finding.notes),
    )


def _shown(inquiry: Inquiry, about: Ground, members: list[GroundNorm], clash: ConflictSet, rule: Rule) -> Finding:
    """What clashes, when, and an example of it; without a way out."""
    system = inquiry.system
    cube, shown = clash.extent.cubes[0], clash_condition(inquiry, about, clash)
    example, situation = witness(inquiry, about, members, cube)
    labels = [content_label(system, n.norm, says(n.norm)) for n in members]
    labels += [
        content_label(
            system, system.norms[other], mark("{clause} can stand for {other}"), other=clause_name(system, first)
        )
        for first, one in zip(clash.norms, clash.choices, strict=True)
        for other in one
        if other != first
    ]
    ties = _ties(inquiry, about, members, cube)
    places = [axiom_label(system, tie) for tie in ties]
    labels += [replace(place, text=place.text or say("holds in every encounter")) for place in places]
    always, alone = _is_always(inquiry, about, members, clash), rule.id is RuleId.IMPOSSIBLE_DUTY
    return Finding(
        rule.id,
        severity_of(inquiry, clash.norms),
        _alone_message(system, clash, always) if alone else clash_message(system, clash),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, clash.takes_part)),
        whenever=_whenever(inquiry, clash, shown, always, alone),
        extent=sets_of_conditions(inquiry, about, clash, shown),
        known_extent=english(lambda: sets_of_conditions(inquiry, about, clash, shown)),
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
        figures=bounds_words(system, (*(n.norm.content for n in members), *(tie.condition for tie in ties))),
        known_figures=ordering(
            lambda: bounds_words(system, (*(n.norm.content for n in members), *(tie.condition for tie in ties)))
        ),
        why=axiom_sentences(system, ties),
    )


def _told_with_it(system: NormSystem, clash: ConflictSet) -> Iterator[str]:
    if clash.classes:
        yield told_for_all(names_of(system, one) for one in clash.choices)


def remedies_of_choices(system: NormSystem, clash: ConflictSet) -> Iterator[str]:
    """A way out of all the sets that are told with the first one."""
    own = [one for one in clash.choices if one[0].document == system.subject]
    ways = [
        say("to each of {clauses}", clauses=listed(names)) if len(one) > 1 else say("to {clause}", clause=listed(names))
        for one, names in ((one, names_of(system, one)) for one in own)
    ]
    yield say("make an exception {to_clauses}", to_clauses=listed(ways, "or"))


def concerns_subject(inquiry: Inquiry, clash: ConflictSet) -> bool:
    """Whether it is to be told: not if instruments alone clash and have settled it among themselves."""
    inside = any(norm.document == inquiry.system.subject for norm in clash.norms)
    return inside or not inquiry.settled_by(clash.norms)


def rule_of(inquiry: Inquiry, clash: ConflictSet) -> RuleId:
    """Under which rule a clash is reported: alone, among clauses of one text, or with another text."""
    return rule_for(inquiry.system, clash.norms)


def clashes_under(inquiry: Inquiry, rule: RuleId) -> list[int | None]:
    """The pieces of a check that tells clashes: the positions of those it tells, and None for there being no other."""
    reported = (i for i, c in enumerate(inquiry.clashes) if rule_of(inquiry, c) == rule and met_at(inquiry, c) is None)
    return [*reported, None]


def rule_for(system: NormSystem, norms: Collection[NormId]) -> RuleId:
    """The same for norms that clash."""
    documents = {norm.document for norm in norms}
    if len({norm.clause for norm in norms}) == 1:
        return RuleId.IMPOSSIBLE_DUTY
    with_another = len(documents) > 1 and system.subject in documents
    return RuleId.AGREEMENT_CONFLICT if with_another else RuleId.CONFLICT


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
        episodes = Episodes(system, (*about.possible, *about.feasible, *cube, *elsewhere))
        shown = episodes.find(_demands(members, last), partial(only_breach, members[last]))
        situation = tuple(fix(v, x) for v, x in shown.values.items() if v not in world.conduct)
        for i, member in enumerate(members[:last]):
            episodes.find((*situation, *_demands(members, i)), partial(only_breach, member))
    return scenario(system, shown.values, mattering(cube)), situation


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


def notes_on_advice(system: NormSystem, norms: Collection[NormId]) -> Iterator[str]:
    """Which duties would yield by what a text says of precedence, and do not: only advice stands against them."""
    for edge in _without_effect(system, norms):
        names = names_of(system, [norm for norm in norms if norm in edge.yielding])
        yield say_count(
            "{precedence}, but a duty yields to no advice: {clauses} stands",
            "{precedence}, but a duty yields to no advice: {clauses} stand",
            len(names),
            precedence=edge.words,
            clauses=listed(names),
        )


def _notes_on_allies(inquiry: Inquiry, norms: Collection[NormId]) -> Iterator[str]:
    """Which clauses would yield by what a text says of precedence, if what prevails were owed to the same."""
    for edge in settling(inquiry.system, norms):
        upper = listed(list(dict.fromkeys(norm.document for norm in norms if norm in edge.prevailing)))
        yield say(
            "{precedence}, but what {text} asks for is owed to its parties alone, and lifts nothing owed to others",
            precedence=edge.words,
            text=upper,
        )


def ways_of_advice(system: NormSystem, norms: Collection[NormId]) -> list[str]:
    """What a text can say if it means such duties to yield."""
    lower = dict.fromkeys(norm for edge in _without_effect(system, norms) for norm in norms if norm in edge.yielding)
    names = listed(names_of(system, lower))
    return [say("write `should` in {clauses}, if advice is to prevail over it", clauses=names)] if lower else []


def _without_effect(system: NormSystem, norms: Collection[NormId]) -> Iterator[Precedence]:
    settled = settling(system, norms)
    return (edge for edge in joining(system, norms) if edge not in settled)


def remedies(inquiry: Inquiry, about: Ground, members: list[GroundNorm], cube: tuple[Formula, ...]) -> Iterator[str]:
    """Ways out, each one sentence, best first."""
    system = inquiry.system
    own = [n.norm.id for n in members if n.norm.id.document == system.subject]
    foreign = [n.norm.id for n in members if n.norm.id.document != system.subject]
    if not own:
        return
    if foreign:
        yield from ranking(system, own[0], foreign[0])
        return
    if len(members) != 2:
        names = listed([n.label for n in own], "or")
        yield say("make an exception to one of {clauses}, or let one stand `in place of` another", clauses=names)
        return
    yield _edge(inquiry, about, members[0], members[1])
    exception = _exception(about, members, cube)
    if exception is not None:
        yield exception
    bound = _bound(system, members)
    if bound is not None:
        yield bound


def ranking(system: NormSystem, own: NormId, foreign: NormId) -> Iterator[str]:
    """How a clause may yield to a clause of another text, or prevail over it."""
    name = written_reference(system, foreign)
    yield say(
        "write `subject to {text}` in the header if the draft is to yield to it throughout", text=foreign.document
    )
    norm, situation = system.norms[own], system.situation
    if situation.interchangeable or not norm.rotates:  # who is bound has one name
        yield say(
            "or except its case: `unless {role} is bound by ({clause})` in {own}",
            role=situation.roles[norm.bearer],
            clause=name,
            own=own.label,
        )
    yield say("or write `notwithstanding {clause}` in {own} if the draft is to prevail", clause=name, own=own.label)


def severity_of(inquiry: Inquiry, norms: Collection[NormId]) -> Severity:
    """How grave it is that these clauses clash."""
    system = inquiry.system
    if inquiry.settled_by(norms) or all(n.document != system.subject for n in norms):
        return Severity.NOTE
    return Severity.WARNING if any(system.norms[n].strength is Strength.SHOULD for n in norms) else Severity.ERROR


def clash_message(system: NormSystem, clash: ConflictSet) -> str:
    own = [n for n in clash.norms if n.document == system.subject]
    foreign = [n for n in clash.norms if n.document != system.subject]
    if own and foreign:
        other = listed(names_of(system, foreign))
        text = system.texts[system.subject]
        together = mark("{clauses} could not be complied with together with {others}")
        if is_committing(text, system.as_of):
            together = mark("{clauses} cannot be complied with together with {others}")
        return say(together, clauses=clause_names(system, own), others=other)
    names = clause_names(system, clash.norms)
    if len({norm.clause for norm in clash.norms}) == 2:
        return say("{clauses} cannot both be complied with", clauses=names)
    return say("{clauses} cannot all be complied with", clauses=names)


def opposed(system: NormSystem, norms: Collection[NormId]) -> tuple[str, ...]:
    """How a message names one clause of the text and one of another text; nothing where they are others or more."""
    own = [n for n in norms if n.document == system.subject]
    foreign = [n for n in norms if n.document != system.subject]
    if len({n.clause for n in own}) != 1 or len({n.clause for n in foreign}) != 1:
        return ()
    return clause_names(system, own), *names_of(system, foreign)


def says(norm: Norm) -> str:
    """What a duty does: the message at its place."""
    forbids = norm.modality is Modality.PROHIBITION
    if norm.strength is Strength.SHOULD:
        return mark("{clause} advises against this") if forbids else mark("{clause} advises this")
    return mark("{clause} forbids this") if forbids else mark("{clause} asks for this")


def _alone_message(system: NormSystem, clash: ConflictSet, always: bool) -> str:
    clause = clause_names(system, clash.norms)
    if always:
        return say("{clause} can never be complied with", clause=clause)
    return say("{clause} cannot be complied with in some encounters", clause=clause)


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


_ALWAYS = {
    (False, False): mark("always when these clauses apply together"),
    (False, True): mark("always when these clauses apply together in that reading"),
    (True, False): mark("always when the clause applies"),
    (True, True): mark("always when the clause applies in that reading"),
}


def _whenever(inquiry: Inquiry, clash: ConflictSet, shown: ClashCondition, always: bool, alone: bool) -> str:
    """Under which conditions they clash; `alone`: it is one clause by itself."""
    words = clash_condition_words(told_by(inquiry.system, clash.norms), shown)
    of_terms = any(not is_about_choices(inquiry.system, literal) for literal in _read(clash))
    aside = [say(_ALWAYS[alone, of_terms])] if always else []
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
        yield say(
            "none of these clauses is in `{text}`: instruments it lives with clash among themselves",
            text=system.subject,
        )


def standing(system: NormSystem, norms: Iterable[NormId]) -> Iterator[str]:
    """What the texts are without prejudice to; their rank and date, where more than one is involved."""
    documents = list(dict.fromkeys(n.document for n in norms))
    for name in documents:
        for label, words in system.texts[name].prejudices:
            yield say("without prejudice ({label} of {text}): {words}", label=label, text=name, words=words)
    for name in documents if len(documents) > 1 else ():
        text = system.texts[name]
        when = text.in_force or text.adopted
        told = say("{name} ({title}): {rank}", name=name, title=text.title, rank=say(_RANKS[text.rank]))
        if when:
            told = say("{statement}, {day}", statement=told, day=when.isoformat())
        if breach := breach_words(text, system.as_of):
            told = say("{statement}; {addition}", statement=told, addition=breach)
        yield told


def _between_units(inquiry: Inquiry, clash: ConflictSet) -> Iterator[str]:
    """Whether the same clauses also set one unit against the other."""
    same = [d for d in inquiry.deadlocks() if {duty.norm.norm.id for duty in d.duties} == set(clash.norms)]
    if same:
        if len(clash.norms) == 1:
            yield say("it also sets the units against each other where it binds both")
        else:
            yield say(
                "these clauses also set the units against each other, where one binds this unit and another that one"
            )


def _edge(inquiry: Inquiry, about: Ground, first: GroundNorm, second: GroundNorm) -> str:
    """The more special clause in place of the more general one, where one is; else either way."""
    norms = (first.norm.id, second.norm.id)
    a, b = first.norm.id.label, second.norm.id.label
    question = mark("is one clause more special than the other")
    a_spoken, b_spoken = _spoken(about, first), _spoken(about, second)
    ends = {"found": "the one speaks of it and the other does not", "none": "the one speaks of nothing else"}
    first_inside = inquiry.can(about, norms, question, a_spoken, negation(b_spoken), **ends) is False
    second_inside = inquiry.can(about, norms, question, b_spoken, negation(a_spoken), **ends) is False
    if second_inside and not first_inside:
        return say("let {special}, the more special one, stand `in place of {other}`", special=b, other=a)
    if first_inside and not second_inside:
        return say("let {special}, the more special one, stand `in place of {other}`", special=a, other=b)
    return say("let {second} stand `in place of {first}`, or {first} `in place of {second}`", first=a, second=b)


def _exception(about: Ground, members: list[GroundNorm], cube: tuple[Formula, ...]) -> str | None:
    """Except from one clause what only the other one is about."""
    for n, other in (members, reversed(members)):
        known, asked = set(variables(n.applicable)), set(variables(_spoken(about, other)))
        found = [c for c in cube if not is_reading(c)]
        special = [c for c in found if set(variables(c)) <= asked and known.isdisjoint(variables(c))]
        if special:
            system = told_by(about.system, [n.norm.id, other.norm.id])
            where = condition_words(system, special)
            return say("except from {clause} the case that {condition}", clause=n.norm.id.label, condition=where)
    return None


def _spoken(about: Ground, n: GroundNorm) -> Formula:
    """What the clause is about: its condition, exceptions aside."""
    grounder = about.grounder
    return conjunction(*(grounder.guard(guard, n.norm, about.bearer) for guard in n.norm.guards))


def _ties(inquiry: Inquiry, about: Ground, members: list[GroundNorm], cube: tuple[Formula, ...]) -> list[Axiom]:
    """The axioms without which the clauses would not clash under these conditions."""
    demands = [n.demand for n in members]
    parts = inquiry.indispensable(about, relevant(world_of(about), demands), (*cube, *demands))
    return list(axioms_among(about, parts)) if parts else []


def _bound(system: NormSystem, members: list[GroundNorm]) -> str | None:
    """Where both clauses bound one result: bring one bound up to the other."""
    bounds = [n.norm.content for n in members]
    if not all(isinstance(b, Compare) and len(b.terms) == 1 for b in bounds):
        return None
    (first, second) = bounds
    assert isinstance(first, Compare)
    assert isinstance(second, Compare)
    if first.terms[0][1] != second.terms[0][1] or members[0].norm.id.document != system.subject:
        return None
    variable = first.terms[0][1]
    dimension = getattr(variable.sort, "dimension", None)
    if dimension is None:
        return None
    value = show(second.bound / second.terms[0][0], second.unit, dimension)
    return say(
        "bring the bound of {clause} to {value}, that of {other}",
        clause=members[0].norm.id.label,
        value=value,
        other=clause_name(system, members[1].norm.id),
    )


def _demands(members: list[GroundNorm], without: int) -> tuple[Formula, ...]:
    return tuple(n.demand for i, n in enumerate(members) if i != without)
