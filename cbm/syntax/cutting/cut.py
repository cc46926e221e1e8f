"""From a text to its statements: where each begins and ends, without reading what it says.

A statement begins at a line whose first word is one that statements begin with, and runs to the next such
line. So a mistake in one statement leaves the others alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import MULTILINE, VERBOSE

from cbm.patterns import pattern
from cbm.records import Record

VOCABULARY, TEXT, CASES = "vocabulary", "text", "cases"
HEADERS = {"vocabulary": VOCABULARY, "instrument": TEXT, "draft": TEXT, "cases": CASES}

_OPENINGS = (
    "vocabulary party kind situation roles moments axiom counter channel language topic term act result never titles "
    "instrument draft article clause covers reserve options option tie cases case given expect"
)
OPENINGS = tuple(_OPENINGS.split())
LONGER_OPENINGS = (
    "fixed roles",
    "views differ on",
    "types by",
    "without prejudice",
    "open term",
    "left out",
    "end of options",
)

# Titles without a colon before them, as far as they decide whether a line is one of an attribute: `party : party`.
_TITLES = r'(?: (?:otherwise\s+)? (?:[a-z]{2,3}\s+)? "[^"\n]*" \s* ){0,20}'
_BEGINNING = pattern(
    rf"""
    ^[ \t]*
    (?P<words>
        (?: {"|".join(OPENINGS)}
          | fixed[ \t]+roles | views[ \t]+differ[ \t]+on | types[ \t]+by | without[ \t]+prejudice | open[ \t]+term
          | left[ \t]+out | end[ \t]+of[ \t]+options )
        (?!\w)
        (?! \s* (?: (?: otherwise \s+ )? "[^"\n]*" \s* {_TITLES} )? : )
      | (?: each | shared )
        (?!\w)
        (?= [ \t\r]* (?: \#.* )? $ | [ \t]+ [^\s:"\#]+ \s* {_TITLES} : )
      | [^\s:"\#]+ [ \t]+ requires (?!\w)
    )
    """,
    MULTILINE | VERBOSE,
)
_SPACES = pattern(r"[ \t]+")
_ASIDE = pattern(r'"[^"\n]*"?|#[^\n]*')
_COMMENT = pattern(r"#[^\n]*")
_TOPIC = pattern(r"(?<!\w)topic(?!\w)")


class Piece(Record):
    """One statement's share of the text. `opening` are the words it begins with, empty for what none begins."""

    opening: str
    start: int
    opening_end: int
    end: int


def cut(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces between two offsets, in order and without anything left out between them."""
    opening, begin, opening_end = "", start, start
    for match in _BEGINNING.finditer(text, start, end):
        words = _SPACES.sub(" ", match["words"])
        if words.endswith(" requires"):
            words = "requires"
        place = match.start("words")
        if words == "topic" and opening in ("act", "result") and _lacks_topic(text[begin:place]):
            continue
        yield Piece(opening, begin, opening_end, place)
        opening, begin, opening_end = words, place, match.end("words")
    yield Piece(opening, begin, opening_end, end)


def _lacks_topic(statement: str) -> bool:
    """A `topic` on a line of its own still belongs to an act or a result that has none."""
    return not _TOPIC.search(_ASIDE.sub("", statement))


def says_nothing(text: str, piece: Piece) -> bool:
    """Whether there are only blanks and comments."""
    return not piece.opening and not _COMMENT.sub("", text[piece.start : piece.end]).strip()
