"""Report to the page a drafter reads: each finding with its places, its conditions, an example and ways out."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Fix, Report
from cbm.render.columns import visible, wrap
from cbm.render.green import green
from cbm.render.patch import patch
from cbm.render.snippet import margin, snippet
from cbm.render.style import STYLE_OF_SEVERITY, Paint, Style, ansi, plain
from cbm.render.summary import summary


def render(report: Report) -> str:
    """The page as plain text."""
    return _page(report, plain)


def colored(report: Report) -> str:
    """The same page with the colours of a terminal."""
    return _page(report, ansi)


def _page(report: Report, paint: Paint) -> str:
    findings = "\n".join("".join(f"{line}\n" for line in _finding(finding, paint)) for finding in report.findings)
    aside = "".join(f"{line}\n" for line in _aside(report, paint))
    shown = "".join(f"{line}\n" for line in green(report, paint)) if report.explain_green else ""
    gap = "\n" if findings and shown and not aside else ""
    return f"{findings}{aside}{gap}{shown}{summary(report)}\n"


def _aside(report: Report, paint: Paint) -> Iterator[str]:
    """What was not read, what matters of the texts as a whole, once for all findings, and what they leave open.

    What was left out of an instrument is shown with what stands behind the answers, to whoever asks for that.
    """
    told = dict.fromkeys(text for finding in report.findings for text in finding.background)
    unread = tuple(map(str, report.unread))
    lists = (
        ("not read, so nothing is said of it:", unread),
        ("background to these findings:", tuple(told)),
        ("left open in these texts:", report.background),
        ("left out of what is rendered here:", report.omissions if report.explain_green else ()),
    )
    for heading, texts in lists:
        if texts:
            yield ""
            yield paint(Style.MESSAGE, heading)
        for text in texts:
            first, *others = wrap(text, first=" = ", rest="   ")
            yield first.replace("=", paint(Style.FRAME, "="), 1)
            yield from others
    if any(texts for _, texts in lists):
        yield ""


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    head = paint(STYLE_OF_SEVERITY[finding.severity], f"{finding.severity}[{finding.rule}]")
    yield f"{head}{paint(Style.MESSAGE, f': {visible(finding.message)}')}"
    yield from snippet(finding, paint)
    blank = margin(finding)
    for name, text, fix in _remarks(finding):
        first, *others = wrap(text, first=f"{blank}= {name}: ", rest=f"{blank}  ")
        yield first.replace("=", paint(Style.FRAME, "="), 1)
        yield from others
        yield from () if fix is None else patch(fix, finding.primary.span.source, blank, paint)


def _remarks(finding: Finding) -> Iterator[tuple[str, str, Fix | None]]:
    """What is said below the places: the name and the text of each remark, and the fix it tells."""
    if conditions := _conditions(finding):
        yield "whenever", conditions, None
    if finding.witness and finding.witness.words:
        yield "for example", finding.witness.words, None
    for fix in finding.fixes:
        yield "settled by", fix.description, fix
    for remedy in finding.remedies:
        yield "settle it", remedy, None
    for note in finding.notes:
        yield "note", note, None
    yield "more", f"cbm rule {finding.rule}", None


def _conditions(finding: Finding) -> str:
    """The conditions shown, and how many further sets of them there are."""
    further = len(finding.extent) - 1
    if further < 1 or not finding.whenever:
        return finding.whenever
    return f"{finding.whenever} (and under {further:,} further {'set' if further == 1 else 'sets'} of conditions)"
