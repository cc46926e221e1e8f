"""Statements of a text under negotiation: what is open, clauses against each other, and choices that are tied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import takewhile

from cbm.records import Record
from cbm.source import Span
from cbm.syntax.ast import ChoiceDeclaration, EndOfOptions, Name, OptionHeading, QuantityNode, TakenNode, Tie
from cbm.syntax.mistake import mistaken
from cbm.syntax.tokens import Titles, Word
from cbm.translation.saying import say

Which = Name | QuantityNode | Word  # by who proposes it, by its number, or `delete`


class _Of(Record):
    name: Name


def _choice(span: Span, name: Name, titles: Titles, *options: Which) -> ChoiceDeclaration:
    listed = tuple(_called(option) for option in options)
    repeated = next((option for i, option in enumerate(options) if listed[i] in listed[:i]), None)
    if repeated is not None:
        raise mistaken(
            _span(repeated),
            say("`{option}` stands twice in this list", option=_called(repeated)),
            say("name each option once"),
        )
    if len(listed) < 2:
        raise mistaken(
            span,
            say("`{choice}` has one option only, so nothing is to be chosen", choice=name.text),
            say("name at least two"),
        )
    return ChoiceDeclaration(name, titles, listed, span=span)


def _option_heading(span: Span, *parts: Which | _Of | Titles) -> OptionHeading:
    who = list(takewhile(lambda part: isinstance(part, Name | QuantityNode | Word), parts))
    of = next((part.name for part in parts if isinstance(part, _Of)), None)
    titles = next(part for part in parts if isinstance(part, tuple))
    deletes = isinstance(parts[-1], Word)
    if any(isinstance(part, Word) for part in who):
        raise mistaken(span, say("`delete` stands behind the colon"), say("write `option CN: delete`"))
    number = next((_called(part) for part in who if isinstance(part, QuantityNode)), None)
    proposers = tuple(part for part in who if isinstance(part, Name))
    return OptionHeading(proposers, number, of, titles, deletes, span=span)


def _option_of(_: Span, name: Name) -> _Of:
    return _Of(name)


def _end_of_options(span: Span) -> EndOfOptions:
    return EndOfOptions(span=span)


def _tie(span: Span, *parts: TakenNode | list[TakenNode] | Titles) -> Tie:
    taken = tuple(part for part in parts if isinstance(part, TakenNode))
    only_if = next(part for part in parts if isinstance(part, list))
    titles = next(part for part in parts if isinstance(part, tuple))
    return Tie(taken, tuple(only_if), titles, span=span)


def _tie_of_both(span: Span, *parts: TakenNode | Titles) -> Tie:
    titles = next(part for part in parts if isinstance(part, tuple))
    return Tie(tuple(part for part in parts if isinstance(part, TakenNode)), (), titles, span=span)


def _only_if(_: Span, *parts: TakenNode | Word) -> list[TakenNode]:
    return [part for part in parts if isinstance(part, TakenNode)]


def _taken(span: Span, choice: Name | Word, option: Which) -> TakenNode:
    return TakenNode(choice.text, _called(option), span=span)


def _called(option: Which) -> str:
    if not isinstance(option, QuantityNode):
        return option.text
    if option.unit is not None or option.value.denominator != 1:
        raise mistaken(
            option.span,
            say("`{written}` is no number of an option", written=option.span.text),
            say("write `1`, for example"),
        )
    return str(option.value)


def _span(option: Which) -> Span:
    return option.span


BUILDERS: Mapping[str, Callable[..., object]] = {
    "choice": _choice,
    "option_heading": _option_heading,
    "option_of": _option_of,
    "end_of_options": _end_of_options,
    "tie": _tie,
    "tie_of_both": _tie_of_both,
    "only_if": _only_if,
    "taken": _taken,
}
