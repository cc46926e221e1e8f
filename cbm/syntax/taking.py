"""The text of a package: what is taken stands without brackets, what is left out is gone, all else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.syntax.ast import Document, Tie
from cbm.syntax.comments import without_comments

_SEPARATORS = ",;"  # that stand without a blank before them


def with_taken(
    text: str, document: Document, taken: Mapping[int, int], others: Iterable[tuple[int, int, str]] = ()
) -> str:
    """The text with these options of the document's choices, both by number; other choices stay open.

    `others` are places of the text outside of brackets, from where to where, with what is to stand there.

    Comments and layout stay. A line on which nothing is left goes with what stood there; so do the declarations of
    choices that are settled, and ties that speak of nothing else.
    """
    pieces = [*_pieces(text, document, taken, 0, len(text))]
    pieces += ((start, end, "") for start, end in _settled(document, taken))
    return _replaced(text, 0, len(text), sorted((*pieces, *others)))


def words_with(document: Document, taken: Mapping[int, int], start: int, end: int) -> str:
    """What stands between two offsets of a document with these options, on one line; other choices stay open.

    It may begin or end inside of a bracket.
    """
    text = list(document.span.source.text[start:end])
    for number, choice in enumerate(document.choices):
        for place in choice.places if number in taken else ():
            for at in range(max(place.span.start, start), min(place.span.end, end)):
                if not any(a <= at < b for option, a, b in place.contents if option == taken[number]):
                    text[at - start] = " "
    told = " ".join(without_comments("".join(text)).split())
    for separator in _SEPARATORS:
        told = told.replace(f" {separator}", separator)
    return told


def _pieces(
    text: str, document: Document, taken: Mapping[int, int], start: int, end: int
) -> Iterator[tuple[int, int, str]]:
    """The places within some words that no other one holds: from where to where, and what is to stand there."""
    places = [
        (place.span.start, place.span.end, number, place)
        for number, choice in enumerate(document.choices)
        for place in choice.places
        if number in taken and start <= place.span.start and place.span.end <= end
    ]
    outer = start
    for begin, stop, number, place in sorted(places, key=lambda known: (known[0], -known[1])):
        if begin < outer:
            continue  # inside of one that is settled itself
        outer = stop
        content = next(((a, b) for option, a, b in place.contents if option == taken[number]), None)
        told = "" if content is None else _replaced(text, *content, _pieces(text, document, taken, *content))
        yield begin, stop, told.strip()


def _settled(document: Document, taken: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Where choices are declared, or tied, of which nothing is open any more."""
    open_names = {
        choice.name.text for number, choice in enumerate(document.choices) if choice.name and number not in taken
    }
    for declaration in document.declared:
        if declaration.name.text not in open_names:
            yield declaration.span.start, declaration.span.end
    if all(number in taken for number in range(len(document.choices))):
        for statement in document.statements:
            if isinstance(statement, Tie):
                yield statement.span.start, statement.span.end


def _replaced(text: str, start: int, end: int, pieces: Iterable[tuple[int, int, str]]) -> str:
    """The text from one offset to another with the pieces in place of what stood there; no blank line is added."""
    told: list[str] = []
    at = start
    for begin, stop, instead in pieces:
        told.append(text[at:begin])
        at = stop
        if instead:
            before = "".join(told)
            if instead[0] in _SEPARATORS and before[before.rfind("\n") + 1 :].strip():
                told[:] = [before.rstrip(" \t")]
            told.append(instead)
        else:
            at = _without_blanks(text, told, stop, end)
    told.append(text[at:end])
    return "".join(told)


def _without_blanks(text: str, told: list[str], stop: int, end: int) -> int:
    """Behind something that is gone: the line goes if nothing else is on it, or one of the two blanks around it."""
    before = "".join(told)
    line = before[before.rfind("\n") + 1 :]
    if not line.strip():
        rest = text[stop:end].split("\n", 1)
        if not rest[0].strip() and len(rest) == 2:
            told[:] = [before[: len(before) - len(line)]]
            return stop + len(rest[0]) + 1
    following = text[stop : stop + 1]
    if before[-1:] in (" ", "\t") and (not following or following in f" \t\r\n]{_SEPARATORS}"):
        told[:] = [before.rstrip(" \t")]
    return stop
