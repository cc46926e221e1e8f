"""Report to the page a drafter reads: each finding with its places, its conditions, an example and ways out."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Report
from cbm.render.columns import page, visible, wrap
from cbm.render.green import green
from cbm.render.patch import patch
from cbm.render.remarks import asides, remarks
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
    findings = "\n".join(page(_finding(finding, paint)) for finding in report.findings)
    if report.quiet:
        return findings + page(f"not read: {visible(str(file))}" for file in report.unread)
    aside = page(_aside(report, paint))
    shown = page(green(report, paint)) if report.explain_green else ""
    gap = "\n" if findings and shown and not aside else ""
    return f"{findings}{aside}{gap}{shown}{summary(report)}\n"


def _aside(report: Report, paint: Paint) -> Iterator[str]:
    told = tuple(asides(report))
    for heading, texts in told:
        yield ""
        yield paint(Style.MESSAGE, heading)
        for text in texts:
            first, *others = wrap(text, first=" = ", rest="   ")
            yield first.replace("=", paint(Style.FRAME, "="), 1)
            yield from others
    if told:
        yield ""


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    head = paint(STYLE_OF_SEVERITY[finding.severity], f"{finding.severity}[{finding.rule}]")
    yield f"{head}{paint(Style.MESSAGE, f': {visible(finding.message)}')}"
    yield from snippet(finding, paint)
    blank = margin(finding)
    for name, text, fix in remarks(finding):
        first, *others = wrap(text, first=f"{blank}= {name}: ", rest=f"{blank}  ")
        yield first.replace("=", paint(Style.FRAME, "="), 1)
        yield from others
        yield from () if fix is None else patch(fix, finding.primary.span.source, blank, paint)
