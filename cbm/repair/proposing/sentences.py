"""One sentence of a clause is taken out, and those behind it are counted anew wherever they are referred to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from re import compile as pattern

from cbm.records import parts
from cbm.resolve.labels import clauses, full_label
from cbm.source import Edit, Span
from cbm.syntax import ast
from cbm.syntax.ast import SENTENCE

_NUMBER = pattern(r"\s+sentence\s+[0-9]+")


def without_sentence(sentence: ast.NormClause, document: ast.Document, cases: tuple[ast.Document, ...]) -> list[Edit]:
    """The changes that take it out of the text; what the sentence behind it leaves to it is said there."""
    of = sentence.sentence
    assert of is not None, "a whole clause is taken out as such"
    found = [(article, one) for article, one in clauses(document) if isinstance(one, ast.NormClause)]
    article = next(article for article, one in found if one is sentence)
    beside = [one for _, one in found if one.sentence is not None and one.sentence.span == of.span]
    place = next(number for number, one in enumerate(beside) if one is sentence)
    behind = beside[place + 1 :] if len(beside) > 2 else beside
    moved = {
        full_label(article, one.label): f"{SENTENCE}{number}" if len(beside) > 2 else ""
        for number, one in enumerate(behind, place + 1)
        if one is not sentence
    }
    cut = _cut(beside, place)
    edits = [edit for text in (document, *cases) for edit in _counted_anew(text, document, moved)]
    return [cut, *(edit for edit in edits if not _holds(cut, edit))]


def _cut(beside: list[ast.NormClause], place: int) -> Edit:
    sentence, source = beside[place], beside[place].span.source
    start = min(part.span.start for part in _before_demand(sentence))
    if place + 1 == len(beside):
        shared = [part.span.start for part in (*sentence.texts, *sentence.citations) if part in _notes(beside[0])]
        end = min(shared, default=sentence.span.end)
        before = source.text[:end].rstrip()
        if shared:  # with the word that a text or a source begins with
            before = before.removesuffix("text").rstrip()
        return Edit(Span(source, beside[place - 1].span.end, len(before)), "")
    behind = beside[place + 1]
    leans = behind.sentence is not None and behind.sentence.leans
    said = source.text[start : sentence.demand.span.start] if leans else ""
    return Edit(Span(source, start, behind.span.start), said)


def _before_demand(sentence: ast.NormClause) -> Iterator[ast.Node]:
    """What a sentence says for itself up to what it asks for."""
    for part in (sentence.bearer, *sentence.conditions, sentence.demand):
        if part.span.start >= sentence.span.start:
            yield part


def _notes(sentence: ast.NormClause) -> tuple[ast.Node, ...]:
    return (*sentence.texts, *sentence.citations)


def _counted_anew(text: ast.Document, document: ast.Document, moved: Mapping[str, str]) -> Iterator[Edit]:
    """References to sentences that have another number, or none, now; cases stand in no article."""
    assert isinstance(document.header, ast.TextHeader)
    article = ""
    for statement in text.statements:
        if isinstance(statement, ast.ArticleHeading):
            article = statement.label
        for reference in _references(statement):
            label = reference.label or ""
            full = next((one for one in (full_label(article, label), label) if one in moved), None)
            if full is not None and reference.document in (None, document.header.name):
                place = _NUMBER.search(reference.span.text)
                assert place is not None, "it refers to a sentence"
                start = reference.span.start
                span = Span(reference.span.source, start + place.start(), start + place.end())
                yield Edit(span, moved[full])


def _references(part: object) -> Iterator[ast.Reference]:
    match part:
        case ast.Reference():
            yield part
        case tuple():
            for one in part:
                yield from _references(one)
        case ast.Node():
            yield from _references(parts(part))
        case _:
            pass


def _holds(outer: Edit, inner: Edit) -> bool:
    return outer.span.source == inner.span.source and outer.span.start <= inner.span.start < outer.span.end
