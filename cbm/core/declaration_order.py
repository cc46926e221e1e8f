"""Literals in the order in which what they speak of was declared: whatever it is called, the same comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, assert_never

from cbm.core.expressions import And, Compare, Expr, Flag, IsIn, Not, Or, Order, Same
from cbm.core.norms import NormSystem
from cbm.core.sorts import KindSort
from cbm.core.variables import (
    ActInstance,
    AtHand,
    Attribute,
    Auxiliary,
    ChannelOf,
    ClockOffset,
    Counterpart,
    Event,
    LanguageOf,
    Occurrence,
    Occurs,
    OtherTimes,
    Performed,
    Reading,
    ResultValue,
    SentAt,
    Stating,
    TimeOf,
    TurnOf,
    ValueAt,
    Variable,
    Wait,
    WeekNumber,
    WeekPlace,
    WeeksAway,
)
from cbm.records import LATEST, Itself, replace

Declared = Mapping[str, int]


def declared(system: NormSystem) -> Declared:
    """For each name of a system how many were declared before it."""
    return _declared(Itself(system))


@lru_cache(maxsize=LATEST)
def _declared(of: Itself[NormSystem]) -> Declared:
    return {name: number for number, name in enumerate(dict.fromkeys(_names(of.thing)))}


def _names(system: NormSystem) -> Iterator[str]:
    yield from (term.name for term in system.open_terms)
    for attribute in system.situation.attributes:
        yield from (word for is_name, word in _words(attribute) if is_name)
    yield from system.results
    for act in system.acts.values():
        yield from (act.name, *map(str, act.told))
    yield from system.channels
    yield from (moment.name for moment in system.situation.moments)
    yield from system.texts


# The parts of what a variable says, each with whether it is a name that an author gave.
_Words = tuple[tuple[bool, str], ...]


def _words(variable: Variable) -> _Words:
    """What a variable is about and tells of it, part by part."""
    match variable:
        case Attribute(name) | ResultValue(name):
            return ((True, name),)
        case Reading(term, document):
            by = ((False, "by"), (True, variable.reader)) if variable.party else ()
            return ((True, term), (False, "of"), (True, document), *by)
        case ValueAt(attribute, _, at):
            when = ((False, "other"), (False, "times")) if isinstance(at, OtherTimes) else _event_words(at)
            return ((True, attribute), (False, "at"), *when)
        case Occurs(event) | Performed(event):
            return _event_words(event)
        case TimeOf(event):
            return (*_event_words(event), (False, "at"))
        case SentAt(event):
            return (*_event_words(event), (False, "sent"))
        case WeekPlace(event):
            return (*_event_words(event), (False, "in"), (False, "the"), (False, "week"))
        case WeekNumber(event):
            return (*_event_words(event), (False, "week"))
        case WeeksAway(event):
            return (*_event_words(event), (False, "weeks"))
        case TurnOf(event):
            return (*_event_words(event), (False, "turn"))
        case ClockOffset(event, number, zone):
            return (*_event_words(event), (False, "clock"), (False, str(number)), (False, zone))
        case Stating(event, item):
            return (*_event_words(event), (False, "stating"), (True, str(item)))
        case ChannelOf(event):
            return (*_event_words(event), (False, "through"))
        case LanguageOf(event):
            return (*_event_words(event), (False, "worded"), (False, "in"))
        case Wait(channel, number):
            return ((True, channel), (False, "delay"), (False, str(number + 1)))
        case Counterpart(other, side):
            return (*_words(other), (False, side))
        case Auxiliary(purpose, key):
            return ((False, purpose.value), *(((False, str(key)),) if isinstance(key, int) else _words(key)))
        case _:
            assert_never(variable)


def _event_words(event: Event) -> _Words:
    match event:
        case Occurrence(moment, number):
            return ((True, moment),) if number == 1 else ((True, moment), (False, str(number)))
        case ActInstance(act, _, number):
            return ((True, act),) if number is None else ((True, act), (False, str(number)))
        case AtHand():
            return ((False, "now"),)
        case _:
            assert_never(event)


def rank_of(variable: Variable, known: Declared) -> tuple[Any, ...]:
    """What puts variables into one order; what names nothing declared comes behind what does."""
    words = ((0, known[word], "") if name and word in known else (1, 0, word) for name, word in _words(variable))
    return (*words, (2, -1 if variable.role is None else variable.role, ""))


def as_declared(comparison: Compare, known: Declared) -> Compare:
    """The same comparison with its terms in this order, the first one taken once; an equality leads with it."""
    terms = sorted(comparison.terms, key=lambda term: rank_of(term[1], known))
    leading = terms[0][0]
    factor = 1 / (leading if comparison.order is Order.EQUAL else abs(leading))
    scaled = tuple((coefficient * factor, variable) for coefficient, variable in terms)
    return replace(comparison, terms=scaled, bound=comparison.bound * factor)


def rank(literal: Expr, known: Declared) -> tuple[Any, ...]:
    """What puts literals into one order: by their form, and those of one form as what they speak of was declared."""

    def of(variable: Variable) -> tuple[Any, ...]:
        return rank_of(variable, known)

    def places(variable: Variable, members: Iterable[str]) -> tuple[int, ...]:
        assert isinstance(variable.sort, KindSort)
        return tuple(variable.sort.members.index(member) for member in members)

    match literal:
        case Flag(variable):
            return (0, of(variable))
        case IsIn(variable, members):
            return (1, of(variable), places(variable, members))
        case Same(left, right):
            return (2, of(left), of(right))
        case Compare():
            scaled = as_declared(literal, known)
            sums = tuple((of(variable), coefficient) for coefficient, variable in scaled.terms)
            return (3, sums, list(Order).index(scaled.order), scaled.bound)
        case Not(operand):
            return (4, rank(operand, known))
        case And(parts) | Or(parts):
            return (5 if isinstance(literal, And) else 6, tuple(rank(part, known) for part in parts))
        case _:
            return (7,)
