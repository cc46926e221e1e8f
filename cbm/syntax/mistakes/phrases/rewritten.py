"""Statements as newcomers write them, each with what is told of it and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from re import Match, Pattern

from cbm.patterns import pattern
from cbm.records import Record
from cbm.syntax.comments import without_comments
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.signs import UNITS
from cbm.translation.saying import say

# So much of a statement is looked at, in characters: who writes more in one breath is told no form of words.
LONGEST = 400

NAME = r"[^\W\d]\w*"
NAMES = rf"(?P<names>{NAME}(?:(?:\s*,\s*|\s+and\s+){NAME})*)"
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
PARTED = pattern(r"\s*,\s*|\s+and\s+")


class Rewritten(Record):
    """What is told of some words; a remedy, if the message says none; what is written in their place, if it is known.

    Without a message nothing is told.
    """

    message: str
    remedy: str = ""
    words: str = ""


Known = tuple[Pattern[str], Callable[[Match[str]], Rewritten]]


def instead(message: str, words: str, shown: str = "") -> Rewritten:
    """That these words are written; `shown`: what is shown of them to the reader, with what stands around."""
    return Rewritten(message, say("write `{words}`", words=" ".join((shown or words).split())), words)


def rewritten(failure: Failure, known: Iterable[Known], start: int, *, whole: bool = False) -> Iterator[Mistake]:
    """What is told of the words from this place on, where they reach over the place at which reading ended.

    What a form calls `out` is left out, and nothing else of it is changed. `whole`: of all words to the end of the
    statement.
    """
    words = without_comments(failure.text[start : min(failure.piece.end, start + LONGEST)])
    start, said = start + len(words) - len(words.lstrip()), words.strip()
    if whole and failure.piece.end > start + LONGEST:
        return
    for form, told in known:
        found = form.fullmatch(said) if whole else form.match(said)
        if found is None or not start <= failure.place.start < start + found.end():
            continue
        one = told(found)
        if one.message and one.words.split() != found[0].split():
            place = Written(found[0], start, start + found.end())
            mend = _mend(failure, place, one.words)
            if "out" in form.groupindex:
                place = Written(found["out"], start + found.start("out"), start + found.end("out"))
                mend = Mend(place.start, place.end, "") if _as_written(failure, place) else None
            yield failure.says(one.message, *((one.remedy,) if one.remedy else ()), at=place, mend=mend)


def rewritten_around(failure: Failure, known: Iterable[Known], words: int) -> Iterator[Mistake]:
    """The same of the place at which reading ended, and of each of so many words before it."""
    forms = tuple(known)
    for start in (*(word.start for word in failure.before[-words:]), failure.place.start):
        yield from rewritten(failure, forms, start)


def _mend(failure: Failure, place: Written, words: str) -> Mend | None:
    """In place of what is pointed at, where no comment stands in it."""
    return Mend(place.start, place.end, words) if words and _as_written(failure, place) else None


def _as_written(failure: Failure, place: Written) -> bool:
    return failure.text[place.start : place.end] == place.text
