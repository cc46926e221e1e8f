"""What is taken of what is open in a text, in words: `JP's "1,000 m" is taken in 3.1`, `4.6 is left out`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.packages.choices import NegotiatedChoice, ProposedOption
from cbm.core.packages.package_boxes import Box, bits, members
from cbm.translation.listing import in_brackets, listed
from cbm.translation.saying import say, say_count

_LONGEST = 48
_MOST = 3  # ways that are told one by one


def option_words(option: ProposedOption) -> str:
    """`JP's "1,000 m"`, `"500 m" (CN and KR)`, `left out`: what it says, and who proposes it."""
    words = say("left out") if option.out else say("“{words}”", words=shortened(option.words))
    if not option.proposers:
        return words
    if len(option.proposers) == 1 and not option.out:
        return say("{party}'s {proposal}", party=option.proposers[0], proposal=words)
    return f"{words}{in_brackets(listed(option.proposers))}"


def shortened(words: str) -> str:
    """The beginning of what a bracket says, as far as words go that are whole, if there are blanks at all."""
    if len(words) <= _LONGEST:
        return words
    begin, blank, _ = words[:_LONGEST].rpartition(" ")
    return f"{(begin if blank else words[: _LONGEST - 1]).rstrip()}…"


def taking_words(choice: NegotiatedChoice, place: str, taken: Sequence[ProposedOption]) -> str:
    """That one of these options is taken, as a clause of a sentence."""
    if choice.whole and choice.titled:
        place = say("“{words}”", words=place)
    if len(taken) == 1 and taken[0].out:
        others = [option for option in choice.options if not option.out]
        if choice.whole:
            return say("{place} is left out", place=place)
        if len(others) != 1:
            return say("nothing stands in {place}", place=place)
        return say("{option} is left out of {place}", option=option_words(others[0]), place=place)
    if choice.whole and len([option for option in choice.options if not option.out]) == 1 and len(taken) == 1:
        return say("{place} stands", place=place)
    if choice.whole and len(taken) == 1:
        return _as_proposed(place, taken[0])
    options = listed([option_words(option) for option in taken], "or")
    if choice.titled:
        return say("{option} is taken for {place}", option=options, place=place)
    return say("{option} is taken in {place}", option=options, place=place)


def _as_proposed(place: str, option: ProposedOption) -> str:
    """That a whole clause stands as somebody has it."""
    match option.proposers:
        case ():
            return say("{place} stands as number {number} has it", place=place, number=option.number)
        case (party,):
            return say("{place} stands as {party} has it", place=place, party=party)
        case parties:
            return say("{place} stands as {parties} have it", place=place, parties=listed(parties))


def box_words(negotiation: Negotiation, box: Box) -> str:
    """The packages in a box: what is taken of each choice that it names."""
    told: list[str] = []
    for number, options in sorted(box.items()):
        choice = negotiation.choices[number]
        taken = [choice.options[option] for option in members(options)]
        told.append(taking_words(choice, place_words(negotiation, number), taken))
    return listed(told, of="sentences") if told else say("whatever is taken")


def place_words(negotiation: Negotiation, number: int) -> str:
    """Where a choice stands, or what it is about."""
    term = negotiation.terms[number]
    place = term_words(negotiation.system, term)
    if term.document == negotiation.system.subject:
        return place
    return say("{place} of {document}", place=place, document=term.document)


def option_in_place(negotiation: Negotiation, choice: int, option: int) -> str:
    """`“2,000 m” in 2`, or what is left out."""
    known, place = negotiation.choices[choice].options[option], place_words(negotiation, choice)
    if known.out:
        return say("leaving {place} out", place=place)
    return say("{option} in {place}", option=option_words(known), place=place)


def term_words(system: NormSystem, term: OpenTerm) -> str:
    """What an open term is called, or a place of the text where something is open."""
    return system.words.attributes.get(term.variable, term.title)


def boxes_words(negotiation: Negotiation, boxes: Iterable[Box]) -> str:
    """Several boxes joined by `or if`; of many the first ones, and how many more there are."""
    listed_boxes = _apart(list(boxes))
    told = say(", or if ").join(box_words(negotiation, box) for box in listed_boxes[:_MOST])
    more = len(listed_boxes) - _MOST
    if more <= 0:
        return told
    return say_count("{told}, or in {count} more way", "{told}, or in {count} more ways", more, told=told)


def _apart(boxes: list[Box]) -> list[Box]:
    """The same packages, where an option is not named in a box if another one has all that the box has with it."""
    for position in sorted(range(len(boxes)), key=lambda one: -len(boxes[one])):
        others = [*boxes[:position], *boxes[position + 1 :]]
        for choice in boxes[position]:
            box = boxes[position]
            left = (o for o in members(box[choice]) if not any(_is_inside({**box, choice: 1 << o}, x) for x in others))
            boxes[position] = {**box, choice: bits(left) or box[choice]}
    return boxes


def _is_inside(box: Box, other: Box) -> bool:
    return all(choice in box and not box[choice] & ~options for choice, options in other.items())
