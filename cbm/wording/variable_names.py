"""What reports for programs call a variable; nothing reads it back."""

from __future__ import annotations

from typing import assert_never

from cbm.core.variables import (
    ActInstance,
    Addressee,
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


def variable_name(variable: Variable) -> str:
    """`craft`, `distance at contact`, `start in the week`, `ministry_line delay 1`."""
    match variable:
        case Attribute(name) | ResultValue(name):
            return name
        case ValueAt(attribute, _, at):
            return f"{attribute} at {'other times' if isinstance(at, OtherTimes) else event_name(at)}"
        case Occurs(event) | Performed(event):
            return event_name(event)
        case TimeOf(event):
            return f"{event_name(event)} at"
        case SentAt(event):
            return f"{event_name(event)} sent"
        case WeekPlace(event):
            return f"{event_name(event)} in the week"
        case WeekNumber(event):
            return f"{event_name(event)} week"
        case WeeksAway(event):
            return f"{event_name(event)} weeks"
        case TurnOf(event):
            return f"{event_name(event)} turn"
        case ClockOffset(event, number, zone):
            return f"{event_name(event)} clock {number} {zone}"
        case Stating(event, item):
            return f"{event_name(event)} {item if isinstance(item, Addressee) else f'stating {item}'}"
        case ChannelOf(event):
            return f"{event_name(event)} through"
        case LanguageOf(event):
            return f"{event_name(event)} worded in"
        case Wait(channel, number):
            return f"{channel} delay {number + 1}"
        case Reading(term, document):
            return f"{term} of {document}" + (f" by {variable.reader}" if variable.party else "")
        case Counterpart(other):
            return variable_name(other)
        case Auxiliary(purpose):
            return purpose.value
        case _:
            assert_never(variable)


def event_name(event: Event) -> str:
    """`incident`, `incident 2`, `report`."""
    match event:
        case Occurrence(moment, number):
            return moment if number == 1 else f"{moment} {number}"
        case ActInstance(act):
            return act
        case AtHand():
            return "now"
        case _:
            assert_never(event)
