"""Slips in what is the case: in conditions of clauses, and in what cases and questions give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import Match, Pattern

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.phrases.rewritten import LONGEST, NAME, UNIT
from cbm.syntax.mistakes.slip_words import BEFORE_CONDITIONS, in_content
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

_BINDING = pattern(rf"(?P<label>[0-9][\w.]*)\s+(?:binds|applies\s+to|governs)\s+(?P<role>{NAME})(?!\w)")
_NOT_DONE = pattern(rf"(?P<role>{NAME})\s+(?:does|do|did)\s+not\s+(?P<act>{NAME})(?!\w)")
_AGREED = pattern(
    r"(?:unless|except\s+where|save\s+where)\s+(?:it\s+is\s+)?(?:otherwise\s+(?:agreed|decided|provided)"
    rf"|(?:agreed|decided)\s+otherwise|(?:the\s+|both\s+|all\s+)?{NAME}\s+(?:agree|decide)\s+otherwise)(?!\w)"
)
_FACT = pattern(rf"(?:not\s+)?{NAME}(?:\.{NAME}(?!\w)|\s+(?:is|in)\s|\s*[<>=])")
_WHOSE = pattern(rf"(?P<role>{NAME})\s+is\s+(?P<kind>an?\s+{NAME})\s+(?:of|from)\s+(?P<party>{NAME})(?!\w)")
_AMOUNT = pattern(rf"(?P<what>{NAME}(?:\.{NAME})?)\s+(?:of\s+)?(?P<value>[0-9][0-9,.]*\s*(?:{UNIT})(?!\w))")
# What stands before a condition in speech, and begins no name.
_NEEDLESS = ("at", "during", "that", "there", "if")


def fact_slips(failure: Failure) -> Iterator[Mistake]:
    if failure.piece.opening in ("clause", "given", "expect", "term", "case", "covers"):
        yield from (mistake for known in _KNOWN if (mistake := known(failure)) is not None)


def _behind_case(failure: Failure) -> Mistake | None:
    """`case "one" when night`, `case "one" given night`, and `own is a warship` on the next line."""
    if failure.piece.opening != "case" or '"' not in failure.last.text:
        return None
    said = failure.word in ("when", "if", "where", "while") or (failure.word == "given" and not failure.begins_line)
    if not said and not (failure.begins_line and _FACT.match(failure.rest)):
        return None
    return failure.says(say("what is the case in it stands behind `given`, on a line of its own"))


def _agreed_otherwise(failure: Failure) -> Mistake | None:
    """`unless otherwise agreed`, `unless the parties agree otherwise`."""
    found = _here(failure, _AGREED)
    if found is None:
        return None
    words = " ".join(found[0].split())
    return failure.says(
        say("`{words}` names no fact", words=words),
        say("leave it out: parties can always agree otherwise; or declare a fact for it in a vocabulary"),
        at=Written(words, found.start(), found.end()),
    )


def _binding_claimed(failure: Failure) -> Mistake | None:
    """`when 2 binds own`."""
    found = _here(failure, _BINDING)
    if found is None:
        return None
    words = f"{found['role']} is bound by ({found['label']})"
    return _instead(
        failure, found, say("that a clause binds is said of who is bound: write `{words}`", words=words), words
    )


def _its(failure: Failure) -> Mistake | None:
    """`when its speed > 10 kt`."""
    if failure.last.text not in ("its", "their") or not failure.word or failure.word in RESERVED or in_content(failure):
        return None
    said = Written("", failure.last.start, failure.place.end)
    message = say("what is so of a unit is said with its role and a dot")
    return failure.says(message, say("write `ROLE.{name}`, as in `own.{name}`", name=failure.word), at=said)


def _not_done(failure: Failure) -> Mistake | None:
    """`when own does not call`."""
    found = _here(failure, _NOT_DONE)
    if found is None:
        return None
    words = f"not {found['role']}.{found['act']}"
    return _instead(failure, found, say("that a unit does not do something is written `{words}`", words=words), words)


def _whose(failure: Failure) -> Mistake | None:
    """`given own is a warship of CN`."""
    found = _here(failure, _WHOSE)
    if found is None:
        return None
    words = f"{found['role']} is {' '.join(found['kind'].split())} and {found['role']}.party is {found['party']}"
    return _instead(failure, found, say("whose unit it is, is said apart: write `{words}`", words=words), words)


_SIDES_OF = ("least", "most", "below", "under", "above", "over")  # a figure: no names of what is measured


def _amount_alone(failure: Failure) -> Mistake | None:
    """`when range 3 nmi`, `given range of 3 nmi`."""
    found = None if in_content(failure) else _here(failure, _AMOUNT)
    if found is None or failure.place.start != found.start("value") or found["what"] in (*RESERVED, *_SIDES_OF):
        return None
    if failure.last.text != "of" and not failure.accepts("RELATION"):
        return None
    what, value = found["what"], found["value"]
    return failure.says(
        say("how `{what}` compares with `{value}` is not said", what=what, value=value),
        say("write `{what} = {value}`, `{what} <= {value}` or `{what} >= {value}`", what=what, value=value),
        at=Written(found[0], found.start(), found.end()),
    )


def _needless(failure: Failure) -> Mistake | None:
    """`given at night`, `when that night`: where the rest can be read without the word."""
    if failure.last.text not in _NEEDLESS or not failure.word or failure.word in ("least", "most"):
        return None
    if failure.piece.opening == "clause" and not BEFORE_CONDITIONS & {word.text for word in failure.before}:
        return None  # `at night a warship must`: no condition has begun
    there = failure.last.text == "there" and failure.word in ("is", "are") and len(failure.onwards) > 1
    said = f"there {failure.word}" if there else failure.last.text
    mend = Mend(failure.last.start, failure.onwards[1].start if there else failure.place.start, "")
    if failure.left(mend) >= failure.piece.end - failure.place.start:
        return None
    place = Written(said, failure.last.start, failure.place.end if there else failure.last.end)
    return failure.says(say("`{word}` is not needed here: leave it out", word=said), at=place, mend=mend)


def _here(failure: Failure, known: Pattern[str]) -> Match[str] | None:
    """Where these words stand around the place at which reading ended."""
    start, end = failure.place.start - LONGEST, failure.place.start + LONGEST
    several = known.finditer(failure.text, max(failure.line_start, start), min(failure.piece.end, end))
    return next((found for found in several if found.start() <= failure.place.start <= found.end()), None)


def _instead(failure: Failure, found: Match[str], message: str, words: str) -> Mistake:
    return failure.says(message, at=Written(found[0], found.start(), found.end()), instead=words)


_KNOWN: tuple[Callable[[Failure], Mistake | None], ...] = (
    _agreed_otherwise,
    _behind_case,
    _binding_claimed,
    _its,
    _not_done,
    _whose,
    _amount_alone,
    _needless,
)
