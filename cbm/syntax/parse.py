"""From a text to its tree: whatever the text is, the answer is a tree and what is wrong with the text.

What finds words for mistakes is imported where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from cbm.finding import Finding
from cbm.patterns import pattern
from cbm.process.budget import require_going_on
from cbm.process.garbage import without_collection
from cbm.records import Record, replace
from cbm.source import Edit, Source, Span
from cbm.syntax.ast import File, Header
from cbm.syntax.cutting.assemble import ParsedPiece, assemble
from cbm.syntax.cutting.bracket_signs import find_brackets
from cbm.syntax.cutting.brackets import Brackets, PlacedOption, content
from cbm.syntax.cutting.cut import HEADERS, LONGER_OPENINGS, OPENINGS, Piece, cut, says_nothing
from cbm.syntax.cutting.fenced_blocks import Blocks, statements_in
from cbm.syntax.cutting.filled_wordings import without_whole
from cbm.syntax.cutting.flaws import flaw, too_large
from cbm.syntax.cutting.merge_marks import without_unmerged
from cbm.syntax.known_statements import keep_statement, known_in, known_statement
from cbm.syntax.mistake import Mistake, Mistaken
from cbm.syntax.statements.build import build
from cbm.syntax.tables.grammar import grammar
from cbm.syntax.tables.lalr import Unexpected
from cbm.translation.saying import say

if TYPE_CHECKING:
    from cbm.syntax.mistakes.failure import Failure

_MOST_MISTAKES = 1_000
_READ_ANYWAY = 100_000  # signs of a text are read however little time there is
_BYTE_ORDER_MARK = "\ufeff"


class AdvisedEdit(Record):
    """What is wrong with the form of a source, and the one change that is advised.

    `lexical`: it writes the same in the signs and letters of the language, and guesses nothing.
    """

    finding: Finding
    edit: Edit
    lexical: bool


def parse(source: Source) -> tuple[File, tuple[Finding, ...]]:
    """The documents of a source and the findings about its form, in order of place; never raises.

    A statement with a mistake stands in its document as it is advised, if it can be read so. Else it is left out, and
    with a header its document: where there are findings, the tree is not what is written. A name that ends in
    `.cbm.md` says that the source is Markdown.
    """
    file, mistakes = _parsed(source)
    return file, tuple(mistake.finding(source) for mistake in mistakes)


def headers(source: Source) -> tuple[Header, ...]:
    """The headers of the documents of a source, as far as they can be read; nothing else is read."""
    return tuple(document.header for document in _parsed(source, HEADERS)[0].documents)


def mends(source: Source) -> tuple[AdvisedEdit, ...]:
    """What is wrong with the form of a source, where one change is advised, each with that change."""
    return tuple(
        AdvisedEdit(mistake.finding(source), Edit(Span(source, mend.start, mend.end), mend.text), mend.lexical)
        for mistake in _parsed(source)[1]
        if (mend := mistake.mend) is not None and not _loses_brackets(source.text[mend.start : mend.end], mend.text)
    )


def _loses_brackets(words: str, instead: str) -> bool:
    """Whether brackets go with words that are changed: each wording is read as if they did not stand there."""
    return any(sign in words and sign not in instead for sign in "[]") and len(words.strip()) > 1


def _parsed(source: Source, openings: Collection[str] | None = None) -> tuple[File, list[Mistake]]:
    """`openings` are the words that the statements to be read begin with; None: all are."""
    with without_collection(), known_in(source, whole=openings is None):
        mistake = too_large(source.text)
        if mistake is not None:
            return File(source, ()), [mistake]
        text, unmerged = without_unmerged(without_mark(source.text))
        found = statements_in(source.name, text)
        readings, mistakes, brackets = _readings(source, text, found, openings)
        documents, misplaced = assemble(readings, brackets)
        ordered = sorted([*unmerged, *mistakes, *misplaced], key=lambda mistake: (mistake.start, mistake.end))
        return File(source, documents), ordered


def _readings(
    source: Source, text: str, found: Blocks, openings: Collection[str] | None
) -> tuple[list[ParsedPiece], list[Mistake], Brackets]:
    readings: list[ParsedPiece] = []
    brackets = find_brackets(text, found.ranges)
    mistakes = [*found.mistakes, *brackets.mistakes][:_MOST_MISTAKES]
    text = without_whole(text, brackets)
    for start, end in found.ranges:
        for piece in cut(text, start, end):
            if openings is not None and piece.opening not in openings:
                continue
            if piece.end > _READ_ANYWAY:
                require_going_on()
            for reading, mistake in _wordings(source, text, piece, brackets):
                readings.append(reading)
                if mistake is not None:
                    mistakes.append(mistake)
            if len(mistakes) >= _MOST_MISTAKES:
                message = say("{most:,} mistakes were found; what follows was not read", most=_MOST_MISTAKES)
                mistakes.append(Mistake(message, piece.end, piece.end))
                return readings, mistakes, brackets
    return readings, mistakes, brackets


def _wordings(
    source: Source, text: str, piece: Piece, brackets: Brackets
) -> Iterator[tuple[ParsedPiece, Mistake | None]]:
    """A statement, or each of its wordings where it has brackets, with the options that it stands with."""
    around = tuple((number, option.number) for number, option in brackets.around(piece.start))
    if any(piece.start <= place < piece.end for place in brackets.broken):
        yield ParsedPiece(piece, None), None  # what is wrong with it is said of the bracket
        return
    crowded = _begun_within(source.text, piece, brackets)
    if crowded is not None:
        from cbm.syntax.mistakes.bracket_slips import statement_behind_stroke

        yield ParsedPiece(piece, None), statement_behind_stroke(source.text, crowded)
        return
    if not brackets.within(piece.start, piece.end):
        found = list(read(source, text, piece))
    else:
        from cbm.syntax.wordings import read_wordings

        found = list(read_wordings(source, text, piece, brackets, read))
        begun = _begun_in_capitals(text, piece)
        if begun is not None and any(mistake is not None for _, mistake in found):
            yield from _wordings(source, text, replace(piece, end=begun), brackets)
            yield from _wordings(source, text, Piece("", begun, begun, piece.end), brackets)
            return
    for reading, mistake in found:
        yield replace(reading, taken=(*around, *reading.taken)) if around else reading, mistake


def _begun_within(text: str, piece: Piece, brackets: Brackets) -> PlacedOption | None:
    """An option of whole statements whose own one begins within this one, on a line with what stands before it."""
    for bracket in brackets.places:
        if bracket.whole and bracket.start < piece.end and piece.start < bracket.end:
            for option in bracket.options[1:]:
                start, end = content(text, option)
                if piece.start < start < piece.end and text[start:end].partition(" ")[0] in OPENINGS:
                    return option
    return None


def without_mark(text: str) -> str:
    """A byte order mark says nothing; a blank in its place keeps all offsets."""
    return f" {text[1:]}" if text.startswith(_BYTE_ORDER_MARK) else text


def read(source: Source, text: str, piece: Piece) -> Iterator[tuple[ParsedPiece, Mistake | None]]:
    """One statement, or two where the second begins with a misspelt word."""
    mistake = flaw(text, piece)
    if mistake is not None:
        yield ParsedPiece(piece, None), mistake
    elif says_nothing(text, piece):
        return
    elif not piece.opening:
        if (begun := _begun_in_capitals(text, piece)) is not None:
            yield from read(source, text, replace(piece, end=begun))
            yield from read(source, text, replace(piece, start=begun, opening_end=begun))
            return
        from cbm.syntax.mistakes.failure import unknown_beginning
        from cbm.syntax.mistakes.spelling import misspelt_opening

        unknown = unknown_beginning(text, piece)
        meant = misspelt_opening(unknown)
        yield from _misspelt(source, unknown, meant)
    else:
        yield from _statement(source, text, piece)


def _statement(source: Source, text: str, piece: Piece) -> Iterator[tuple[ParsedPiece, Mistake | None]]:
    words = text[piece.start : piece.end]
    known = known_statement(source, piece.start, words)
    if known is not None:
        yield ParsedPiece(piece, known), None
        return
    try:
        statement = build(source, piece.start, grammar().parse(words))
        keep_statement(piece.start, words, statement)
        yield ParsedPiece(piece, statement), None
    except Mistaken as mistaken:
        yield from _read_on(source, text, piece, mistaken.mistake)
    except Unexpected as error:
        if (begun := _begun_in_capitals(text, piece)) is not None:
            yield from _statement(source, text, replace(piece, end=begun))
            yield from read(source, text, Piece("", begun, begun, piece.end))
            return
        from cbm.syntax.mistakes.failure import failure
        from cbm.syntax.mistakes.messages import explain
        from cbm.syntax.mistakes.spelling import misspelt_opening

        why = failure(text, piece, error)
        meant = misspelt_opening(why)
        if not meant:
            yield from _read_on(source, text, piece, explain(why))
            return
        before = Piece(piece.opening, piece.start, piece.opening_end, why.place.start)
        yield from _statement(source, text, before)
        yield from _misspelt(source, why, meant)


def _begun_in_capitals(text: str, piece: Piece) -> int | None:
    """Where a further statement begins in large letters (`Article 2`), which was read as a part of this one."""
    begun = _IN_CAPITALS.search(text, text.find("\n", piece.start, piece.end) + 1 or piece.end, piece.end)
    return None if begun is None else begun.start("word")


_IN_CAPITALS = pattern(
    r"^[ \t]*(?P<word>(?=(?-i:[A-Z]))(?:vocabulary|instrument|draft|article|part|section|chapter|annex|clause|paragraph"
    r"|rule|provision|covers|reserve|options?|tie|cases?|given|expect|party|kind|channel|topic|term|moments|axiom)"
    r"(?!\w)(?!\s*(?:\"[^\"\n]*\"\s*)*:))",
    re.IGNORECASE | re.MULTILINE,
)


def _read_on(
    source: Source, text: str, piece: Piece, first: Mistake, opening_end: int | None = None
) -> Iterator[tuple[ParsedPiece, Mistake | None]]:
    """A statement as it is advised to be mended, with each of its mistakes; `opening_end`: of the word meant."""
    if first.mend is None:
        yield ParsedPiece(piece, None), first
        return
    from cbm.syntax.recovery import read_on

    found = read_on(source, text, replace(piece, opening_end=opening_end or piece.opening_end), first)
    for number, mistake in enumerate(found.mistakes):
        yield (ParsedPiece(piece, found.statement) if not number else _told_besides(piece)), mistake
    if found.begun is not None and piece.start < found.begun:
        yield from read(source, text, Piece("", found.begun, found.begun, piece.end))


def _told_besides(piece: Piece) -> ParsedPiece:
    """Stands beside a statement for a further mistake of it, and for nothing else."""
    return ParsedPiece(replace(piece, opening=""), None)


def _misspelt(source: Source, failure: Failure, meant: str) -> Iterator[tuple[ParsedPiece, Mistake | None]]:
    """Read as a statement of the kind that was meant, so that what follows it is not called misplaced.

    Each further line that begins with the same word is told as well.
    """
    from cbm.syntax.mistakes.failure import unknown_beginning
    from cbm.syntax.mistakes.spelling import unknown_opening

    text, end, start = failure.text, failure.piece.end, failure.place.start
    begins = rf"(?<=\n)[ \t]*({re.escape(failure.word)})(?!\w)"
    further = (start + found.start(1) for found in re.finditer(begins, text[start:end])) if meant else ()
    starts = (start, *further)
    for begin, until in zip(starts, (*starts[1:], end), strict=True):
        at = unknown_beginning(text, Piece("", begin, begin, until)) if meant else failure
        piece, mistake = Piece(meant, begin, begin, until), unknown_opening(at, meant)
        if meant not in (*OPENINGS, *LONGER_OPENINGS):
            yield ParsedPiece(piece, None), mistake
            continue
        found = list(_read_on(source, text, piece, mistake, begin + len(meant)))
        read_whole = found[0][0].statement is not None or at.word.lower() == meant
        told = [one for one in found if read_whole or (one[1] is not None and one[1].mend is not None)]
        yield from told or found[:1]  # of what may not be meant it is not told what is missing in it
