"""Report to Markdown, for the summary of a CI run or a comment: what it comes to, a list, then each finding."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding
from cbm.render.columns import begun, page
from cbm.render.level_words import level_words
from cbm.render.markdown_text import plain_words
from cbm.render.remarks import named, remarks
from cbm.render.report.outline import EntryGroup, Outline, Passage, ReportEntry, brief_lines, further_lines, outline
from cbm.render.snippet import place
from cbm.render.summary import summary
from cbm.report import Report
from cbm.translation.listing import sentences
from cbm.translation.saying import say, say_as, say_count


def render(report: Report) -> str:
    """The page, with a line break at its end."""
    told = outline(report)
    lines = ["# " + say("What cbm found"), "", plain_words(sentences([told.verdict, summary(report)]))]
    for passage in told.limits:
        lines += _passage(passage)
    if told.groups:
        heads = (say("rule"), say_as("table", "finding"), say_as("table", "place"))
        lines += ["", f"| | | {' | '.join(heads)} |", "|--:|---|---|---|---|"]
        lines += (_row(entry, group) for group in told.groups for entry in group.entries)
    for entry in (entry for group in told.told for entry in group.entries):
        lines += ["", *_section(entry, told, report)]
    if told.untold:
        only = say_count(
            "The {count:,} entry that is only listed is told in full with --all.",
            "The {count:,} entries that are only listed are told in full with --all.",
            told.untold,
        )
        lines += ["", only]
    for passage in told.beside:
        lines += _passage(passage)
    return page(lines)


def _passage(passage: Passage) -> Iterator[str]:
    yield from ("", f"## {plain_words(begun(passage.heading))}", "")
    yield from (f"- {plain_words(text)}" for text in passage.texts)


def _row(entry: ReportEntry, group: EntryGroup) -> str:
    kind = group.heading.lower() if entry.lead.settled else level_words(entry.lead.severity)
    cells = (f"{entry.number}", kind, entry.lead.rule, entry.listing, place(entry.lead.primary.span))
    return f"| {' | '.join(map(plain_words, cells))} |"


def _section(entry: ReportEntry, told: Outline, report: Report) -> Iterator[str]:
    """The leading finding, and a line for each that is told with it; these in full where everything is wanted."""
    yield f"## {entry.number}\\. {plain_words(named(level_words(entry.lead.severity), entry.title))}"
    yield ""
    if told.brief:
        yield f"- {plain_words(place(entry.lead.primary.span))}"
        yield from (_named(name, text) for name, text in brief_lines(entry))
        return
    yield from _detail(entry.lead, entry)
    if not report.everything:
        yield from (_named(name, words) for name, words in further_lines(entry))
        return
    for one in entry.further:
        yield _named(say("also"), one.words)
        yield from (f"  {line}" for line in _detail(one.finding, entry))


def _detail(finding: Finding, entry: ReportEntry) -> Iterator[str]:
    for label in (finding.primary, *finding.related):
        here = place(label.span)
        yield f"- {plain_words(named(here, label.text) if label.text else here)}"
    if finding is entry.lead:
        yield from (f"- {plain_words(clause.quotation)}" for clause in entry.quoted if clause.words)
    yield from (_named(remark.words, text) for remark, text, _ in remarks(finding, entry.quoted))


def _named(name: str, text: str) -> str:
    """A line with what it is called set off from the rest."""
    return f"- {named(f'*{plain_words(name)}*', plain_words(text))}" if name else f"- {plain_words(text)}"
