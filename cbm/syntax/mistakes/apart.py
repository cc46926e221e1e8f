"""How far apart two points in time are, said in words that the language does not have: what to write instead."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.translation.saying import say

_PHRASE = pattern(
    r"is\s+(?P<words>(?:[a-z]+\s+){0,4})(?P<length>[0-9][0-9,.]*\s*(?:s|min|h|days?))\s+(?P<order>before|after)(?!\w)"
)
_MEANT = {
    "over": "more than",
    "more": "more than",
    "longer than": "more than",
    "later than": "more than",
    "not within": "more than",
    "under": "less than",
    "less": "less than",
    "fewer than": "less than",
    "within": "at most",
    "up to": "at most",
    "not over": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "not later than": "at most",
    "not under": "at least",
    "no less than": "at least",
    "not less than": "at least",
}


def apart_otherwise(failure: Failure) -> Mistake | None:
    """`m0 is over 24 h after m1`."""
    place = failure.place.start
    for found in _PHRASE.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= place <= found.end():
            words, length, order = (" ".join(found[name].split()) for name in ("words", "length", "order"))
            message = (
                say(
                    "two times lie `less than`, `at most`, `at least` or `more than` so far apart, "
                    "not `{words}` so far",
                    words=words,
                )
                if words
                else say(
                    "two times lie `less than`, `at most`, `at least` or `more than` so far apart, "
                    "and it is not said which"
                )
            )
            meant = f"is {_MEANT[words]} {length} {order} …" if words in _MEANT else ""
            remedies = (say("write `{words}`", words=meant),) if meant else ()
            written = failure.text[found.start() : found.end("length")]
            return failure.says(message, *remedies, at=Written(written, found.start(), found.end("length")))
    return None
