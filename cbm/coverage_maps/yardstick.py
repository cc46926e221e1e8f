"""What a map is measured against: what the text promises, or what its own scope implies where it promises nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cbm.core.expressions import TRUE, Formula, IsIn, conjunction, disjunction
from cbm.core.matters import Matter, Settled, concerns, matters
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Coverage, NormSystem
from cbm.core.roles import rotate
from cbm.core.substitution import parts_of, substitute
from cbm.core.viewpoints import seen
from cbm.coverage.governance import promised_in
from cbm.finding import Label
from cbm.ground.grounding import Ground
from cbm.outcomes.coverage_map import Promise
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.wording.condition_words import condition_words
from cbm.wording.situation_words import situation_words


@dataclass(frozen=True, slots=True)
class Measure:
    """One matter with the situations that are promised, and those between units whose coverage is asked about.

    `promises` are those that speak of it, and `of_party` says of which party the unit is, where that is asked for.
    """

    matter: Matter
    promised: Formula
    between: Formula
    promise: Promise
    promises: tuple[Coverage, ...] = ()
    of_party: Formula = TRUE


def measures(about: Ground, wanted: Sequence[Matter], party: str | None) -> tuple[Measure, ...]:
    """The matters wanted, or else all that are promised, or else all topics on which the text has a clause."""
    system = about.system
    declared = list(dict.fromkeys(matter for promise in Negotiation(system).promises for matter in matters(promise)))
    chosen = list(wanted) or declared or topics_of(system)
    return tuple(_measure(about, matter, party) for matter in chosen)


def topics_of(system: NormSystem) -> list[Matter]:
    """The topics on which the text under check has a clause, in its order."""
    own = (norm for norm in system.norms.values() if norm.id.document == system.subject)
    return list(dict.fromkeys(topic for norm in own for topic in norm.topics))


def _measure(about: Ground, matter: Matter, party: str | None) -> Measure:
    system = about.system
    of_party = conjunction(*_of_party(about, party))
    between = conjunction(*_joined(about), of_party)
    promises = tuple(promise for promise in Negotiation(system).promises if matter in matters(promise))
    if promises:
        where = disjunction(*(promised_in(about, promise) for promise in promises))
        words = listed([_words(about, promise) for promise in promises], "or")
        place = next((Label(promise.span) for promise in promises if promise.span is not None), None)
        promised = conjunction(where, between)
        return Measure(matter, promised, between, Promise(words, place), promises, of_party)
    scope = _scope(about, matter)
    return Measure(matter, conjunction(scope, between), between, Promise(_in_words(system, scope), None, implied=True))


def _words(about: Ground, promise: Coverage) -> str:
    roles = len(about.system.situation.roles)
    condition = conjunction(
        about.grounder.formula(promise.condition), about.grounder.formula(rotate(promise.whose, about.bearer, roles))
    )
    return _in_words(about.system, condition)


def _in_words(system: NormSystem, condition: Formula) -> str:
    """A condition; what it says of options that are settled is left out."""
    left = substitute(condition, Negotiation(system).settled)
    return condition_words(system, parts_of(left)) if left != TRUE else _everywhere(system)


def _everywhere(system: NormSystem) -> str:
    return say("every {situation}", situation=situation_words(system))


def _scope(about: Ground, matter: Matter) -> Formula:
    """Where articles with clauses on the matter apply at all; everywhere, if one says nothing of it."""
    grounder = about.grounder
    own = [n.norm for n in about.norms if n.norm.id.document == about.system.subject and concerns(n.norm, matter)]
    scopes = (
        conjunction(*(grounder.guard(g, norm, about.bearer) for g in norm.guards if g.label is not None))
        for norm in own
    )
    return disjunction(*scopes) if own else TRUE


def _joined(about: Ground) -> list[Formula]:
    return about.grounder.joined(about.system.texts[about.system.subject], about.bearer)


def _of_party(about: Ground, party: str | None) -> list[Formula]:
    """That the unit whose duties are asked about is of the party."""
    if party is None:
        return []
    attribute = about.system.situation.party
    assert attribute is not None, "a party is asked about"
    return [IsIn(seen(attribute, about.bearer), (party,))]


def declared_topics(system: NormSystem) -> list[str]:
    """The topics of what can be done, in the order of the vocabulary."""
    said = [*(act.topic for act in system.acts.values()), *(result.topic for result in system.results.values())]
    return [topic for topic in dict.fromkeys(said) if topic is not None]


def matter_of(system: NormSystem, name: str) -> Matter | None:
    """The topic or the act of this name, a topic first; None if there is neither."""
    if name in declared_topics(system) or name in system.words.topics:
        return name
    return Settled(name) if name in system.acts else None
