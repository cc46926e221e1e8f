"""Messages through channels: when what is sent arrives, with delays and hours, as conditions on the doing at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from cbm.semantics.core import (
    NOW,
    SENT,
    WEEK,
    Channel,
    Expr,
    Hours,
    IsIn,
    Opening,
    Through,
    Variable,
    conjunction,
    disjunction,
    negation,
    place_in_week,
)
from cbm.semantics.linear import Sum, compare, of_variable
from cbm.syntax.ast import Relation

# So many weeks more are looked at before the first and after the last week that a window reaches into.
SPARE = 1


def carried(channel: Channel, point: Variable | None, weeks: range, party: Variable | None, sender: int) -> Expr:
    """Of the doing at hand: it is sent through the channel, and arrives as that takes it.

    `point` is the time that hours are counted from and `weeks` are the weeks around it that matter (0: its own);
    without a point no hour is known, and an end counts as open. `party` says whose unit role 0 is, `sender` is the
    role that sends to the other one.
    """
    arrival = of_variable(SENT)
    for number in range(len(channel.delays)):
        arrival = arrival.plus(of_variable(channel.delay(number)))
    hours = {known.party: _weekly(known, weeks) for known in channel.hours if point is not None}
    received = _by_party(party, 1 - sender, hours, lambda openings: _received(channel, arrival, openings, point))
    sent = _by_party(party, sender, hours, lambda openings: _open(of_variable(SENT), openings, point))
    return conjunction(Through(channel.name), received, sent)


def weeks_reached(first: Fraction | None, last: Fraction | None) -> range:
    """The weeks that matter for a window between two offsets from a point in time; None: without end."""
    low = first if first is not None else (last or Fraction(0)) - WEEK
    high = last if last is not None else (first or Fraction(0)) + WEEK
    return range(floor(low / WEEK) - SPARE, ceil(high / WEEK) + 1 + SPARE)


def _by_party(
    party: Variable | None,
    role: int,
    hours: Mapping[str, list[Opening]],
    says: Callable[[list[Opening] | None], Expr],
) -> Expr:
    """What is so at the end of the role, whichever party it is of; `says` is told its openings, None for no hours."""
    if party is None or not hours:
        return says(None)
    attribute = Variable(party.name, role, party.sort)
    known = [conjunction(IsIn(attribute, (name,)), says(openings)) for name, openings in hours.items()]
    others = conjunction(*(negation(IsIn(attribute, (name,))) for name in hours), says(None))
    return disjunction(*known, others)


def _received(channel: Channel, arrival: Sum, openings: list[Opening] | None, point: Variable | None) -> Expr:
    at_once = compare(of_variable(NOW), Relation.EQUAL, arrival)
    if openings is None:
        return at_once
    in_time = conjunction(at_once, _open(arrival, openings, point))
    return disjunction(in_time, *_held(arrival, openings, point)) if channel.holds else in_time


def _held(arrival: Sum, openings: list[Opening], point: Variable | None) -> Iterator[Expr]:
    """It comes in before an opening, and after the one before, and is taken when that begins."""
    before: Opening | None = None
    for opening in openings:
        start = Sum((), opening.start)
        waits = compare(_place(arrival, point), Relation.LESS, start)
        if before is not None:
            waits = conjunction(compare(_place(arrival, point), Relation.MORE, Sum((), before.end)), waits)
        yield conjunction(compare(_place(of_variable(NOW), point), Relation.EQUAL, start), waits)
        before = opening


def _open(time: Sum, openings: list[Opening] | None, point: Variable | None) -> Expr:
    if openings is None:
        return conjunction()
    place = _place(time, point)
    return disjunction(
        *(
            conjunction(
                compare(place, Relation.AT_LEAST, Sum((), opening.start)),
                compare(place, Relation.AT_MOST, Sum((), opening.end)),
            )
            for opening in openings
        )
    )


def _place(time: Sum, point: Variable | None) -> Sum:
    """How long after the Monday of the point's week it lies."""
    assert point is not None
    return time.plus(of_variable(point), -1).plus(of_variable(place_in_week(point)))


def _weekly(hours: Hours, weeks: Iterable[int]) -> list[Opening]:
    shifted = [(o.start + WEEK * w, o.end + WEEK * w) for w in weeks for o in hours.openings]
    return joined(shifted)


def joined(spans: Iterable[tuple[Fraction, Fraction]]) -> list[Opening]:
    """The same times in order, what overlaps or touches made one."""
    result: list[Opening] = []
    for start, end in sorted(spans):
        if result and start <= result[-1].end:
            result[-1] = Opening(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Opening(start, end))
    return result
