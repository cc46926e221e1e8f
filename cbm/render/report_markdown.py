"""Report to Markdown, for the summary of a CI run or a comment: a table of the findings, then each with its remarks."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Report
from cbm.render.columns import page
from cbm.render.markdown_text import plain_words
from cbm.render.remarks import asides, remarks
from cbm.render.snippet import place
from cbm.render.summary import summary


def render(report: Report) -> str:
    """The page, with a line break at its end."""
    lines = ["# What cbm found", "", plain_words(summary(report))]
    if report.findings:
        lines += ["", "| | rule | finding | place |", "|---|---|---|---|", *map(_row, report.findings)]
    for finding in report.findings:
        lines += ["", *_section(finding)]
    for heading, texts in asides(report):
        lines += ["", f"## {plain_words(heading[0].upper() + heading[1:].rstrip(':'))}", ""]
        lines += (f"- {plain_words(text)}" for text in texts)
    return page(lines)


def _row(finding: Finding) -> str:
    cells = (finding.severity, finding.rule, finding.message, place(finding.primary.span))
    return f"| {' | '.join(map(plain_words, cells))} |"


def _section(finding: Finding) -> Iterator[str]:
    yield f"## {finding.severity}: {plain_words(finding.message)}"
    yield ""
    for label in (finding.primary, *finding.related):
        yield f"- {plain_words(place(label.span))}{f': {plain_words(label.text)}' if label.text else ''}"
    for name, text, _ in remarks(finding):
        yield f"- *{name}*: {plain_words(text)}"
