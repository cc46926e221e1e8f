"""A text without its comments."""

from __future__ import annotations

from cbm.patterns import pattern

_ASIDE = pattern(r'"[^"\n]*"?|#[^\n]*')


def without_comments(words: str) -> str:
    """The same with blanks where comments stand."""
    return _ASIDE.sub(lambda aside: " " * len(aside[0]) if aside[0][0] == "#" else aside[0], words)
