"""From statements to documents: a header begins one, and what follows must have its place in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cbm.records import Record
from cbm.syntax.ast import CasesHeader, Document, Header, Statement, TextHeader, VocabularyHeader
from cbm.syntax.cut import CASES, HEADERS, TEXT, VOCABULARY, Piece
from cbm.syntax.expected import listed
from cbm.syntax.mistake import Mistake

_IN_VOCABULARIES = (
    "party, kind, situation, roles, fixed roles, each, shared, moments, axiom, counter, types by, channel, language, "
    "topic, act, result, never, requires"
)
_PLACES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_IN_VOCABULARIES.split(", "), (VOCABULARY,)),
    "term": (VOCABULARY, TEXT),
    **dict.fromkeys(("article", "clause", "without prejudice", "left out", "covers", "open term", "reserve"), (TEXT,)),
    **dict.fromkeys(("case", "given", "expect"), (CASES,)),
}
_NAMES = {
    VOCABULARY: "a vocabulary",
    TEXT: "an agreement or a draft",
    CASES: "a set of cases",
}
_BEGINNINGS = {
    VOCABULARY: "`vocabulary NAME`",
    TEXT: "`draft NAME`",
    CASES: '`cases "…"`',
}


class ParsedPiece(Record):
    """A piece of the text and the statement read from it: None where something is wrong with it."""

    piece: Piece
    statement: Statement | None


def assemble(readings: Iterable[ParsedPiece]) -> tuple[tuple[Document, ...], tuple[Mistake, ...]]:
    """The documents whose headers could be read, and what stands where it cannot.

    A header that could not be read still says what kind of document it begins, so that what follows it is not
    called misplaced.
    """
    documents: list[Document] = []
    mistakes: list[Mistake] = []
    group: list[ParsedPiece] = []
    for reading in readings:
        if reading.piece.opening in HEADERS:
            _close(group, documents, mistakes)
            group = []
        group.append(reading)
    _close(group, documents, mistakes)
    return tuple(documents), tuple(mistakes)


def _close(group: list[ParsedPiece], documents: list[Document], mistakes: list[Mistake]) -> None:
    """One document from its header to the next header."""
    if not group:
        return
    first = group[0]
    if first.piece.opening not in HEADERS:
        if first.piece.opening:
            mistakes.extend(_before_any_header(group))
        return
    kind = HEADERS[first.piece.opening]
    mistakes.extend(_misplaced(group, kind))
    header = first.statement
    if isinstance(header, VocabularyHeader | TextHeader | CasesHeader):
        documents.append(_document(header, group[1:], kind))


def _document(header: Header, rest: list[ParsedPiece], kind: str) -> Document:
    statements = tuple(
        reading.statement
        for reading in rest
        if reading.statement is not None and kind in _PLACES.get(reading.piece.opening, ())
    )
    unread = frozenset(reading.piece.opening for reading in rest if reading.statement is None)
    last = statements[-1] if statements else header
    return Document(header, statements, unread, span=header.span.to(last.span))


def _before_any_header(group: list[ParsedPiece]) -> Iterable[Mistake]:
    """One message for all that stands there: what is missing is one header."""
    first = next((reading.piece for reading in group if reading.statement is not None), None)
    if first is None:
        return
    missing = listed([_BEGINNINGS[kind] for kind in _PLACES[first.opening]])
    message = f"`{first.opening}` stands in no document: {missing} is missing above it"
    yield Mistake(message, first.start, first.opening_end)


def _misplaced(group: list[ParsedPiece], kind: str) -> Iterable[Mistake]:
    header = group[0].piece
    related = ((header.start, header.opening_end, f"the `{header.opening}` begins here"),)
    in_case = False
    for reading in group[1:]:
        piece = reading.piece
        in_case = in_case or piece.opening == "case"
        places = _PLACES.get(piece.opening, (kind,))
        if reading.statement is None:
            continue
        if kind not in places:
            where = " or ".join(_NAMES[place] for place in places)
            message = f"`{piece.opening}` belongs to {where}, not to {_NAMES[kind]}"
            yield Mistake(message, piece.start, piece.opening_end, related=related)
        if piece.opening == "given" and kind == CASES and not in_case:
            message = "`given` belongs to a case: no `case` stands before it"
            yield Mistake(message, piece.start, piece.opening_end)
