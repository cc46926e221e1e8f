"""A judged record as a page for a terminal: what is wrong with it, then what came of each duty in each encounter."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.judgement import DutyVerdict, JudgedEncounter, Judgement, RecordedDuty
from cbm.render.columns import page, visible, wrap
from cbm.render.judgement.judgement_sections import (
    ON_ACTS,
    PRECEDENCE,
    duty_words,
    encounter_heading,
    encounter_note,
    free_words,
    heading,
    note_words,
    owed_words,
    permits,
    setback_words,
    stretch_words,
    summary,
    turning_points,
    untold,
    verdict_words,
)
from cbm.render.remarks import named
from cbm.translation.listing import listed, row
from cbm.translation.saying import say, say_count


def render(judged: Judgement) -> str:
    """The page, with a line break at its end."""
    return page(_lines(judged))


def _lines(judged: Judgement) -> Iterator[str]:
    yield from wrap(heading(judged))
    yield from wrap(summary(judged))
    if judged.source:
        yield from wrap(say("Source: {source}", source=judged.source), rest="  ")
    for name, who in judged.units[:20]:
        yield from wrap(named(name, who), "  ", "    ")
    if len(judged.units) > 20:
        yield "  " + say("and {count:,} more units", count=len(judged.units) - 20)
    if judged.notes:
        yield ""
        yield say("{heading}:", heading=say("The record"))
        for note in judged.notes:
            yield from wrap(note_words(note), "  ", "    ")
    for sample in judged.impossible:
        yield ""
        said = say_count(
            "Against the vocabulary: “{axiom}” ({place}) is not so of this record, once; first at {time}, {units}",
            "Against the vocabulary: “{axiom}” ({place}) is not so of this record, {count} times; first at {time},"
            " {units}",
            sample.moments,
            axiom=sample.axiom,
            place=sample.place,
            time=sample.time,
            units=listed(sample.units),
        )
        yield from wrap(said, rest="  ")
        for value in sample.sample:
            yield from wrap(value, "  ", "    ")
    for pair in judged.apart:
        yield from wrap(say("No encounter: {units}", units=pair), rest="  ")
    for encounter in judged.encounters:
        yield ""
        yield from _encounter(encounter)
    if judged.overlaps:
        yield ""
        yield say("{heading}:", heading=say("Owed to several at once"))
        for one in judged.overlaps:
            yield from wrap(owed_words(one, start=one.start[11:], end=one.end[11:]), "  ", "    ")


def _encounter(encounter: JudgedEncounter) -> Iterator[str]:
    yield from wrap(encounter_heading(encounter))
    yield from wrap(encounter_note(encounter), "  ", "  ")
    for said in turning_points(encounter):
        yield from wrap(said, "  ", "    ")
    free = list(filter(permits, encounter.duties))
    for duty in encounter.duties:
        if any(stretch.verdict not in (DutyVerdict.FREE, DutyVerdict.UNTOLD) for stretch in duty.stretches):
            yield from _duty(duty)
    if encounter.setbacks:
        yield "  " + say("{heading}:", heading=say(PRECEDENCE))
        for setback in encounter.setbacks:
            yield from wrap(setback_words(setback), "    ", "      ")
    if missing := list(untold(encounter)):
        yield "  " + say("Not to be told from this record, for want of what is named first:")
        for what in missing:
            yield from wrap(what, "    ", "      ")
        yield from wrap(say(ON_ACTS), "    ", "    ")
    if free:
        yield from wrap(say("Permitted: {conduct}", conduct=row(map(free_words, free))), "  ", "    ")


def _duty(duty: RecordedDuty) -> Iterator[str]:
    yield from wrap(f"[{visible(verdict_words(duty, duty.verdict))}] {duty_words(duty)}", "  ", "      ")
    for stretch in duty.stretches:
        yield from wrap(stretch_words(duty, stretch), "      ", "        ")
