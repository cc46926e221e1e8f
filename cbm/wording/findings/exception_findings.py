"""What exceptions alone leave open of a promise: searched for each matter, and told once for each exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from cbm.core.expressions import Formula, conjunction, negation
from cbm.core.matters import Matter, Settled, name_of
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Coverage, NormSystem
from cbm.core.substitution import parts_of, variables
from cbm.core.variables import Origin
from cbm.coverage.by_exception import ExceptionPlace, LeftOpen, Lifting, MatterRegions, OpenedByException
from cbm.coverage.by_reading import readings_in
from cbm.coverage.gap_witness import Broken, ConditionSearch, broken_in
from cbm.coverage.gaps import AskedException, AskedPromise
from cbm.coverage.governance import SituationRegion
from cbm.finding import Finding, Label, RuleId, Scenario, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import Record
from cbm.search.extent import Cube
from cbm.search.kept_answers import remembered
from cbm.search.open_questions import some
from cbm.search.open_readings import Openness, ReadingCubes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, in_english, mark, ordering, say
from cbm.wording.clause_names import names_of, promise_words, topic_words
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.conditions_unknown import with_example_unknown
from cbm.wording.findings.each_role import RoleFinding, deciding
from cbm.wording.phrases import is_about_choices
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

_OTHERS = mark("it is so under other conditions as well, which were not looked for any more")
# So many sets of conditions are looked for; a reader will not read more.
CONDITIONS = 24


class ExceptionPart(Record):
    """Where one exception leaves one matter open (or, `advised`, to advice alone): in the region, under these cubes."""

    opened: LeftOpen
    region: SituationRegion
    cubes: tuple[Cube, ...]
    advised: bool

    @property
    def matter(self) -> Matter:
        return self.region.matter


def opened_by_exception(
    inquiry: Inquiry, promise: Coverage, of: MatterRegions, elsewhere: Formula
) -> Iterator[ExceptionPart]:
    """What exceptions alone leave open of a matter, where it meets this condition."""
    if not of.liftings:
        return

    question = partial(asked_of_exceptions, name_of(of.matter))
    found: list[ExceptionPart] = []
    left: list[Unknown] = []
    for opened in of.left_open(negation(of.left_out)):
        for region, advised in ((opened.ungoverned, False), (opened.advised, True)):
            within = region.within(elsewhere)
            cubes, unknown = _conditions(within, in_english(question))
            if cubes:
                found.append(ExceptionPart(opened, within, cubes, advised))
            left += [] if unknown is None else [unknown]
    undecided = [inquiry.leave_open(question, unknown) for unknown in left]
    asked = AskedPromise(promise, of.matter, of.about.bearer)
    inquiry.record(RuleId.GAP, question, some((bool(found), *undecided)), of=asked)
    yield from found


def asked_of_exceptions(name: str) -> str:
    """What is asked of a matter that clauses with exceptions govern, in words."""
    asked = mark("is {matter} governed, or more than advised on, wherever a clause of it has an exception")
    return say(asked, matter=name)


class RoleException(RoleFinding):
    """What is told of one bearer, with what the exception leaves open."""

    opened: OpenedByException


def by_exception(
    inquiry: Inquiry, about: Ground, promise: Coverage, parts: Sequence[ExceptionPart]
) -> Iterator[RoleException]:
    """One finding an exception, whatever matters of the promise it leaves open on the same packages."""
    found: dict[ExceptionPlace, list[ExceptionPart]] = {}
    for part in parts:
        found.setdefault(part.opened.lifting.place, []).append(part)
    for place, every in found.items():
        groups = _by_packages(inquiry.system, every)
        for number, several in enumerate(groups):
            opened = OpenedByException(about, promise, tuple({p.matter: p.opened for p in several}.values()))
            told = _finding(inquiry, promise, several, apart=len(groups) > 1)
            asked_of = AskedException(promise, about.bearer, place, tuple((p.matter, p.advised) for p in several))
            finding = qualified(inquiry, told, _readings(several), of=AskedOnReadings(asked_of))
            asked = tuple(formula for part in several for formula in deciding(part.region))
            yield RoleException(about, (place, number), finding, several[0].cubes[0], asked, opened)


def _by_packages(system: NormSystem, parts: Sequence[ExceptionPart]) -> Sequence[list[ExceptionPart]]:
    """The parts that are there on the same packages: what is so on others is told apart."""
    if not Negotiation(system).terms:
        return (list(parts),)
    groups: dict[tuple[Cube, ...] | str, list[ExceptionPart]] = {}
    for part in parts:
        on = readings_in(part.region)
        key = on.reason if isinstance(on, Unknown) else ((),) if on is None or on.every else on.cubes
        groups.setdefault(key, []).append(part)
    return list(groups.values())


def exception_words(system: NormSystem, liftings: Sequence[Lifting]) -> str:
    """`exception 3 to clauses 1 and 2`, `the exception to clause 1`, `the end of the ban in clause 1`."""
    exception = liftings[0].exception
    every = names_of(system, (n.norm.id for lifting in liftings for n in lifting.norms))
    names = list(dict.fromkeys(every))  # a clause with brackets has several wordings, and one name
    clauses, one = listed(names), len(names) == 1
    if liftings[0].by_others:
        return say("the end of the ban in clause {clauses}", clauses=clauses)
    if exception.label:
        if one:
            return say("exception {label} to clause {clause}", label=exception.label, clause=clauses)
        return say("exception {label} to clauses {clauses}", label=exception.label, clauses=clauses)
    if one:
        return say("the exception to clause {clause}", clause=clauses)
    return say("the exception to clauses {clauses}", clauses=clauses)


def _conditions(region: SituationRegion, question: str) -> tuple[tuple[Cube, ...], Unknown | None]:
    """Conditions under which all encounters belong to the region, until they make up all of it or are many."""
    about = region.about
    ends = "an exception leaves it open there", "no exception leaves it open in any other encounter"
    with asking(system=about.system, bearer=about.bearer, question=question, found=ends[0], none=ends[1]):
        return remembered("under which conditions", (region, CONDITIONS), lambda: _sought(region))


def _sought(region: SituationRegion) -> tuple[tuple[Cube, ...], Unknown | None]:
    search, found = ConditionSearch(region), list[Cube]()
    while len(found) < CONDITIONS:
        cube = search.stuck((), tuple(negation(conjunction(*known)) for known in found))
        if not isinstance(cube, tuple):
            return tuple(sorted(found, key=len)), cube
        found.append(cube)
    return tuple(sorted(found, key=len)), Unknown(_OTHERS)


def _finding(inquiry: Inquiry, promise: Coverage, parts: Sequence[ExceptionPart], *, apart: bool) -> Finding:
    """`apart`: something else is told of the same exception on other packages."""
    system, about = inquiry.system, parts[0].region.about
    liftings = [part.opened.lifting for part in parts]
    names = [name_of(matter) for matter in dict.fromkeys(part.matter for part in parts)]
    where = _circumstances(system, parts_of(liftings[0].condition))
    whenever = [condition_words(system, _circumstances(system, cube)) for part in parts for cube in part.cubes]

    def extent() -> tuple[tuple[str, ...], ...]:
        told = (tuple(literal_words(system, x) for x in cube) for part in parts for cube in part.cubes)
        return tuple(dict.fromkeys(told))

    def message() -> str:
        return _message(exception_words(system, liftings), parts, role, condition_words(system, where))

    role = "" if system.situation.interchangeable else system.situation.roles[about.bearer]
    place = liftings[0].exception.span
    assert promise.span is not None
    shown = _shown(parts[0])
    finding = Finding(
        RuleId.GAP,
        Severity.WARNING,
        message(),
        Label(promise.span, promise_words(system, names)),
        () if place is None else (Label(place, say("leaves it open")),),
        whenever="" if whenever[0] == condition_words(system, where) else whenever[0],
        extent=extent(),
        known_extent=english(extent),
        witness=shown if isinstance(shown, Scenario) else None,
        remedies=_remedies(system, names),
        promised=tuple(names),
        order=ordering(message),
        matter=(
            system.subject,
            "exception",
            role and f" for `{role}`",
            in_english(partial(condition_words, system, where)),
            *sorted({str(n.norm.id) for one in liftings for n in one.norms}),
            *([in_english(partial(_state, parts))] if apart else ()),
        ),
    )
    return with_example_unknown(inquiry, finding, shown)


def _shown(part: ExceptionPart) -> Scenario | Unknown | None:
    """An encounter under its first conditions."""
    region, cube = part.region, part.cubes[0]
    system, bearer = region.about.system, region.about.bearer
    question = "is there an encounter under the conditions given below that an exception leaves open, as an example"
    ends = "it is the example that is shown", "there is none, which would be an error of cbm"
    with asking(system=system, bearer=bearer, question=question, found=ends[0], none=ends[1]):
        shown = broken_in(region, cube)
    doing = (Origin.DOING,) if any(v.origin is Origin.DOING for x in cube for v in variables(x)) else ()
    return example(system, shown.shown, shown.cube, *doing) if isinstance(shown, Broken) else shown


def _remedies(system: NormSystem, names: Iterable[str]) -> tuple[str, ...]:
    return (
        say(
            "say in a clause on {matters} what holds there: a duty, a ban, or that it is free",
            matters=listed([topic_words(system, name) for name in names]),
        ),
        say("or leave it out of the promise: `covers … in every type of … when …`"),
    )


def _message(exception: str, parts: Sequence[ExceptionPart], role: str, where: str) -> str:
    if role:
        return say(
            "{exception} leaves {state} for `{role}`: {where}",
            exception=exception,
            state=_state(parts),
            role=role,
            where=where,
        )
    return say("{exception} leaves {state}: {where}", exception=exception, state=_state(parts), where=where)


def _state(parts: Sequence[ExceptionPart]) -> str:
    """`weapons` and `talk` governed by no clause and `fire` only advised on."""
    how: dict[Matter, set[bool]] = {}
    for part in parts:
        how.setdefault(part.matter, set()).add(part.advised)
    grouped: dict[tuple[bool, frozenset[bool]], list[str]] = {}
    for matter, advised in how.items():
        grouped.setdefault((isinstance(matter, Settled), frozenset(advised)), []).append(f"`{name_of(matter)}`")
    told = [_left_so(listed(names), is_act, advised) for (is_act, advised), names in grouped.items()]
    return listed(told, of="sentences")


def _left_so(matters: str, is_act: bool, advised: frozenset[bool]) -> str:
    """That no clause governs the matters, that one only advises on them, or either in some encounters."""
    if advised == {True}:
        return say("{matters} only advised on", matters=matters)
    if is_act:
        if advised == {False}:
            return say("{acts} obliged, prohibited or left open by no clause", acts=matters)
        return say("{acts} obliged, prohibited or left open by no clause or only advised on", acts=matters)
    if advised == {False}:
        return say("{matters} governed by no clause", matters=matters)
    return say("{matters} governed by no clause or only advised on", matters=matters)


def _circumstances(system: NormSystem, literals: Iterable[Formula]) -> list[Formula]:
    return [literal for literal in literals if not is_about_choices(system, literal)]


def _readings(parts: Sequence[ExceptionPart]) -> ReadingCubes | Unknown | None:
    """The readings on which it is so for some of the matters."""
    each = [readings_in(part.region) for part in parts]
    some_of = [on for on in each if on is not None]
    if len(some_of) < len(each) or len(each) == 1:
        return each[0] if len(each) == 1 else None
    known = [on for on in some_of if isinstance(on, ReadingCubes)]
    if len(known) < len(some_of):
        return next(on for on in some_of if isinstance(on, Unknown))
    system = parts[0].region.about.system
    terms = Openness(system, tuple(t for t in system.open_terms if any(t in on.terms for on in known)))
    return terms.joined(known)
