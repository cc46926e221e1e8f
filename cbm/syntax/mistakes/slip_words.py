"""Words and questions that several sorts of slips have in common."""

from __future__ import annotations

from cbm.syntax.mistakes.failure import Failure

MODALS = {"must", "shall", "should", "may", "need"}


# A figure with a unit of length.
DISTANCE = r"[0-9][\d,.]*\s*(?:nmi|km|m|ft|yd)(?!\w)"
BEFORE_CONDITIONS = {"when", "unless", "means", "given", "deems", "requires", "axiom", "expect", "is"}


def in_content(failure: Failure) -> bool:
    """Whether what is asked is being read, and not a condition."""
    words = [word.text for word in failure.before if word.text in MODALS | BEFORE_CONDITIONS]
    return bool(words) and words[-1] in MODALS


def with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
