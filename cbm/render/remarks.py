"""What a page says of a finding below its places, and of a report as a whole: what it is, and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from cbm.finding import ClauseWords, Finding, Fix
from cbm.render.columns import visible
from cbm.report import Report, Unread
from cbm.translation.listing import pieces, row
from cbm.translation.saying import mark, say, say_as, say_count


class Remark(StrEnum):
    """What a remark is; the value is its name for programs."""

    WHY = "why"
    WHENEVER = "whenever"
    EXAMPLE = "for example"
    FIX = "settled by"
    REMEDY = "settle it"
    NOTE = "note"
    MORE = "more"
    BACKGROUND = "background"

    @property
    def words(self) -> str:
        """What it is called before its text."""
        match self:
            case Remark.WHY:
                return say_as("remark", "why")
            case Remark.WHENEVER:
                return say_as("remark", "whenever")
            case Remark.EXAMPLE:
                return say_as("remark", "for example")
            case Remark.FIX:
                return say_as("remark", "settled by")
            case Remark.REMEDY:
                return say_as("remark", "settle it")
            case Remark.NOTE:
                return say_as("remark", "note")
            case Remark.MORE:
                return say_as("remark", "more")
            case Remark.BACKGROUND:
                return say_as("remark", "background")


class Aside(StrEnum):
    """What is said of a report as a whole; the value is its name for programs."""

    UNREAD = "unread"
    BACKGROUND = "background"
    OPEN = "left open"
    OMITTED = "left out"

    @property
    def heading(self) -> str:
        return say(_HEADINGS[self])


_HEADINGS = {
    Aside.UNREAD: mark("not read, so nothing is said of it"),
    Aside.BACKGROUND: mark("background to these findings"),
    Aside.OPEN: mark("left open in these texts"),
    Aside.OMITTED: mark("left out of what is rendered here"),
}


def remarks(finding: Finding, quoted: Iterable[ClauseWords] = ()) -> Iterator[tuple[Remark, str, Fix | None]]:
    """What is said below the places: what each remark is, its text, and the fix it tells.

    The words of clauses that are `quoted` beside it are not noted again, nor what they rest on.
    """
    beside = {*finding.why, *(text for clause in quoted for text in (clause.quotation, *clause.caveats))}
    if finding.why:
        yield Remark.WHY, row(finding.why), None
    if conditions := _conditions(finding):
        yield Remark.WHENEVER, conditions, None
    if example := _example(finding):
        yield Remark.EXAMPLE, example, None
    for fix in finding.fixes:
        yield Remark.FIX, fix.description, fix
    for remedy in finding.remedies:
        yield Remark.REMEDY, remedy, None
    for note in finding.notes:
        if note not in beside:
            yield Remark.NOTE, note, None


def standing_alone(finding: Finding) -> Iterator[tuple[Remark, str]]:
    """The same for a page on which each finding is read by itself: with its background."""
    yield from ((remark, text) for remark, text, _ in remarks(finding))
    yield Remark.MORE, f"cbm rule {finding.rule}"
    yield from ((Remark.BACKGROUND, text) for text in finding.background)


def named(name: str, text: str) -> str:
    """A text behind what it is called."""
    return say("{name}: {text}", name=name, text=text) if name else text


def unread_lines(unread: Iterable[Unread]) -> Iterator[str]:
    """The files that were not read, a line each."""
    return (say("not read: {file}", file=visible(str(file))) for file in unread)


def lines_alone(finding: Finding, *without: Remark) -> Iterator[str]:
    """What is said of a finding that is read by itself, line by line."""
    return (named(remark.words, text) for remark, text in standing_alone(finding) if remark not in without)


def asides(report: Report) -> dict[Aside, tuple[str, ...]]:
    """What was not read, what matters of the texts as a whole, once for all findings, and what they leave open.

    What was left out of an instrument is shown with what stands behind the answers, to whoever asks for that.
    """
    told = dict.fromkeys(text for finding in report.findings for text in finding.background)
    lists = {
        Aside.UNREAD: tuple(map(str, report.unread)),
        Aside.BACKGROUND: tuple(told),
        Aside.OPEN: report.background,
        Aside.OMITTED: report.omissions if report.explain_green else (),
    }
    return {aside: texts for aside, texts in lists.items() if texts}


def _example(finding: Finding) -> str:
    """The example without the facts that the conditions say already, in the same words."""
    if finding.witness is None:
        return ""
    told = {fact.words for fact in finding.witness.facts if fact.words in finding.whenever}
    return row(piece for piece in pieces(finding.witness.words) if piece not in told)


def _conditions(finding: Finding) -> str:
    return conditions_words(finding.whenever, finding.extent) if finding.whenever else ""


def conditions_words(whenever: str, extent: Sequence[object], *, complete: bool = True) -> str:
    """The conditions shown, how many further sets of them there are, and whether these are all."""
    further = len(extent) - 1
    told = whenever
    if further > 0:
        told = say_count(
            "{conditions} (and under {count:,} further set of conditions)",
            "{conditions} (and under {count:,} further sets of conditions)",
            further,
            conditions=whenever,
        )
    return told if complete else say("{conditions}; there are more than are listed", conditions=told)
