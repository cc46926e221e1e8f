"""Words that drafters write for those of the language, by the table of synonyms: contractions, modals, who is bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import DISTANCE, PROMPTLY
from cbm.syntax.signs import MEANT_UNITS
from cbm.syntax.synonyms import synonyms
from cbm.translation.saying import say

_GAP = "…"
_UNIT = "|".join(unit for unit in MEANT_UNITS if unit.isascii() and unit.isalpha())
_AMOUNT = re.compile(rf"(?P<figure>[0-9][0-9,.]*)\s+(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE)
_ASIDE = re.compile(r'"[^"\n]*"|#[^\n]*')
# What stands for any name, number or condition in what is written: nothing of it is known.
_OF_ROLE = re.compile(r"\s+[^\W\d]\w*\.[^\W\d]")
_ANY = re.compile(r"\s*\b[A-Z]+\b|\s*…")


def said_otherwise(failure: Failure) -> Iterator[Mistake]:
    """Each phrase at which reading ended, the longest first."""
    start, place = failure.piece.start, failure.place
    behind = failure.before[-2].start if len(failure.before) > 1 else start  # what was read last may belong to it
    words = _ASIDE.sub(_blanked, failure.text[start : failure.piece.end])
    bare = _bare(words)
    found = []
    for begins, written, before, after in _phrases():
        # A pattern is made of a phrase whose first word is there, and of no other: there are hundreds.
        for phrase in _pattern(before, after).finditer(words) if begins in bare else ():
            parts = [phrase.span(name) for name in ("before", "after")[: 2 if after else 1]]
            told = words[phrase.end("before") : phrase.start("after")] if after else ""
            if re.fullmatch(DISTANCE, told.strip()) or PROMPTLY.match(words, phrase.start()):
                continue  # what stands around a distance is no time, nor is `as soon as possible`
            if written.startswith("otherwise") and _OF_ROLE.match(words, phrase.end()):
                continue  # `must call if not own.distress`
            if any(begin < place.end - start and behind - start < end for begin, end in parts):
                found.append((phrase, written, before, after))
    several = sorted(found, key=lambda one: one[0].start("before") - one[0].end())
    for phrase, written, _, after in several:
        also = [other for same, other, *_ in several if same.span() == phrase.span() and other != written]
        first, last = _parts(written, split=bool(after))
        gap = _AMOUNT.sub(_in_units, words[phrase.end("before") : phrase.start("after")]) if after else ""
        said, told = " ".join(phrase[0].split()), f"{first}{gap}{last}" if after else first
        mend = Mend(start + phrase.start(), start + phrase.end(), told)
        if "  " in gap:  # a bracket, of which one option is read: what is wrong stands around it
            said, told = f"{phrase['before']} {_GAP} {phrase['after']}", f"{first} {_GAP} {last}"
        message = (
            say("`{said}` is not how it is written: write `{meant}`", said=said, meant=told)
            if " " in said
            else say("`{word}` is not a word of the language: write `{meant}`", word=said, meant=told)
        )
        if also:  # it can mean either, and only who wrote it knows which
            begin, end = _parts(also[0], split=bool(after))
            other = f"{begin}{told.removeprefix(first).removesuffix(last)}{end}"
            message = say(
                "`{said}` can mean two things: write `{meant}` or `{other}`", said=said, meant=told, other=other
            )
        yield failure.says(message, at=Written(said, mend.start, mend.end), mend=None if also else mend)


def _in_units(amount: re.Match[str]) -> str:
    """`48 hours` as `48 h`."""
    return f"{amount['figure']} {MEANT_UNITS[amount['unit'].lower()]}"


def _blanked(aside: re.Match[str]) -> str:
    """A text in quotes or a comment, of which nothing is a word of the statement."""
    return re.sub(r"\w", "\0", aside[0])


@cache
def _phrases() -> tuple[tuple[str, str, str, str], ...]:
    """The bare first word; what is written; and what is said for it, before and behind what may stand in between."""
    return tuple(
        (_bare(before.split()[0]), written, before.strip(), after.strip())
        for written, several in synonyms().language.items()
        for said in several
        for before, _, after in [said.partition(_GAP)]
        if not said.startswith(_GAP)
        and written[0] not in "<>"  # how quantities are compared is told by what is compared
    )


@cache
def _pattern(before: str, after: str) -> re.Pattern[str]:
    first, last = (r"\s+".join(map(_word, words.split())) for words in (before, after))
    bounded = rf"(?<!\w)(?P<before>{first})(?!\w)" if before[:1].isascii() else rf"(?P<before>{first})"
    return pattern(f"{bounded}[^\n]*?(?<!\\w)(?P<after>{last})(?!\\w)" if after else bounded, re.IGNORECASE)


def _bare(words: str) -> str:
    """The words as they are looked for: without apostrophes, large letters like small ones."""
    return words.replace("'", "").replace("’", "").casefold()


def _word(word: str) -> str:
    """A word, with any apostrophe or none."""
    return re.escape(word).replace("'", "['’]?")


def _parts(written: str, *, split: bool) -> tuple[str, str]:
    """What is written, without what stands for something else."""
    first, _, last = written.partition(_GAP)
    if split:
        return _ANY.sub("", first).strip(), _ANY.sub("", last).strip()
    return _ANY.sub("", written).strip(), ""
