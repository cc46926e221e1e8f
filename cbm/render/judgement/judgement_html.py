"""A judged record as one HTML file: tracks to scale, a time line of duties, no script and nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from cbm.outcomes.judgement import DutyStretch, DutyVerdict, JudgedEncounter, Judgement, RecordAnswer, RecordedDuty
from cbm.render.clause_titles import source_words
from cbm.render.columns import visible
from cbm.render.judgement.judgement_sections import (
    ON_ACTS,
    PRECEDENCE,
    clock,
    duty_words,
    encounter_heading,
    encounter_note,
    heading,
    note_words,
    owed_words,
    permits,
    setback_words,
    stretch_words,
    summary,
    turning_points,
    verdict_words,
)
from cbm.render.judgement.track_drawing import track_drawing
from cbm.render.markup import Markup, joined, tag
from cbm.render.remarks import named
from cbm.render.translated_page import html_document
from cbm.translation.listing import listed, row
from cbm.translation.saying import say

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--quiet:#57606a;--line:#d0d7de;--raised:#f6f8fa;
--kept:#1a7f37;--breached:#cf222e;--depends:#9a6700;--untold:#6e7781;--yields:#0a7570;--one:#0550ae;--other:#8250df;--focus:#0969da}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--quiet:#9aa4af;--line:#30363d;--raised:#161b22;
--kept:#3fb950;--breached:#f85149;--depends:#d29922;--untold:#8b949e;--yields:#56d4cc;--one:#79c0ff;--other:#d2a8ff;--focus:#58a6ff}}
body{margin:0 auto;max-width:64rem;padding:1.5rem;font:1rem/1.55 system-ui,sans-serif}
body{color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1.5rem 0 .5rem}.verdict{font-size:1.1rem}.quiet{color:var(--quiet)}
.made{border:2px solid var(--depends);padding:.4rem .8rem;border-radius:4px}
a.skip{position:absolute;left:-100rem}a.skip:focus{left:1rem}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
ul,ol{padding-left:1.5rem}li{margin:.25rem 0}
figure{margin:1rem 0}figcaption{color:var(--quiet);font-size:.875rem}
svg{max-width:100%;height:auto;display:block}svg text{fill:var(--ink);font:12px system-ui,sans-serif}
.map{background:var(--raised);border:1px solid var(--line);border-radius:4px}
.one{stroke:var(--one);fill:none;stroke-width:2}
.other{stroke:var(--other);fill:none;stroke-width:2;stroke-dasharray:6 3}
.at-one{fill:var(--one)}.at-other{fill:var(--other)}.pair{stroke:var(--quiet);stroke-width:1;stroke-dasharray:2 3}
.scale{stroke:var(--ink);stroke-width:2}
.kept{fill:var(--kept)}.breached{fill:var(--breached)}.depends{fill:var(--depends)}.untold{fill:var(--untold);opacity:.45}.yields{fill:var(--yields)}
details{border-top:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer;padding:.2rem 0}
summary svg{margin:.35rem 0;width:100%;height:14px}
.tag{display:inline-block;padding:0 .5em;border-radius:1em;border:1px solid currentColor;font-size:.8rem}
.t-kept{color:var(--kept)}.t-breached{color:var(--breached)}.t-depends{color:var(--depends)}.t-untold{color:var(--untold)}.t-yields{color:var(--yields)}
.back{fill:var(--line);opacity:.5}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0}
@media (max-width:38rem){body{padding:1rem}dl{grid-template-columns:1fr;gap:0}}
@media (forced-colors:active){.kept,.breached,.depends,.untold,.yields{forced-color-adjust:none}}
@media print{body{max-width:none}h2{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto}}
"""
# Two stretches so near each other, as a share of the whole, are drawn without a gap.
_NEAR = 0.02
_CLASSES = {
    DutyVerdict.KEPT: "kept",
    DutyVerdict.BREACHED: "breached",
    DutyVerdict.DEPENDS: "depends",
    DutyVerdict.UNTOLD: "untold",
    DutyVerdict.YIELDS: "yields",
    DutyVerdict.FREE: "kept",
}


def render(judged: Judgement) -> str:
    """The page, with a line break at its end."""
    return html_document(
        visible(heading(judged)),
        _STYLE,
        tag("a", say("To the encounters"), href="#encounters", class_="skip"),
        tag("header", *_opening(judged)),
        tag("main", *_main(judged), id="encounters"),
        policy="default-src 'none'; style-src 'unsafe-inline'",
    )


def _opening(judged: Judgement) -> Iterator[Markup]:
    yield tag("h1", visible(heading(judged)))
    yield tag("p", visible(summary(judged)), class_="verdict")
    if judged.reconstruction:
        made = say("A reconstruction: these tracks were made from reported figures. They are no recording.")
        yield tag("p", made, class_="made")
    if judged.source:
        yield tag("p", visible(say("Source: {source}", source=judged.source)), class_="quiet")
    rows = [part for name, who in judged.units[:40] for part in (tag("dt", visible(name)), tag("dd", visible(who)))]
    yield tag("dl", *rows)


