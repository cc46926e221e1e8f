"""The options of each choice beside each other: which mean or come to the same, and which is agreed at least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TypeVar

from cbm.core.negotiation import Negotiation
from cbm.inquiry import Inquiry
from cbm.negotiation.agreed_at_least import AgreedAtLeast, agreed_at_least
from cbm.negotiation.not_compared import not_asked_for_effect, not_asked_for_least
from cbm.negotiation.outlook import Outlook
from cbm.negotiation.same_effect import SameEffect, same_effects
from cbm.negotiation.same_words import LikeOptions, like_options
from cbm.outcomes.state_of_play import ChoiceStanding, OneCase, OptionStanding, SameBeside
from cbm.records import Record
from cbm.smt.solve import Unknown
from cbm.source import Span
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import place_words
from cbm.wording.clause_names import names_in_any_wording
from cbm.wording.condition_words import literal_words

_NOT_EXAMINED = mark("the time was over before the whole text was examined")

Answered = TypeVar("Answered", LikeOptions, SameEffect, AgreedAtLeast)


class OptionsCompared(Record):
    """Options that are alike by themselves or come to the same in the whole text, and those agreed at least.

    `same_not_asked` and `least_not_asked`: of which choices, by number, one or the other is not asked, and why;
    `same_unknown` and `least_unknown`: of which it is not known, and why.
    """

    alike: tuple[LikeOptions, ...]
    effects: tuple[SameEffect, ...]
    least: tuple[AgreedAtLeast, ...]
    same_not_asked: Mapping[int, str]
    least_not_asked: Mapping[int, str]
    same_unknown: tuple[tuple[int, Unknown], ...] = ()
    least_unknown: tuple[tuple[int, Unknown], ...] = ()


def compare_options(inquiry: Inquiry | None, outlook: Outlook) -> OptionsCompared:
    """All that is known of them; without an inquiry nothing is asked of the whole text."""
    negotiation = outlook.negotiation
    alike = tuple(like_options(negotiation))
    if inquiry is None:
        nothing = dict.fromkeys(range(len(negotiation.choices)), _NOT_EXAMINED)
        return OptionsCompared(_known(alike), (), (), nothing, nothing, _unknown(alike))
    same = {(a.choice, a.one, a.other) for a in _known(alike) if a.only_where is None}
    effects = tuple(same_effects(inquiry, negotiation, [flaw.boxes for flaw in outlook.flaws], same))
    least = tuple(agreed_at_least(inquiry, negotiation))
    return OptionsCompared(
        _known(alike),
        _known(effects),
        _known(least),
        not_asked_for_effect(negotiation),
        not_asked_for_least(negotiation),
        _unknown((*alike, *effects)),
        _unknown(least),
    )


def what_is_not_known(negotiation: Negotiation, compared: OptionsCompared) -> Iterator[str]:
    """What of it is not known, in words: for each reason of which choices."""
    yield from _told(
        negotiation,
        compared.same_unknown,
        mark("whether options come to the same in {places} is not known: {reason}"),
    )
    yield from _told(
        negotiation, compared.least_unknown, mark("what is agreed at least in {places} is not known: {reason}")
    )


def choice_standings(outlook: Outlook, compared: OptionsCompared) -> Iterator[ChoiceStanding]:
    """Each choice with its options, and what is known of them."""
    negotiation = outlook.negotiation
    dead = {(choice, option) for _, choice, option in outlook.dead()}
    workable = frozenset(outlook.workable_only)
    at_least = {one.choice: one.option for one in compared.least}
    for number, choice in enumerate(negotiation.choices):
        options = choice.options
        alike = [
            ((options[a.one].number, options[a.other].number), a.only_where)
            for a in compared.alike
            if a.choice == number
        ]
        same = tuple(
            SameBeside(
                (options[e.one].number, options[e.other].number),
                tuple(names_in_any_wording(negotiation.system, e.beside)),
            )
            for e in compared.effects
            if e.choice == number
        )
        beside = {one.options for one in same}
        yield ChoiceStanding(
            title=place_words(negotiation, number),
            name=negotiation.name(number),
            place=place_of(choice.span),
            options=tuple(
                OptionStanding(
                    o.number,
                    o.proposers,
                    o.all_words,
                    o.remark,
                    o.out,
                    dead=(number, position) in dead,
                    workable=(number, position) in workable,
                    left_aside=outlook.is_left_aside(number, position),
                )
                for position, o in enumerate(options)
            ),
            without_difference=tuple(pair for pair, where in alike if where is None),
            in_one_case=tuple(
                OneCase(pair, literal_words(negotiation.system, where))
                for pair, where in alike
                if where is not None and pair not in beside
            ),
            same_beside=same,
            at_least=options[at_least[number]].number if number in at_least else None,
            same_not_asked=_why_not(negotiation, number, compared.same_not_asked),
            least_not_asked=_why_not(negotiation, number, compared.least_not_asked),
        )


def _why_not(negotiation: Negotiation, choice: int, reasons: Mapping[int, str]) -> str:
    """Why it is not asked of a choice, in words; nothing where one option is left, so that nothing is to be asked."""
    is_open = (
        len(negotiation.choices[choice].options) > 1 and negotiation.terms[choice].variable not in negotiation.settled
    )
    return say(reasons[choice]) if choice in reasons and is_open else ""


def place_of(span: Span | None) -> str:
    """`rolling.cbm:12`."""
    if span is None:
        return ""
    return f"{span.source.name}:{span.source.text.count(chr(10), 0, span.start) + 1}"


def _known(found: tuple[Answered, ...]) -> tuple[Answered, ...]:
    return tuple(one for one in found if one.unknown is None)


def _unknown(found: Iterable[LikeOptions | SameEffect | AgreedAtLeast]) -> tuple[tuple[int, Unknown], ...]:
    return tuple((one.choice, one.unknown) for one in found if one.unknown is not None)


def _told(negotiation: Negotiation, unknown: Iterable[tuple[int, Unknown]], words: str) -> Iterator[str]:
    reasons: dict[str, dict[str, None]] = {}
    for choice, why in sorted(unknown, key=itemgetter(0)):
        reasons.setdefault(why.reason, {})[place_words(negotiation, choice)] = None
    return (say(words, places=listed(list(places)), reason=say(reason)) for reason, places in reasons.items())
