"""A text as something to write in: where what is added to a clause, a header or an article has its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.repair.writing import Pen, pen
from cbm.resolve.cases.expectations import about
from cbm.resolve.declarations.vocabulary import build_scope
from cbm.resolve.labels import clause_label, clauses, full_label
from cbm.resolve.related_documents import related_texts, vocabularies_of
from cbm.source import Edit, Source, Span
from cbm.syntax import ast
from cbm.wording.clause_names import reference


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the text that may or may not settle something; the description is that of a fix."""

    description: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text under check with the cases about it: its tree, what it means, and a pen for its conditions.

    `clauses` are those of the texts it is read with, too. `taken` are the labels that are used up.
    """

    document: ast.Document
    cases: tuple[ast.Document, ...]
    system: NormSystem
    pen: Pen
    clauses: Mapping[NormId, ast.NormClause]
    taken: frozenset[str]

    def added(self, norm: NormId, words: str) -> Edit:
        """Words put behind what the clause asks for, on a line of their own where that has one."""
        return added_after(self.clause(norm).demand.span, words)

    def clause(self, norm: NormId) -> ast.NormClause:
        """The clause in which a norm stands, with all that it lists."""
        return self.clauses[norm.clause]

    def name(self, norm: NormId) -> str:
        """How the clauses of this text refer to a norm."""
        return norm.label if norm.document == self.system.subject else f"{norm.label} of {norm.document}"

    def called(self, norm: NormId) -> str:
        """The same for who reads what is proposed."""
        return reference(self.system, norm)


def sheet(documents: Mapping[str, ast.Document], system: NormSystem) -> Sheet:
    """`documents` are those the system was made of, by name."""
    texts = related_texts(documents, system.subject)
    scope, _ = build_scope(vocabularies_of(documents, texts))
    norms = {
        NormId(name, label): clause
        for name, text in zip(system.texts, texts, strict=True)
        for label, clause in labelled(text)
        if isinstance(clause, ast.NormClause)
    }
    cases = tuple(about(documents.values(), system.subject))
    used = frozenset(label for label, _ in labelled(texts[0]))
    used |= frozenset(full_label(article, clause_label(clause)) for article, clause in clauses(texts[0]))
    return Sheet(texts[0], cases, system, pen(system, scope), norms, used)


def labelled(document: ast.Document) -> Iterator[tuple[str, ast.Clause]]:
    """The clauses of a text with their full labels."""
    for article, clause in clauses(document):
        yield full_label(article, clause.label), clause


def added_after(place: Span, words: str) -> Edit:
    """Words put behind a place: on a line of their own if the place begins one, indented alike; else after a blank."""
    indent = indentation(place)
    between = " " if indent is None else f"{line_break(place.source)}{indent}"
    return put_in(place, f"{between}{words}")


def put_in(place: Span, words: str) -> Edit:
    """Words directly behind a place."""
    return Edit(Span(place.source, place.end, place.end), words)


def behind_mark(place: Span) -> Iterator[Edit]:
    """A comment mark before each line of a statement."""
    offset = place.start
    for line in place.text.splitlines(keepends=True):
        start = offset + len(line) - len(line.lstrip())
        if line.strip():
            yield Edit(Span(place.source, start, start), "# ")
        offset += len(line)


def indentation(place: Span) -> str | None:
    """The blanks before a place that begins a line; None for any other place."""
    text = place.source.text
    before = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    return None if before.strip() else before


def line_break(source: Source) -> str:
    """What ends the lines of a text."""
    return "\r\n" if "\r\n" in source.text else "\n"
