"""Text to columns: counts what a terminal shows, so that underlines stand below what they underline."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import Match

from cbm.patterns import pattern
from cbm.translation.speech import spoken

LIMIT = 100

_COMMAND = pattern(r"^\s*::(?=[^:\s])|##\w*\[")
_FORMULA = ("=", "+", "-", "@")
_TAB = 4
_REPLACEMENT = "\ufffd"
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CLOSING = frozenset("、。，．・：；！？）」』】》〉”’…ー々,.;:!?)]}")
_OPENING = frozenset("（「『【《〈“‘([{")


def width(text: str) -> int:
    """Columns a terminal takes for a text without tabs and control characters."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_width, text))


def padded(text: str, columns: int) -> str:
    """The text with blanks behind it, so that it takes so many columns."""
    return text + " " * (columns - width(text))


def ahead(text: str, columns: int) -> str:
    """The text with blanks before it, so that it takes so many columns."""
    return " " * (columns - width(text)) + text


def visible(text: str) -> str:
    """One line that cannot move the cursor, change colours or reorder what stands beside it."""
    return text if text.isprintable() and text.isascii() else "".join(map(_visible, text))


def begun(text: str) -> str:
    """The words as they begin a line of a page; what begins with a small letter in Chinese or Japanese is a name."""
    return text[:1].upper() + text[1:] if spoken() == "en" else text


def page(lines: Iterable[str]) -> str:
    """Lines to a page that is inert in the log of a CI server, whatever words of a text come to stand at a beginning.

    GitHub takes `::name::` behind blanks, and `##[name]` anywhere, for a command to itself; a backslash is put in.
    """
    return "".join(f"{_COMMAND.sub(_without_effect, line)}\n" for line in lines)


def inert_cell(cell: str) -> str:
    """A cell of a table: what a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(("\t", "\r")) else cell


def expand(line: str) -> str:
    """A source line as shown: tabs to the next multiple of four columns, the rest made visible."""
    shown: list[str] = []
    column = 0
    for character in line:
        piece = " " * (_TAB - column % _TAB) if character == "\t" else _visible(character)
        column += width(piece)
        shown.append(piece)
    return "".join(shown)


def wrap(text: str, first: str = "", rest: str = "", limit: int = LIMIT) -> list[str]:
    """Lines of at most `limit` columns where the text allows it, broken at blanks and beside wide characters.

    `first` stands before the first line, `rest` before the others; both count.
    """
    lines = [first]
    for piece in _pieces(visible(" ".join(text.split()))):
        if lines[-1] not in (first, rest) and width(lines[-1] + piece.rstrip()) > limit:
            lines.append(rest)
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _without_effect(command: Match[str]) -> str:
    sign = "::" if command[0].endswith("::") else "["
    return f"{command[0].removesuffix(sign)}\\{sign}"


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if piece and _may_part(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _may_part(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    wide = _width(before) == 2 or _width(after) == 2
    return wide and before not in _OPENING and after not in _CLOSING


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    hidden = character in _BIDIRECTIONAL or unicodedata.category(character) in ("Cc", "Zl", "Zp")
    return _REPLACEMENT if hidden else character
