"""Exceptions that stand in the last sentence of a clause alone: that they take nothing out of the others is told."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.norms import Norm, NormSystem
from cbm.core.substitution import mentioned
from cbm.translation.saying import say
from cbm.wording.clause_names import clause_name


def exceptions_of_one_sentence(system: NormSystem) -> Iterator[str]:
    """For each clause of which the last sentence alone says `unless`: from what it excepts, and from what it does not.

    Who reads a treaty may take it to be said of the whole clause; not where that sentence says who else is bound, or
    when else.
    """
    for clause, sentences in _by_clause(system).items():
        *before, last = (sentences[number] for number in sorted(sentences))
        if _excepts(last) and before and not any(map(_excepts, before)) and _bound(last) in map(_bound, before):
            yield say(
                "`unless` in {sentence} takes nothing out of the other sentences of clause {clause}: write it in each "
                "that it is meant for",
                sentence=clause_name(system, last[0].id.clause),
                clause=clause,
            )


def _by_clause(system: NormSystem) -> dict[str, dict[int, list[Norm]]]:
    """The norms of the text under check, by the clauses that have several sentences and the numbers of these."""
    sentences = system.texts[system.subject].sentences
    found: dict[str, dict[int, list[Norm]]] = {}
    for norm in system.norms.values():
        if norm.id.document == system.subject and norm.id.label in sentences:
            place = sentences[norm.id.label]
            found.setdefault(place.clause, {}).setdefault(place.number, []).append(norm)
    return found


def _excepts(norms: list[Norm]) -> bool:
    """Whether they say `unless` themselves, and not only of the very thing that they ask for or forbid."""
    said = ((guard, norm) for norm in norms for guard in norm.exceptions if guard.label is None and guard.span)
    return any(set(mentioned(guard.condition)).isdisjoint(mentioned(norm.content)) for guard, norm in said)


def _bound(norms: list[Norm]) -> tuple[object, ...]:
    """Who is bound, and when."""
    return norms[0].bearer, tuple(guard.condition for guard in norms[0].guards)
