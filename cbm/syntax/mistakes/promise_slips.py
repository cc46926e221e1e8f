"""Slips in what a text promises to provide for."""

from __future__ import annotations

from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.translation.saying import say

_ARTICLES = ("a", "an")


def units_in_promise(failure: Failure) -> Mistake | None:
    """`covers a warship meeting a submarine for x`, `covers x for a warship meeting a submarine`."""
    following = failure.rest.split()[1:2] if failure.word == "for" else [failure.word]
    if failure.piece.opening != "covers" or not following or following[0] not in _ARTICLES:
        return None
    return failure.says(
        say("which units meet is a condition of a promise"),
        say("write `covers … in every type of … when own is a … and other is a …`"),
    )
