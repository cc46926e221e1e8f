"""A judged record as a page for a terminal: what is wrong with it, then what came of each duty in each encounter."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.outcomes.judgement import DutyVerdict, JudgedEncounter, Judgement, RecordedDuty
from cbm.render.columns import page, visible, wrap
from cbm.render.judgement.judgement_sections import (
    ON_ACTS,
    duty_words,
    encounter_heading,
    encounter_note,
    heading,
    stretch_words,
    summary,
    turning_points,
    untold,
    verdict_words,
)


def render(judged: Judgement) -> str:
    """The page, with a line break at its end."""
    return page(_lines(judged))


def _lines(judged: Judgement) -> Iterator[str]:
    yield from wrap(heading(judged))
    yield from wrap(summary(judged))
    if judged.source:
        yield from wrap(f"Source: {judged.source}", rest="  ")
    for name, who in judged.units[:20]:
        yield from wrap(f"{name}: {who}", "  ", "    ")
    if len(judged.units) > 20:
        yield f"  and {len(judged.units) - 20:,} more units"
    if judged.notes:
        yield ""
        yield "The record:"
        for note in judged.notes:
            yield from wrap(f"{note.place}: {note.kind}: {note.words}", "  ", "    ")
    for sample in judged.impossible:
        yield ""
        times = "once" if sample.moments == 1 else f"{sample.moments} times"
        said = f"Against the vocabulary: “{sample.axiom}” ({sample.place}) is not so of this record, {times}; first at"
        yield from wrap(f"{said} {sample.time}, {' and '.join(sample.units)}", rest="  ")
        for value in sample.sample:
            yield from wrap(value, "  ", "    ")
    for pair in judged.apart:
        yield from wrap(f"No encounter: {pair}", rest="  ")
    for encounter in judged.encounters:
        yield ""
        yield from _encounter(encounter)
    if judged.overlaps:
        yield ""
        yield "Owed to several at once:"
        for one in judged.overlaps:
            owed = "; ".join(f"to {towards} {', '.join(clauses)}" for towards, clauses in one.owed)
            yield from wrap(f"{one.unit}, {one.start[11:]} to {one.end[11:]}: {owed}", "  ", "    ")


def _encounter(encounter: JudgedEncounter) -> Iterator[str]:
    yield from wrap(encounter_heading(encounter))
    yield from wrap(encounter_note(encounter), "  ", "  ")
    for said in turning_points(encounter):
        yield from wrap(said, "  ", "    ")
    free = [duty for duty in encounter.duties if duty.verdict is DutyVerdict.FREE]
    for duty in encounter.duties:
        if any(stretch.verdict not in (DutyVerdict.FREE, DutyVerdict.UNTOLD) for stretch in duty.stretches):
            yield from _duty(duty)
    if missing := list(untold(encounter)):
        yield "  Not to be told from this record:"
        for unit, clause, what in missing:
            yield from wrap(f"{unit}, {clause}: {what}", "    ", "      ")
        yield from wrap(ON_ACTS, "    ", "    ")
    if free:
        yield from wrap(f"Permitted: {'; '.join(f'{d.unit} {d.demand} ({d.clause})' for d in free)}", "  ", "    ")


def _duty(duty: RecordedDuty) -> Iterator[str]:
    yield from wrap(f"[{visible(verdict_words(duty, duty.verdict))}] {duty_words(duty)}", "  ", "      ")
    for stretch in duty.stretches:
        yield from wrap(stretch_words(duty, stretch), "      ", "        ")
