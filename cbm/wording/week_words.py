"""Comparisons that speak of places in the week, in words: before which day and hour something has to lie."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cbm.core.expressions import Compare, Order
from cbm.core.norms import NormSystem
from cbm.core.sorts import WEEK
from cbm.core.units import number_words
from cbm.core.variables import Timed, TimeOf, WeekPlace
from cbm.wording.time_words import event_words, point_words, week_words

BY_THE_WEEK = {
    (Order.LESS, False): "before ",
    (Order.AT_MOST, False): "not after ",
    (Order.EQUAL, False): "",
    (Order.LESS, True): "after ",
    (Order.AT_MOST, True): "not before ",
    (Order.EQUAL, True): "",
}


def weekly_words(
    system: NormSystem, compared: Compare, title: str, lengths: Iterable[tuple[Fraction, str]]
) -> str | None:
    """`the decision is before Mon 05:30 UTC + the delay`; None of what cannot be told by one day and hour.

    `title` names the place in the week that is spoken of, `lengths` are the lengths of time besides, with their
    coefficients.
    """
    (sign, place), *more = [(c, v) for c, v in compared.terms if isinstance(v, WeekPlace)]
    times = {v: c for c, v in compared.terms if isinstance(v, Timed)}
    if more or abs(sign) != 1:
        return None
    subject, weeks = title, None
    if times:
        own = TimeOf(place.event) if TimeOf(place.event) in times else None
        others = [v for v in times if v != own]
        if own is None or times[own] != -sign or [times[v] for v in others] != [sign]:
            return None
        subject, weeks = point_words(system, others[0]), point_words(system, own)
    elsewhere, hour = divmod(compared.bound * sign, WEEK)
    if weeks is None and elsewhere:
        return None
    than = week_words(hour) if weeks is None else f"{week_words(hour)}{_week(int(elsewhere), weeks)}"
    beside = "".join(_beside(-coefficient * sign, words) for coefficient, words in lengths)
    return f"{subject} is {BY_THE_WEEK[compared.order, sign < 0]}{than}{beside}"


def week_range(name: str, low: Compare, high: Compare) -> str:
    """`day and time of the start is after Tue 08:30 UTC and before Tue 22:00 UTC`."""
    first, last = (week_words(part.bound / part.terms[0][0]) for part in (low, high))
    return f"{name} is {BY_THE_WEEK[low.order, True]}{first} and {BY_THE_WEEK[high.order, False]}{last}"


def place_words(system: NormSystem, place: WeekPlace) -> str:
    """`day and time of notify of organiser`, for the place in the week of something that a unit does."""
    return f"day and time of {event_words(system, place.event)}"


def _week(away: int, point: str) -> str:
    """In which week, as seen from that of the point."""
    if not away:
        return f" in the week of {point}"
    count, side = abs(away), "after" if away > 0 else "before"
    return f" in the week {side} that of {point}" if count == 1 else f" {count} weeks {side} the week of {point}"


def _beside(coefficient: Fraction, words: str) -> str:
    factor = "" if abs(coefficient) == 1 else f"{number_words(abs(coefficient))} × "
    return f" {'+' if coefficient > 0 else '-'} {factor}{words}"
