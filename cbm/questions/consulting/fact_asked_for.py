"""What to find out next: the fact that settles most where something is open, in words, with its answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cbm.core.expressions import Formula, IsIn
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.choices import NegotiatedChoice, ProposedOption
from cbm.given_situations.claim_extents import ClaimExtent
from cbm.given_situations.next_fact import next_fact
from cbm.outcomes.answers import FactOption, NextFact
from cbm.repair.writing import Pen
from cbm.resolve.left_open.open_choices import taken_as_written
from cbm.search.world import World
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import option_words, place_words
from cbm.wording.condition_words import literal_words, value_words, variable_words


def fact_asked_for(
    system: NormSystem, worlds: Sequence[tuple[World, Sequence[ClaimExtent]]], unknown: Collection[str]
) -> NextFact | None:
    """The fact that settles most where something is open first, but for those that nobody knows."""
    pen = Pen(system, {})
    negotiation = Negotiation(system)

    def can_be_said(options: Sequence[Formula]) -> bool:
        said = all(_taken(negotiation, option) or pen.condition(option) for option in options)
        return said and _fact_words(negotiation, options) not in unknown

    for world, extents in worlds:
        found = next_fact(world, extents, can_be_said)
        if found is not None:
            options = tuple(
                FactOption(_option_words(negotiation, o), pen.condition(o) or "")
                if (take := _taken(negotiation, o)) is None
                else FactOption(option_words(take[1]), "", take=taken_as_written(*take))
                for o in found.options
            )
            return NextFact(_fact_words(negotiation, found.options), options, found.settles)
    return None


def _taken(negotiation: Negotiation, option: Formula) -> tuple[NegotiatedChoice, ProposedOption] | None:
    """The choice of the text under check of which this option is taken; None if it is not about that."""
    if not isinstance(option, IsIn) or not negotiation.is_choice(option.variable):
        return None
    term = next(term for term in negotiation.terms if term.variable == option.variable)
    if term.choice is None or term.document != negotiation.system.subject:
        return None
    return term.choice, term.choice.option(option.members[0])


def _fact_words(negotiation: Negotiation, options: Sequence[Formula]) -> str:
    system, first = negotiation.system, options[0]
    taken = _taken(negotiation, first)
    if taken is not None and isinstance(first, IsIn):
        number = next(n for n, term in enumerate(negotiation.terms) if term.variable == first.variable)
        asked = (
            mark("Which option is taken for {place}?") if taken[0].titled else mark("Which option is taken in {place}?")
        )
        return say(asked, place=place_words(negotiation, number))
    if isinstance(first, IsIn):
        return say("Which is it, {quantity}?", quantity=variable_words(system, first.variable))
    return say("Is it so that {condition}?", condition=literal_words(system, first))


def _option_words(negotiation: Negotiation, option: Formula) -> str:
    system = negotiation.system
    if isinstance(option, IsIn):
        return value_words(system, option.variable, option.members[0])
    return literal_words(system, option)
