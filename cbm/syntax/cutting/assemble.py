"""From statements to documents: a header begins one, and what follows must have its place in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cbm.records import Record
from cbm.syntax.ast import (
    ArticleHeading,
    CasesHeader,
    ChoiceDeclaration,
    Document,
    EndOfOptions,
    Header,
    OpenTermNode,
    OptionHeading,
    Paragraph,
    Statement,
    Taken,
    TermDeclaration,
    TextHeader,
    Tie,
    VocabularyHeader,
)
from cbm.syntax.cutting.brackets import NO_BRACKETS, Brackets
from cbm.syntax.cutting.cut import CASES, HEADERS, TEXT, VOCABULARY, Piece
from cbm.syntax.cutting.open_places import Choices
from cbm.syntax.mistake import Mistake
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_as

_IN_VOCABULARIES = (
    "party, kind, situation, roles, fixed roles, each, shared, views differ on, moments, axiom, counter, types by, "
    "channel, language, topic, act, result, never, requires, titles"
)
PLACES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_IN_VOCABULARIES.split(", "), (VOCABULARY,)),
    "term": (VOCABULARY, TEXT),
    **dict.fromkeys(("article", "clause", "without prejudice", "left out", "covers", "open term", "reserve"), (TEXT,)),
    **dict.fromkeys(("options", "option", "end of options", "tie"), (TEXT,)),
    **dict.fromkeys(("case", "given", "expect"), (CASES,)),
}
_NAMES = {
    VOCABULARY: mark("a vocabulary"),
    TEXT: mark("an agreement or a draft"),
    CASES: mark("a set of cases"),
}
_BEGINNINGS = {
    VOCABULARY: "`vocabulary NAME`",
    TEXT: "`draft NAME`",
    CASES: '`cases "…"`',
}


class ParsedPiece(Record):
    """A piece of the text and the statement read from it: None where something is wrong with it.

    `taken` says with which options of brackets it was read, both by number; `left_out` are brackets that may be left
    out without a trace in any statement, as they hold the last sentence of a clause.
    """

    piece: Piece
    statement: Statement | None
    taken: tuple[tuple[int, int], ...] = ()
    left_out: tuple[int, ...] = ()


def assemble(
    readings: Iterable[ParsedPiece], brackets: Brackets = NO_BRACKETS
) -> tuple[tuple[Document, ...], tuple[Mistake, ...]]:
    """The documents whose headers could be read, and what stands where it cannot.

    A header that could not be read still says what kind of document it begins, so that what follows it is not
    called misplaced.
    """
    documents: list[Document] = []
    mistakes: list[Mistake] = []
    group: list[ParsedPiece] = []
    for reading in readings:
        if reading.piece.opening in HEADERS and not (group and group[0].piece == reading.piece):
            _close(group, documents, mistakes, brackets)
            group = []
        group.append(reading)
    _close(group, documents, mistakes, brackets)
    return tuple(documents), tuple(mistakes)


def _close(group: list[ParsedPiece], documents: list[Document], mistakes: list[Mistake], brackets: Brackets) -> None:
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
    mistakes.extend(_misplaced_brackets(group, kind, brackets))
    header = first.statement
    if isinstance(header, VocabularyHeader | TextHeader | CasesHeader):
        rest = [reading for reading in group if reading.piece != first.piece]
        document, wrong = _document(header, rest, kind, brackets)
        documents.append(document)
        mistakes.extend(wrong)


_OF_OPTIONS = ("option", "options", "end of options")


def _document(
    header: Header, rest: list[ParsedPiece], kind: str, brackets: Brackets
) -> tuple[Document, Iterable[Mistake]]:
    choices = Choices(header.span.source, brackets)
    statements: list[Statement] = []
    taken: list[Taken] = []
    mistakes: list[Mistake] = []
    for reading in rest:
        statement = reading.statement
        if reading.piece.opening not in _OF_OPTIONS:
            choices.fill()
        elif statement is None:
            choices.lose()
        if statement is None or kind not in PLACES.get(reading.piece.opening, ()):
            continue
        match statement:
            case Tie() | ChoiceDeclaration() if choices.taken(reading.taken):
                mistakes.append(_about_brackets(reading, brackets))
            case ChoiceDeclaration():
                choices.declare(statement)
            case OptionHeading():
                choices.head(statement)
            case EndOfOptions():
                choices.end(statement)
            case ArticleHeading() if _has_another_number(statement, statements):
                mistakes.append(_of_several_numbers(reading, brackets))
            case TermDeclaration() | OpenTermNode() if choices.taken(reading.taken):
                mistakes.append(_of_several_meanings(reading, brackets))
                if not _has_term(statement.name.text, statements):  # what speaks of it is not wrong as well
                    statements.append(statement)
                    taken.append(())
            case _:
                several = statement.sentences if isinstance(statement, Paragraph) else (statement,)
                statements += several
                taken += [choices.taken(reading.taken)] * len(several)
                choices.leave_out(reading.left_out)
    choices.finish()
    mistakes += _headings_alone(rest, brackets)
    unread = frozenset(reading.piece.opening for reading in rest if reading.statement is None)
    last = statements[-1] if statements else header
    span = header.span.to(last.span)
    found = choices.found
    return Document(
        header, tuple(statements), unread, found, tuple(taken) if found else (), choices.declared, span=span
    ), dict.fromkeys((*choices.mistakes, *mistakes))


def _headings_alone(rest: Iterable[ParsedPiece], brackets: Brackets) -> Iterable[Mistake]:
    """`[CN: article 3 "Lasers" | JP: delete]`: the clauses below it do not go with it."""
    within: dict[int, list[ParsedPiece]] = {}
    for reading in rest:
        for number, _ in brackets.around(reading.piece.start):
            within.setdefault(number, []).append(reading)
    for number, readings in within.items():
        if all(isinstance(reading.statement, ArticleHeading) for reading in readings):
            place = brackets.places[number]
            message = say("nothing but a heading stands in this bracket, and the clauses below it stay")
            remedy = say("write `option …:` above the heading, and `end of options` below the last of its clauses")
            yield Mistake(message, place.start, place.end, remedies=(remedy,))


def _has_another_number(heading: ArticleHeading, statements: list[Statement]) -> bool:
    """Whether it is the heading that was read last, in another wording, and its number differs."""
    last = statements[-1] if statements else None
    return isinstance(last, ArticleHeading) and last.span.start == heading.span.start and last.label != heading.label


def _of_several_numbers(reading: ParsedPiece, brackets: Brackets) -> Mistake:
    place = next(brackets.places[number] for number, _ in reading.taken if not brackets.places[number].whole)
    message = say("an article has one number: here it has another one in each option")
    remedy = say("write `option …:` above each of the articles, and `end of options` below the last one")
    return Mistake(message, place.start, place.end, remedies=(remedy,))


def _has_term(name: str, statements: list[Statement]) -> bool:
    return any(isinstance(one, TermDeclaration | OpenTermNode) and one.name.text == name for one in statements)


def _of_several_meanings(reading: ParsedPiece, brackets: Brackets) -> Mistake:
    """A term that stands in an option, or with options inside."""
    message = say("a term means the same whatever is taken: options stand in clauses")
    remedy = say(
        "declare each meaning under a name of its own, outside of options, and write `[… | …]` where clauses use it"
    )
    return Mistake(message, *_place(reading, brackets), remedies=(remedy,))


def _place(reading: ParsedPiece, brackets: Brackets) -> tuple[int, int]:
    """The bracket that it stands in, or that stands in it; under a heading its first word."""
    bracket = next((brackets.places[number] for number, _ in reading.taken), None)
    if bracket is None:
        return reading.piece.start, reading.piece.opening_end
    return bracket.start, bracket.end


def _about_brackets(reading: ParsedPiece, brackets: Brackets) -> Mistake:
    """What says how options hang together, and stands in an option itself, or has options."""
    opening = reading.piece.opening
    message = say("`{opening}` speaks of options: it stands in none, and none stand in it", opening=opening)
    return Mistake(message, *_place(reading, brackets), remedies=(say("write it outside, without square brackets"),))


def _before_any_header(group: list[ParsedPiece]) -> Iterable[Mistake]:
    """One message for all that stands there: what is missing is one header."""
    first = next((reading.piece for reading in group if reading.statement is not None), None)
    if first is None:
        return
    missing = listed([_BEGINNINGS[kind] for kind in PLACES[first.opening]], "or")
    message = say(
        "`{opening}` stands in no document: {missing} is missing above it", opening=first.opening, missing=missing
    )
    yield Mistake(message, first.start, first.opening_end)


def _misplaced(group: list[ParsedPiece], kind: str) -> Iterable[Mistake]:
    header = group[0].piece
    related = ((header.start, header.opening_end, say("the `{opening}` begins here", opening=header.opening)),)
    in_case = False
    for reading in _each_piece(group[1:]):
        piece = reading.piece
        in_case = in_case or piece.opening == "case"
        places = PLACES.get(piece.opening, (kind,))
        if reading.statement is None:
            continue
        if kind not in places:
            where = listed([say(_NAMES[place]) for place in places], "or")
            message = say(
                "`{opening}` belongs to {places}, not to {here}",
                opening=piece.opening,
                places=where,
                here=say(_NAMES[kind]),
            )
            ways = (
                (say("write `cases for NAME` on a line above it, with the name of the text"),)
                if places == (CASES,)
                else ()
            )
            if not (ways and in_case and piece.opening != "case"):  # it is told with its `case`
                yield Mistake(message, piece.start, piece.opening_end, remedies=ways, related=related)
        if piece.opening == "given" and kind == CASES and not in_case:
            message = say("`given` belongs to a case: no `case` stands before it")
            yield Mistake(message, piece.start, piece.opening_end)


def _each_piece(group: list[ParsedPiece]) -> Iterable[ParsedPiece]:
    """Every piece once, whatever its wordings."""
    first: dict[int, ParsedPiece] = {}
    for reading in group:
        first.setdefault(reading.piece.start, reading)
    return first.values()


def _misplaced_brackets(group: list[ParsedPiece], kind: str, brackets: Brackets) -> Iterable[Mistake]:
    """Brackets stand in the clauses of a text under negotiation, and nowhere else."""
    for reading in _each_piece(group):
        if reading.taken and (kind != TEXT or reading.piece.opening in HEADERS):
            place = brackets.places[reading.taken[0][0]]
            where = say_as("statement", "the header") if reading.piece.opening in HEADERS else say(_NAMES[kind])
            message = say("square brackets stand in clauses that are still open, not in {where}", where=where)
            yield Mistake(
                message, place.start, place.end, remedies=(say("write one text for each, or what was agreed"),)
            )
