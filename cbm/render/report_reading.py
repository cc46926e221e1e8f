"""One JSON object back to the report that it was written of, as far as the object holds it.

What it does not hold: drawings of encounters, lines of the texts at which nothing is found, and what a single reader
had asked for beside the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from json import detect_encoding
from typing import NoReturn

from msgspec import MsgspecError, Struct, UnsetType
from msgspec.json import decode, encode
from msgspec.structs import astuple

from cbm.finding import (
    ClauseWords,
    Dates,
    Dependence,
    Event,
    Exit,
    Fact,
    Finding,
    Fix,
    Label,
    Misuse,
    PackageReach,
    RuleId,
    Scenario,
)
from cbm.render import report_document as written
from cbm.render.json_page import address
from cbm.render.report_misfits import misfit, refusal
from cbm.report import Attestation, Ending, Hidden, IdlePattern, Pairs, Question, Report, Suppressed, Unread
from cbm.source import Edit, Source, Span
from cbm.translation.saying import say

# Texts that are longer than this are no texts: an object may say anything.
_LONGEST = 20_000_000


def read_report(page: str | bytes) -> Report:
    """The report; rendered as JSON again it is the same object. Misuse where the page is none."""
    if not isinstance(page, str | bytes):
        _refuse(say("what is read is a text or bytes, and not a {type}", type=type(page).__name__))
    if another := _another(page):
        _refuse(another)
    try:
        document = decode(_without_mark(page), type=written.ReportDocument)
    except (MsgspecError, ValueError, RecursionError) as problem:
        raise Misuse(_refusal(refusal(problem))) from None
    if wrong := misfit(document):
        _refuse(wrong)
    report = _Texts(document).report()
    if report.exit is Exit.FINE and document.exit_code != Exit.FINE:
        _refuse(
            say("it ended with exit code {code}, and what it holds gives no reason for that", code=document.exit_code)
        )
    return report


_MEANT = address("report", written.VERSION)


class _Headed(Struct):
    """An object that may say what its schema is; early versions did not."""

    schema: object = _MEANT


def _another(page: str | bytes) -> str:
    """That it is the object of another command or version, in words, if it says so itself."""
    try:
        said = decode(_without_mark(page), type=_Headed).schema
    except (MsgspecError, ValueError, RecursionError):
        return ""  # what is wrong with it is told where all of it is read
    if said == _MEANT:
        return ""
    name = said if isinstance(said, str) else encode(said).decode()
    return say("its `schema` is `{schema}`, and not `{meant}`", schema=name, meant=_MEANT)


def _without_mark(page: str | bytes) -> str | bytes:
    """What stands in a file as an editor or a shell wrote it, which may begin with a mark of its encoding."""
    if isinstance(page, str):
        return page.removeprefix("\ufeff")
    encoding = detect_encoding(page)
    return page if encoding == "utf-8" else page.decode(encoding)


class _Texts:
    """The object, with the texts it speaks of, as far as it quotes them."""

    def __init__(self, document: written.ReportDocument) -> None:
        self._document = document
        lines = {one.path: {line.line: line for line in one.lines} for one in document.excerpts}
        self._lines: Mapping[str, Mapping[int, written.LineObject]] = lines
        self._sources: dict[str, Source] = {}

    def report(self) -> Report:
        said, hidden = self._document, self._document.configuration
        return Report(
            tuple(map(self._finding, said.findings)),
            documents=said.summary.documents,
            clauses=said.summary.clauses,
            questions=tuple(
                Question(q.rule, q.subject, Ending(q.verdict), reason=q.reason, text=q.text) for q in said.questions
            ),
            as_of=said.as_of,
            fail_level=said.fail_level,
            background=said.background,
            unheard=said.unheard,
            omissions=said.omissions,
            left_out=tuple(map(RuleId.named, said.summary.left_out)),
            ignored=said.summary.ignored,
            attestations=tuple(map(_attestation, said.attestations)),
            pairs=Pairs(said.pairs.shown, said.pairs.apart, said.pairs.not_shown, said.pairs.on_some),
            unread=tuple(Unread(one.path, one.reason) for one in said.unread),
            any_package=said.any_package,
            hidden=Hidden(
                by=hidden.files,
                excluded=hidden.excluded,
                findings=tuple((RuleId.named(h.rule), h.count) for h in hidden.hidden if h.told_as is None),
                lowered=tuple((RuleId.named(h.rule), h.told_as, h.count) for h in hidden.hidden if h.told_as),
                baseline=hidden.baseline or "",
                known=hidden.known,
                stale=hidden.stale,
                known_of=tuple((RuleId.named(rule), count) for rule, count in hidden.known_of),
                idle=tuple(IdlePattern(one.path, one.line, one.key, one.pattern, one.nearer) for one in hidden.idle),
                graver=tuple((one.known_as, one.count) for one in hidden.graver),
            ),
            suppressed=tuple(map(self._suppressed, said.suppressed)),
            exit_zero=said.exit_zero,
            stopped=said.stopped or "",
            titles=said.titles,
            quoted=tuple(ClauseWords(c.reference, c.name, c.title, c.words, c.recalled) for c in said.clauses),
            phrases=said.phrases,
            language=said.language,
        )

    def _finding(self, found: written.FindingObject) -> Finding:
        known = found.in_english or written.EnglishObject()
        readings, reach = _readings(found.readings), _reach(found.reach)
        on_readings, on_packages = _dependence(found.message, readings, reach)
        return Finding(
            RuleId.named(found.rule),
            found.severity,
            found.message,
            self._label(found.location),
            tuple(map(self._label, found.related)),
            clauses=found.clauses,
            whenever=found.whenever,
            extent=found.extent,
            witness=None if found.witness is None else _scenario(found.witness),
            remedies=found.remedies,
            fixes=tuple(Fix(fix.description, tuple(map(self._edit, fix.edits))) for fix in found.fixes),
            notes=found.notes[: len(found.notes) - len(found.background)],
            background=found.background,
            readings=readings,
            reach=reach,
            on_readings=on_readings,
            on_packages=on_packages,
            dates=None if isinstance(found.dates, UnsetType) else Dates(*astuple(found.dates)),
            matter=found.matter,
            topic=found.topic,
            under_topic=found.under_topic,
            # Earlier versions did not write what prevails: the message says it.
            settled_by=found.settled_by or found.message * found.settled,
            opposed=found.opposed,
            follows=found.follows,
            figures=found.figures,
            why=found.why,
            order=known.order,
            known_extent=known.extent,
            known_figures=known.figures,
            known_id=found.id,
        )

    def _suppressed(self, one: written.SuppressedObject) -> Suppressed:
        found = self._hidden(one) if one.finding is None else self._finding(one.finding)
        return Suppressed(found, one.reason, self._label(one.comment), one.until)

    def _hidden(self, one: written.SuppressedObject) -> Finding:
        place = self._label(one.location or one.comment)
        return Finding(
            RuleId.named(one.rule),
            one.severity,
            one.message,
            place,
            clauses=one.clauses,
            matter=one.matter,
            known_id=one.id,
        )

    def _label(self, place: written.LocationObject) -> Label:
        source = self._source(place.path)
        start, end = (self._offset(place.path, at.line, at.column) for at in (place.start, place.end))
        return Label(Span(source, start, end), place.label)

    def _edit(self, edit: written.EditObject) -> Edit:
        return Edit(Span(self._source(edit.path), edit.start.offset, edit.end.offset), edit.replacement)

    def _offset(self, path: str, line: int, column: int) -> int:
        known = self._lines.get(path, {}).get(line)
        if known is None or not 0 < column <= _LONGEST:
            _refuse(say("nothing is said of line {line} of `{file}`", line=line, file=path))
        return known.offset + column - 1

    def _source(self, path: str) -> Source:
        """The text, of which only some lines are known."""
        if path not in self._sources:
            known = sorted(self._lines.get(path, {}).values(), key=lambda one: one.line)
            self._sources[path] = Source(path, _text(known, path))
        return self._sources[path]


def _text(known: Iterable[written.LineObject], path: str) -> str:
    """The lines where they were; what stands between is no part of any line, whatever its length."""
    parts: list[str] = []
    line, offset = 1, 0
    for one in known:
        breaks, blanks = one.line - line, one.offset - offset - (one.line - line)
        if breaks < 0 or blanks < 0 or one.offset > _LONGEST or "\n" in one.text:
            _refuse(say("the lines of `{file}` are not in order", file=path))
        parts += ("\r" * blanks, "\n" * breaks, one.text)
        line, offset = one.line, one.offset + len(one.text)
    return "".join(parts)


def _scenario(told: written.WitnessObject) -> Scenario:
    facts = tuple(Fact(fact.subject, fact.name, fact.value, fact.words) for fact in told.facts)
    return Scenario(facts, told.words, tuple(Event(e.subject, e.name, e.after, e.words) for e in told.events))


def _attestation(told: written.AttestationObject) -> Attestation:
    return Attestation(
        kind=told.kind,
        text=told.text,
        statement=told.statement,
        clauses=told.clauses,
        witness=None if told.witness is None else _scenario(told.witness),
        reason=told.reason,
        readings=_readings(told.readings),
    )


def _readings(told: written.ReadingsObject | None) -> Dependence | None:
    return None if told is None else Dependence(told.terms, told.every, told.words)


def _dependence(message: str, readings: Dependence | None, reach: PackageReach | None) -> tuple[str, str]:
    """The end of a message that says on which readings it holds, and on which packages: a page has it as a whole."""
    on_some, on_packages = readings.ending if readings else "", reach.ending if reach else ""
    if not message.endswith(on_packages):
        on_packages = ""
    before = message.removesuffix(on_packages)
    return "".join(before.partition(on_some)[1:]) if on_some else "", on_packages


def _reach(told: written.ReachObject | None) -> PackageReach | None:
    if told is None:
        return None
    boxes = tuple(tuple((taken.choice, taken.options) for taken in box) for box in told.packages)
    return PackageReach(told.every, boxes, words=told.words)


def _refuse(why: str) -> NoReturn:
    raise Misuse(_refusal(why))


def _refusal(why: str) -> str:
    return say("this is no report in the JSON of cbm: {why}", why=why)
