"""What is owed where a duty was breached, and cannot be done there by who keeps everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial

from cbm.comparison.possible_packages import ALL_PACKAGES
from cbm.comparison.possible_packages import TOO_MANY as TOO_MANY_PACKAGES
from cbm.compliance.unavailable_options import (
    TOO_MANY,
    OptionQuestion,
    Shut,
    duties_of,
    readings_of,
    shown,
    shut,
    shut_elsewhere,
)
from cbm.core.expressions import Formula, NormId, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, Secondary, Strength
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.variables import Origin
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled, repaired
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings, Posed, Sought
from cbm.inquiry import Inquiry
from cbm.negotiation.reaches import boxes_in
from cbm.records import replace
from cbm.search.fewer_cubes import Cube, fewer
from cbm.search.open_questions import opposite
from cbm.search.open_readings import beyond
from cbm.search.replay import Episode
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, mark, say, say_count
from cbm.wording.clause_names import clause_name, clause_names, content_label, names_of, otherwise_name, unverified
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.findings.each_role import RoleFinding, once
from cbm.wording.reading_words import found_by_part, qualified
from cbm.wording.scenarios import example
from cbm.wording.times.opening_hours import ways_out_in_time
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.REPARATION,
    Severity.ERROR,
    mark("an `otherwise` that cannot be kept where it is owed"),
    mark("""\
What a clause asks for with `otherwise` is owed where the clause binds and was breached; a further `otherwise` where
everything before it was left undone as well. In some encounter that can happen to who keeps all other clauses, and
then no conduct does what is owed: another clause leaves no room for it, it is not possible there, or whoever does it
keeps the clause itself. Where only advice (`should`) stands in its way, or where it is advice, that is a warning. An
`otherwise` that is owed only by who breaches other clauses too is told as a note. What is owed otherwise takes part
in no other question.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship must not aim_weapons
  otherwise must call
clause 2 a warship when own.emission_control must not transmit
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship must not aim_weapons
  otherwise must sound_danger_signal
