"""Two versions of a passage that git left side by side: told once, and the first of them is read."""

from __future__ import annotations

from collections.abc import Iterator
from re import MULTILINE

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.translation.saying import say

_MARK = pattern(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)[^\n]*", MULTILINE)
_ANYTHING = pattern(r"[^\n]")


def without_unmerged(text: str) -> tuple[str, tuple[Mistake, ...]]:
    """The text with blanks for such marks and for the second version, so that all offsets stay; and what is wrong."""
    if "<<<<<<<" not in text:
        return text, ()
    mistakes: list[Mistake] = []
    kept: list[str] = []
    behind = 0
    for start, first, second, end in _unmerged(text):
        message = say("two versions of this passage stand here, which git could not join")
        remedy = say("write what is meant, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
        mistakes.append(Mistake(message, start, first, remedies=(remedy,)))
        kept += (text[behind:start], _blank(text[start:first]), text[first:second], _blank(text[second:end]))
        behind = end
    return "".join((*kept, text[behind:])), tuple(mistakes)


def _unmerged(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where the first mark begins and ends, where the next one begins, and where the last one ends."""
    opened: tuple[int, int] | None = None
    second = 0
    for mark in _MARK.finditer(text):
        match mark[0][0]:
            case "<":
                opened, second = mark.span(), 0
            case ">" if opened and second:
                yield *opened, second, mark.end()
                opened = None
            case _:
                second = second or mark.start()


def _blank(words: str) -> str:
    return _ANYTHING.sub(" ", words)
