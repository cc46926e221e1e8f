"""Slips in what a text promises to provide for, and in what it is silent about."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.translation.saying import say

_RESERVE = "reserve"  # the word that begins one, and no rule
_ARTICLES = ("a", "an")
_ALL = pattern(r"covers\s+(?P<all>(?:all|any|every)\s+(?:topics?|matters?|subjects?)|everything)(?!\w)")
_ALL_OF = pattern(r"covers\s+(?P<out>(?:all|any)\s+)(?!types?\b|encounters?\b)[^\W\d]\w*")
_ALL_TYPES = pattern(r"(?:all|any|each|the)?\s*(?P<what>[^\W\d]\w*)(?=\s*(?:\Z|\n|\s(?:when|between|for)(?!\w)))")
_EVERYWHERE = pattern(r"covers\s+every(?!\w)")

_OF_CONDITIONS = (".", "is", "not", "in", "<", "<=", "=", "!=", ">", ">=")
_WHEN = pattern(r"(?<!\w)when(?!\w)")


def units_in_promise(failure: Failure) -> Mistake | None:
    """`covers a warship meeting a submarine for x`, `covers x for a warship meeting a submarine`."""
    following = failure.rest.split()[1:2] if failure.word == "for" else [failure.word]
    if failure.piece.opening != "covers" or not following or following[0] not in _ARTICLES:
        return None
    return failure.says(
        say("which units meet is a condition of a promise"),
        say("write `covers … in every type of … when own is a … and other is a …`"),
    )


def holding_for(failure: Failure) -> Mistake | None:
    """`covers x for warships`."""
    if failure.piece.opening != "covers" or failure.word != "for":
        return None
    return failure.says(
        say("what a promise holds for is said by types of encounter and a condition"),
        say("write `covers … in every type of …`, and `when own is a …` where it is for some units only"),
    )


def topics_behind(failure: Failure) -> Mistake | None:
    """`covers every type of encounter` and no more: what a promise is about stands first."""
    return _topics_first(failure) if _EVERYWHERE.match(failure.text, failure.piece.start) else None


def types_first(failure: Failure) -> Mistake | None:
    """`covers every encounter`: more is wrong than that `type of` is missing."""
    return _topics_first(failure) if failure.word == "every" and failure.last.text == "covers" else None


def all_topics(failure: Failure) -> Mistake | None:
    """`covers all topics in …`, `covers everything in …`."""
    found = _ALL.match(failure.text, failure.piece.start, failure.piece.end)
    if found is None or not found.start("all") <= failure.place.start <= found.end():
        return None
    return failure.says(
        say("a promise names its topics: `{words}` names none", words=found["all"]),
        say("write them one by one, as in `covers separation, communication in every type of …`"),
        at=Written(found["all"], found.start("all"), found.end("all")),
    )


def all_of_topic(failure: Failure) -> Mistake | None:
    """`covers all communication in every type of encounter`."""
    found = _ALL_OF.match(failure.text, failure.piece.start, failure.piece.end)
    if found is None or not found.start("out") <= failure.place.start <= found.end():
        return None
    words = found["out"].strip()
    return failure.says(
        say("a topic is promised as a whole: leave `{words}` out", words=words),
        at=Written(words, found.start("out"), found.start("out") + len(words)),
        mend=Mend(found.start("out"), found.end("out"), ""),
    )


def every_encounter(failure: Failure) -> Mistake | None:
    """`covers x in all encounters`, `covers x in encounters`."""
    found = _ALL_TYPES.match(failure.text, failure.place.start, failure.piece.end)
    if failure.piece.opening != "covers" or failure.last.text != "in" or found is None:
        return None
    words = f"every type of {found['what'].removesuffix('s')}"
    return failure.says(
        say("what a promise holds in is said by types: write `{words}`", words=words),
        mend=Mend(found.start(), found.end(), words),
    )


def open_topic(failure: Failure) -> Mistake | None:
    """`reserve 2 "distances" for separation`: a topic that is open as a whole."""
    behind = failure.found is None or failure.word == "until"
    known = _WHEN.search(failure.text, failure.piece.start, failure.piece.end)
    if failure.piece.opening != _RESERVE or known or not behind or not failure.before[2:]:
        return None
    return failure.says(
        say("a reserve says in which encounters the text is silent, with `when`"),
        say("a topic of which nothing is settled yet is left out of what the text `covers`"),
        say("or write `reserve … for … when …`"),
    )


def condition_for_topic(failure: Failure) -> Mistake | None:
    """`reserve 2 "waters" for own.disputed_waters`, `reserve 2 "waters" for separation, zone is eez`."""
    found = failure.found.text if failure.found else ""
    ahead = [word for word in failure.before[-2:] if word.text in ("for", ",")]
    known = _WHEN.search(failure.text, failure.piece.start, failure.piece.end)
    if failure.piece.opening != _RESERVE or not ahead or known or found not in _OF_CONDITIONS:
        return None
    behind, words = ahead[-1], "reserve … when …" if ahead[-1].text == "for" else "reserve … for … when …"
    return failure.says(
        say("behind `for` stand topics; a condition stands behind `when`"),
        say("write `{words}`", words=words),
        mend=Mend(behind.start, behind.end, "when" if behind.text == "for" else " when"),
    )


def _topics_first(failure: Failure) -> Mistake:
    return failure.says(
        say("what a promise is about stands first"),
        say("write `covers TOPICS in every type of …`, or `covers acts …` of single acts"),
    )
