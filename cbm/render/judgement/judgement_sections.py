"""What is said of a judged record in the same words on every page for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cbm.outcomes.judgement import DutyStretch, DutyVerdict, JudgedEncounter, Judgement, RecordedDuty


def heading(judged: Judgement) -> str:
    """`Crossing off A (a reconstruction), judged by colregs and cues as of 2024-05-04`."""
    made = " (a reconstruction)" if judged.reconstruction else ""
    return f"{judged.record}{made}, judged by {_listed((judged.text, *judged.beside))} as of {judged.as_of}"


def summary(judged: Judgement) -> str:
    """How many units and encounters there are, and what came of the duties."""
    counts: Counter[DutyVerdict] = Counter(
        duty.verdict for duty in judged.duties if not duty.advice and duty.verdict is not DutyVerdict.FREE
    )
    order = (DutyVerdict.BREACHED, DutyVerdict.DEPENDS, DutyVerdict.UNTOLD, DutyVerdict.KEPT)
    said = [f"{counts[one]} {_VERDICTS[one]}" for one in order if counts[one]]
    duties = f"Duties: {', '.join(said)}" if said else "No duty binds anybody in it"
    units, meetings = _count(len(judged.units), "unit"), _count(len(judged.encounters), "encounter")
    return f"{units}, {meetings}. {duties}.{_on_advice(judged)}"


def _on_advice(judged: Judgement) -> str:
    against = sum(duty.advice and duty.verdict is DutyVerdict.BREACHED for duty in judged.duties)
    return f" Advice disregarded: {_count(against, 'time')}." if against else ""


def encounter_heading(encounter: JudgedEncounter) -> str:
    """`A and B, 06:00:00 to 06:40:00 UTC on 2024-05-04`."""
    return (
        f"{' and '.join(encounter.units)}, {clock(encounter.start)} to {clock(encounter.end)} UTC"
        f" on {encounter.start[:10]}"
    )


def encounter_note(encounter: JudgedEncounter) -> str:
    """`121 moments; closest 403 m at 06:20:20`."""
    closest = f"closest {encounter.closest}" if encounter.closest else "how close they came is not told"
    return f"{_count(encounter.moments, 'moment')}; {closest}"


def verdict_words(duty: RecordedDuty, verdict: DutyVerdict) -> str:
    """What came of it; advice is followed or disregarded, and never breached."""
    if duty.advice and verdict in _ADVICE:
        return _ADVICE[verdict]
    return _VERDICTS[verdict]


def stretch_words(duty: RecordedDuty, stretch: DutyStretch) -> str:
    """`06:00:20 to 06:19:20: breached: it is not done by then`."""
    until = "" if stretch.start == stretch.end else f" to {clock(stretch.end)}"
    binds = {"depends": "whether it binds depends on readings; if so, ", "not to be told": ""}.get(stretch.bound, "")
    if stretch.bound == "not to be told":
        said = "whether it binds is not to be told"
    else:
        said = f"{binds}{verdict_words(duty, stretch.verdict)}"
    detail = f": {stretch.words}" if stretch.words and stretch.bound != "not to be told" else ""
    missing = f"; missing: {', '.join(stretch.missing)}" if stretch.missing else ""
    return f"{clock(stretch.start)}{until}: {said}{detail}{missing}"


def duty_words(duty: RecordedDuty) -> str:
    """`A towards B: 15(a) must keep_out_of_the_way`."""
    title = f" ({duty.title})" if duty.title else ""
    return f"{duty.unit} towards {duty.towards}: {duty.clause}{title}: {duty.demand}"


def untold(encounter: JudgedEncounter) -> Iterator[tuple[str, str, str]]:
    """What is missing to tell anything of a clause over the whole encounter: unit, clause, what is missing."""
    for duty in encounter.duties:
        if all(stretch.verdict is DutyVerdict.UNTOLD for stretch in duty.stretches):
            missing = dict.fromkeys(words for stretch in duty.stretches for words in stretch.missing)
            yield duty.unit, duty.clause, "; ".join(missing)


ON_ACTS = (
    "What no event tells of is not known: where the record has every doing of an act, list the act under [complete] in"
    " the mapping file."
)


def turning_points(encounter: JudgedEncounter) -> Iterator[str]:
    """The first breach, the last moment before it, and who was free to do what then."""
    breaches = [
        (stretch, duty)
        for duty in encounter.duties
        for stretch in duty.stretches
        if stretch.verdict is DutyVerdict.BREACHED and stretch.bound == "yes" and not duty.advice
    ]
    if not breaches:
        return
    first, duty = min(breaches, key=lambda one: one[0].breached)
    yield f"First breach: {duty.unit}, {duty.clause}, at {clock(first.breached)}"
    in_time = {f"{d.unit}, {d.clause}": s.end for s, d in reversed(breaches) if s.breached != s.start}
    latest = (f"{what}: {clock(end)}" for what, end in reversed(in_time.items()))
    if in_time:
        yield f"Latest moment to act: {'; '.join(latest)}"
    free = [
        f"{one.unit} {one.demand} ({one.clause})"
        for one in encounter.duties
        if one.verdict is DutyVerdict.FREE
        and any(s.bound == "yes" and s.start <= first.end and first.start <= s.end for s in one.stretches)
    ]
    if free:
        yield f"Free meanwhile: {'; '.join(free)}"
    bound = {d.unit for d in encounter.duties if d.verdict is not DutyVerdict.FREE and not d.advice}
    yield from (f"Bound to nothing: {unit}" for unit in encounter.units if unit not in bound)


def clock(time: str) -> str:
    """`06:20:00`, or `06:20:00.3`, of a time in ISO 8601."""
    return time[11:21].removesuffix("Z").removesuffix(".0")


_VERDICTS = {
    DutyVerdict.KEPT: "kept",
    DutyVerdict.BREACHED: "breached",
    DutyVerdict.DEPENDS: "depending on how it is read",
    DutyVerdict.UNTOLD: "not to be told from this record",
    DutyVerdict.FREE: "free",
}
_ADVICE = {DutyVerdict.KEPT: "followed", DutyVerdict.BREACHED: "disregarded"}


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
