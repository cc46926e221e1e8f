"""Permissions and exemptions that compliance leaves no way to use: ever, in some encounters, or in full."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial

from cbm.compliance.attainable_ranges import Narrowed, claimed, encounter, narrowed, stated_unit
from cbm.compliance.ranges_beside_others import AskedRangeAcross, asked_ranges, range_across
from cbm.compliance.ranges_on_readings import RangeReach, reach_of_range
from cbm.compliance.unavailable_options import (
    TOO_MANY,
    AskedUse,
    OptionQuestion,
    Shut,
    advice_adds,
    duties_of,
    never_by,
    readings_of,
    readings_shut_by,
    shown,
    shut,
    shut_besides,
    shut_elsewhere,
    within_reach,
)
from cbm.conflicts.deadlocks import AskedAcross
from cbm.core.expressions import Formula, NormId, negation
from cbm.core.norms import NormSystem, Strength
from cbm.core.variables import Variable, decision_of
from cbm.core.viewpoints import seen
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.extent import Cube
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import ReadingCubes, beyond, either, is_reading
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import clause_name, clause_names, names_of
from cbm.wording.condition_words import variable_words
from cbm.wording.findings.blocked_across import blocked_across, narrowed_across
from cbm.wording.findings.blocked_alone import (
    allows,
    blocked_alone,
    no_use_words,
    notes_on_further,
    standing_in_place,
    taken_out,
    who_can_use,
)
from cbm.wording.findings.clashes.conflict_findings import ALWAYS_ALONE
from cbm.wording.findings.clauses_gone import Way, with_ways
from cbm.wording.findings.each_role import RoleFinding, once
from cbm.wording.phrases import range_words
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.BLOCKED_PERMISSION,
    Severity.WARNING,
    mark("a permission or an exemption that nobody who complies can use"),
    mark("""\
What a clause allows with `may` must remain possible for whoever complies with everything that binds it. The
permission is blocked where compliance is possible and every way of complying leaves it unused: in every encounter in
which the clause applies, or in some. It is blocked, too, where all units can comply, and one cannot use it as long as
the unit that it meets does: then the duties of both are told. A `may` on a result claims every value of its range: it
is narrowed where some of these values can be used by whoever complies and others, which could be brought about,
cannot; so it is, where all units can comply, by what the unit that is met has to do. An exemption (`need not`) is
blocked where whoever complies has to do what the clause exempts from, because another clause that still binds asks for
it. Neither takes a duty away, and neither prevails over one: the clause has to stand `in place of` the duty. Of one
clause the first of these is told, with the other duties that are in its way there or elsewhere; what only advice
(`should`) blocks is a note.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
  in place of 1
