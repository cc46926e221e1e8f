"""What stands where a name has to and is none: a length without a figure, a second sign, a sentence."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.resolve.names.scope import Scope
from cbm.syntax.synonyms import folded
from cbm.translation.saying import say

_LENGTHS = {"minute": "1 min", "hour": "1 h", "day": "1 day", "week": "7 days"}
_OR_MORE = {"more": ">=", "above": ">=", "fewer": "<=", "less": "<=", "below": "<="}
_FIGURE = pattern(r"(?P<amount>[0-9][0-9,.]*(?:\s*[A-Za-z/]+)?)\s+or\s+\Z")
_DONE = ("has", "have", "had", "does", "did")


def written_instead(scope: Scope, before: str, words: list[str]) -> tuple[str, ...]:
    """How it is written behind what stands before: `every week`, `> 9,000 or more`, `unless organiser notifies`."""
    first, rest = words[0], words[1:]
    if first in _LENGTHS and not rest and before.split()[-1:] == ["every"]:
        return (say("write `{words}`", words=f"every {_LENGTHS[first]}"),)
    if first in _OR_MORE and (figure := _FIGURE.search(before)):
        return (say("write `{words}`", words=f"{_OR_MORE[first]} {figure['amount']}"),)
    if rest and first in scope.roles:
        return tuple(say("write `{words}`", words=f"{first}.{act}") for act in _act_called(scope, rest))
    return ()


def _act_called(scope: Scope, words: list[str]) -> tuple[str, ...]:
    """The act that readers call so, or whose name is like the verb; nothing where none is."""
    from difflib import get_close_matches  # only who errs waits for it

    said = " ".join(words[1:] if words[0] in _DONE and words[1:] else words)
    titles = scope.readers_words("act")
    by_title = [act for act in scope.acts if folded(said) in map(folded, titles.get(act, ()))]
    return tuple(by_title[:1] or get_close_matches("_".join(said.split()), sorted(scope.acts), n=1, cutoff=0.6))
