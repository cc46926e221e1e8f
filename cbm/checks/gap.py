"""Types of encounter in which a promised topic or act is governed by nothing, by advice only, or as the unit acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from cbm.core.expressions import TRUE, Formula, conjunction, negation
from cbm.core.matters import Settled, matters, name_of, speaks_of
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Coverage, NormSystem
from cbm.core.roles import rotate
from cbm.core.variables import Origin
from cbm.coverage.by_exception import Lifting, MatterRegions, OpenedByException, regions_of
from cbm.coverage.gap_witness import Broken, broken_in
from cbm.coverage.gaps import AskedBox, AskedPromise, BrokenPromise, GapBox, Gaps, Kind, asked_of, gaps, inside, regions
from cbm.coverage.governance import CoverageUndecided, SituationRegion, between_parties, promised_in, types_with
from cbm.coverage.seams import at_seams
from cbm.coverage.types.axes import dividers, literal
from cbm.coverage.types.grid import Types
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings, Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.open_questions import Undecided, opposite, some
from cbm.search.open_readings import ReadingCubes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import english, in_english, mark, ordering, say
from cbm.wording.clause_names import clause_name, promise_words, topic_words
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.conditions_unknown import with_example_unknown
from cbm.wording.findings.each_role import RoleFinding, deciding, with_roles
from cbm.wording.findings.exception_findings import (
    ExceptionPart,
    RoleException,
    by_exception,
    exception_words,
    opened_by_exception,
)
from cbm.wording.findings.saying_how import saying_how
from cbm.wording.findings.uneven_findings import uneven
from cbm.wording.phrases import is_about_choices
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.situation_words import situation_words

RULE = Rule(
    RuleId.GAP,
    Severity.ERROR,
    mark("a promised type of encounter that nothing governs"),
    mark("""\
The text promises, with `covers`, that a topic is governed in every encounter (of a kind), or with `covers acts` that
an act is obliged, prohibited or expressly left open. A gap is an encounter in which no clause of that topic, or on
that act, binds the unit, whatever it does; a `may` or `need not` is a clause of its topic too, since the text does not
pass over what it leaves free. Gaps are reported as boxes: all combinations of the named kinds of unit and places. A
box is governed nowhere, or in part: then nowhere under some conditions, which are the same for all of its types.
`cbm coverage` shows the same boxes. A promise about encounters that cannot happen is reported too.