""",
)


Cut = Narrowed | Unknown | None


class _NoUse(Record):
    """What is wrong with the use of a clause, what was asked, of which result of several, and the way that is shut.

    `of` None: of all. `on`: the readings of open terms on which it is so.
    """

    finding: Finding
    asked: AskedUse
    of: Variable | None
    way: OptionQuestion
    shut: Shut
    on: ReadingCubes | Unknown | None


class _FoundAlone(Record):
    """What was found of a unit's use of a clause, and what is so on the readings on which nothing of it is.

    `elsewhere` None: some of it is so on every reading.
    """

    found: tuple[AskedUse, ...]
    elsewhere: tuple[Formula, ...] | None


_NOTHING = _FoundAlone((), ())


Piece = NormId | int | None


def pieces(inquiry: Inquiry) -> list[Piece]:
    """The permissions and exemptions of the text; then, by position, those that duties of other units leave no room
    for, and None for there being no other, if any has to do with such duties.
    """
    norms = (n.norm for strict in inquiry.strict for n in strict.norms)
    own = dict.fromkeys(n.id for n in norms if not n.demands and n.id.document == inquiry.system.subject)
    across = inquiry.blocked_uses()
    if across.everyone is None:
        return list(own)
    return [*own, *range(len(across.found)), None]


def check(inquiry: Inquiry, among: Sequence[Piece]) -> Iterator[Finding]:
    for norm in among:
        if norm is None:
            rest = "every other permission beside the duties of other units"
            inquiry.record(RULE.id, rest, inquiry.open_sets(RULE.id), of=AskedAcross(None))
            continue
        if isinstance(norm, int):
            found = inquiry.blocked_uses().found[norm]
            inquiry.record(
                RULE.id, partial(_with_others, inquiry.system, found.takes_part), found=True, of=AskedAcross(norm)
            )
            yield blocked_across(inquiry, found)
            continue
        known: dict[int, _FoundAlone] = {}
        yield from once(inquiry, _alone(inquiry, norm, known))
        if everyone := inquiry.blocked_uses().everyone:
            for asked in asked_ranges(everyone, inquiry.grounds[0], norm):
                yield from _narrowed_by_others(inquiry, asked, known.get(asked.bearer, _NOTHING))


def _with_others(system: NormSystem, norms: Sequence[NormId]) -> str:
    return say("{clauses}, as they bind several units", clauses=listed(names_of(system, norms)))


def _alone(inquiry: Inquiry, norm: NormId, known: dict[int, _FoundAlone]) -> Iterator[RoleFinding]:
    """What is wrong with the clause by each unit's own duties; what is `known` of it then is kept, by role."""
    for strict, advised in zip(inquiry.strict, inquiry.advised, strict=True):
        if strict.find(norm) is not None:
            known[strict.bearer] = yield from _first(inquiry, norm, strict, advised)


def _first(
    inquiry: Inquiry, norm: NormId, strict: Ground, advised: Ground
) -> Generator[RoleFinding, None, _FoundAlone]:
    """The gravest thing that is wrong with the clause: blocked, narrowed, or one of these for the sake of advice.

    Each is told of the readings of open terms on which nothing graver is so already.
    """
    elsewhere: tuple[Formula, ...] = ()
    beside: tuple[AskedUse, ...] = ()
    known, more = len(inquiry.undecided), advice_adds(strict, advised)
    for view, severity in ((strict, RULE.severity), (advised, Severity.NOTE)):
        if view is advised and not more and len(inquiry.undecided) == known:
            _record_none(inquiry, view.norm(norm), view, beside)  # with advice nothing more is asked for
            break
        for find in (_blocked, _narrowed):
            about = replace(view, possible=(*view.possible, *elsewhere)) if elsewhere else view
            n, duties = about.norm(norm), duties_of(about, severity is Severity.NOTE)
            asked = AskedUse(norm, None, about.bearer, severity is Severity.NOTE, beside)
            found = list(find(inquiry, n, about, duties, asked))
            for one in found:
                told = qualified(
                    inquiry, replace(one.finding, severity=severity), one.on, of=AskedOnReadings(one.asked)
                )
                yield RoleFinding(view, (norm, one.of), told, one.shut.cube, one.way.compliance(*one.way.demands))
            beside = tuple(dict.fromkeys((*beside, *(one.asked for one in found))))
            further = beyond([one.on for one in found])
            if further is None:
                return _FoundAlone(beside, None)
            elsewhere = (*elsewhere, *further)
    return _FoundAlone(beside, elsewhere)


def _use(about: Ground, n: GroundNorm, duties: tuple[GroundNorm, ...]) -> OptionQuestion:
    """Doing what the clause allows, or leaving what need not be."""
    return OptionQuestion(about, (n.binds,), (n.fulfilled if allows(n) else negation(n.fulfilled),), duties)


_QUESTION = "is there a situation in which it binds and one can comply, but not so that it is made use of"
_MOST_RANGES = 12  # of one result, or sets of duties, that are looked for where packages leave different ones
_MORE_RANGES = Unknown(mark("more different ranges are left than are looked for"))
_MORE_DUTIES = Unknown(mark("more different clauses block it than are looked for"))


