"""Slips in how far units are apart: what is measured has a name in the language, and its bound stands behind it."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import DISTANCE, in_content
from cbm.translation.saying import say

_KEPT = pattern(
    r"keep\s+(?:(?:a|an|the)\s+)?(?:(?P<what>[^\W\d]\w*)\s+of\s+)?"
    rf"(?P<bound>(?:at least|at most|more than|less than|not less than|not more than)\s+)?(?P<amount>{DISTANCE})"
    r"(?:\s+(?:away|apart|off|clear|distance))?(?:\s+(?:from|of)(?:\s+(?:a|an|the|any|other|another))*\s+[^\W\d]\w*)?"
)
_SIGNS = {"more than": ">", "less than": "<", "at most": "<=", "not more than": "<="}
_NEARNESS = pattern(rf"(?:(?P<order>closer|nearer|less|farther|further|more)\s+than|within)\s+(?P<amount>{DISTANCE})")
_FARTHER = ("farther", "further", "more")


def kept_amount(failure: Failure) -> Mistake | None:
    """`must keep 500 m away`, `must keep a separation of at least 500 m`."""
    found = next(_KEPT.finditer(failure.text, failure.piece.start, failure.piece.end), None)
    if found is None or not found.start() <= failure.place.start <= found.end() + 1:
        return None
    bound = f"{_SIGNS.get(' '.join((found['bound'] or '').split()), '>=')} {found['amount']}"
    if found["what"]:
        meant = f"keep {found['what']} {bound}"
        message = say("what is kept has its bound behind it: write `{words}`", words=meant)
        return failure.says(message, at=_written(found[0], found.start()), instead=meant)
    return failure.says(
        say("it is not said what is kept"),
        say("write `keep NAME {bound}` with the name of a result, such as `separation`", bound=bound),
        at=_written(found[0], found.start()),
    )


def unnamed_distance(failure: Failure) -> Mistake | None:
    """`when closer than 3 nmi`, `a warship within 3 nmi of a fighter`, `must not approach closer than 500 m`."""
    found = next(_NEARNESS.finditer(failure.text, failure.piece.start, failure.piece.end), None)
    end = 0 if found is None else found.end("amount") + (failure.word in ("of", "from"))
    if found is None or not found.start() <= failure.place.start <= end:
        return None
    order = ">" if found["order"] in _FARTHER else "<" if found["order"] else "<="
    condition = say(
        "write `when NAME {sign} {amount}` with its name, which `cbm words` finds", sign=order, amount=found["amount"]
    )
    kept: tuple[str, ...] = ()
    if in_content(failure):
        forbidden = any(word.text == "not" for word in failure.before)
        sign = _OPPOSITE[order] if forbidden else order
        bound = f"{sign} {found['amount']}"
        kept = (say("write `must keep NAME {bound}` where it is what is asked for", bound=bound),)
    return failure.says(say("it is not said what is measured"), *kept, condition, at=_written(found[0], found.start()))


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<="}


def _written(words: str, start: int) -> Written:
    return Written(words, start, start + len(words))
