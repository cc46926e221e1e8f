"""Each clause of an instrument that comes with cbm is expected by a case of its file: to bind, or to bind nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm.resolve.labels import full_label
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.shipped import SPECS

FILES = [*sorted((SPECS / "instruments").glob("*.cbm")), SPECS / "replays" / "adiz_2013.cbm"]


def clauses(document: ast.Document) -> Iterator[str]:
    """What binds, or stands against what does, by its label."""
    article = ""
    for statement in document.statements:
        match statement:
            case ast.ArticleHeading(label):
                article = label
            case ast.NormClause():
                yield full_label(article, statement.label)
            case _:
                pass


def expected(statement: ast.Statement) -> Iterator[ast.Reference]:
    """The clauses of which the statement expects that they bind, or that something is found of them."""
    match statement:
        case ast.ExpectDuty(by=references) | ast.ExpectFinding(references=references):
            yield from references
        case ast.ExpectCondition(ast.BoundBy(negated=False) as bound):
            yield from bound.references
        case _:
            pass


def not_expected(text: str) -> list[str]:
    """The clauses of a file that none of its cases expects."""
    documents = parse(Source("", text))[0].documents
    told = {
        (name.text, reference.label)
        for document in documents
        if isinstance(document.header, ast.CasesHeader)
        for statement in document.statements
        for reference in expected(statement)
        for name in ([reference.document] if reference.document else document.header.documents)
    }
    return [
        f"{label} of {document.header.name.text}"
        for document in documents
        if isinstance(document.header, ast.TextHeader)
        for label in clauses(document)
        if (document.header.name.text, label) not in told
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_clause_of_an_instrument_is_expected_by_a_case(path: Path) -> None:
    assert not_expected(path.read_text(encoding="utf-8")) == []


def test_a_clause_that_no_case_expects_is_told() -> None:
    text = (SPECS / "instruments" / "antarctic_1959.cbm").read_text(encoding="utf-8")
    assert not_expected(text.replace("must notify by VII.5(c)", "must notify")) == ["VII.5(c) of antarctic_1959"]
