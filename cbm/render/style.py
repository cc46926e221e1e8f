"""The few ways a piece of a page can be set off, and the two painters: none, and colours of a terminal."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from cbm.finding import Severity


class Style(StrEnum):
    """What a piece of a page is; the value is its code for a terminal."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    RELATED = "34"
    FRAME = "1;34"
    MESSAGE = "1"
    ADDED = "32"
    REMOVED = "31"


STYLE_OF_SEVERITY = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.NOTE: Style.NOTE}

Paint = Callable[[Style, str], str]


def plain(style: Style, text: str) -> str:
    """The text as it is."""
    del style
    return text


def ansi(style: Style, text: str) -> str:
    """The text in the colour of its style."""
    return f"\x1b[{style.value}m{text}\x1b[0m"
