"""Acts that a text bars in some types of encounter and passes over in others, told once a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cbm.core.expressions import Formula, NormId
from cbm.core.norms import Coverage, NormSystem, by_clause
from cbm.core.substitution import parts_of
from cbm.coverage.gap_witness import Broken, broken_in
from cbm.coverage.gaps import AskedPromise, AskedUneven
from cbm.coverage.governance import CoverageUndecided
from cbm.coverage.types.axes import literal, values_of
from cbm.coverage.types.grid import Types
from cbm.coverage.unevenness import UnevenAct, uneven_acts
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_questions import some
from cbm.search.open_readings import ReadingCubes
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, in_english, ordering, say, say_count
from cbm.wording.clause_names import names_of, promise_words
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.conditions_unknown import with_example_unknown
from cbm.wording.findings.each_role import RoleFinding, deciding
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.situation_words import situation_words

_SHOWN = "is there an encounter of the type given below in which nothing is said of the act, shown as an example"
_EXAMPLE = "it is the example that is shown", "there is none, which would be an error of cbm"


def uneven(
    inquiry: Inquiry, about: Ground, promise: Coverage, topic: str, real: Types | Unknown
) -> Iterator[RoleFinding]:
    """One finding for the acts of a topic of which it is so however terms are read, and one for each other act.

    Of an act that is uneven in other types on other readings, each is told.
    """
    question = partial(asked_of_bans, topic)
    asked_for = in_english(question)
    promises = [one for one in inquiry.system.coverage if one.document == promise.document]
    ends = "an encounter of that type is barred, or something is said of it", "none of that type is"
    try:
        if isinstance(real, Unknown):
            raise CoverageUndecided(real.reason)
        with asking(system=about.system, bearer=about.bearer, question=asked_for, found=ends[0], none=ends[1]):
            acts = list(uneven_acts(about, promises, topic, real))
    except CoverageUndecided as reason:
        inquiry.record(RuleId.GAP, question, inquiry.leave_open(question, Unknown(str(reason))))
        return
    asked_promise = AskedPromise(promise, topic, about.bearer, bans=True)
    inquiry.record(RuleId.GAP, question, some((bool(acts),)), of=asked_promise)
    certain = [act for act in acts if not _depends(act)]
    known: dict[str, list[UnevenAct]] = {}
    for several in ([certain] if certain else []) + [[act] for act in acts if _depends(act)]:
        found = _finding(inquiry, about, promise, topic, several)
        if several[0].act in known:  # of which another box is told on other readings
            found = replace(found, matter=(*found.matter, *(found.known_extent or found.extent)[0]))
        asked_acts = ((a.act, _box_sides(a), tuple(map(_box_sides, known.get(a.act, [])))) for a in several)
        every_reading = AskedOnReadings(AskedUneven(asked_promise, tuple(asked_acts)))
        finding = qualified(inquiry, found, several[0].on, of=every_reading)
        for act in several:
            known.setdefault(act.act, []).append(act)
        asked = tuple(formula for act in several for formula in deciding(act.region))
        names = tuple(act.act for act in several)
        yield RoleFinding(about, (topic, names), finding, _box_sides(several[0]), asked)


def asked_of_bans(topic: str) -> str:
    """What is asked of the acts of a topic that clauses bar, in words."""
    return say("is what bars an act of {topic} in some types of encounter made up for in all others", topic=topic)


def _depends(act: UnevenAct) -> bool:
    return isinstance(act.on, Unknown) or (isinstance(act.on, ReadingCubes) and not act.on.every)


def _finding(inquiry: Inquiry, about: Ground, promise: Coverage, topic: str, acts: Sequence[UnevenAct]) -> Finding:
    system = inquiry.system
    where: dict[str, list[UnevenAct]] = {}
    for act in acts:
        where.setdefault(_box_words(inquiry, act), []).append(act)
    (words, first), *others = where.items()
    role = "" if system.situation.interchangeable else system.situation.roles[about.bearer]
    cell = tuple(literal(axis, (value,)) for axis, value in zip(acts[0].axes, acts[0].box.types.first, strict=True))
    with asking(system=system, bearer=about.bearer, question=_SHOWN, found=_EXAMPLE[0], none=_EXAMPLE[1]):
        shown = broken_in(acts[0].region, cell)
    bans = dict.fromkeys(n.norm.id for act in acts for n in act.bans)
    assert promise.span is not None
    finding = Finding(
        RuleId.GAP,
        Severity.WARNING,
        _message(system, topic, role, [act.act for act in first], words),
        Label(promise.span, promise_words(system, [topic])),
        tuple(dict.fromkeys(_bar(system, norms) for norms in by_clause(bans).values())),
        witness=example(system, shown.shown, cell) if isinstance(shown, Broken) else None,
        extent=(_box_literals(inquiry, first[0]),),
        known_extent=english(lambda: (_box_literals(inquiry, first[0]),)),
        remedies=(
            say_count(
                "say in a clause that it is barred there as well, or free",
                "say in a clause that they are barred there as well, or free",
                len(first),
            ),
        ),
        notes=tuple(
            say(
                "{acts}: nothing is said where {condition}",
                acts=listed([f"`{act.act}`" for act in several]),
                condition=there,
            )
            for there, several in others
        ),
        promised=(topic,),
        order=ordering(
            lambda: _message(system, topic, role, [act.act for act in first], _box_words(inquiry, first[0]))
        ),
        matter=(system.subject, topic, "uneven", role and f" for `{role}`", *sorted({act.act for act in acts})),
    )
    return with_example_unknown(inquiry, finding, shown)


def _message(system: NormSystem, topic: str, role: str, acts: Sequence[str], where: str) -> str:
    values = {
        "topic": topic,
        "acts": listed([f"`{act}`" for act in acts]),
        "encounter": situation_words(system),
        "condition": where,
    }
    if role:
        return say_count(
            "`{topic}` is uneven for `{role}`: {acts} is barred in some types of {encounter}, and neither barred, "
            "asked for nor left open in others: {condition}",
            "`{topic}` is uneven for `{role}`: {acts} are barred in some types of {encounter}, and neither barred, "
            "asked for nor left open in others: {condition}",
            len(acts),
            role=role,
            **values,
        )
    return say_count(
        "`{topic}` is uneven: {acts} is barred in some types of {encounter}, and neither barred, asked for nor left "
        "open in others: {condition}",
        "`{topic}` is uneven: {acts} are barred in some types of {encounter}, and neither barred, asked for nor left "
        "open in others: {condition}",
        len(acts),
        **values,
    )


def _bar(system: NormSystem, norms: tuple[NormId, ...]) -> Label:
    (name,) = names_of(system, norms)
    place = system.norms[norms[0]].content_span
    assert place is not None, "bans are written"
    return Label(place, say_count("{clause} bars it", "{clause} bars them", len(norms), clause=name))


def _box_words(inquiry: Inquiry, act: UnevenAct) -> str:
    return condition_words(inquiry.system, _box_sides(act))


def _box_literals(inquiry: Inquiry, act: UnevenAct) -> tuple[str, ...]:
    return tuple(literal_words(inquiry.system, part) for part in _box_sides(act))


def _box_sides(act: UnevenAct) -> tuple[Formula, ...]:
    pairs = zip(act.axes, act.box.sides, strict=True)
    sides = (literal(axis, side) for axis, side in pairs if len(side) < len(values_of(axis)))
    return tuple(part for side in sides for part in parts_of(side))
