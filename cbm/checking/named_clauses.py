"""Findings to the same with what names the clauses that their ways out take out: it goes or changes with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from cbm.finding import Finding, Label
from cbm.records import Record, replace
from cbm.resolve.cases.expectations import cases_with_subjects
from cbm.resolve.faults import Fault
from cbm.resolve.labels import LabelIndex, Places, index_labels
from cbm.resolve.left_open.open_references import references_in
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say


def with_what_names(documents: Mapping[str, ast.Document], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding; where it advises to take a clause out that others name, with the places where they do.

    A clause that lists several acts goes with the last of them.
    """
    known = tuple(findings)
    out = frozenset(norm for finding in known for norm in finding.takes_out)
    naming = _Naming.of(documents, out) if out else None
    for finding in known:
        yield finding if naming is None or not finding.takes_out else naming.told(finding)


class _Naming(Record):
    """By each norm that may go the places that name its clause, and what the clause is called there."""

    places: Mapping[str, tuple[tuple[str, Span], ...]]

    @classmethod
    def of(cls, documents: Mapping[str, ast.Document], out: frozenset[str]) -> _Naming:
        texts = [document for document in documents.values() if isinstance(document.header, ast.TextHeader)]
        indexes = {index.document: index for index, _ in map(index_labels, texts)}
        gone = {
            (index.document, entry.label): tuple(norm.exact for norm in norms)
            for index in indexes.values()
            for entry in index.all
            if (norms := entry.norms(index.document)) and out.issuperset(norm.exact for norm in norms)
        }
        found: dict[str, dict[tuple[str, Span], None]] = {}
        for places, reference in _referring(documents, texts, indexes):
            if reference.label is None:
                continue
            document = places.document if reference.document is None else reference.document.text
            with suppress(Fault):  # told where it is read
                labels = {entry.label for entry in places.clauses(reference)}
                if all((document, label) in gone for label in labels):
                    for label in labels:
                        for norm in gone[document, label]:
                            found.setdefault(norm, {})[label, reference.span] = None
        return cls({norm: tuple(named) for norm, named in found.items()})

    def told(self, finding: Finding) -> Finding:
        """The finding with these places, and that they are to be changed too."""
        named = dict.fromkeys(one for norm in finding.takes_out for one in self.places.get(norm, ()))
        if not named:
            return finding
        labels = (Label(span, say("{clause} is named here", clause=label)) for label, span in named)
        clauses = listed(list(dict.fromkeys(label for label, _ in named)), "or")
        way = say("if {clauses} is taken out, change what names it too: else that is an error", clauses=clauses)
        return replace(finding, related=(*finding.related, *labels), remedies=(*finding.remedies, way))


def _referring(
    documents: Mapping[str, ast.Document], texts: Iterable[ast.Document], indexes: Mapping[str, LabelIndex]
) -> Iterator[tuple[Places, ast.Reference]]:
    """Every reference to clauses, and from where it is read: from its article, and in cases from their texts."""
    for document in texts:
        assert isinstance(document.header, ast.TextHeader)
        places = Places(indexes, document.header.name.text)
        yield from ((places, reference) for reference in references_in(document.header))
        for statement in document.statements:
            if isinstance(statement, ast.ArticleHeading):
                places = replace(places, article=statement.label)
            yield from ((places, reference) for reference in references_in(statement))
    for cases, subjects in cases_with_subjects(documents.values()):
        for subject in subjects:
            for statement in cases.statements:
                yield from ((Places(indexes, subject), reference) for reference in references_in(statement))
