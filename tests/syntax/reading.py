"""Texts read for the tests: one statement, one condition, or all that is said about a text."""

from __future__ import annotations

from fractions import Fraction

from cbm.source import Source, Span
from cbm.syntax.ast import Document, Expression, Name, Path, QuantityNode, Reference, Statement, TermDeclaration, Title
from cbm.syntax.parse import mends, parse

NOWHERE = Span(Source("nowhere", ""), 0, 0)  # places are not compared


def documents(text: str, name: str = "text.cbm") -> tuple[Document, ...]:
    """The documents of a text in which nothing is wrong."""
    file, findings = parse(Source(name, text))
    assert [finding.message for finding in findings] == []
    return file.documents


def said(text: str, name: str = "text.cbm") -> list[str]:
    """All that is said about a text, one line each: `line:column message`, and the ways out behind `→`."""
    _, findings = parse(Source(name, text))
    lines = []
    for finding in findings:
        line, column = finding.primary.span.begin
        lines.append(" → ".join((f"{line}:{column} {finding.message}", *finding.remedies)))
    return lines


def mended(text: str) -> str:
    """The text after the one change that is advised."""
    (change,) = mends(Source("text.cbm", text))
    span = change.edit.span
    return f"{text[: span.start]}{change.edit.replacement}{text[span.end :]}"


def told_once(text: str) -> str:
    """The one thing that is said about a text, without its place, and the ways out behind `→`."""
    (line,) = said(text)
    return line.split(" ", 1)[1]


def told_without_a_change(text: str) -> str:
    """The same, where no change is offered."""
    assert mends(Source("text.cbm", text)) == ()
    return told_once(text)


def declared(text: str) -> Statement:
    """One statement of a vocabulary."""
    return _only(f"vocabulary v\n{text}")


def clause(text: str) -> Statement:
    """One statement of a draft."""
    return _only(f"draft d\n{text}")


def expected(text: str) -> Statement:
    """One statement of a case."""
    return _only(f"cases\n{text}")


def condition(text: str) -> Expression:
    statement = declared(f"term t means {text}")
    assert isinstance(statement, TermDeclaration)
    assert not isinstance(statement.meaning, tuple)
    return statement.meaning


def _only(text: str) -> Statement:
    (document,) = documents(text)
    (statement,) = document.statements
    return statement


def name(text: str) -> Name:
    return Name(text, span=NOWHERE)


def names(text: str) -> tuple[Name, ...]:
    """`a b`: two names."""
    return tuple(name(word) for word in text.split())


def title(text: str, language: str | None = None) -> Title:
    return Title(language, text, span=NOWHERE)


def path(text: str) -> Path:
    """`own.craft`."""
    return Path(tuple(name(part) for part in text.split(".")), span=NOWHERE)


def quantity(value: int | str, unit: str | None = None) -> QuantityNode:
    return QuantityNode(Fraction(value), unit, span=NOWHERE)


def reference(label: str | None, document: str | None = None) -> Reference:
    return Reference(label, name(document) if document else None, span=NOWHERE)