clause 2 a warship when own.emission_control must not transmit
""",
)

_OWED_ALONE = mark("can it be owed by who keeps these other clauses")
# What is said of an `otherwise`: whether it is so of all encounters, and whether it is because of other clauses.
_UNREPAIRED = {
    (True, True): mark("{otherwise} of clause {clause} can never be kept by who complies with {others}"),
    (True, False): mark("{otherwise} of clause {clause} can never be kept by anybody"),
    (False, True): mark(
        "{otherwise} of clause {clause} cannot be kept in some encounters by who complies with {others}"
    ),
    (False, False): mark("{otherwise} of clause {clause} cannot be kept in some encounters by anybody"),
}


def check(inquiry: Inquiry) -> Iterator[Finding]:
    return once(inquiry, _of_each_role(inquiry))


def _of_each_role(inquiry: Inquiry) -> Iterator[RoleFinding]:
    for strict, advised in zip(inquiry.strict, inquiry.advised, strict=True):
        for n in strict.norms:
            if n.norm.id.document == inquiry.system.subject:
                for step in range(len(n.otherwise)):
                    yield from _of_step(inquiry, n.norm.id, step, strict, advised)


def _of_step(inquiry: Inquiry, norm: NormId, step: int, strict: Ground, advised: Ground) -> Iterator[RoleFinding]:
    """That it cannot be kept; else that it is not owed unless other clauses are breached too.

    What advice does is told of the readings of open terms on which no duty does it already.
    """
    advice = strict.norm(norm).norm.otherwise[step].strength is Strength.SHOULD
    elsewhere: tuple[Formula, ...] | None = ()
    beside: tuple[Posed, ...] = ()
    negotiation, closed_on = Negotiation(inquiry.system), list[Box]()
    for view, severity in ((strict, RULE.severity), (advised, Severity.WARNING)):
        if (severity is RULE.severity and advice) or elsewhere is None:
            continue
        about = replace(view, possible=(*view.possible, *elsewhere))
        n = about.norm(norm)
        way = _repair(about, n, step, advised=severity is Severity.WARNING)
        put = partial(_cannot_be_kept, norm, step, severity is Severity.WARNING)
        of = Posed(put, (norm,), about.bearer, advised=severity is Severity.WARNING, beside=beside)
        closed = _closed(inquiry, way, n, step, of)
        if closed is not None:
            on = readings_of(way)
            told = _finding(inquiry, way, n, step, closed, severity)
            finding = qualified(inquiry, told, on, of=AskedOnReadings(of))
            closed_on += ALL_PACKAGES if finding.reach is None else boxes_in(negotiation, finding.reach)
            yield RoleFinding(view, (norm, step), finding, closed.cube, way.compliance(*way.demands))
            elsewhere, beside = beyond([on]) if severity is RULE.severity else None, (of,)
    n = strict.norm(norm)
    way = _repair(strict, n, step, advised=False)
    try:
        left = negotiation.space.minus(ALL_PACKAGES, (*closed_on, *negotiation.space.excluded))
    except TooManyBoxes:
        inquiry.leave_open(_OWED_ALONE, TOO_MANY_PACKAGES, norm)
        return
    never_alone = partial(_never_alone, way=way, n=n, step=step)
    for finding in found_by_part(inquiry, negotiation, left, never_alone, norm) if left else ():
        yield RoleFinding(strict, (norm, step), finding, (), way.compliance(*way.demands))


def _repair(about: Ground, n: GroundNorm, step: int, advised: bool) -> OptionQuestion:
    """Doing what is owed at this step, where the clause and all steps before it were breached and nothing else is.

    Who breaches a clause may breach all that it lists.
    """
    breached = (n.binds, negation(n.fulfilled), *map(negation, n.otherwise[:step]))
    others = tuple(d for d in duties_of(about, advised) if d.norm.id.clause != n.norm.id.clause)
    return OptionQuestion(about, breached, (n.otherwise[step],), others)


def _cannot_be_kept(norm: NormId, step: int, advised: bool, _: Ground, upheld: Ground) -> Iterator[Sought]:
    way = _repair(upheld, upheld.norm(norm), step, advised)
    yield Sought(way.given, way.duties, way.wanted)


def _owed_alone(norm: NormId, step: int, _: Ground, upheld: Ground) -> Iterator[Sought]:
    way = _repair(upheld, upheld.norm(norm), step, advised=False)
    yield Sought(way.given, way.duties)


def _closed(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, step: int, of: Posed | None) -> Shut | None:
    ends = {"found": "it cannot be kept there: the finding", "none": "it can always be kept where it is owed"}
    with _asking(way, n, **ends):
        closed = shut(way)

    def subject() -> str:
        return f"{clause_names(inquiry.system, (n.norm.id,))}: {otherwise_name(n.norm, step)}"

    def question() -> str:
        return say("can {otherwise} be kept wherever it is owed", otherwise=otherwise_name(n.norm, step))

    if isinstance(closed, Unknown):
        inquiry.record(RULE.id, subject, inquiry.leave_open(question, closed, n.norm.id))
        return None
    inquiry.record(RULE.id, subject, closed is not None, of=of)
    return closed


def _asking(way: OptionQuestion, n: GroundNorm, **follows: str) -> AbstractContextManager[None]:
    question = (
        "is there a situation in which it can be breached while all other duties are kept, but not so that what "
        "it asks for otherwise is done"
    )
    about = way.about
    return asking(system=about.system, bearer=about.bearer, norms=(n.norm.id,), question=question, **follows)


def _finding(
    inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, step: int, closed: Shut, severity: Severity
) -> Finding:
    system, norm = inquiry.system, n.norm
    seen = _unrepaired(inquiry, way, n, step, closed)
    question, ends = mark("can it ever be kept where it is owed"), {"found": "it can", "none": "it never can"}
    ever = inquiry.can(way.about, (norm.id,), question, *way.given, *way.wanted, *way.ending.demands, **ends)
    words = told_by(system, [norm.id, *(d.norm.id for d in closed.by)])
    names = names_of(system, [d.norm.id for d in closed.by])
    name, others = clause_name(system, norm.id), listed(names)
    span = norm.otherwise[step].span or norm.content_span
    assert span is not None, "norms of a text carry their place"
    cubes, others_too = _elsewhere(inquiry, way, n, closed)

    def extent() -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(literal_words(words, literal) for literal in cube) for cube in cubes)

    return Finding(
        RULE.id,
        severity,
        say(
            _UNREPAIRED[ever is False, bool(names)],
            otherwise=otherwise_name(norm, step),
            clause=name,
            **({"others": others} if names else {}),
        ),
        Label(span, say("is owed where {clause} was breached", clause=name)),
        (
            content_label(system, norm, mark("{clause} can be breached")),
            *(content_label(system, d.norm, mark("{clause} leaves no room for it")) for d in closed.by),
        ),
        (str(norm.id), *(str(d.norm.id) for d in closed.by)),
        matter=_matter(step),
        whenever=condition_words(words, cubes[0]) if cubes[0] else say("{clause} was breached", clause=name),
        extent=extent(),
        known_extent=english(extent),
        witness=example(system, seen, [*closed.cube, n.fulfilled], Origin.DOING, Origin.RESULT),
        remedies=_ways_out(system, norm.otherwise[step], name, names),
        notes=(
            *others_too,
            *_never_owed_then(inquiry, way, n, step),
            *unverified(system, [norm.id, *(d.norm.id for d in closed.by)]),
        ),
    )


def _unrepaired(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, step: int, closed: Shut) -> Episode:
    """An encounter in which it is breached, and nothing up to this step is done about it."""
    system, bearer, norm = inquiry.system, way.about.bearer, n.norm

    def unrepaired(seen: CompleteEpisode) -> bool:
        done = any(repaired(norm, earlier, bearer, seen, system) for earlier in range(step + 1))
        return binding(norm.id, bearer, seen, system) and not fulfilled(norm, bearer, seen, system) and not done

    with _asking(way, n):
        return shown(way, closed, unrepaired)


def _ways_out(system: NormSystem, owed: Secondary, clause: str, others: list[str]) -> tuple[str, ...]:
    if not others:
        return ways_out_in_time(system, owed.through, owed.content) or (say("ask for something else there"),)
    return (
        say("ask for something else there, which leaves room for {clauses}", clauses=listed(others)),
        say(
            "or except from {clauses} the case that {clause} was breached", clauses=listed(others, "or"), clause=clause
        ),
    )


def _elsewhere(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, closed: Shut) -> tuple[Sequence[Cube], list[str]]:
    """All conditions under which these duties leave no room for it, and a note on others that leave none.

    Of what holds on some readings or packages only, the first conditions are told.
    """
    if readings_of(way) is not None:
        return [closed.cube], []
    by, cubes, others, left_out = {d.norm.id for d in closed.by}, [closed.cube], list[NormId](), list[str]()
    with _asking(way, n, found="it cannot be kept there either", none="these are all such situations"):
        for further in shut_elsewhere(way, closed, by=way.duties):
            if further is TOO_MANY:
                left_out.append(say(TOO_MANY.reason))
            elif isinstance(further, Unknown):
                inquiry.leave_open(mark("when else can it not be kept"), further, n.norm.id)
            elif {d.norm.id for d in further.by} == by:
                cubes.append(further.cube)
            else:
                others += [d.norm.id for d in further.by]
    names = names_of(inquiry.system, list(dict.fromkeys(others)))
    note = mark("elsewhere {clauses} leaves no room for it"), mark("elsewhere {clauses} leave no room for it")
    others_too = [say_count(*note, len(names), clauses=listed(names))] if names else []
    return fewer(cubes), [*others_too, *left_out]


def _never_owed_then(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, step: int) -> Iterator[str]:
    """Why it is never done where it is owed, other clauses aside."""
    name, owed = clause_name(inquiry.system, n.norm.id), n.otherwise[step]

    def never(question: str, *formulas: Formula) -> bool:
        ends = {"found": "it can", "none": "it never can"}
        return inquiry.can(way.about, (n.norm.id,), question, *formulas, owed, **ends) is False

    if never(mark("can it be done")):
        yield say("nobody can ever do it")
    elif never(mark("can it be done where the clause binds"), n.binds):
        yield say("clause {clause} does not bind whoever does it", clause=name)
    elif never(mark("can it be done where it is owed"), *way.given):
        if step:
            yield say("whoever does it keeps clause {clause} or does what is owed before it", clause=name)
        else:
            yield say("whoever does it keeps clause {clause}", clause=name)


def _never_alone(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, step: int) -> Iterator[Finding]:
    """A note where it is owed in some encounters, and in none of them by who keeps all other clauses."""
    system, norm = inquiry.system, (n.norm.id,)
    question, ends = mark("can it be owed"), {"found": "it can", "none": "it never is, which `vacuity` tells"}
    if inquiry.can(way.about, norm, question, *way.given, **ends) is not True:
        return
    question = _OWED_ALONE
    ends = {"found": "it can", "none": "it is owed only by who breaches one of them too: the finding"}
    alone = inquiry.can_keep(way.about, way.duties, norm, question, *way.given, **ends)
    name = clause_name(system, n.norm.id)
    inquiry.record(
        RULE.id,
        lambda: f"clause {clause_name(system, n.norm.id)}: is {otherwise_name(n.norm, step)} ever owed alone",
        opposite(alone),
        of=Posed(partial(_owed_alone, n.norm.id, step), norm, way.about.bearer, clears=True),
    )
    if alone is not False:
        return
    kept = list(way.ending.duties)
    for duty in way.ending.duties:
        rest = [d for d in kept if d is not duty]
        if inquiry.can(way.about, norm, question, *way.given, *(d.demand for d in rest), **ends) is False:
            kept = rest
    names = names_of(system, [d.norm.id for d in kept])
    breached = mark("{clause} is breached whenever that is owed")
    if len(kept) > 1:
        breached = mark("{clause} or another one shown here is breached whenever that is owed")
    span = n.norm.otherwise[step].span or n.norm.content_span
    assert span is not None, "norms of a text carry their place"
    yield Finding(
        RULE.id,
        Severity.NOTE,
        say(
            "{otherwise} of clause {clause} is owed only by who breaches {others} as well",
            otherwise=otherwise_name(n.norm, step),
            clause=name,
            others=listed(names, "or"),
        ),
        Label(span),
        tuple(content_label(system, d.norm, breached) for d in kept),
        (str(n.norm.id), *(str(d.norm.id) for d in kept)),
        matter=_matter(step),
    )


def _matter(step: int) -> tuple[str, ...]:
    """Which `otherwise` of its clause it is about."""
    return "otherwise", str(step + 1)
