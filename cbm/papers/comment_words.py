"""A report to comments, and at which paragraph of a document each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.finding import Finding, RuleId
from cbm.papers.anchors import Anchor, anchors_in
from cbm.papers.delegations import DelegationNames, party_titles
from cbm.papers.paper import Paper, PaperParagraph
from cbm.papers.provision_labels import numbered
from cbm.papers.table_rows import passages_of
from cbm.records import Record
from cbm.render.columns import begun, visible
from cbm.render.level_words import level_words
from cbm.render.remarks import named, remarks
from cbm.render.report.outline import ReportEntry, outline
from cbm.render.summary import summary
from cbm.render.translated_page import caveat
from cbm.report import Report
from cbm.translation.listing import sentences
from cbm.translation.saying import say, say_count
from cbm.translation.speech import speaking


class PlacedComment(Record):
    """A comment line by line, and the paragraph that it is about by its place, 0 where the document has none for it.

    `is_finding`: it tells one, and is not about the report as a whole.
    """

    place: int
    lines: tuple[str, ...]
    is_finding: bool = True


def comments_of(report: Report, paper: Paper) -> tuple[PlacedComment, ...]:
    """What the report comes to, and then each finding with what is told with it, as other pages have them."""
    with speaking(report.language):
        told = outline(report)
        entries = [entry for group in told.groups for entry in group.entries]
        limits = [f"{begun(one.heading)}: {text}" for one in told.limits for text in one.texts]
        verdict = [sentences([told.verdict, summary(report)]), *_unwritten(report), *limits, *filter(None, [caveat()])]
        paragraphs = _Paragraphs(paper)
        placed = ((entry, paragraphs.place(entry)) for entry in entries)
        return (
            PlacedComment(0, tuple(map(visible, verdict)), is_finding=False),
            *(PlacedComment(place, tuple(_lines(entry, is_placed=place > 0))) for entry, place in placed),
        )


def _unwritten(report: Report) -> Iterator[str]:
    """How much of the document no clause renders: nothing that was found, or not found, is about that."""
    if report.omissions:
        yield say_count(
            "{count} provision has no clause yet, and nothing is said of it.",
            "{count} provisions have no clause yet, and nothing is said of them.",
            len(report.omissions),
        )


def _lines(entry: ReportEntry, *, is_placed: bool) -> Iterator[str]:
    finding = entry.lead
    level = say("undecided") if finding.rule is RuleId.UNDECIDED else level_words(finding.severity)
    yield visible(f"{entry.number}. {begun(named(level, entry.title))}")
    if not is_placed:
        yield visible(say("No paragraph of this document is known to be the one: {place}", place=_whereabouts(finding)))
    for clause in entry.quoted:
        if clause.quotation:
            yield visible(clause.quotation)
    for remark, text, _ in remarks(finding, entry.quoted):
        yield visible(begun(named(remark.words, text)))
    for one in entry.further:
        yield visible(begun(named(say("also"), one.words)))
    yield f"cbm rule {finding.rule}"


def _whereabouts(finding: Finding) -> str:
    line, _ = finding.primary.span.begin
    return say("line {line} of {file}", line=line, file=finding.primary.span.source.name)


class _Paragraphs:
    """The paragraphs of a document by what findings know of them."""

    def __init__(self, paper: Paper) -> None:
        self._by_digest: dict[str, list[PaperParagraph]] = {}
        for paragraph in paper.paragraphs:
            if paragraph.all_words.strip():
                self._by_digest.setdefault(paragraph.digest, []).append(paragraph)
        passages = passages_of(paper, DelegationNames({}, party_titles()).proposer)
        self._by_label = {one.label: one.paragraph.place for one in numbered(passages) if one.label}

    def place(self, entry: ReportEntry) -> int:
        """The paragraph above the clause at which it is found, if it reads as it did; else the one of that number."""
        finding = entry.lead
        for label in (finding.primary, *finding.related):
            above = [one for one in anchors_in(label.span.source.text) if one.offset < label.span.start]
            if above and (place := self._again(above[-1])):
                return place
        own = [clause.label for clause in entry.quoted if clause.name == clause.label]
        return next((self._by_label[label] for label in reversed(own) if label in self._by_label), 0)

    def _again(self, anchor: Anchor) -> int:
        """The paragraph that reads as that one did, the nearest of several; 0 where there is none."""
        alike: Sequence[PaperParagraph] = self._by_digest.get(anchor.digest, ())
        return min((one.place for one in alike), key=lambda place: abs(place - anchor.place), default=0)
