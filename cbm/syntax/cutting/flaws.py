"""What keeps a statement from being read at all: characters nobody sees, lines and nesting without end."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.syntax.cutting.cut import Piece
from cbm.syntax.mistake import Mistake
from cbm.translation.saying import say

MOST_CHARACTERS = 20_000_000
LONGEST_LINE = 10_000
DEEPEST_BRACKETS = 50

# Marks that change the direction of writing, control characters, line ends other than LF and CR LF, halves of
# characters, and all that Unicode calls default ignorable. They are refused in texts and comments too: what is read
# must be what is seen.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_IGNORABLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = pattern(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_DIRECTION}{_IGNORABLE}]|\r(?!\n)")
# Some scripts are not spelt without joiners, and variants of characters are chosen so: one, behind a letter of theirs.
_SPELT = pattern(
    "(?<=[\u0600-\u10ff\u1780-\u18af\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
    "(?<![\u17b4\u17b5\u180b-\u180f\u3164])[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_ASIDE = pattern(r'"[^"\n]*"?|#[^\n]*')
_MARK = pattern(rf"[{_DIRECTION}]")
_BRACKET_OR_ASIDE = pattern(r'[()]|"[^"\n]*"?|#[^\n]*')


def flaw(text: str, piece: Piece) -> Mistake | None:
    """The first of these in a statement, if there is any."""
    return _unseen_character(text, piece) or _long_line(text, piece) or _deep_brackets(text, piece)


def too_large(text: str) -> Mistake | None:
    if len(text) <= MOST_CHARACTERS:
        return None
    return Mistake(
        say(
            "this file has {length:,} characters; at most {most:,} are read",
            length=len(text),
            most=MOST_CHARACTERS,
        ),
        0,
        0,
        remedies=(say("split it"),),
    )


def _unseen_character(text: str, piece: Piece) -> Mistake | None:
    unseen = _UNSEEN.finditer(text, piece.start, piece.end)
    found = next((found for found in unseen if not _spells(text, found.start())), None)
    if found is None:
        return None
    character, remedies = found[0], (say("delete it"),)
    code = f"U+{ord(character):04X}"
    if _MARK.match(character):
        message = say(
            "invisible direction marks such as {code} are not allowed: they change the order words are shown in",
            code=code,
        )
    elif character == "\r":
        message, remedies = (
            say("a line ends in a way not all programs show"),
            (say("save the file with ordinary line ends"),),
        )
    elif "\ud800" <= character <= "\udfff":
        message, remedies = say("{code} is half a character", code=code), (say("save the file as UTF-8"),)
    else:
        message = say("the invisible character {code} is not allowed", code=code)
    return Mistake(message, found.start(), found.end(), remedies=remedies)


def _spells(text: str, place: int) -> bool:
    """Whether what is not seen there belongs to how a word is written, in what is said to readers."""
    if not _SPELT.match(text, place):
        return False
    line = text.rfind("\n", 0, place) + 1
    return any(aside.start() < place < aside.end() for aside in _ASIDE.finditer(text, line))


def _long_line(text: str, piece: Piece) -> Mistake | None:
    if piece.end - piece.start <= LONGEST_LINE:
        return None
    start = piece.start
    for line in text[piece.start : piece.end].split("\n"):
        if len(line) > LONGEST_LINE:
            message = say(
                "a line of {length:,} characters; at most {most:,} are read",
                length=len(line),
                most=LONGEST_LINE,
            )
            return Mistake(
                message, start, start + 1, remedies=(say("break the line: a statement may go over several"),)
            )
        start += len(line) + 1
    return None


def _deep_brackets(text: str, piece: Piece) -> Mistake | None:
    if text.count("(", piece.start, piece.end) <= DEEPEST_BRACKETS:
        return None
    depth = 0
    for found in _BRACKET_OR_ASIDE.finditer(text, piece.start, piece.end):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth > DEEPEST_BRACKETS:
            message = say("brackets nested more than {most} deep", most=DEEPEST_BRACKETS)
            remedies = (say("give a part of the condition a name with `term`"),)
            return Mistake(message, found.start(), found.end(), remedies=remedies)
    return None
