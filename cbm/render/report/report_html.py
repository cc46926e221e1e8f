"""Report to one HTML file without network or script: its outline, and each finding with its lines of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cbm.finding import ClauseWords, Finding, Label, RuleId
from cbm.outcomes.coverage_map import CoverageMap
from cbm.render.columns import begun, expand, page, visible
from cbm.render.level_words import level_words
from cbm.render.maps.heat import VIEWS
from cbm.render.maps.html import main_parts
from cbm.render.maps.map_words import reading, title
from cbm.render.maps.sketch import drawing, shows_something
from cbm.render.maps.stylesheet import chapter_style
from cbm.render.markup import Markup, joined, tag, words
from cbm.render.remarks import Remark, named, remarks
from cbm.render.report.outline import EntryGroup, Further, Outline, Passage, ReportEntry, outline
from cbm.render.report.report_stylesheet import STYLE
from cbm.render.snippet import blocks, place
from cbm.render.summary import summary
from cbm.render.translated_page import html_document
from cbm.report import Report
from cbm.translation.saying import mark, say

# Nothing is fetched and nothing runs, whatever words of a text come to stand on the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LONGEST = 400  # characters of a line, and of a place on it
_NAMES = {
    Remark.WHY: mark("Why"),
    Remark.WHENEVER: mark("When"),
    Remark.EXAMPLE: mark("For example"),
    Remark.FIX: mark("Ways out (tried)"),
    Remark.REMEDY: mark("Ways out"),
    Remark.NOTE: mark("Notes"),
}


def render(report: Report, drawn: CoverageMap | None = None) -> str:
    """The page, with a line break at its end; with a map of what a text governs, that is its last chapter."""
    told = outline(report)
    name = say("{text}: what cbm found", text=report.titles[0]) if len(report.titles) == 1 else say("What cbm found")
    paragraphs = [tag("p", words(told.verdict), class_="verdict"), tag("p", words(summary(report)), class_="quiet")]
    chapter = [] if drawn is None else [_coverage(drawn)]
    if chapter:
        paragraphs.append(tag("p", tag("a", say("How its promises are kept: maps of coverage"), href="#coverage")))
    whole = html_document(
        visible(name),
        STYLE if drawn is None else f"{STYLE}{chapter_style(VIEWS)}\n.l.en{{display:inline}}\n",
        tag("a", say("To the findings"), href="#findings", class_="skip"),
        tag("header", tag("h1", visible(name)), *paragraphs),
        tag("main", *_parts(told), *chapter, id="findings"),
        policy=POLICY,
    )
    return page(whole.removesuffix("\n").split("\n"))


def _parts(told: Outline) -> Iterator[Markup]:
    yield from map(_passage, told.limits)
    if told.groups:
        yield _contents(told.groups)
    yield from map(_group, told.groups)
    yield from map(_passage, told.beside)


def _coverage(drawn: CoverageMap) -> Markup:
    heading = tag("h2", say("Coverage"), id="coverage")
    told = say(
        "How the promises of {text} are kept, type by type of {situation}: {reading}.",
        text=title(drawn),
        situation=drawn.situation.words,
        reading=reading(drawn),
    )
    said = tag("p", visible(told))
    return tag("section", heading, said, *main_parts(drawn), aria_labelledby="coverage", class_="chapter")


def _passage(passage: Passage) -> Markup:
    return tag(
        "section", tag("h2", begun(passage.heading)), tag("ul", *(tag("li", words(text)) for text in passage.texts))
    )


def _contents(groups: Sequence[EntryGroup]) -> Markup:
    inside: list[Markup] = []
    for group in groups:
        inside.append(tag("h3", say("{heading} ({count:,})", heading=group.heading, count=len(group.entries))))
        inside.append(tag("ol", *map(_listed, group.entries), class_="list", start=group.entries[0].number))
    return tag("nav", tag("h2", say("All findings"), id="list"), *inside, aria_labelledby="list")


def _listed(entry: ReportEntry) -> Markup:
    link = tag("a", words(begun(entry.listing)), href=f"#{entry.anchor}")
    number = tag("span", f"{entry.number}.", class_="number", aria_hidden="true")
    return tag("li", number, link, tag("span", entry.lead.rule, class_="quiet"))


def _group(group: EntryGroup) -> Markup:
    return tag("section", tag("h2", group.heading), *map(_entry, group.entries))


def _entry(entry: ReportEntry) -> Markup:
    finding = entry.lead
    open_question = finding.rule is RuleId.UNDECIDED
    kind = str(RuleId.UNDECIDED if open_question else finding.severity)
    name = say("undecided") if open_question else named(level_words(finding.severity), finding.rule)
    title = tag("span", words(begun(entry.title)), id=f"{entry.anchor}-title")
    return tag(
        "article",
        tag("p", f"{entry.number}. ", tag("span", name, class_="kind"), class_="kicker"),
        tag("h3", title),
        *(_quotation(clause) for clause in entry.quoted if clause.words),
        *_places(finding),
        _remarks(finding, entry),
        *_drawing(finding, entry.anchor),
        *_further(entry),
        tag("p", tag("a", say("All findings"), href="#list"), class_="back"),
        id=entry.anchor,
        class_=kind,
        aria_labelledby=f"{entry.anchor}-title",
    )


def _quotation(clause: ClauseWords) -> Markup:
    """The words of a clause, under its number and its title, with what it rests on where nobody has read that."""
    title = f" {clause.title}" if clause.title else ""
    name = tag("cite", visible(f"{clause.name}{title}"))
    doubts = [
        tag("p", say("From memory, not verified: {source}", source=visible(source)), class_="quiet")
        for source in clause.recalled
    ]
    return tag("blockquote", tag("p", name, " ", visible(clause.words)), *doubts)


def _drawing(finding: Finding, name: str) -> Iterator[Markup]:
    """What of the example can be drawn, and its time line: only what matters."""
    witness = finding.witness
    if witness is not None and witness.events:
        told = (tag("li", words(event.words)) for event in witness.events)
        yield tag("figure", tag("figcaption", say("The example in time")), tag("ol", *told), class_="timeline")
    if witness is not None and witness.sketch is not None and shows_something(witness.sketch):
        yield tag("figure", drawing(witness.sketch, f"{name}-drawing"), class_="drawing")


def _further(entry: ReportEntry) -> Iterator[Markup]:
    """What is told with it: a line each, which opens to its places and remarks."""
    if entry.further:
        yield tag("h4", say("With it"))
        yield tag("div", *(_opening(one, entry) for one in entry.further), class_="further")


def _opening(one: Further, entry: ReportEntry) -> Markup:
    inside = (*_places(one.finding), _remarks(one.finding, entry))
    return tag("details", tag("summary", words(begun(one.words))), *inside)


def _places(finding: Finding) -> Iterator[Markup]:
    """The lines that it speaks of, its own place first, with one frame for each text."""
    labels = (finding.primary, *finding.related)
    for _, found in groupby(blocks(labels), key=lambda block: block[0].span.source):
        stretches = list(found)
        first = min(stretches[0], key=labels.index)
        rows = [row for block in stretches for row in _rows(block, finding)]
        yield tag("figure", tag("figcaption", place(first.span)), tag("ol", *rows), class_="source")


def _rows(block: Sequence[Label], finding: Finding) -> Iterator[Markup]:
    for number, said in groupby(block, key=lambda label: label.span.begin[0]):
        yield _row(number, list(said), finding)


def _row(number: int, labels: Sequence[Label], finding: Finding) -> Markup:
    """A line of the text with its places marked, and below what is said of them."""
    own = finding.primary in labels
    said = [
        tag("span", words(label.text), class_="said own" if label is finding.primary else "said")
        for label in labels
        if label.text
    ]
    return tag(
        "li",
        tag("span", str(number), class_="number"),
        tag("code", *_marked(number, labels)),
        *said,
        class_="own-place" if own else None,
    )


def _marked(number: int, labels: Sequence[Label]) -> Iterator[str]:
    line = labels[0].span.source.line(number)
    done = len(line) - len(line.lstrip())
    for start, end in _stretches(number, labels, len(line.rstrip())):
        yield _shortened(line[done:start])
        yield tag("mark", _shortened(line[start:end]))
        done = end
    yield _shortened(line[done:]).rstrip()


def _shortened(piece: str) -> str:
    """A piece of a line as shown, of a very long one its beginning and its end."""
    return expand(piece if len(piece) <= _LONGEST else f"{piece[: _LONGEST // 2]}…{piece[-_LONGEST // 2 :]}")


def _stretches(number: int, labels: Sequence[Label], length: int) -> Iterator[tuple[int, int]]:
    """Where marks begin and end on a line, from left to right and none within another."""
    done = 0
    for span in sorted((label.span for label in labels), key=lambda span: (span.begin, -span.end)):
        last, column = span.finish
        start, end = span.begin[1] - 1, column - 1 if last == number else length
        if start >= done and end > start:
            yield start, end
            done = end


def _remarks(finding: Finding, entry: ReportEntry) -> Markup:
    rows: list[Markup] = []
    for remark, told in groupby(remarks(finding, entry.quoted), key=lambda one: one[0]):
        texts = [words(begun(text)) for _, text, _ in told]
        body = texts[0] if len(texts) == 1 else tag("ul", *(tag("li", text) for text in texts))
        rows += (tag("dt", say(_NAMES[remark])), tag("dd", body))
    more = tag("code", f"cbm rule {finding.rule}")
    return tag("dl", *rows, tag("dt", say("More")), tag("dd", joined(more)))
