"""Nouns with words in front of them that are conditions: whose unit it is, and what else is so of it."""

from __future__ import annotations

from cbm.core.sorts import FlagSort
from cbm.core.variables import Attribute
from cbm.finding import RuleId
from cbm.resolve.faults import Fault, fault, meant_by
from cbm.resolve.names.scope import Scope, members_of
from cbm.syntax import ast
from cbm.syntax.synonyms import said_for_words
from cbm.translation.listing import listed
from cbm.translation.saying import say

_SPELT_SO = 0.85  # as alike as a noun and the same noun written apart


def several_words(scope: Scope, name: ast.Name, role: int, among: int = 1) -> Fault | None:
    """`CN warships`, `a Japanese warship`, `an overtaking ship`: a condition beside a noun that there is.

    `role`: of which it is said. `among`: how many nouns say who is bound or met; none, where it is a condition.
    """
    words, nouns, party = name.span.text.split(), nouns_of(scope), scope.party
    if len(words) < 2 or "_".join(words) in nouns or meant_by(name.text, nouns, scope.readers_words("member", "term")):
        return None
    parties = [one for one in (words[0], *said_for_words(words[0])) if one in scope.parties]
    if parties and party is not None and role < len(scope.roles):
        message = say("whose unit it is, is a condition: `{party}` is no part of what it is called", party=words[0])
        condition = f"{party.name} is {parties[0]}"
        if words[1:] in (["unit"], ["units"]) and scope.interchangeable:
            remedy = _of_any_kind(scope, condition, role, among)
        else:
            remedy = _with_condition(scope, noun_like(" ".join(words[1:]), nouns), condition, role, among)
        return fault(RuleId.UNDEFINED, name.span, message, remedies=(remedy,))
    if noun_like(name.text, nouns, _SPELT_SO) in nouns:
        return None
    runs = ((first, last) for last in range(len(words), 0, -1) for first in range(last))
    known = next(((first, last) for first, last in runs if "_".join(words[first:last]) in nouns), None)
    if known is None:
        return None
    kind, rest = "_".join(words[slice(*known)]), " ".join((*words[: known[0]], *words[known[1] :]))
    message = say("no kind of unit and no term is called `{name}`", name=" ".join(words))
    if (condition := _said_of_unit(scope, "_".join(rest.split()))) and role < len(scope.roles):
        remedy = _with_condition(scope, kind, condition, role, among)
    elif among:
        remedy = say("write `{kind}`, and behind `when` what `{words}` comes to", kind=kind, words=rest)
        remedy = _apart(remedy, among)
    else:
        remedy = say("write `{kind}`, and join to it with `and` what `{words}` comes to", kind=kind, words=rest)
    return fault(RuleId.UNDEFINED, name.span, message, remedies=(remedy,))


def _with_condition(scope: Scope, kind: str, condition: str, role: int, among: int) -> str:
    """How a noun is written with a condition on its unit; who is bound where roles are fixed may have any of them."""
    if not among:
        whole = f"{scope.roles[role]}.{condition}"
        return say("write `{kind}`, and join `{condition}` to it with `and`", kind=kind, condition=whole)
    roles = (kind,) if kind in scope.roles else (scope.roles[role],) if scope.interchangeable else scope.roles
    listing = listed([f"`{one}.{condition}`" for one in roles], "or")
    return _apart(say("write `{kind}`, and {conditions} behind `when`", kind=kind, conditions=listing), among)


def _of_any_kind(scope: Scope, condition: str, role: int, among: int) -> str:
    """How a unit of which this is so is written, whatever its kind."""
    whole = f"{scope.roles[role]}.{condition}"
    if not among:
        return say("write `{condition}` alone, without `is a …`", condition=whole)
    if role:
        return say("leave `meeting …` out, and write `{condition}` behind `when`", condition=whole)
    return _with_condition(scope, "every unit", condition, role, among)


def _apart(remedy: str, among: int) -> str:
    """A condition is one on all kinds that stand beside one another."""
    return say("{remedy}, in a clause of its own", remedy=remedy) if among > 1 else remedy


def _said_of_unit(scope: Scope, name: str) -> str:
    """What stands behind its role of a unit of which this term, flag or value of one attribute is so; or nothing."""
    term, found = scope.terms.get(name), scope.attributes.get(name)
    if term is not None:
        return name if term.condition is not None and name not in scope.open_terms else ""
    if isinstance(found, Attribute) and found.role is not None and isinstance(found.sort, FlagSort):
        return name
    holders = scope.holders(name)
    return f"{holders[0].name} is {name}" if len(holders) == 1 else ""


def noun_like(words: str, nouns: set[str], alike: float = 0.6) -> str:
    """The noun that is nearest to these words, or they themselves."""
    from difflib import get_close_matches  # only who errs waits for it

    return next(iter(get_close_matches("_".join(words.split()), sorted(nouns), n=1, cutoff=alike)), words)


def nouns_of(scope: Scope) -> set[str]:
    return {*scope.terms, *scope.pending, *(m for v in scope.attributes.values() for m in members_of(v))}