def _blocked(
    inquiry: Inquiry, n: GroundNorm, about: Ground, duties: tuple[GroundNorm, ...], asked: AskedUse
) -> Iterator[_NoUse]:
    """Some compliant conduct while the clause binds, and none that makes use of it: told with the duties that do it.

    Of a text under negotiation these may be others on other packages: each are told with theirs.
    """
    way = _use(about, n, duties)
    found, none = "it is blocked there: the finding", "it can always be made use of"
    with _asking(way, n, _QUESTION, found=found, none=none):
        closed = shut(way)
    if not _recorded(inquiry, n, mark("can what {clause} leaves open always be used"), closed, asked):
        return
    for turn in range(_MOST_RANGES):
        if isinstance(closed, Unknown):
            inquiry.leave_open(mark("which other clauses block it"), closed, n.norm.id)
        if not isinstance(closed, Shut):
            return
        on = readings_of(way)
        alone = readings_shut_by(way, closed, on)
        if isinstance(alone, Unknown) or (alone is not on and turn == _MOST_RANGES - 1):
            left = alone if isinstance(alone, Unknown) else _MORE_DUTIES
            inquiry.leave_open(mark("which other clauses block it"), left, n.norm.id)
            alone = on
        there = way
        if alone is not on and isinstance(alone, ReadingCubes):
            there = _on_these(way, alone.condition)
        yield _without_use(inquiry, n, there, closed, asked, alone)
        further = beyond([alone])
        if alone is on or further is None:
            return
        way = _on_these(way, *further)
        with _asking(way, n, _QUESTION, found=found, none="the packages told are all"):
            closed = shut(way)


def _on_these(way: OptionQuestion, *readings: Formula) -> OptionQuestion:
    """The same question of these readings of what is open."""
    return replace(way, about=replace(way.about, possible=(*way.about.possible, *readings)))


def _without_use(
    inquiry: Inquiry,
    n: GroundNorm,
    way: OptionQuestion,
    closed: Shut,
    asked: AskedUse,
    on: ReadingCubes | Unknown | None,
) -> _NoUse:
    """What is told of duties that leave no use of the clause, on these readings of what is open."""
    system, bearer = inquiry.system, way.about.bearer

    def unused(seen: CompleteEpisode) -> bool:
        done = fulfilled(n.norm, bearer, seen, system)
        return binding(n.norm.id, bearer, seen, system) and done is not allows(n)

    read = (on.condition,) if isinstance(on, ReadingCubes) else ()
    always = _never(inquiry, way, n, *read)
    besides = _besides(inquiry, way, n, closed)
    sets = (closed, *_in_order(way, besides))
    if always:
        closed = _altogether(inquiry, way, n, closed, besides, *read)
    with _asking(way, n, _QUESTION):
        seen = shown(way, closed, unused)
    message = no_use_words(system, n, closed, always)
    cube = _where_it_binds(inquiry, way, n, closed, always)
    cubes = [cube]
    left_out: tuple[str, ...] = ()
    if not always and on is None:
        alike, left_out = _alike(inquiry, way, n, closed)
        cubes += [_where_it_binds(inquiry, way, n, one, always) for one in alike]
    finding = blocked_alone(system, n, closed, message, example(system, seen, cube), cubes)
    ways: tuple[Way, ...] = standing_in_place(inquiry, way.about, n, *sets)
    if always and on is None:
        ways = (*ways, taken_out(system, n, further=bool(ways)))
    finding = replace(
        with_ways(finding, ways),
        notes=(*notes_on_further(system, n, closed, sets), *left_out),
    )
    if always:
        aside = say(ALWAYS_ALONE[isinstance(on, ReadingCubes)])
        finding = replace(finding, whenever=say("{conditions} ({aside})", conditions=finding.whenever, aside=aside))
    return _NoUse(finding, asked, None, way, closed, on)


