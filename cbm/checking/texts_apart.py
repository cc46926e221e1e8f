"""A library to what each draft is not held against: texts of the same run that neither name it nor are named by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cbm.files import Library
from cbm.resolve.faults import Fault
from cbm.resolve.related_documents import related_texts, vocabularies_of
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_count

_MOST_TOLD = 3


def texts_apart(library: Library, day: date | None) -> Iterator[str]:
    """For each draft that is asked about, in words, the other texts that could bind the same units on this day.

    Other drafts count where they stand in the same file: one of another file may be an earlier round.
    """
    asked = {name: text for name in library.asked if _is_text(text := library.documents[name])}
    builds_on = {name: _texts_beside(library, name) for name in asked}
    told = set[frozenset[str]]()
    for name, draft in asked.items():
        if _header(draft).kind is not ast.DocumentKind.DRAFT:
            continue
        others = [
            other
            for other, text in asked.items()
            if other not in builds_on[name]
            and name not in builds_on[other]
            and frozenset((name, other)) not in told
            and _could_be_beside(library, draft, text, day)
        ]
        told |= {frozenset((name, other)) for other in others}
        if others:
            yield _not_held_against(name, others)


def _texts_beside(library: Library, name: str) -> frozenset[str]:
    """The text and all that are asked about with it; all texts where that cannot be told."""
    try:
        return frozenset(_header(text).name.text for text in related_texts(library.documents, name))
    except Fault:  # told when the text itself is resolved
        return frozenset(library.documents)


def _not_held_against(draft: str, others: list[str]) -> str:
    named = others[:_MOST_TOLD] if len(others) > _MOST_TOLD + 1 else others
    more = len(others) - len(named)
    rest = [say_count("{count:,} more", "{count:,} more", more)] if more else []
    return say(
        "{draft} is not held against {others}: `beside {first}` in its header has clashes with {first} looked for",
        draft=draft,
        others=listed([*named, *rest]),
        first=others[0],
    )


def _could_be_beside(library: Library, draft: ast.Document, other: ast.Document, day: date | None) -> bool:
    """Whether both could bind the same units in one situation, and the other one is no earlier round."""
    if not is_in_force(other, day) or not _may_meet(_header(draft), _header(other)):
        return False
    if _header(other).kind is ast.DocumentKind.DRAFT and other.span.source != draft.span.source:
        return False
    try:
        vocabularies_of(library.documents, (draft, other))
    except Fault:  # they are about two situations
        return False
    return True


def _may_meet(one: ast.TextHeader, other: ast.TextHeader) -> bool:
    """Whether some encounter concerns the parties of both: two of each, or one whom a text binds whomever it meets."""
    first, second = ({*(p.name.text for p in h.between), *(p.text for p in h.binding)} for h in (one, other))
    if not first or not second:  # it is open to all
        return True
    return len(first & second) >= (1 if one.binding or other.binding else 2)


def is_in_force(document: ast.Document, day: date | None) -> bool:
    """Whether a text is in force on this day, as its header says; what is no text counts as such."""
    header = document.header
    if day is None or not isinstance(header, ast.TextHeader):
        return True
    begun = all(d.value <= day for d in header.dates if d.kind is ast.DateKind.IN_FORCE)
    over = any(d.value <= day for d in header.dates if d.kind in (ast.DateKind.UNTIL, ast.DateKind.SUSPENDED))
    return begun and not over


def _is_text(document: ast.Document) -> bool:
    return isinstance(document.header, ast.TextHeader)


def _header(document: ast.Document) -> ast.TextHeader:
    assert isinstance(document.header, ast.TextHeader)
    return document.header
