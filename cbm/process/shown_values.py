"""How a value that a program hands over is repeated to its author: as it would be written, if that is short."""

from __future__ import annotations

import os
from pathlib import PurePath
from re import compile as pattern

from cbm.translation.saying import say

SHORT = 40  # what is longer is not repeated to who wrote it
_ADDRESS = pattern(r" at 0x[0-9A-Fa-f]+")  # where a thing lies in memory, which nobody wrote


def shown_value(given: object) -> str:
    """A value as its author would write it; what is long, or has no such words, by its type."""
    try:
        written = f"Path({os.fspath(given)!r})" if isinstance(given, PurePath) else " ".join(repr(given).split())
    except Exception:  # whatever goes wrong in code of who hands it over
        written = ""
    told = 0 < len(written) <= SHORT and (isinstance(given, str) or not _ADDRESS.search(written))
    return written if told else say("something of type {type}", type=type(given).__name__)
