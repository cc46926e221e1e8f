"""Words and questions that several sorts of slips have in common."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from cbm.patterns import pattern
from cbm.syntax.mistakes.failure import Failure
from cbm.translation.saying import say

MODALS = {"must", "shall", "should", "may", "need"}


# A figure with a unit of length.
DISTANCE = r"[0-9][\d,.]*\s*(?:nmi|km|m|ft|yd)(?!\w)"
PROMPTLY = pattern(
    r"(?<!\w)(?:immediately|promptly|forthwith|at once|timely|well (?:in advance|beforehand)|without (?:undue )?delay"
    r"|in (?:good|due) (?:time|course)|in a timely (?:manner|fashion|way)|within a (?:reasonable|short) (?:time|period)"
    r"|at the (?:earliest|first)(?: possible)? (?:opportunity|moment|time)"
    r"|as (?:soon|early|quickly) as (?:possible|practicable|practical|feasible))(?!\w)"
)
_SIDES = pattern(r"\b(?:between|binding)\s+(?P<who>[^#\n\"]*)")
_NAMES = pattern(r"[^\W\d]\w*")
BEFORE_CONDITIONS = {"when", "unless", "means", "given", "deems", "requires", "axiom", "expect", "is"}


def in_content(failure: Failure) -> bool:
    """Whether what is asked is being read, and not a condition."""
    words = [word.text for word in failure.before if word.text in MODALS | BEFORE_CONDITIONS]
    return bool(words) and words[-1] in MODALS


@lru_cache(maxsize=4)
def sides_of(text: str) -> frozenset[str]:
    """The words of its headers that name whose text it is."""
    return frozenset(name for sides in _SIDES.finditer(text) for name in _NAMES.findall(sides["who"]))


def role_bound(failure: Failure) -> str:
    """The role that a sentence binds: as it is named there, or else the one that is called `own`."""
    sentence = [word.text for word in failure.before]
    modal = next((number for number, word in enumerate(sentence) if word in MODALS), len(sentence))
    bound = list(takewhile(lambda word: word not in ("when", "meeting"), sentence[:modal]))
    names = bound[-2:]
    of_kind = names[-1:] in (["unit"], ["party"]) or not {"a", "an", "any", "every", "each"}.isdisjoint(bound)
    return "own" if not names or of_kind or names[-1] in sides_of(failure.text) else names[-1]


def with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def singular(noun: str) -> str:
    """An English noun in the singular; a noun that is in it stays what it is."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun.removesuffix("s") if not noun.endswith(("ss", "us")) else noun


def meeting_alike(noun: str) -> str:
    """Who is bound where two of one kind meet."""
    return f"{with_article(noun)} meeting {with_article(noun)}"


def vague_time(words: str) -> tuple[str, str]:
    """What is said of a time that nobody can measure, and what to write."""
    said = say("`{words}` sets no time of which it could be told whether it was kept", words=words)
    return said, say("write `within … after …`, or leave it out")
