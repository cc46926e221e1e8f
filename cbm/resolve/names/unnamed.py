"""What stands where a name has to and is none, with what is written for it: a value, a role, a sign, a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from cbm.patterns import pattern
from cbm.resolve.faults import suggestion
from cbm.resolve.names.scope import Scope, members_of
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.signs import UNITS
from cbm.syntax.synonyms import folded, said_for_words
from cbm.translation.saying import mark, say

_LENGTHS = {"minute": "1 min", "hour": "1 h", "day": "1 day", "week": "7 days"}
_OR_MORE = {"more": ">=", "above": ">=", "fewer": "<=", "less": "<=", "below": "<="}
_FIGURE = pattern(r"(?P<amount>[0-9][0-9,.]*(?:\s*[A-Za-z/]+)?)\s+or\s+\Z")
_FIGURE_ALONE = pattern(r"\[\s*(?P<figure>[0-9][\d.,]*)\s*\]\s*\Z")
_PLACED = pattern(r"(?:in|inside|within|(?P<outside>outside))\s+(?:(?:the|an?)\s+)?(?P<name>[^\W\d]\w*)")
_IS_CALLED = pattern(r"\s+is\s+(?P<not>not\s+)?(?P<name>[^\W\d]\w*)")
_FIGURE_IN_BRACKET = pattern(
    r"(?:[<>=]|\b(?:from|to|within))\s*\[[^\[\]]*\Z"
)  # what stands before a figure, and its bracket
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


def meant_instead(scope: Scope, path: ast.Path, text: str, known: Collection[str]) -> tuple[str, ...]:
    """How it is written where it is a value, a role, a unit without its figure or a phrase; nothing if it is none."""
    before = _before(path.span)
    if text in UNITS and (left := _FIGURE_ALONE.search(before)):  # `>= [500] m`
        words = mark(
            "without what stands in the bracket no figure is left: write `[{figure} | …]` with another one, or "
            "`[__ from … to …]` with its unit where it is open"
        )
        return (say(words, figure=left["figure"]),)
    found = _of_another_sort(scope, path, text) or written_instead(scope, before, path.span.text.split())
    if not found and not suggestion(text, known) and _FIGURE_IN_BRACKET.search(before):
        return (say("an empty figure is written `[__ from 1 nmi to 5 nmi]`"),)
    return found


def _of_another_sort(scope: Scope, path: ast.Path, text: str) -> tuple[str, ...]:
    """How it is written where it is the value of a kind, or a role."""
    placed = _PLACED.fullmatch(path.span.text)
    if placed is not None:  # `when in eez`, `when outside territorial_sea`
        text = placed["name"]
    holding = [name for name, variable in scope.attributes.items() if text in members_of(variable)]
    if len(holding) == 1:
        attribute = holding[0]
        roles = () if scope.attributes[attribute].role is None else scope.roles
        if placed is not None:
            first = f"{scope.roles[0]}.{attribute}" if roles else attribute
            return (say("write `{words}`", words=f"{first} is {'not ' if placed['outside'] else ''}{text}"),)
        if len(path.parts) > 1:
            return (_as_value(f"{path.parts[0].text}.{attribute}" if roles else attribute, attribute, text),)
        return _as_one_more(_before(path.span), attribute, roles, text)
    if text in scope.roles:
        if said := _of_party(scope, path):
            return said
        return (say("write what is said of it, as in `{text} is a …` or `{text}.…`", text=text),)
    return ()


def _of_party(scope: Scope, path: ast.Path) -> tuple[str, ...]:
    """`other is CN`, `other is Chinese`: what is said of whose unit it is."""
    found = _IS_CALLED.match(path.span.source.text, path.span.end)
    party = scope.party
    if found is None or party is None:
        return ()
    called = (found["name"], *said_for_words(found["name"]))
    named = next((one for one in called if one in scope.parties), None)
    if named is None:
        return ()
    words = f"{path.span.text}.{party.name} is {'not ' if found['not'] else ''}{named}"
    return (say("whose unit it is, is said of it: write `{words}`", words=words),)


def _as_one_more(before: str, attribute: str, roles: Sequence[str], value: str) -> tuple[str, ...]:
    """What is written for a value, perhaps behind another one of that unit: `other.craft is warship or submarine`."""
    from cbm.syntax.mistakes.slip_words import with_article  # only who errs waits for it

    paths = [f"{role}.{attribute}" for role in roles] or [attribute]
    what = "|".join(map(re.escape, (*paths, *roles)))
    said = re.finditer(rf"(?<![\w.])(?P<what>{what})\s+(?:is\s+)?(?P<not>not\s+)?(?P<noun>an?\s)?", before)
    last = next((one for one in reversed(list(said)) if (one["what"] in roles) == bool(one["noun"])), None)
    if last is None:
        return (_as_value(paths[0], attribute, value),)
    if not last["not"] and not last["noun"]:
        return (_as_value(last["what"], attribute, value),)
    words = f"{last['what']} is {'not ' if last['not'] else ''}{with_article(value) if last['noun'] else value}"
    if last["not"]:  # behind `or` one of the two would always be so
        return (say("where neither is meant, write `and {words}`", words=words),)
    return (say("write `{words}`", words=words),)


def _as_value(path: str, attribute: str, value: str) -> str:
    words = mark("it is a value of `{attribute}`: write `{path} is {value}`, or `in (…)` for several")
    return say(words, attribute=attribute, path=path, value=value)


def _before(span: Span) -> str:
    """The last words before a place."""
    return span.source.text[max(0, span.start - 80) : span.start]
