"""Slips in what ties options of several choices together."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.phrases.rewritten import Known, Rewritten, instead, rewritten
from cbm.translation.saying import say

_COUNTED = pattern(r"bracket\s+[0-9]+\s+of\s+(?P<label>[\w.()]*[\w)])")
_TAKEN = r"[\w.()]+\s+is\s+[\w.]+"


def tie_slips(failure: Failure) -> Iterator[Mistake]:
    """What is written for `only if`, and a tie of both without its end."""
    if failure.piece.opening == "tie":
        yield from _counted(failure)
        yield from rewritten(failure, _KNOWN, failure.piece.start)


def _counted(failure: Failure) -> Iterator[Mistake]:
    """`bracket 2 of 1.1`, as the answers call it."""
    found = _COUNTED.search(failure.text, failure.piece.start, failure.piece.end)
    if found is not None:
        message = say("brackets of one clause are told apart by names, and not counted")
        only = say("write `{label}` if that is the only bracket there", label=found["label"])
        named = say("or give the one that is meant a name: `options NAME one of …`, and `[NAME …]` in the clause")
        yield failure.says(message, only, named, at=Written(found[0], found.start(), found.end()))


def _only_if(found: Match[str]) -> Rewritten:
    """`tie A requires B`; `tie A if B`, which says that B is taken with A alone."""
    one, other = found["one"], found["other"]
    if found["how"] in ("if", "when", "where", "whenever"):
        one, other = other, one
    return instead(say("what is no package otherwise is said with `only if`"), f"tie {one} only if {other}")


def _both(found: Match[str]) -> Rewritten:
    """`tie A and B`, `tie A with B`, `tie both A and B`."""
    words = f"tie both {found['one']} and {found['other']} or neither"
    return instead(say("what is taken together or not at all is said with `both … and … or neither`"), words)


_END = r"(?=\s*(?:\Z|\n|\"))"
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (
            rf"tie\s+(?P<one>{_TAKEN})\s+(?P<how>if|when|where|whenever|requires|implies|only\s+when|needs)\s+(?P<other>{_TAKEN}){_END}",
            _only_if,
        ),
        (rf"tie\s+(?:both\s+)?(?P<one>{_TAKEN})\s+(?:and|with|together\s+with|to)\s+(?P<other>{_TAKEN}){_END}", _both),
    )
)
