"""Constructs of the language that this version does not read yet: said at their place, never passed over."""

from __future__ import annotations

from re import compile as pattern

from cbm.syntax.failure import Failure, Written
from cbm.syntax.mistake import Mistake

_PHRASES = pattern(r"not\s+later\s+than")
# Statements in which those words are none of a later version.
_WITHOUT = ("open term", "reserve")
_WORD_ENDS = pattern(r"(?!\w)")
_REMEDY = 'keep the wording in `text "…"` or in a comment until it is'
_REMEDIES = {
    "not later than": "declare a moment for that day (`moments calendar_due`), and write `not after calendar_due`",
}


def planned_phrase(failure: Failure) -> Mistake | None:
    """Words of a later version where a statement could not be read on."""
    if failure.found is None or failure.piece.opening in _WITHOUT:
        return None
    phrase = _PHRASES.match(failure.text, failure.found.start, failure.piece.end)
    if phrase is None or not _WORD_ENDS.match(failure.text, phrase.end()):
        return None
    words = " ".join(phrase[0].split())
    place = Written(words, phrase.start(), phrase.end())
    return failure.says(f"`{words}` is not supported yet", _REMEDIES.get(words, _REMEDY), at=place)
