"""Labels of clauses to norms: what a written reference means, from within a text or across texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cbm.core.expressions import NormId
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.resolve.faults import fault, suggestion, undefined
from cbm.resolve.severance import norms_of
from cbm.source import Span
from cbm.syntax import ast


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """A clause at its full label; `article` is the label of the article it stands in, "" outside any."""

    label: str
    article: str
    clause: ast.Clause

    def norms(self, document: str) -> tuple[NormId, ...]:
        """The norms that it is in this text; none where it does not bind, forbid or permit anything."""
        return norms_of(document, self.label, self.clause) if isinstance(self.clause, ast.NormClause) else ()


@dataclass(frozen=True, slots=True)
class LabelIndex:
    """The clauses of one text by full label, in source order."""

    document: str
    entries: Mapping[str, LabelledClause]

    @property
    def norms(self) -> tuple[NormId, ...]:
        return tuple(norm for entry in self.entries.values() for norm in entry.norms(self.document))

    def parts(self, norm: NormId) -> tuple[NormId, ...]:
        """All norms of the clause in which this one stands; none where there is no such clause."""
        return self.entries[norm.label].norms(self.document) if norm.label in self.entries else ()


def full_label(article: str, label: str) -> str:
    """`2` in article 3 is `3.2`; a label that goes on from its article's stays: `17(a)`, `2.8.1`, `III.6`.

    Under a heading without a label every clause has its full label.
    """
    if not article or label.startswith((f"{article}.", f"{article}(")):
        return label
    return f"{article}.{label}"


def index_labels(document: ast.Document) -> tuple[LabelIndex, tuple[Finding, ...]]:
    """All clauses of a text by full label; a label used twice is a finding, and the first one stands."""
    entries: dict[str, LabelledClause] = {}
    findings: list[Finding] = []
    assert isinstance(document.header, ast.TextHeader)
    findings.extend(_repeated_articles(document))
    for article, clause in clauses(document):
        label = full_label(article, clause.label)
        if label in entries:
            place = Label(label_span(clause))
            earlier = Label(label_span(entries[label].clause), "used here before")
            findings.append(
                Finding(RuleId.DUPLICATE, Severity.ERROR, f"clause `{label}` stands twice", place, (earlier,))
            )
        else:
            entries[label] = LabelledClause(label, article, clause)
    return LabelIndex(document.header.name.text, entries), tuple(findings)


def _repeated_articles(document: ast.Document) -> Iterator[Finding]:
    seen: dict[str, Span] = {}
    for statement in document.statements:
        if isinstance(statement, ast.ArticleHeading) and statement.label:
            if statement.label in seen:
                related = (Label(seen[statement.label], "used here before"),)
                message = f"article `{statement.label}` stands twice"
                yield Finding(RuleId.DUPLICATE, Severity.ERROR, message, Label(statement.span), related)
            seen.setdefault(statement.label, statement.span)


def clauses(document: ast.Document) -> Iterator[tuple[str, ast.Clause]]:
    """The clauses of a text in order, each with the label of its article."""
    article = ""
    for statement in document.statements:
        match statement:
            case ast.ArticleHeading(label):
                article = label
            case (
                ast.NormClause()
                | ast.ScopeClause()
                | ast.ExceptionClause()
                | ast.DeemingClause()
                | ast.WithoutPrejudice()
                | ast.ReserveNode()
            ):
                yield article, statement
            case _:
                pass


def label_span(clause: ast.Clause) -> Span:
    """The place of the first line of a clause, for messages about its label."""
    span = clause.span
    line_end = span.source.text.find("\n", span.start, span.end)
    return span if line_end < 0 else Span(span.source, span.start, line_end)


@dataclass(frozen=True, slots=True)
class Places:
    """Finds norms from within one text (or from cases about it), article by article."""

    indexes: Mapping[str, LabelIndex]
    document: str
    article: str = ""

    def norms(self, reference: ast.Reference) -> tuple[NormId, ...]:
        """The norms meant: one clause, all of an article, or all of a text."""
        return self._norms(reference, self.clauses(reference))

    def clauses(self, reference: ast.Reference) -> tuple[LabelledClause, ...]:
        """The clauses meant, whatever they say."""
        index = self._index(reference)
        found = tuple(index.entries.values())
        if reference.label is not None:
            found = self._labelled(index, reference, reference.label)
        if not found and reference.label is not None:
            known = index.entries.keys()
            raise undefined(f"clause of `{index.document}`", reference.label, reference.span, known)
        return found

    def _norms(self, reference: ast.Reference, found: tuple[LabelledClause, ...]) -> tuple[NormId, ...]:
        document = self._index(reference).document
        norms = tuple(norm for entry in found for norm in entry.norms(document))
        if not norms and reference.label is not None:
            raise fault(
                RuleId.UNDEFINED, reference.span, f"`{reference.label}` does not bind, forbid or permit anything",
                related=[Label(label_span(found[0].clause), "written here")],
            )  # fmt: skip
        return norms

    def of(self, document: str) -> Places:
        """The same from within another text."""
        return Places(self.indexes, document)

    def _index(self, reference: ast.Reference) -> LabelIndex:
        name = self.document if reference.document is None else reference.document.text
        if name in self.indexes:
            return self.indexes[name]
        span = reference.document.span if reference.document is not None else reference.span
        message = f"`{self.document}` names no text `{name}`, so its clauses are not read with it"
        beside = f"write `beside {name}` in the header of `{self.document}`"
        raise fault(RuleId.UNDEFINED, span, message, remedies=suggestion(name, self.indexes) or (beside,))

    def _labelled(self, index: LabelIndex, reference: ast.Reference, label: str) -> tuple[LabelledClause, ...]:
        """The clause of this label, in the article where the reference stands or in full; else those of an article."""
        inside = reference.document is None
        labels = dict.fromkeys([full_label(self.article, label), label] if inside else [label])
        named = [index.entries[candidate] for candidate in labels if candidate in index.entries]
        if len(named) > 1:
            here, elsewhere = named
            raise fault(
                RuleId.UNDEFINED, reference.span,
                f"`{label}` may be clause `{here.label}` or clause `{elsewhere.label}`",
                related=[Label(label_span(entry.clause), entry.label) for entry in named],
                remedies=[f"write `{here.label}`, or `{elsewhere.label} of {index.document}`"],
            )  # fmt: skip
        return tuple(named) or tuple(
            entry
            for full, entry in index.entries.items()
            if entry.article == label or full.startswith((f"{label}.", f"{label}("))
        )
