"""A variable as another role has it: the same thing, said from the place of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from cbm.core.variables import (
    ActInstance,
    Attribute,
    Auxiliary,
    ChannelOf,
    ClockOffset,
    Counterpart,
    Event,
    LanguageOf,
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


def with_roles(variable: Variable, new: Callable[[int], int]) -> Variable:
    """The same variable with every role number in it replaced; what the roles share stays."""

    def moved(event: Event) -> Event:
        if isinstance(event, ActInstance):
            return ActInstance(event.act, new(event.role), event.number)
        return event

    def instance(known: ActInstance) -> ActInstance:
        return ActInstance(known.act, new(known.role), known.number)

    match variable:
        case Attribute(name, role, sort):
            return variable if role is None else Attribute(name, new(role), sort)
        case ResultValue(name, role, sort):
            return variable if role is None else ResultValue(name, new(role), sort)
        case Reading(term, document, role, sort, party):
            return variable if role is None else Reading(term, document, new(role), sort, party)
        case ValueAt(attribute, role, at, sort):
            when = at if isinstance(at, OtherTimes) else moved(at)
            return ValueAt(attribute, None if role is None else new(role), when, sort)
        case TimeOf(event):
            return TimeOf(moved(event)) if isinstance(event, ActInstance) else variable
        case WeekPlace(event):
            return WeekPlace(moved(event))
        case WeekNumber(event):
            return WeekNumber(moved(event))
        case ClockOffset(event, number, zone):
            return ClockOffset(moved(event), number, zone)
        case SentAt(event):
            return SentAt(instance(event)) if isinstance(event, ActInstance) else variable
        case WeeksAway(known):
            return WeeksAway(instance(known))
        case TurnOf(event):
            return TurnOf(instance(event)) if isinstance(event, ActInstance) else variable
        case Performed(known):
            return Performed(instance(known))
        case Stating(known, item):
            return Stating(instance(known), item)
        case ChannelOf(known, sort):
            return ChannelOf(instance(known), sort)
        case LanguageOf(known, sort):
            return LanguageOf(instance(known), sort)
        case Counterpart(of_other, side):
            return Counterpart(with_roles(of_other, new), side)
        case Occurs() | Wait() | Auxiliary():
            return variable
        case _:
            assert_never(variable)


def seen(variable: Variable, role: int) -> Variable:
    """What role 0 has, as another role has it; what the roles share stays."""
    known = variable.turned()
    if role not in known:
        known[role] = with_roles(variable, lambda _: role)
    return known[role]
