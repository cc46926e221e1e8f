"""How a value that a program hands over is repeated to its author: as it would be written, if that is short."""

from __future__ import annotations

import os
from pathlib import PurePath

from cbm.translation.saying import say

SHORT = 40  # what is longer is not repeated to who wrote it


def shown_value(given: object) -> str:
    """A value as its author would write it; what is long by its type."""
    try:
        written = f"Path({os.fspath(given)!r})" if isinstance(given, PurePath) else " ".join(repr(given).split())
    except Exception:  # whatever goes wrong in code of who hands it over
        written = ""
    return written if 0 < len(written) <= SHORT else say("something of type {type}", type=type(given).__name__)
