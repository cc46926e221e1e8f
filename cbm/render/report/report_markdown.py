"""Report to Markdown, for the summary of a CI run or a comment: what it comes to, a list, then each finding."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Report
from cbm.render.columns import page
from cbm.render.markdown_text import plain_words
from cbm.render.remarks import remarks
from cbm.render.report.outline import EntryGroup, Outline, Passage, ReportEntry, brief_lines, outline
from cbm.render.snippet import place
from cbm.render.summary import summary


def render(report: Report) -> str:
    """The page, with a line break at its end."""
    told = outline(report)
    lines = ["# What cbm found", "", plain_words(f"{told.verdict} {summary(report)}")]
    for passage in told.limits:
        lines += _passage(passage)
    if told.groups:
        lines += ["", "| | | rule | finding | place |", "|--:|---|---|---|---|"]
        lines += (_row(entry, group) for group in told.groups for entry in group.entries)
    for entry in (entry for group in told.told for entry in group.entries):
        lines += ["", *_section(entry, told, report)]
    if told.untold:
        lines += ["", f"The {told.untold:,} entries that are only listed are told in full with --all."]
    for passage in told.beside:
        lines += _passage(passage)
    return page(lines)


def _passage(passage: Passage) -> Iterator[str]:
    heading = passage.heading.rstrip(":")
    yield from ("", f"## {plain_words(heading[0].upper() + heading[1:])}", "")
    yield from (f"- {plain_words(text)}" for text in passage.texts)


def _row(entry: ReportEntry, group: EntryGroup) -> str:
    kind = group.heading.lower() if entry.lead.settled else entry.lead.severity
    cells = (f"{entry.number}", kind, entry.lead.rule, entry.listing, place(entry.lead.primary.span))
    return f"| {' | '.join(map(plain_words, cells))} |"


def _section(entry: ReportEntry, told: Outline, report: Report) -> Iterator[str]:
    """The leading finding, and a line for each that is told with it; these in full where everything is wanted."""
    yield f"## {entry.number}\\. {entry.lead.severity}: {plain_words(entry.title)}"
    yield ""
    if told.brief:
        yield f"- {plain_words(place(entry.lead.primary.span))}"
        yield from (_named(text) for text in brief_lines(entry))
        return
    yield from _detail(entry.lead, entry)
    for one in entry.further:
        yield f"- *also*: {plain_words(one.words)}"
        if report.everything:
            yield from (f"  {line}" for line in _detail(one.finding, entry))


def _detail(finding: Finding, entry: ReportEntry) -> Iterator[str]:
    for label in (finding.primary, *finding.related):
        yield f"- {plain_words(place(label.span))}{f': {plain_words(label.text)}' if label.text else ''}"
    if finding is entry.lead:
        yield from (f"- {plain_words(clause.quotation)}" for clause in entry.quoted if clause.words)
    for name, text, _ in remarks(finding, entry.quoted):
        yield f"- *{name}*: {plain_words(text)}"


def _named(text: str) -> str:
    """A line whose first word says what it tells, set off from the rest."""
    name, colon, rest = text.partition(": ")
    return f"- *{plain_words(name)}*: {plain_words(rest)}" if colon else f"- {plain_words(text)}"
