"""What is said of a judged record in the same words on every page for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cbm.outcomes.judgement import (
    DutyStretch,
    DutyVerdict,
    JudgedEncounter,
    Judgement,
    Overlap,
    RecordAnswer,
    RecordedDuty,
    RecordedSetback,
    RecordNote,
    Setback,
)
from cbm.render.remarks import named
from cbm.render.translated_page import stopped
from cbm.translation.listing import listed, row, sentences
from cbm.translation.saying import mark, say, say_count

_MOST_CLAUSES = 8  # that are named where many wait for one fact
_MOST_MISSING = 6  # facts that are named where one clause waits for many


def heading(judged: Judgement) -> str:
    """`Crossing off A (a reconstruction), judged by colregs and cues as of 2024-05-04`."""
    record = say("{record} (a reconstruction)", record=judged.record) if judged.reconstruction else judged.record
    return say(
        "{record}, judged by {texts} as of {date}",
        record=record,
        texts=listed((judged.text, *judged.beside)),
        date=judged.as_of,
    )


def summary(judged: Judgement) -> str:
    """How many units and encounters there are, and what came of the duties."""
    counts: Counter[DutyVerdict] = Counter(
        duty.verdict for duty in judged.duties if not duty.advice and duty.verdict is not DutyVerdict.FREE
    )
    order = (DutyVerdict.BREACHED, DutyVerdict.DEPENDS, DutyVerdict.UNTOLD, DutyVerdict.KEPT, DutyVerdict.YIELDS)
    said = [say(_COUNTED[one], count=counts[one]) for one in order if counts[one]]
    met = [
        say_count("{count:,} unit", "{count:,} units", len(judged.units)),
        say_count("{count:,} encounter", "{count:,} encounters", len(judged.encounters)),
    ]
    duties = say("Duties: {counts}", counts=listed(said, ",")) if said else say("No duty binds anybody in it")
    told = (stopped(duties), _on_advice(judged), idle_texts(judged)) if judged.encounters else ()
    return sentences((stopped(listed(met, ",")), *told))


def _on_advice(judged: Judgement) -> str:
    against = sum(duty.advice and duty.verdict is DutyVerdict.BREACHED for duty in judged.duties)
    if not against:
        return ""
    return say_count("Advice disregarded: {count:,} time.", "Advice disregarded: {count:,} times.", against)


def encounter_heading(encounter: JudgedEncounter) -> str:
    """`A and B, 06:00:00 to 06:40:00 UTC on 2024-05-04`."""
    return say(
        "{units}, {start} to {end} UTC on {date}",
        units=listed(encounter.units),
        start=clock(encounter.start),
        end=clock(encounter.end),
        date=encounter.start[:10],
    )


def encounter_note(encounter: JudgedEncounter) -> str:
    """`121 moments; closest 403 m at 06:20:20`."""
    closest = mark("closest {where}")
    near = say(closest, where=encounter.closest) if encounter.closest else say("how close they came is not told")
    return row([say_count("{count:,} moment", "{count:,} moments", encounter.moments), near])


def verdict_words(duty: RecordedDuty, verdict: DutyVerdict) -> str:
    """What came of it; advice is followed or disregarded, and never breached."""
    if duty.advice and verdict in _ADVICE:
        return say(_ADVICE[verdict])
    return say(_VERDICTS[verdict])


def stretch_words(duty: RecordedDuty, stretch: DutyStretch) -> str:
    """`06:00:20 to 06:19:20: breached: it is not done by then`."""
    if stretch.bound is RecordAnswer.UNTOLD and stretch.verdict in (DutyVerdict.UNTOLD, DutyVerdict.FREE):
        said = say("whether it binds is not to be told")
    else:
        said = verdict_words(duty, stretch.verdict)
        if stretch.bound is RecordAnswer.DEPENDS:
            said = say("whether it binds depends on readings; if so, {verdict}", verdict=said)
        elif stretch.bound is RecordAnswer.UNTOLD:
            said = say("whether it binds is not to be told; if so, {verdict}", verdict=said)
        if stretch.words:
            said = named(said, stretch.words)
    if stretch.missing:
        said = say("{said}; missing: {what}", said=said, what=_some(stretch.missing, _MOST_MISSING))
    return named(_while(stretch.start, stretch.end), said)


def duty_words(duty: RecordedDuty) -> str:
    """`A towards B: 15(a) must keep_out_of_the_way`."""
    towards = say("{unit} towards {other}", unit=duty.unit, other=duty.towards)
    clause = say("{clause} ({title})", clause=duty.clause, title=duty.title) if duty.title else duty.clause
    return named(towards, named(clause, duty.demand))


def untold(encounter: JudgedEncounter) -> Iterator[str]:
    """What is missing to tell anything of clauses over the whole encounter, first what most of them wait for."""
    waiting: dict[str, dict[str, None]] = {}
    for duty in encounter.duties:
        if all(stretch.verdict is DutyVerdict.UNTOLD for stretch in duty.stretches) or _maybe_permits(duty):
            for what in dict.fromkeys(words for stretch in duty.stretches for words in stretch.missing):
                waiting.setdefault(what, {})[duty.clause] = None
    for what, clauses in sorted(waiting.items(), key=lambda one: -len(one[1])):
        yield named(what, _some(list(clauses), _MOST_CLAUSES))


def permits(duty: RecordedDuty) -> bool:
    """Whether it leaves something free at some moment of the record, be it by one reading."""
    return duty.verdict is DutyVerdict.FREE and not _maybe_permits(duty)


def _maybe_permits(duty: RecordedDuty) -> bool:
    """Whether it is a permission of which the record nowhere tells whether it binds."""
    bound = {stretch.bound for stretch in duty.stretches}
    return duty.verdict is DutyVerdict.FREE and bound == {RecordAnswer.UNTOLD}


def _some(words: Sequence[str], most: int) -> str:
    told, more = words[:most], len(words) - most
    return listed([*told, say("and {count} more", count=more)] if more > 0 else told, ",")


def idle_texts(judged: Judgement) -> str:
    """That no clause of some texts binds anybody, or may; empty, where each has one that does."""
    spoken = {duty.text for duty in judged.duties}
    idle = [text for text in (judged.text, *judged.beside) if text not in spoken]
    return say("No clause of {texts} binds anybody in it.", texts=listed(idle)) if idle and judged.encounters else ""


PRECEDENCE = mark("Exceptions and precedence")
_SETBACKS = {
    Setback.EXCEPTED: mark("{unit} towards {other}: {clauses} does not bind, for an exception: {words}"),
    Setback.DISPLACED: mark("{unit} towards {other}: {by} stands in place of {clauses}"),
    Setback.YIELDS: mark("{unit} towards {other}: {clauses} yields to {by}, with which it clashes ({words})"),
    Setback.CLASHES: mark("{unit} towards {other}: not all of {clauses} can be kept, and nothing settles it"),
    Setback.UNDECIDED: mark("{unit} towards {other}: whether {clauses} can be kept together could not be decided"),
}
_ALONE = {
    Setback.CLASHES: mark("{unit} towards {other}: {clauses} cannot be kept"),
    Setback.UNDECIDED: mark("{unit} towards {other}: whether {clauses} can be kept could not be decided"),
}


def setback_words(one: RecordedSetback) -> str:
    """`06:00:20 to 06:19:00: B towards A: 17(b) stands in place of 17(a)(i)`."""
    told = _SETBACKS | _ALONE if len(one.clauses) == 1 else _SETBACKS
    said = say(
        told[one.how],
        unit=one.unit,
        other=one.towards,
        clauses=listed(one.clauses),
        by=listed(one.by, "or"),
        words=one.words,
    )
    if one.told is RecordAnswer.DEPENDS:
        said = say("{said} (on one reading, and not on another)", said=said)
    return named(_while(one.start, one.end), said)


def _while(start: str, end: str) -> str:
    """`06:00:20 to 06:19:00`, or one moment."""
    if start == end:
        return clock(start)
    return say("{start} to {end}", start=clock(start), end=clock(end))


ON_ACTS = mark(
    "What no event tells of is not known: where the record has every doing of an act, list the act under [complete] in"
    " the mapping file."
)


def turning_points(encounter: JudgedEncounter) -> Iterator[str]:
    """The first breach, the last moment before it, and who was free to do what then."""
    breaches = [
        (stretch, duty)
        for duty in encounter.duties
        for stretch in duty.stretches
        if stretch.verdict is DutyVerdict.BREACHED and stretch.bound is RecordAnswer.YES and not duty.advice
    ]
    if not breaches:
        return
    first, _ = min(breaches, key=lambda one: one[0].breached)
    at_once = dict.fromkeys(_of_unit(duty) for stretch, duty in breaches if stretch.breached == first.breached)
    yield say("First breach: {duty}, at {time}", duty=row(at_once), time=clock(first.breached))
    in_time = {_of_unit(d): s.breached for s, d in reversed(breaches) if s.breached != s.start}
    latest = (named(what, clock(end)) for what, end in reversed(in_time.items()))
    if in_time:
        yield say("Latest moment to act: {moments}", moments=row(latest))
    free = [
        free_words(one)
        for one in encounter.duties
        if one.verdict is DutyVerdict.FREE
        and any(s.bound is RecordAnswer.YES and s.start <= first.end and first.start <= s.end for s in one.stretches)
    ]
    if free:
        yield say("Free meanwhile: {conduct}", conduct=row(free))
    bound = {d.unit for d in encounter.duties if d.verdict is not DutyVerdict.FREE and not d.advice}
    yield from (say("Bound to nothing: {unit}", unit=unit) for unit in encounter.units if unit not in bound)


def free_words(duty: RecordedDuty) -> str:
    """What a unit is free to do, and by which clause."""
    return say("{unit} {demand} ({clause})", unit=duty.unit, demand=duty.demand, clause=duty.clause)


def owed_words(overlap: Overlap, *, start: str, end: str) -> str:
    """What a unit owes to several at once, between times as the page writes them."""
    when = listed([overlap.unit, say("{start} to {end}", start=start, end=end)], ",", "sentences")
    owed = (say("to {unit} {clauses}", unit=towards, clauses=listed(some, ",")) for towards, some in overlap.owed)
    return named(when, row(owed))


def _of_unit(duty: RecordedDuty) -> str:
    return listed([duty.unit, duty.clause], ",", "sentences")


def note_words(note: RecordNote) -> str:
    """What was noted of the record where it was read."""
    return named(note.place, named(say(note.kind), note.words))


def clock(time: str) -> str:
    """`06:20:00`, or `06:20:00.3`, of a time in ISO 8601."""
    return time[11:21].removesuffix("Z").removesuffix(".0")


_VERDICTS = {
    DutyVerdict.KEPT: mark("kept"),
    DutyVerdict.BREACHED: mark("breached"),
    DutyVerdict.DEPENDS: mark("depending on how it is read"),
    DutyVerdict.UNTOLD: mark("not to be told from this record"),
    DutyVerdict.YIELDS: mark("yields to another clause"),
    DutyVerdict.FREE: mark("free"),
}
_COUNTED = {
    DutyVerdict.KEPT: mark("{count} kept"),
    DutyVerdict.BREACHED: mark("{count} breached"),
    DutyVerdict.DEPENDS: mark("{count} depending on how it is read"),
    DutyVerdict.UNTOLD: mark("{count} not to be told from this record"),
    DutyVerdict.YIELDS: mark("{count} yielding to others"),
}
_ADVICE = {DutyVerdict.KEPT: mark("followed"), DutyVerdict.BREACHED: mark("disregarded")}
