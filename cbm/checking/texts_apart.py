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
    asked = [text for name in library.asked if _is_text(text := library.documents[name])]
    told = set[frozenset[str]]()
    for draft in (text for text in asked if _header(text).kind is ast.DocumentKind.DRAFT):
        others = [
            _name(other)
            for other in asked
            if _could_be_beside(library, draft, other, day) and frozenset((_name(draft), _name(other))) not in told
        ]
        told |= {frozenset((_name(draft), other)) for other in others}
        if others:
            yield _not_held_against(_name(draft), others)


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
    """Whether both could bind the same units in one situation, and neither builds on the other."""
    if other is draft or not is_in_force(other, day) or not _may_meet(_header(draft), _header(other)):
        return False
    if _header(other).kind is ast.DocumentKind.DRAFT and other.span.source != draft.span.source:
        return False
    try:
        vocabularies_of(library.documents, (draft, other))  # of one situation
        related = {_name(one): related_texts(library.documents, _name(one)) for one in (draft, other)}
    except Fault:  # told when the text itself is resolved
        return False
    return other not in related[_name(draft)] and draft not in related[_name(other)]


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


def _name(document: ast.Document) -> str:
    return _header(document).name.text
