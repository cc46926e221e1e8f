"""Sentences in place of a name: which of two things comes first, and what a unit does."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.resolve.names.scope import Scope
from cbm.source import Span
from cbm.syntax.synonyms import folded
from cbm.translation.saying import say

_DONE = ("has", "have", "had", "does", "did")
_ORDERS = ("before", "after")
_LENGTHS = {"minute": "1 min", "hour": "1 h", "day": "1 day", "week": "7 days"}
_OR_MORE = {"more": ">=", "above": ">=", "fewer": "<=", "less": "<=", "below": "<="}
_FIGURE = pattern(r"(?P<amount>[0-9][0-9,.]*(?:\s*[A-Za-z/]+)?)\s+or\s+\Z")


def said_as_sentence(scope: Scope, place: Span) -> tuple[str, ...]:
    """How a condition is written that stands there as a sentence: `start before end`, `organiser notifies`.

    So of what is no name either: `every week`, `troops >= 9,000 or more`.
    """
    words, before = place.text.split(), place.source.text[max(0, place.start - 80) : place.start]
    if words[0] in _LENGTHS and len(words) == 1 and before.split()[-1:] == ["every"]:
        return (say("write `{words}`", words=f"every {_LENGTHS[words[0]]}"),)
    if words[0] in _OR_MORE and (figure := _FIGURE.search(before)):
        return (say("write `{words}`", words=f"{_OR_MORE[words[0]]} {figure['amount']}"),)
    if len(words) == 3 and words[1] in _ORDERS and all(_happens(scope, word) for word in words[::2]):
        return (say("write `{words}`", words=f"{words[0]} is {words[1]} {words[2]}"),)
    if len(words) > 1 and words[0] in scope.roles:
        return tuple(say("write `{words}`", words=f"{words[0]}.{act}") for act in _act_called(scope, words[1:]))
    return ()


def _happens(scope: Scope, word: str) -> bool:
    """Whether it is a moment, or an act of a role."""
    role, dot, act = word.partition(".")
    return role in scope.roles and act in scope.acts if dot else word in scope.moments


def _act_called(scope: Scope, words: list[str]) -> tuple[str, ...]:
    """The act that readers call so, or whose name is like the verb; nothing where none is."""
    from difflib import get_close_matches  # only who errs waits for it

    said = " ".join(words[1:] if words[0] in _DONE and words[1:] else words)
    titles = scope.readers_words("act")
    by_title = [act for act in scope.acts if folded(said) in map(folded, titles.get(act, ()))]
    return tuple(by_title[:1] or get_close_matches("_".join(said.split()), sorted(scope.acts), n=1, cutoff=0.6))
