"""Uses of a clause that one's own duties leave no room for, as findings: by which duties, where, and an example."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from cbm.compliance.attainable_ranges import Narrowed, claimed, encounter, stated_unit
from cbm.compliance.ranges_on_readings import RangeReach
from cbm.compliance.unavailable_options import (
    TOO_MANY,
    AskedUse,
    OptionQuestion,
    Shut,
    never_by,
    shown,
    shut_besides,
    shut_elsewhere,
    within_reach,
)
from cbm.core.expressions import Formula
from cbm.core.norms import NormSystem
from cbm.core.variables import Variable
from cbm.core.viewpoints import seen
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.extent import Cube
from cbm.search.open_readings import ReadingCubes, is_reading, openness
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_names
from cbm.wording.condition_words import variable_words
from cbm.wording.findings.blocked.blocked_alone import (
    allows,
    blocked_alone,
    no_use_words,
    notes_on_further,
    standing_in_place,
    taken_out,
    ways_to_use,
    where_it_serves,
    who_can_use,
)
from cbm.wording.findings.clashes.conflict_findings import ALWAYS_ALONE
from cbm.wording.findings.clauses_gone import Way, with_ways
from cbm.wording.phrases import ALWAYS, range_words
from cbm.wording.scenarios import example


class NoUse(Record):
    """What is wrong with the use of a clause, what was asked, of which result of several, and the way that is shut.

    `of` None: of all. `on`: the readings of open terms on which it is so.
    """

    finding: Finding
    asked: AskedUse
    of: Variable | None
    way: OptionQuestion
    shut: Shut
    on: ReadingCubes | Unknown | None


CAN_BE_USED = "is there a situation in which it binds and one can comply, but not so that it is made use of"


def without_use(
    inquiry: Inquiry,
    n: GroundNorm,
    way: OptionQuestion,
    closed: Shut,
    asked: AskedUse,
    on: ReadingCubes | Unknown | None,
) -> NoUse:
    """What is told of duties that leave no use of the clause, on these readings of what is open."""
    system, bearer = inquiry.system, way.about.bearer

    def unused(seen: CompleteEpisode) -> bool:
        done = fulfilled(n.norm, bearer, seen, system)
        return binding(n.norm.id, bearer, seen, system) and done is not allows(n)

    on = _as_far_as_they_matter(way, n, closed, on)
    read = (on.condition,) if isinstance(on, ReadingCubes) else ()
    always = _never(inquiry, way, n, *read)
    besides = _besides(inquiry, way, n, closed)
    sets = (closed, *_in_order(way, besides))
    if always:
        closed = _altogether(inquiry, way, n, closed, besides, *read)
    message = no_use_words(system, n, closed, always)
    cube = _where_it_binds(inquiry, way, n, closed, always)
    with asking_about_use(way, n, CAN_BE_USED):
        seen = shown(way, replace(closed, cube=cube), unused)
    cubes = [cube]
    left_out: tuple[str, ...] = ()
    if not always and on is None:
        alike, left_out = _alike(inquiry, way, n, closed)
        cubes += [_where_it_binds(inquiry, way, n, one, always) for one in alike]
    finding = blocked_alone(system, n, closed, message, example(system, seen, cube), cubes)
    ways: tuple[Way, ...]
    if way.others is not None:
        ways = ways_to_use(inquiry, way.about, n, sets)
    else:
        ways = standing_in_place(inquiry, way.about, n, *sets)
        if not closed.by and not always:
            ways = tuple(dict.fromkeys((*where_it_serves(system, n), *ways)))
        if always and on is None:
            ways = (*ways, taken_out(system, n, further=bool(ways)))
    finding = replace(
        with_ways(finding, ways),
        notes=(*notes_on_further(system, n, closed, sets), *left_out),
    )
    if always and finding.whenever != say(ALWAYS):
        aside = say(ALWAYS_ALONE[isinstance(on, ReadingCubes) and not on.every])
        finding = replace(finding, whenever=say("{conditions} ({aside})", conditions=finding.whenever, aside=aside))
    return NoUse(finding, asked, None, way, closed, on)


def _as_far_as_they_matter(
    way: OptionQuestion, n: GroundNorm, closed: Shut, on: ReadingCubes | Unknown | None
) -> ReadingCubes | Unknown | None:
    """The readings; None where it is so on all of them, and only clauses that are not told speak of what is open."""
    if isinstance(on, ReadingCubes) and on.every:
        told = (n.binds, n.fulfilled, *(d.demand for d in closed.by))
        return None if openness(way.about.system, told) is None else on
    return on


def _besides(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, closed: Shut) -> tuple[Shut, ...]:
    """What is in its way even where it stands in place of the duties that are told."""
    question = "is it blocked somewhere if the duties found before are not counted"
    found, none = "these duties are told as well", "no other duty blocks it"
    sets: list[Shut] = []
    with asking_about_use(way, n, question, found=found, none=none):
        for further in shut_besides(way, closed):
            if isinstance(further, Unknown):
                inquiry.leave_open(mark("which other clauses block it"), further, n.norm.id)
            else:
                sets.append(further)
    return tuple(sets)


def _in_order(way: OptionQuestion, sets: Sequence[Shut]) -> list[Shut]:
    """In the order of the texts."""
    places = {m.norm.id: place for place, m in enumerate(way.about.norms)}
    return sorted(sets, key=lambda one: [places[d.norm.id] for d in one.by])


def _altogether(
    inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, closed: Shut, besides: Sequence[Shut], *read: Formula
) -> Shut:
    """With the duties that leave no use of it ever: in one situation fewer may do, or none."""
    question = "do these duties leave no use of it ever"
    with asking_about_use(way, n, question, found="more duties are told", none="these duties are told"):
        by = never_by(way, closed, *read)
    if isinstance(by, Unknown):
        inquiry.leave_open(mark("which other clauses block it"), by, n.norm.id)
        return closed
    first = next(iter(besides), closed) if by and not closed.by else closed  # so that duties are in its way there
    return replace(first, by=by)


def _alike(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, closed: Shut) -> tuple[list[Shut], tuple[str, ...]]:
    """Where else the same duties are in its way, and that this is not all, where it is not.

    Of what is so on some readings or packages only the first is told.
    """
    left_out: tuple[str, ...] = ()
    question, found = "is it blocked under other conditions than those found before", list[Shut]()
    with asking_about_use(way, n, question, found="it is blocked there as well", none="it is blocked nowhere else"):
        for further in shut_elsewhere(way, closed, by=closed.by):
            if further is TOO_MANY:
                left_out = (say(TOO_MANY.reason),)
            elif isinstance(further, Unknown):
                inquiry.leave_open(mark("when else is it blocked"), further, n.norm.id)
            elif {d.norm.id for d in further.by} == {d.norm.id for d in closed.by}:
                found.append(further)
    return found, left_out


def _where_it_binds(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, closed: Shut, always: bool) -> Cube:
    """Under which conditions it binds and cannot be used; where it never can be, the former are all there is to say."""
    question, found, none = (
        "is there conduct while it binds",
        "its conditions are told",
        "an error of cbm: one was found",
    )
    with asking_about_use(way, n, question, found=found, none=none):
        binds = within_reach(replace(way, wanted=()), closed.situation)
    if isinstance(binds, Unknown):
        inquiry.leave_open(mark("when does it bind"), binds, n.norm.id)
        return closed.cube
    read = [literal for literal in closed.cube if is_reading(literal)]
    return tuple(dict.fromkeys((*binds, *(read if always else closed.cube))))


def question_of_values(system: NormSystem, result: Variable) -> str:
    return (
        "is there a situation in which who complies can use it with some values of "
        f"{variable_words(system, result)}, and not with another that it allows and that can be brought about"
    )


def asking_about_use(way: OptionQuestion, n: GroundNorm, question: str, **follows: str) -> AbstractContextManager[None]:
    about = way.about
    return asking(system=about.system, bearer=about.bearer, norms=(n.norm.id,), question=question, **follows)


def _never(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, *read: Formula) -> bool:
    """Whether nobody who complies can ever go this way, on these readings of open terms."""
    question, ends = mark("can it ever be used so by who complies"), {"found": "it can", "none": "it never can"}
    asked = (*way.given, *way.wanted, *way.ending.weighed.demands, *read)
    return inquiry.can(way.about, (n.norm.id,), question, *asked, **ends) is False


def narrowed_alone(inquiry: Inquiry, n: GroundNorm, cut: Narrowed, reach: RangeReach) -> Finding:
    """The values that are left; where each figure may leave others, those of the example."""
    system, closed = inquiry.system, reach.any_value or cut.shut
    by, where, notes = who_can_use(system, closed), [closed.cube], tuple[str, ...]()
    with asking_about_use(cut.way, n, question_of_values(system, cut.result)):
        shown_there = encounter(n, cut)
    unit = stated_unit(n, cut.result) or system.words.units.get(seen(cut.result, 0))
    allowed, usable = (range_words(values, cut.result, unit) for values in (cut.allowed, cut.usable))
    clause = clause_names(system, (n.norm.id,))
    if reach.any_value is None:
        read = (reach.on.condition,) if isinstance(reach.on, ReadingCubes) else ()
        only = mark("of {allowed}, which {clause} allows, only {usable} can be used in some encounters by {who}")
        if _never(inquiry, cut.way, n, *read):
            only = mark("of {allowed}, which {clause} allows, only {usable} can be used by {who}")
        message = say(only, allowed=allowed, clause=clause, usable=usable, who=by)
        if reach.on is None:
            alike, notes = _alike(inquiry, cut.way, n, closed)
            where += [one.cube for one in alike]
    else:
        message = say("not every value that {clause} allows can be used by {who}", clause=clause, who=by)
        notes = (say("in the example only {usable} can be used of {allowed}", usable=usable, allowed=allowed),)
    if len(claimed(cut.way.about, n)) > 1:
        message = say("{result}: {message}", result=variable_words(system, cut.result), message=message)
    finding = blocked_alone(
        system, n, closed, message, example(system, shown_there, cut.shut.cube), where, in_part=True
    )
    if cut.way.others is not None:
        ways = ways_to_use(inquiry, cut.way.about, n, [closed])
    else:
        alone = [replace(closed, by=(duty,)) for duty in closed.by]  # it has to stand in place of all of them
        ways = standing_in_place(inquiry, cut.way.about, n, *alone)
        if reach.any_value is None:
            ways = (*ways, say("allow {usable} there, and no more", usable=usable))
    return replace(finding, remedies=ways, notes=(*finding.notes, *notes))
