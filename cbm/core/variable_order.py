"""One order of variables, so that equal sums have one form; it tells nothing else of them."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

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


@lru_cache(maxsize=10_000)  # sums are put into order again and again; equal variables have one place
def variable_order(variable: Variable) -> tuple[str, int, str, str, int, str]:
    """What puts variables into one order: what they are about, which of several, what they say of it, whose."""
    base, group, number, says = _place_in_order(variable)
    role = -1 if variable.role is None else variable.role
    return (base, group, number, says, role, type(variable).__name__)


def _place_in_order(variable: Variable) -> tuple[str, int, str, str]:
    match variable:
        case Attribute(name) | ResultValue(name):
            return (name, 0, "", "")
        case Reading(term, document):
            return (term, 2, "", f"of {document} by {variable.reader}" if variable.party else f"of {document}")
        case ValueAt(attribute, _, at):
            if isinstance(at, OtherTimes):
                return (attribute, 2, "", "at other times")
            base, _, number, _ = _event_in_order(at, "")
            return (attribute, 2, "", f"at {base}{number}")
        case Occurs(event):
            return _event_in_order(event, "")
        case Performed(event):
            return _event_in_order(event, "")
        case TimeOf(event):
            return _event_in_order(event, "at")
        case SentAt(event):
            return _event_in_order(event, "sent")
        case WeekPlace(event):
            return _event_in_order(event, "in the week")
        case WeekNumber(event):
            return _event_in_order(event, "week")
        case WeeksAway(event):
            return _event_in_order(event, "weeks")
        case TurnOf(event):
            return _event_in_order(event, "turn")
        case ClockOffset(event, number, zone):
            return _event_in_order(event, f"clock {number} {zone}")
        case Stating(event, item):
            return _event_in_order(event, f"stating {item}")
        case ChannelOf(event):
            return _event_in_order(event, "through")
        case LanguageOf(event):
            return _event_in_order(event, "worded in")
        case Wait(channel, number):
            return (channel, 2, "", f"delay {number + 1}")
        case Counterpart(of_other, side):
            base, group, which, says = _place_in_order(of_other)
            return (base, group, which, f"{says}~{side}")
        case Auxiliary(purpose, key):
            if isinstance(key, int):
                return (purpose.value, 2, "", str(key))
            base, group, which, says = _place_in_order(key)
            return (purpose.value, group, which, f"{base} {says}")
        case _:
            assert_never(variable)


def _event_in_order(event: Event, says: str) -> tuple[str, int, str, str]:
    match event:
        case Occurrence(moment, number):
            return (moment, 1, str(number), says) if number > 1 else (moment, 2 if says else 0, "", says)
        case ActInstance(act, _, number):
            return (act, 2 if says else 0, "", says) if number is None else (act, 3, str(number), says)
        case AtHand():
            return ("now" if says == "at" else "sent", 0, "", "")
        case _:
            assert_never(event)
