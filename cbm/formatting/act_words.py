"""Texts in which acts are written by what readers call them in a language, or by their names again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cbm.source import Edit, Source
from cbm.syntax import ast
from cbm.syntax.quoted_names import QuotedNames
from cbm.translation.speech import Language


def in_words(source: Source, documents: Mapping[str, ast.Document], language: Language | None) -> tuple[Edit, ...]:
    """The changes of a source that write its acts in the words of a language; by their names where that is None.

    `documents` are those that were read, with names for phrases. An act without a title of its own in the language, or
    whose title means something else as well, stays as it is written; so do conditions, and what stands in brackets,
    for these are the words of a delegation.
    """
    edits = {
        act.span.start: Edit(act.span, written)
        for document in documents.values()
        if document.span.source == source
        for act, written in _written(document, documents, language)
        if act.span.text != written
    }
    return tuple(edits[start] for start in sorted(edits))


def _written(
    document: ast.Document, documents: Mapping[str, ast.Document], language: Language | None
) -> Iterator[tuple[ast.Name, str]]:
    words = QuotedNames(document, documents)
    for act in _acts(document):
        if any(choice.span.start <= act.span.start < choice.span.end for choice in document.choices):
            continue
        if language is None:
            yield act, act.text
        elif (phrase := words.phrase_for(act.text, language)) is not None:
            yield act, f'"{phrase}"'


def _acts(part: object) -> Iterator[ast.Name]:
    """The acts that are asked for, forbidden or allowed in a part of a tree."""
    match part:
        case ast.ActItem():
            yield part.act
        case ast.Node():
            for field in part.__struct_fields__:
                if field != "span":
                    yield from _acts(getattr(part, field))
        case tuple():
            for one in part:
                yield from _acts(one)
        case _:
            return