def _besides(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, closed: Shut) -> tuple[Shut, ...]:
    """What is in its way even where it stands in place of the duties that are told."""
    question = "is it blocked somewhere if the duties found before are not counted"
    found, none = "these duties are told as well", "no other duty blocks it"
    sets: list[Shut] = []
    with _asking(way, n, question, found=found, none=none):
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
    with _asking(way, n, question, found="more duties are told", none="these duties are told"):
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
    with _asking(way, n, question, found="it is blocked there as well", none="it is blocked nowhere else"):
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
    with _asking(way, n, question, found=found, none=none):
        binds = within_reach(replace(way, wanted=()), closed.situation)
    if isinstance(binds, Unknown):
        inquiry.leave_open(mark("when does it bind"), binds, n.norm.id)
        return closed.cube
    read = [literal for literal in closed.cube if is_reading(literal)]
    return tuple(dict.fromkeys((*binds, *(read if always else closed.cube))))


def _narrowed(
    inquiry: Inquiry, n: GroundNorm, about: Ground, duties: tuple[GroundNorm, ...], asked: AskedUse
) -> Iterator[_NoUse]:
    """For each result of which a permission states a range: values that nobody who complies can use, beside others."""
    for result in claimed(about, n) if allows(n) else ():
        of_result = replace(asked, result=result)
        way = OptionQuestion(about, (n.binds, n.fulfilled), (), duties)

        def narrowed_on(further: Sequence[Formula], way: OptionQuestion = way, result: Variable = result) -> Cut:
            return narrowed(_on_these(way, *further), result)

        for cut, reach in _ranges(inquiry, n, way, of_result, narrowed_on):
            finding = replace(_of_range(inquiry, n, cut, reach), matter=(decision_of(result).name,))
            yield _NoUse(finding, of_result, seen(result, 0), cut.way, reach.any_value or cut.shut, reach.on)


def _narrowed_by_others(inquiry: Inquiry, asked: AskedRangeAcross, alone: _FoundAlone) -> Iterator[Finding]:
    """Values that nobody can use while the unit that is met complies too, with the musts; or else with the advice.

    Beside advice it is asked on the readings of open terms on which nothing else is told of the clause.
    """
    everyone = inquiry.blocked_uses().everyone
    assert everyone is not None, "there are permissions and duties of several units"
    base = replace(inquiry.grounds[0], clashing=inquiry.clashing_across())
    across = range_across(everyone, base, asked)
    found = _ranges(inquiry, across.use.norm, across.way, asked, partial(across.narrowed, asked.result))
    for cut, reach in found:
        yield narrowed_across(inquiry, across, cut, reach)
    further = beyond([reach.on for _, reach in found])
    if further is None or alone.elsewhere is None:
        return
    of = replace(asked, advised=True, beside=(*alone.found, *([asked] if found else [])))
    across = range_across(everyone, base, of)
    if all(duty.norm.norm.strength is Strength.MUST for duty in across.owed):
        return  # with advice nothing more is asked for
    elsewhere = (*alone.elsewhere, *further)

    def narrowed_on(readings: Sequence[Formula]) -> Cut:
        return across.narrowed(asked.result, (*elsewhere, *readings))

    for cut, reach in _ranges(inquiry, across.use.norm, across.way, of, narrowed_on):
        yield narrowed_across(inquiry, across, cut, reach)


