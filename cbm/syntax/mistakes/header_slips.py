"""Slips in the headers of agreements and drafts: whose they are, since when, what they rank as, and beside what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import IGNORECASE, Match, Pattern

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.translation.saying import say

_NAME = r"[^\W\d]\w*"
_NAMES = rf"(?P<names>{_NAME}(?:\s*(?:,|and)\s*{_NAME})*)"
_DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_RANKS = {
    "treaty": r"(?:legally\s+)?binding|convention|agreement|protocol|accord|law",
    "memorandum": r"mou|memorandum\s+of\s+understanding|arrangement",
    "political": r"(?:legally\s+)?non-?binding|not\s+binding|politically\s+binding|declaration|soft\s+law|guidelines?",
}
_PARTED = pattern(r"\s*(?:,|and)\s*")


def header_slips(failure: Failure) -> Iterator[Mistake]:
    """What stands at the place where reading ended, or begins one or two words before it."""
    if failure.piece.opening not in ("draft", "instrument"):
        return
    for start in (*(word.start for word in failure.before[-2:]), failure.place.start):
        for known, told in _KNOWN:
            found = known.match(failure.text, start, failure.piece.end)
            if found and found.end() > failure.place.start:
                message, words = told(found, failure.piece.opening)
                remedies = (say("write `{words}`", words=words),) if words else ()
                mend = Mend(found.start(), found.end(), words) if words else None
                yield failure.says(message, *remedies, at=Written(found[0], found.start(), found.end()), mend=mend)


Told = Callable[[Match[str], str], tuple[str, str]]  # the message, and what is written in place of what is found


def _parties(found: Match[str], _: str) -> tuple[str, str]:
    names = ", ".join(_PARTED.split(found["names"]))
    return say("the parties of a text stand behind `between`"), f"between {names}"


def _everybody(found: Match[str], _: str) -> tuple[str, str]:
    return say("a text without `between` is open to all: leave `{words}` out", words=found[0]), ""


def _vocabulary(found: Match[str], _: str) -> tuple[str, str]:
    return say("the vocabulary of a text stands behind `uses`"), f"uses {found['names']}"


def _since(found: Match[str], _: str) -> tuple[str, str]:
    return say("the date stands behind `{words}` alone", words=found["what"]), f"{found['what']} {found['date']}"


def _in_force(found: Match[str], _: str) -> tuple[str, str]:
    return say("since when a text binds is said with `in force`"), f"in force {found['date']}"


def _dated(found: Match[str], opening: str) -> tuple[str, str]:
    words = "proposed" if opening == "draft" else "adopted"
    return say("the date of a text stands behind `{words}`", words=words), f"{words} {found['date']}"


def _until(found: Match[str], _: str) -> tuple[str, str]:
    return say("how long a text binds is said with `until`"), f"until {found['date']}"


def _rank(found: Match[str], _: str) -> tuple[str, str]:
    rank = next(rank for rank, named in found.groupdict().items() if named)
    return say("how a text binds is said by its `rank`"), f"rank {rank}"


def _beside(found: Match[str], _: str) -> tuple[str, str]:
    return say("what a text is read together with stands behind `beside`"), f"beside {found['names']}"


def _changes(found: Match[str], _: str) -> tuple[str, str]:
    message = say(
        "what a text changes in others is not said in its header: write `until DATE` in the text that ends, or"
        " `notwithstanding {text}` where this one prevails",
        text=found["names"],
    )
    return message, ""


_KNOWN: tuple[tuple[Pattern[str], Told], ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (r"(?:(?:between|among)\s+)?all\s+(?:states|parties|countries)|open\s+to\s+all(?:\s+states)?", _everybody),
        (rf"(?:with|for|among|parties)\s+{_NAMES}(?=\s|\Z)", _parties),
        (rf"(?:using|vocabulary|based\s+on|on)\s+(?P<names>{_NAME})(?!\w)", _vocabulary),
        (rf"(?P<what>proposed|adopted|suspended|in\s+force)\s+(?:on|since|from|as\s+of)\s+{_DATE}", _since),
        (
            rf"(?:enter(?:s|ed)?\s+into\s+force|effective)(?:\s+(?:on|since|from|as\s+of))?\s+{_DATE}",
            _in_force,
        ),
        (rf"(?:signed|dated?|concluded|agreed)(?:\s+on)?\s+{_DATE}", _dated),
        (rf"(?:expir(?:es|y)|terminates|ends|valid\s+until)(?:\s+on)?\s+{_DATE}", _until),
        (rf"(?:rank\s+)?(?:{'|'.join(f'(?P<{rank}>{words})' for rank, words in _RANKS.items())})(?!\w)", _rank),
        (rf"(?:alongside|together\s+with|along\s+with)\s+(?P<names>{_NAME})(?!\w)", _beside),
        (rf"(?:replaces|supersedes|amends)\s+(?P<names>{_NAME})(?!\w)", _changes),
    )
)