Four things are a warning. Only `should` clauses bind, so that the topic is only advised on. The unit's own conduct
decides whether any clause binds, where there is no gap in the same types of encounter. An exception on what is found
(`unless own.distress`, or a ban `until` the other side acts) leaves open what its clause governs: told once an
exception, with all that it opens; say in a clause what holds there, if only that it is free. Types of encounter in
which exceptions leave nothing that governs are a gap like any other. And a topic is uneven: the text bars an act in
some types of encounter, and in others, where something is said on the topic, it never bars the act, asks for it or
leaves it open. Duties are not looked at for that, since more is asked of some units than of others on purpose.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a ship must not aim_weapons
clause 2 a military_aircraft must not aim_weapons
covers weapons in every type of encounter
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a ship must not aim_weapons
clause 2 an aircraft must not aim_weapons
covers weapons in every type of encounter
""",
)


class _Words(Record):
    """What is said of a topic and of an act, as a whole and under its name; and which clause is lacking."""

    topic: tuple[str, str]
    act: tuple[str, str]
    lacking: str


_ADVISED = (mark("`{matter}` is only advised on"), mark("only advised on"))
_WORDS: Mapping[Kind, _Words] = {
    Kind.GAP: _Words(
        (mark("`{matter}` is governed by no clause"), mark("governed by no clause")),
        (
            mark("`{matter}` is obliged, prohibited or left open by no clause"),
            mark("obliged, prohibited or left open by no clause"),
        ),
        mark("add a clause on {matter} for it"),
    ),
    Kind.ADVISED: _Words(_ADVISED, _ADVISED, mark("add a clause on {matter} for it that binds")),
    Kind.BY_CONDUCT: _Words(
        (
            mark("`{matter}` is governed or not by what the unit does"),
            mark("governed or not by what the unit does"),
        ),
        (
            mark("`{matter}` is obliged, prohibited or left open, or none of these, by what the unit does"),
            mark("obliged, prohibited or left open, or none of these, by what the unit does"),
        ),
        mark("add a clause on {matter} for it that binds whatever the unit does"),
    ),
}


class _RoleGap(RoleFinding):
    """What is told of one bearer, with the promise that is broken."""

    broken: BrokenPromise


def pieces(inquiry: Inquiry) -> list[int]:
    """Each promise, by position."""
    return list(range(len(inquiry.system.coverage)))


def check(inquiry: Inquiry, among: Sequence[int]) -> Iterator[Finding]:
    return (finding for finding, _ in told(inquiry, among))


# What a finding tells, where a way out of it can be looked for.
Told = tuple[Finding, BrokenPromise | OpenedByException | None]


def told(inquiry: Inquiry, among: Sequence[int]) -> Iterator[Told]:
    """The findings, each with what it tells; None where no way out is looked for."""
    standing = Negotiation(inquiry.system).promises
    for promise in (one for one in (inquiry.system.coverage[number] for number in among) if one in standing):
        aside: list[Finding] = []
        later: list[Told] = []
        for finding, several in with_roles(inquiry, _of_each_role(inquiry, promise, aside), named=True):
            alike = tuple(one.about.bearer for one in several[1:])
            match several[0]:
                case _RoleGap(broken=broken):
                    yield finding, replace(broken, alike=alike)
                case RoleException(opened=opened):
                    later.append((finding, replace(opened, alike=alike)))
                case _:
                    later.append((finding, None))
        yield from dict.fromkeys((finding, None) for finding in aside)
        yield from later


def _of_each_role(inquiry: Inquiry, promise: Coverage, aside: list[Finding]) -> Iterator[RoleFinding]:
    """What is told of each bearer; findings that are about no encounter are added to `aside`."""
    real: _Real = {}
    roles = len(inquiry.system.situation.roles)
    for about in inquiry.strict:
        times: Counter[object] = Counter()
        for told_of in _of_promise(inquiry, about, promise, real):
            if isinstance(told_of, Finding):
                aside.append(told_of)
            elif isinstance(told_of, RoleFinding):
                yield told_of
            else:
                finding, broken = told_of
                box = (broken.conditions, broken.box.conditions)
                turned = [frozenset(rotate(part, -about.bearer, roles) for part in parts) for parts in box]
                which = (broken.kind, broken.region.matter, *turned)
                times[which] += 1
                where = (*broken.conditions, *broken.box.conditions)
                yield _RoleGap(about, (which, times[which]), finding, where, deciding(broken.region), broken)


# For a bearer and the parties of a promise: the types of encounter that can happen between them.
_Real = dict[tuple[int, Formula], Types | Unknown]


def _of_promise(
    inquiry: Inquiry, about: Ground, promise: Coverage, real: _Real
) -> Iterator[Finding | RoleFinding | tuple[Finding, BrokenPromise]]:
    """Where one bearer finds a promise broken: that it speaks of no encounter, or its gaps, matter by matter.

    A promise that speaks of other bearers alone is not asked about. `real` are the types of encounter that can happen,
    by bearer and parties; it is filled as they are needed.
    """
    assert promise.span is not None
    question = mark("does a promise speak of any encounter")

    def may_speak(to: Ground) -> bool | Undecided:
        found, none = "it does", "it does not: the finding"
        return inquiry.can(to, (), question, promised_in(to, promise), found=found, none=none)

    speaks = may_speak(about)
    if speaks is False and any(may_speak(other) is not False for other in inquiry.strict if other is not about):
        return  # it is a promise to others
    if speaks is not True:
        of = Posed(partial(_speaking, promise), bearer=about.bearer, clears=True)
        inquiry.record(RULE.id, question, opposite(speaks), of=of)
    if speaks is False:
        covered = listed([*map(name_of, matters(promise))])
        message = say("the promise to cover {matters} speaks of no encounter that can happen", matters=covered)
        remedies, on = (say("correct its condition"),), (inquiry.system.subject, "no encounter")
        yield Finding(RULE.id, RULE.severity, message, Label(promise.span), remedies=remedies, matter=on)
        return
    between = between_parties(about, promise.document)
    key = (about.bearer, between)
    if key not in real:
        question = "is there an encounter of the type given below, between units of parties to the text"
        found, none = "the type is real", "it happens nowhere: it may be told as part of any box"
        with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
            real[key] = types_with(about, dividers(about), between)
    opened: list[ExceptionPart] = []
    for matter in matters(promise):
        yield from _of_matter(inquiry, promise, regions_of(about, promise, matter), real[key], opened)
    yield from by_exception(inquiry, about, promise, opened)
    for topic in promise.topics:
        if _is_first_on(inquiry, about, promise, topic):
            yield from uneven(inquiry, about, promise, topic, real[key])


def _is_first_on(inquiry: Inquiry, about: Ground, promise: Coverage, topic: str) -> bool:
    """Whether no promise on the topic before this one speaks of any encounter of the bearer: a topic is told once."""
    question = "does a promise before it speak of any encounter"
    for one in Negotiation(inquiry.system).promises:
        if one is promise:
            break
        with asking(question=question, found="what is uneven is told there", none="it is not told there"):
            if topic in one.topics and not isinstance(inquiry.ask(about, promised_in(about, one)), Unsat):
                return False
    return True


def _speaking(promise: Coverage, about: Ground, _: Ground) -> Iterator[Sought]:
    yield Sought((promised_in(about, promise),))


def _of_matter(
    inquiry: Inquiry,
    promise: Coverage,
    of: MatterRegions,
    real: Types | Unknown,
    opened: list[ExceptionPart],
) -> Iterator[tuple[Finding, BrokenPromise]]:
    """The boxes of each kind, and what exceptions alone open; what is told as a seam is none of these."""
    name, axes, silent = name_of(of.matter), dividers(of.about), None
    beside_seams = negation(at_seams(of.about, of.matter))
    try:
        known = list(regions(of))
    except CoverageUndecided as reason:
        known, real = [(Kind.GAP, of.silent), (Kind.ADVISED, of.silent)], Unknown(str(reason))
    for kind, region in known:
        question = partial(asked_of, kind, name)
        asked = in_english(question)
        if isinstance(real, Unknown):
            inquiry.record(RULE.id, question, inquiry.leave_open(question, real))
            continue
        if kind is Kind.BY_CONDUCT and silent is not None:
            searched = [gaps(part, axes, real, asked, among) for part, among in _not_told(region, silent, real)]
        else:
            searched = [gaps(region.within(beside_seams), axes, real, asked)]
        silent = searched[0] if kind is Kind.GAP else silent
        found = [box for one in searched for box in one.found]
        left = [inquiry.leave_open(question, unknown) for one in searched for unknown in _left(one, of.about)]
        of_it = AskedPromise(promise, of.matter, of.about.bearer, kind)
        inquiry.record(RULE.id, question, some((bool(found), *left)), of=of_it)
        times = Counter(box.sides for box in found)
        for box in found:
            finding = _finding(inquiry, BrokenPromise(promise, kind, box), of, asked, several=times[box.sides] > 1)
            of_box = AskedOnReadings(AskedBox(of_it, inside(box.axes, box.sides)))
            yield qualified(inquiry, finding, box.on, of=of_box), BrokenPromise(promise, kind, box)
    if not isinstance(real, Unknown):
        opened += opened_by_exception(inquiry, promise, of, beside_seams)


def _not_told(region: SituationRegion, silent: Gaps, real: Types) -> Iterator[tuple[SituationRegion, Types]]:
    """Where the unit's conduct decides, less what is told as a gap there: whole types, or types on some readings."""
    fresh = real
    for types, _ in silent.types:
        fresh -= types
    yield region, fresh
    for types, on in silent.types:
        if isinstance(on, ReadingCubes) and not on.every:
            yield region.within(on.elsewhere), types


