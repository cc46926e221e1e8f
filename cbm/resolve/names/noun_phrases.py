"""Nouns with words in front of them that are conditions: whose unit it is, and what else is so of it."""

from __future__ import annotations

from cbm.finding import RuleId
from cbm.resolve.faults import Fault, fault, meant_by
from cbm.resolve.names.paths import members_of
from cbm.resolve.names.scope import Scope
from cbm.syntax import ast
from cbm.syntax.synonyms import said_for_words
from cbm.translation.listing import listed
from cbm.translation.saying import say

_SPELT_SO = 0.85  # as alike as a noun and the same noun written apart


def several_words(scope: Scope, name: ast.Name, of: int | None = None) -> Fault | None:
    """`CN warships`, `a Japanese warship`, `an approaching aircraft`: a condition beside a noun that there is.

    `of`: the role of which it is said in a condition, where it does not say who is bound.
    """
    words, nouns, party = name.span.text.split(), nouns_of(scope), scope.party
    if len(words) < 2 or "_".join(words) in nouns or meant_by(name.text, nouns, scope.readers_words("member", "term")):
        return None
    parties = [one for one in (words[0], *said_for_words(words[0])) if one in scope.parties]
    if parties and party is not None:
        kind = noun_like(" ".join(words[1:]), nouns)
        message = say("whose unit it is, is a condition: `{party}` is no part of what it is called", party=words[0])
        belongs = listed([f"`{one}.{party.name} is {parties[0]}`" for one in scope.roles], "or")
        remedy = say("write `{kind}`, and {conditions} behind `when`", kind=kind, conditions=belongs)
        if of is not None:
            belongs = f"{scope.roles[of]}.{party.name} is {parties[0]}"
            remedy = say("write `{kind}`, and join `{condition}` to it with `and`", kind=kind, condition=belongs)
        return fault(RuleId.UNDEFINED, name.span, message, remedies=(remedy,))
    if noun_like(name.text, nouns, _SPELT_SO) in nouns:
        return None
    runs = ((first, last) for last in range(len(words), 0, -1) for first in range(last))
    known = next(((first, last) for first, last in runs if "_".join(words[first:last]) in nouns), None)
    if known is None:
        return None
    kind, rest = "_".join(words[slice(*known)]), " ".join((*words[: known[0]], *words[known[1] :]))
    message = say("no kind of unit and no term is called `{name}`", name=" ".join(words))
    remedy = say("write `{kind}`, and behind `when` what `{words}` comes to", kind=kind, words=rest)
    if of is not None:
        remedy = say("write `{kind}`, and join to it with `and` what `{words}` comes to", kind=kind, words=rest)
    return fault(RuleId.UNDEFINED, name.span, message, remedies=(remedy,))


def noun_like(words: str, nouns: set[str], alike: float = 0.6) -> str:
    """The noun that is nearest to these words, or they themselves."""
    from difflib import get_close_matches  # only who errs waits for it

    return next(iter(get_close_matches("_".join(words.split()), sorted(nouns), n=1, cutoff=alike)), words)


def nouns_of(scope: Scope) -> set[str]:
    return {*scope.terms, *scope.pending, *(m for v in scope.attributes.values() for m in members_of(v))}
