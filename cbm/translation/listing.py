"""Words one after the other, as a language lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from cbm.translation.saying import say, say_as

Last = Literal["and", "or", "then", ","]
Of = Literal["names", "sentences"]


def listed(words: Sequence[str], last: Last = "and", of: Of = "names") -> str:
    """`a`, `a and b`, `a, b and c`; some languages list names, and whatever stands for one, unlike whole sentences.

    With a comma as the last sign they stand in a row: `a, b, c`.
    """
    if len(words) < 2:
        return "".join(words)
    before = words[0]
    for word in words[1:-1]:
        before = _joined(of, ",", before, word)
    return _joined(of, last, before, words[-1])


def sentences(told: Iterable[str]) -> str:
    """Whole sentences one after the other; those that are empty are left out."""
    whole = ""
    for sentence in filter(None, told):
        whole = say_as("sentences", "{before} {after}", before=whole, after=sentence) if whole else sentence
    return whole


def row(words: Iterable[str]) -> str:
    """`a; b; c`: pieces of a sentence that stand by themselves."""
    return say("; ").join(words)


def pieces(words: str) -> list[str]:
    """What stands in a row."""
    return words.split(say("; "))


def in_brackets(words: object) -> str:
    """` (a)`, behind what it is said of."""
    return say(" ({words})", words=words)


def _joined(of: Of, sign: str, before: str, after: str) -> str:
    """Each pair is written out, since it is read from here into the catalogues."""
    match of, sign:
        case "names", ",":
            return say_as("names", "{before}, {after}", before=before, after=after)
        case "names", "and":
            return say_as("names", "{before} and {after}", before=before, after=after)
        case "names", "or":
            return say_as("names", "{before} or {after}", before=before, after=after)
        case "sentences", ",":
            return say_as("sentences", "{before}, {after}", before=before, after=after)
        case "sentences", "and":
            return say_as("sentences", "{before} and {after}", before=before, after=after)
        case "sentences", "or":
            return say_as("sentences", "{before} or {after}", before=before, after=after)
        case _:
            return say("{before} then {after}", before=before, after=after)