def _left(searched: Gaps, about: Ground) -> Iterator[Unknown]:
    """What may have been missed."""
    if searched.given_up is not None:
        yield searched.given_up
    if searched.more:
        reason = say(
            "{number:,} more types of {situation} are so in part under other conditions, which were not looked for any "
            "more",
            number=len(searched.more),
            situation=situation_words(about.system),
        )
        yield Unknown(reason)


def _finding(inquiry: Inquiry, broken: BrokenPromise, of: MatterRegions, question: str, several: bool) -> Finding:
    """One finding a box, at the promise that is broken; of `several` with the same types, each tells its conditions."""
    system, promise, box = inquiry.system, broken.promise, broken.box
    matter, words, of_types = box.region.matter, _WORDS[broken.kind], broken.conditions
    sought = _example(box, question)
    shown = sought if isinstance(sought, Broken) else None
    cube, escape = ((), ()) if shown is None else (shown.cube, shown.escape)
    facts = (*(of_types if box.conditions else cube), *box.conditions, *escape)
    told = (Origin.DOING, Origin.RESULT) if escape else ()
    circumstances = tuple(literal for literal in box.conditions if not is_about_choices(system, literal))
    role = None if system.situation.interchangeable else system.situation.roles[box.region.about.bearer]
    name, everything = name_of(matter), (*of_types, *circumstances)
    conditions = (partial(literal_words, system, part) for part in everything)
    whole, under_topic = words.act if isinstance(matter, Settled) else words.topic

    def worded(message: str) -> str:
        return _told(system, say(message, matter=name), role, of_types, circumstances, several)

    assert promise.span is not None
    finding = Finding(
        RULE.id,
        RULE.severity if broken.kind is Kind.GAP else Severity.WARNING,
        worded(whole),
        Label(promise.span, promise_words(system, [name])),
        whenever=condition_words(system, everything) if circumstances else "",  # else the message says it
        extent=(tuple(literal_words(system, part) for part in everything),),
        known_extent=english(lambda: (tuple(literal_words(system, part) for part in everything),)),
        witness=None if shown is None else example(system, shown.shown, facts, *told),
        remedies=(
            say(words.lacking, matter=topic_words(system, name)),
            *((say("or say that nothing is asked of it there: `{role} need not …`", role=role),) if role else ()),
            say("or leave it out of the promise: `covers … in every type of … when …`")
            if everything
            else say("or take {matter} out of the promise", matter=topic_words(system, name)),
        ),
        notes=tuple(_notes(inquiry, broken, of, escape)),
        topic=name,
        under_topic=worded(under_topic),
        order=ordering(partial(worded, whole)),
        promised=(name,),
        matter=(
            system.subject,
            name,
            broken.kind.value,
            f" for `{role}`" if role is not None else "",
            *map(in_english, conditions),
        ),
    )
    return with_example_unknown(inquiry, finding, sought)


