"""Expectations as they are written in sets of cases, before anything is understood of them: what a run is to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cbm.files import Library
from cbm.records import Record
from cbm.resolve.cases.expectations import EXPECTING, cases_with_subjects
from cbm.resolve.names.titles import title_of
from cbm.source import Span
from cbm.syntax import ast


class Announced(Record):
    """An expectation about one text, with the titles of its set and its case; of a case without any, the case."""

    text: str
    suite: str
    case: str
    words: str  # empty: nothing is expected in the case
    place: Span
    as_of: date | None

    @property
    def name(self) -> str:
        """All that a choice by name looks at."""
        return " ".join((self.place.source.name, self.suite, self.case, self.words, self.text))

    @property
    def key(self) -> tuple[str, int, str]:
        """What tells it apart from all others: its file, where it begins there, and its text."""
        return self.place.source.name, self.place.start, self.text


def announced(library: Library) -> Iterator[Announced]:
    """All in the files that were asked for, in the order of the files."""
    asked = {library.documents[name].span for name in library.asked}
    for document, texts in cases_with_subjects(library.documents.values()):
        for text in texts if document.span in asked else ():
            yield from _of(document, text)


def _of(document: ast.Document, text: str) -> Iterator[Announced]:
    header = document.header
    assert isinstance(header, ast.CasesHeader)
    suite = title_of(header.titles, "cases")
    for heading, expected in _by_case(document):
        title, day = (suite, None) if heading is None else (heading.title.text, heading.as_of)
        for statement in expected:
            yield Announced(text, suite, title, " ".join(statement.span.text.split()), statement.span, day)
        if not expected:
            yield Announced(text, suite, title, "", (header if heading is None else heading).span, day)


def _by_case(document: ast.Document) -> Iterator[tuple[ast.CaseHeading | None, list[ast.Node]]]:
    """What is expected in each case; before the first one (None), of the whole text, if anything is said there."""
    heading: ast.CaseHeading | None = None
    statements: list[ast.Node] = []
    for statement in (*document.statements, None):
        if statement is not None and not isinstance(statement, ast.CaseHeading):
            statements.append(statement)
            continue
        if heading is not None or statements or statement is None:
            yield heading, [one for one in statements if isinstance(one, EXPECTING)]
        heading, statements = statement, []