def _main(judged: Judgement) -> Iterator[Markup]:
    for number, encounter in enumerate(judged.encounters, 1):
        yield tag("section", *_encounter(encounter, number))
    if judged.overlaps:
        items = (owed_words(one, start=clock(one.start), end=clock(one.end)) for one in judged.overlaps)
        yield tag("section", tag("h2", say("Owed to several at once")), _listed(items))
    if judged.impossible:
        found = (
            say(
                "“{axiom}” ({place}) is not so of this record, {count} times; first at {time}, {units}: {sample}",
                axiom=one.axiom,
                place=one.place,
                count=one.moments,
                time=one.time,
                units=listed(one.units),
                sample=row(one.sample),
            )
            for one in judged.impossible
        )
        yield tag("section", tag("h2", say("Findings against the vocabulary")), _listed(found))
    notes = list(map(note_words, judged.notes))
    notes += [say("No encounter: {units}", units=pair) for pair in judged.apart]
    if notes:
        yield tag("section", tag("h2", say("The record")), _listed(notes))
    if judged.thresholds:
        stated = (f"{name} = {value}" for name, value in judged.thresholds)
        yield tag("section", tag("h2", say("Thresholds, as stated for this record")), _listed(stated))


def _encounter(encounter: JudgedEncounter, number: int) -> Iterator[Markup]:
    yield tag("h2", visible(encounter_heading(encounter)), id=f"encounter-{number}")
    yield tag("p", visible(encounter_note(encounter)), class_="quiet")
    if points := list(turning_points(encounter)):
        yield _listed(points)
    yield track_drawing(encounter)
    yield tag("h3", say("Moments that matter"))
    keys = (tag("li", visible(named(clock(key.time), key.words))) for key in encounter.keys)
    yield tag("ol", *keys)
    asked = [duty for duty in encounter.duties if not permits(duty)]
    yield tag("h3", say("Time line of duties"))
    if asked:
        yield _legend()
        yield joined(*(_duty(duty, encounter) for duty in asked))
    else:
        yield tag("p", say("No duty binds anybody in it."))
    if any(_worst(duty) is DutyVerdict.UNTOLD for duty in asked):
        yield tag("p", say(ON_ACTS), class_="quiet")
    if encounter.setbacks:
        yield tag("h3", say(PRECEDENCE))
        yield _listed(map(setback_words, encounter.setbacks))
    if free := list(filter(permits, encounter.duties)):
        yield tag("h3", say("Permitted"))
        yield _listed(duty_words(duty) for duty in free)


def _legend() -> Markup:
    said = (
        ("kept", say("kept")),
        ("breached", say("breached")),
        ("depends", say("depends on readings")),
        ("untold", say("not to be told")),
        ("yields", say("yields to another clause")),
    )
    pieces = [tag("span", words, class_=f"tag t-{kind}") for kind, words in said]
    return tag(
        "p",
        *(joined(piece, " ") for piece in pieces),
        say("; nothing: it does not bind, or no moment is judged there."),
        class_="quiet",
    )


def _duty(duty: RecordedDuty, encounter: JudgedEncounter) -> Markup:
    worst = _worst(duty)
    mark = tag("span", verdict_words(duty, worst), class_=f"tag t-{_CLASSES[worst]}")
    summary_ = tag("summary", mark, " ", visible(duty_words(duty)), _bar(duty, encounter))
    beside = [say("“{words}”", words=duty.wording)] if duty.wording else []
    beside += [say("When: {conditions}", conditions=duty.why)] if duty.why else []
    beside += [say("Source: {source}", source=source_words(source)) for source in duty.sources]
    return tag(
        "details",
        summary_,
        _listed(stretch_words(duty, stretch) for stretch in duty.stretches),
        *(
            tag("p", visible(words), class_="quiet")
            for words in (*beside, listed([duty.text, duty.place], ",", "sentences"))
        ),
    )


def _worst(duty: RecordedDuty) -> DutyVerdict:
    """What came of it; of a permission that stands in the time line, it is not known whether it binds."""
    return DutyVerdict.UNTOLD if duty.verdict is DutyVerdict.FREE else duty.verdict


def _bar(duty: RecordedDuty, encounter: JudgedEncounter) -> Markup:
    whole = max(_seconds(encounter.end) - _seconds(encounter.start), 1.0)
    told = row(stretch_words(duty, stretch) for stretch in duty.stretches)
    pieces = [tag("rect", x=0, y=4, width=1000, height=6, class_="back")]
    for stretch, following in zip(duty.stretches, [*duty.stretches[1:], None], strict=True):
        begun = 1000 * (_seconds(stretch.start) - _seconds(encounter.start)) / whole
        # What is told of one moment is drawn until the next one, of which something else is told.
        near = following is not None and _seconds(following.start) - _seconds(stretch.end) < _NEAR * whole
        end = following.start if following is not None and near else stretch.end
        length = max(1000 * (_seconds(end) - _seconds(stretch.start)) / whole, 3.0)
        pieces.append(
            tag("rect", x=f"{min(begun, 997):.1f}", y=0, width=f"{length:.1f}", height=14, class_=_kind(stretch))
        )
    return tag("svg", *pieces, viewBox="0 0 1000 14", preserveAspectRatio="none", role="img", aria_label=visible(told))


def _kind(stretch: DutyStretch) -> str:
    return "untold" if stretch.bound is RecordAnswer.UNTOLD else _CLASSES[stretch.verdict]


def _seconds(time: str) -> float:
    """Of a time in ISO 8601, from a beginning that is the same for all times of a page."""
    return datetime.fromisoformat(time).timestamp()


def _listed(items: Iterable[str]) -> Markup:
    return tag("ul", *(tag("li", visible(item)) for item in items))