def _ranges(
    inquiry: Inquiry,
    n: GroundNorm,
    way: OptionQuestion,
    asked: AskedUse | AskedRangeAcross,
    narrowed_on: Callable[[Sequence[Formula]], Cut],
) -> list[tuple[Narrowed, RangeReach]]:
    """What is left of the range on some readings, what on others, and so on; none where all of it is left.

    The same values that are left in another situation are told once, of the readings of both.
    """
    assert asked.result is not None
    question = _of_values(inquiry.system, asked.result)
    found, none = "it is narrowed there: the finding", "every value can be used wherever any can"
    ranges: dict[object, tuple[Narrowed, RangeReach]] = {}
    elsewhere: tuple[Formula, ...] = ()
    for turn in range(_MOST_RANGES + 1):
        with _asking(way, n, question, found=found, none=none):
            cut = narrowed_on(elsewhere)
        if turn == _MOST_RANGES and isinstance(cut, Narrowed):
            cut = _MORE_RANGES
        if turn == 0:
            _recorded(inquiry, n, mark("can every value be used that {clause} allows"), cut, asked)
        elif isinstance(cut, Unknown):
            inquiry.leave_open(mark("which other values can be used on other readings"), cut, n.norm.id)
        if not isinstance(cut, Narrowed):
            break
        read = "these readings are told", "on no further reading"
        with _asking(way, n, "on which readings are just these values left", found=read[0], none=read[1]):
            reach = reach_of_range(cut, several=turn < _MOST_RANGES - 1)
        alike = (reach.any_value is None, cut.allowed, cut.usable, tuple(d.norm.id for d in cut.shut.by))
        first, known = ranges.get(alike, (cut, reach))
        ranges[alike] = first, replace(known, on=either(inquiry.system, known.on, reach.on))
        further = beyond([reach.on])
        if further is None:
            break
        elsewhere = (*elsewhere, *further)
    return list(ranges.values())


def _of_values(system: NormSystem, result: Variable) -> str:
    return (
        "is there a situation in which who complies can use it with some values of "
        f"{variable_words(system, result)}, and not with another that it allows and that can be brought about"
    )


def _record_none(inquiry: Inquiry, n: GroundNorm, about: Ground, beside: tuple[AskedUse, ...]) -> None:
    """That what has been asked of the duties is so with advice as well, of which there is none."""
    for result in (None, *(claimed(about, n) if allows(n) else ())):
        _recorded(inquiry, n, "", None, AskedUse(n.norm.id, result, about.bearer, advised=True, beside=beside))


def _recorded(inquiry: Inquiry, n: GroundNorm, question: str, found: object, of: AskedUse | AskedRangeAcross) -> bool:
    """Records a question about `{clause}`, or values of a result, with its verdict; whether something was found."""
    system = inquiry.system

    def subject() -> str:
        clause = clause_names(system, (n.norm.id,))
        if of.result is None:
            return clause
        subject = f"{clause}: every value of {variable_words(system, of.result)}"
        return subject if isinstance(of, AskedUse) else f"{subject} beside the duties of other units"

    told: bool | Undecided = found is not None
    if isinstance(found, Unknown):
        told = inquiry.leave_open(lambda: say(question, clause=clause_name(system, n.norm.id)), found, n.norm.id)
    inquiry.record(RULE.id, subject, told, of=of)
    return told is True


def _asking(way: OptionQuestion, n: GroundNorm, question: str, **follows: str) -> AbstractContextManager[None]:
    about = way.about
    return asking(system=about.system, bearer=about.bearer, norms=(n.norm.id,), question=question, **follows)


def _never(inquiry: Inquiry, way: OptionQuestion, n: GroundNorm, *read: Formula) -> bool:
    """Whether nobody who complies can ever go this way, on these readings of open terms."""
    question, ends = mark("can it ever be used so by who complies"), {"found": "it can", "none": "it never can"}
    asked = (*way.given, *way.wanted, *way.ending.weighed.demands, *read)
    return inquiry.can(way.about, (n.norm.id,), question, *asked, **ends) is False


def _of_range(inquiry: Inquiry, n: GroundNorm, cut: Narrowed, reach: RangeReach) -> Finding:
    """The values that are left; where each figure may leave others, those of the example."""
    system, closed = inquiry.system, reach.any_value or cut.shut
    by, where, notes = who_can_use(system, closed), [closed.cube], tuple[str, ...]()
    with _asking(cut.way, n, _of_values(system, cut.result)):
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
    alone = [replace(closed, by=(duty,)) for duty in closed.by]  # it has to stand in place of all of them
    ways = standing_in_place(inquiry, cut.way.about, n, *alone)
    if reach.any_value is None:
        ways = (*ways, say("allow {usable} there, and no more", usable=usable))
    return replace(finding, remedies=ways, notes=(*finding.notes, *notes))
