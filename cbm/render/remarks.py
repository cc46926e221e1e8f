"""What a page says of a finding below its places, and of a report as a whole, as names and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.finding import ClauseWords, Finding, Fix, Report

BACKGROUND = "background to these findings:"


def remarks(finding: Finding, quoted: Iterable[ClauseWords] = ()) -> Iterator[tuple[str, str, Fix | None]]:
    """What is said below the places: the name and the text of each remark, and the fix it tells.

    The words of clauses that are `quoted` beside it are not noted again, nor what they rest on.
    """
    beside = {*finding.why, *(text for clause in quoted for text in (clause.quotation, *clause.caveats))}
    if finding.why:
        yield "why", "; ".join(finding.why), None
    if conditions := _conditions(finding):
        yield "whenever", conditions, None
    if example := _example(finding):
        yield "for example", example, None
    for fix in finding.fixes:
        yield "settled by", fix.description, fix
    for remedy in finding.remedies:
        yield "settle it", remedy, None
    for note in finding.notes:
        if note not in beside:
            yield "note", note, None


def standing_alone(finding: Finding) -> Iterator[tuple[str, str]]:
    """The same for a page on which each finding is read by itself: with its background."""
    yield from ((name, text) for name, text, _ in remarks(finding))
    yield "more", f"cbm rule {finding.rule}"
    yield from (("background", text) for text in finding.background)


def asides(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was not read, what matters of the texts as a whole, once for all findings, and what they leave open.

    What was left out of an instrument is shown with what stands behind the answers, to whoever asks for that.
    """
    told = dict.fromkeys(text for finding in report.findings for text in finding.background)
    lists = (
        ("not read, so nothing is said of it:", tuple(map(str, report.unread))),
        (BACKGROUND, tuple(told)),
        ("left open in these texts:", report.background),
        ("left out of what is rendered here:", report.omissions if report.explain_green else ()),
    )
    yield from ((heading, texts) for heading, texts in lists if texts)


def _example(finding: Finding) -> str:
    """The example without the facts that the conditions say already, in the same words."""
    if finding.witness is None:
        return ""
    told = {fact.words for fact in finding.witness.facts if fact.words in finding.whenever}
    return "; ".join(piece for piece in finding.witness.words.split("; ") if piece not in told)


def _conditions(finding: Finding) -> str:
    """The conditions shown, and how many further sets of them there are."""
    further = len(finding.extent) - 1
    if further < 1 or not finding.whenever:
        return finding.whenever
    return f"{finding.whenever} (and under {further:,} further {'set' if further == 1 else 'sets'} of conditions)"
