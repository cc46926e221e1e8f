"""What is taken of what is open in a text, in words: `JP's "1,000 m" is taken in 3.1`, `4.6 is left out`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.core.choices import NegotiatedChoice, ProposedOption
from cbm.core.negotiation import Negotiation
from cbm.core.packages import Box, members
from cbm.translation.listing import listed

_LONGEST = 48
_MOST = 3  # ways that are told one by one


def option_words(option: ProposedOption) -> str:
    """`JP's "1,000 m"`, `"500 m" (CN and KR)`, `left out`: what it says, and who proposes it."""
    words = "left out" if option.out else f"“{shortened(option.words)}”"
    if not option.proposers:
        return words
    if option.out:
        return f"{words} ({listed(list(option.proposers))})"
    if len(option.proposers) == 1:
        return f"{option.proposers[0]}'s {words}"
    return f"{words} ({listed(list(option.proposers))})"


def shortened(words: str) -> str:
    """The beginning of what a bracket says."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def taking_words(choice: NegotiatedChoice, place: str, taken: Sequence[ProposedOption]) -> str:
    """That one of these options is taken, as a clause of a sentence."""
    if len(taken) == 1 and taken[0].out:
        others = [option for option in choice.options if not option.out]
        if choice.whole or len(others) != 1:
            return f"{place} is left out" if choice.whole else f"nothing stands in {place}"
        return f"{option_words(others[0])} is left out of {place}"
    if choice.whole and len([option for option in choice.options if not option.out]) == 1 and len(taken) == 1:
        return f"{place} stands"
    if choice.whole and len(taken) == 1:
        who = listed(list(taken[0].proposers)) or f"number {taken[0].number}"
        return f"{place} stands as {who} {'have' if len(taken[0].proposers) > 1 else 'has'} it"
    where = "for" if choice.titled else "in"
    return f"{listed([option_words(option) for option in taken], 'or')} is taken {where} {place}"


def box_words(negotiation: Negotiation, box: Box) -> str:
    """The packages in a box: what is taken of each choice that it names."""
    told: list[str] = []
    for number, options in sorted(box.items()):
        choice = negotiation.choices[number]
        taken = [choice.options[option] for option in members(options)]
        told.append(taking_words(choice, place_words(negotiation, number), taken))
    return listed(told) if told else "whatever is taken"


def place_words(negotiation: Negotiation, number: int) -> str:
    """Where a choice stands, or what it is about."""
    term = negotiation.terms[number]
    return term.title if term.document == negotiation.system.subject else f"{term.title} of {term.document}"


def boxes_words(negotiation: Negotiation, boxes: Iterable[Box]) -> str:
    """Several boxes joined by `or if`; of many the first ones, and how many more there are."""
    listed_boxes = list(boxes)
    told = ", or if ".join(box_words(negotiation, box) for box in listed_boxes[:_MOST])
    more = len(listed_boxes) - _MOST
    return told if more <= 0 else f"{told}, or in {more} more {'ways' if more > 1 else 'way'}"