def _notes(inquiry: Inquiry, broken: BrokenPromise, of: MatterRegions, escape: Sequence[Formula]) -> Iterator[str]:
    """What reaches the box and does not close it: conduct that escapes, clauses that say how, exceptions, allies."""
    system = inquiry.system
    if escape:
        escaping = listed(list(dict.fromkeys(literal_words(system, part) for part in escape)), of="sentences")
        yield say("no clause governs it if {conditions}", conditions=escaping)
    binding = _binding_there(inquiry, broken)
    if how := [n.norm.id for n in binding if n.owed == TRUE]:
        yield saying_how(system, how)
    for lifted in _lifted_there(inquiry, broken, of):
        yield say("{exception} leaves it open", exception=exception_words(inquiry.system, [lifted]))
    for norm in (n.norm.id for n in binding if n.owed != TRUE):
        owed = mark("clause {clause} is owed to the parties of {document} alone")
        yield say(owed, clause=clause_name(system, norm), document=norm.document)


def _told(
    system: NormSystem,
    message: str,
    role: str | None,
    types: Sequence[Formula],
    circumstances: Sequence[Formula],
    several: bool,
) -> str:
    """The message, for whom it is so and where; with the circumstances where the types do not tell it from others."""
    if role is not None:
        message = say("{message} for `{role}`", message=message, role=role)
    if circumstances:
        message = say("{message}, in part", message=message)
    where = say("every type of {situation}", situation=situation_words(system))
    if types:
        where = condition_words(system, types)
    if circumstances and (several or not types):
        conditions = condition_words(system, circumstances)
        return say("{message}: {types}, where {conditions}", message=message, types=where, conditions=conditions)
    return say("{message}: {types}", message=message, types=where)


def _binding_there(inquiry: Inquiry, broken: BrokenPromise) -> list[GroundNorm]:
    """Clauses that bind in the box, and speak of what nothing governs there: only how or when, or owed to others."""
    if broken.kind is not Kind.GAP:
        return []
    about, where = broken.region.about, (broken.region.owed, *broken.conditions, *broken.box.conditions)
    speaking = [n for n in about.norms if speaks_of(n.norm, broken.region.matter)]
    question = mark("does this clause bind in the gap, though it says only how or when, or is owed to others")
    ends = "it is named", "it is not named"
    binds = (
        (n, inquiry.can(about, (n.norm.id,), question, n.binds, *where, found=ends[0], none=ends[1])) for n in speaking
    )
    return [n for n, answer in binds if answer is True]


def _lifted_there(inquiry: Inquiry, broken: BrokenPromise, of: MatterRegions) -> list[Lifting]:
    """The exceptions to clauses that would govern the matter in the box: there nothing else ever does."""
    where = (broken.region.owed, *broken.conditions, *broken.box.conditions)
    known = of.liftings if broken.kind is Kind.GAP else ()
    question = mark("does an exception alone keep a clause from binding in the gap")
    ends, found = {"found": "it is named", "none": "it is not named"}, list[Lifting]()
    for one in known:
        norms = tuple(n.norm.id for n in one.norms)
        if inquiry.can(of.about, norms, question, one.where, *where, **ends) is True:
            found.append(one)
    return found


def _example(box: GapBox, question: str) -> Broken | Unknown | None:
    """An encounter of the first type of the box, under its conditions."""
    about = box.region.about
    cell = zip(box.axes, box.first, strict=True)
    question = (
        f"is there an encounter of the type given below that breaks the promise ({question}), shown as an example"
    )
    found, none = "it is the example that is shown", "there is none, which would be an error of cbm"
    with asking(system=about.system, bearer=about.bearer, question=question, found=found, none=none):
        region = box.region.within(conjunction(*box.conditions))
        of_type = tuple(literal(axis, (value,)) for axis, value in cell)
        return broken_in(region, of_type, throughout=box.conditions)  # where they hold it is broken: see `GapBox`
