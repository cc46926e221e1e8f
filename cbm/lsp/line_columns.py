"""Offsets in a text to lines and columns as the protocol counts them, and back: columns in units of the client.

A line ends with a line feed, a carriage return, or both, and with nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping

from lsprotocol.types import Position, PositionEncodingKind, Range

_BREAK = re.compile(r"\r\n|\n|\r")
_UNITS: Mapping[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    PositionEncodingKind.Utf32: len,
}


class Positions:
    """The lines of one text; `encoding` is the one that was agreed with the client."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self._text = text
        self._units = _UNITS[encoding]
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def position(self, offset: int) -> Position:
        """Where an offset is."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self._text[self._starts[line] : offset]))

    def range(self, start: int, end: int) -> Range:
        """Where the characters between two offsets are."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a place, at the latest the end of its line or of the text."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        later = self._starts[position.line + 1] if position.line + 1 < len(self._starts) else len(self._text)
        left = position.character
        for offset, sign in enumerate(self._text[start:later].rstrip("\r\n"), start):
            left -= self._units(sign)
            if left < 0:
                return offset
        return start + len(self._text[start:later].rstrip("\r\n"))
