"""The blocks of a Markdown file that hold statements; everything around them is for readers only."""

from __future__ import annotations

from re import IGNORECASE, MULTILINE

from cbm.patterns import pattern
from cbm.records import Record
from cbm.syntax.mistake import Mistake
from cbm.translation.saying import say

SUFFIX = ".cbm.md"

_FENCE = pattern(r"^[ \t]*(`{3,}|~{3,})([^\n]*)\n?", MULTILINE)
_OUT_OF_REACH = pattern(
    r"^[ \t]*(?:>|[-*+][ \t]|[0-9]+[.)][ \t])[> \t]*(?:`{3,}|~{3,})[ \t]*cbm(?!\w)", MULTILINE | IGNORECASE
)


class Blocks(Record):
    """Where statements stand, as offsets, and what is wrong with the blocks themselves."""

    ranges: tuple[tuple[int, int], ...]
    mistakes: tuple[Mistake, ...]


def is_markdown(name: str) -> bool:
    """Whether a file of this name holds statements in blocks alone: its ending says so, as the language has it."""
    return name.lower().endswith(SUFFIX)


def statements_in(name: str, text: str) -> Blocks:
    """Where statements stand in a file of this name: in its blocks, or all through."""
    return blocks(text) if is_markdown(name) else Blocks(((0, len(text)),), ())


def blocks(text: str) -> Blocks:
    """Fences of backticks or tildes whose first word is `cbm`, as CommonMark reads them."""
    ranges: list[tuple[int, int]] = []
    mistakes: list[Mistake] = []
    outside = 0  # where the text between fences begins
    fence, is_ours, opened, begin = "", False, 0, 0
    for found in _FENCE.finditer(text):
        marks, info = found[1], found[2].strip()
        if fence:
            if marks[0] != fence[0] or len(marks) < len(fence) or info:
                continue
            if is_ours:
                ranges.append((begin, found.start()))
            fence, outside = "", found.end()
        elif "`" not in info or marks[0] == "~":
            mistakes.extend(_out_of_reach(text, outside, found.start()))
            fence, is_ours = marks, info.lower().split()[:1] == ["cbm"]
            opened, begin = found.start(1), found.end()
    if not fence:
        mistakes.extend(_out_of_reach(text, outside, len(text)))
    elif is_ours:
        remedies = (say("write the same marks on a line of their own below it"),)
        mistakes.append(
            Mistake(say("the block that begins here has no end"), opened, opened + len(fence), remedies=remedies)
        )
    return Blocks(tuple(ranges), tuple(mistakes))


def _out_of_reach(text: str, start: int, end: int) -> list[Mistake]:
    """A block begun behind a list mark or a quotation mark would be passed over without a word."""
    message = say("this block is not read: begin it on a line of its own, outside quotations")
    return [Mistake(message, found.start(), found.end()) for found in _OUT_OF_REACH.finditer(text, start, end)]
