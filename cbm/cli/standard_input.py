"""A text that comes from standard input in place of a file."""

from __future__ import annotations

import sys
from pathlib import Path

from cbm.finding import Misuse
from cbm.translation.saying import say

# What stands for it among paths.
STDIN = Path("-")


def text_from_stdin() -> str:
    """All of it; Misuse where it is closed or no UTF-8."""
    if sys.stdin is None:
        raise Misuse(say("there is nothing to read from: standard input is closed"))
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as refusal:
        words = say("standard input is not UTF-8 text (byte {number}): save it as UTF-8", number=refusal.start)
        raise Misuse(words) from None
