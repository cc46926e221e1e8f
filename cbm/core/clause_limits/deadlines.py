"""By when a clause wants a message, or what else it asks for, as lengths of time: what is said of each doing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cbm.core.expressions import And, Compare, Does, Each, Expr, Or
from cbm.core.norms import Norm
from cbm.core.substitution import parts_of
from cbm.core.variables import NOW, SENT, Variable
from cbm.records import Record


def deadline_of(content: Expr) -> Fraction | None:
    """How long after it may be sent a message has to arrive: the least of all that is said of it."""
    found = [
        limit.length - _sent_after(doing, limit.event)
        for doing in _doings(content)
        for limit in _limits(doing)
        if limit.is_upper
    ]
    return min((length for length in found if length >= 0), default=None)


def _sent_after(manner: Expr, event: Variable) -> Fraction:
    """How long after an event a message may be sent at the earliest: what is owed for a breach, once that is there."""
    waits = [Fraction(0)]
    for part in parts_of(manner):
        match part:
            case Compare(((one, first), (other, second)), _, bound) if {first, second} == {event, SENT}:
                sent = one if first == SENT else other
                waits += [bound / sent] if sent < 0 else []
            case _:
                pass
    return max(waits)


def length_from_one_moment(norm: Norm) -> Fraction | None:
    """How long each doing may take from one moment on, if its time is just that; of what recurs, the first one."""
    doings = [list(_limits(doing)) for doing in _doings(norm.content)]
    lengths = [_length(limits) for limits in (doings[:1] if norm.recurrence else doings)]
    known = [length for length in lengths if length is not None]
    return min(known, default=None) if len(known) == len(lengths) else None


def _length(limits: Sequence[_Limit]) -> Fraction | None:
    """From an event on, and not before or only later, until so long after it; None where it is otherwise."""
    begin = max((limit.length for limit in limits if not limit.is_upper), default=None)
    end = min((limit.length for limit in limits if limit.is_upper), default=None)
    one_event = len({limit.event for limit in limits}) == 1
    return end if begin == 0 and end is not None and end >= 0 and one_event else None


class _Limit(Record):
    """A doing is at most, or at least, so long after an event."""

    event: Variable
    length: Fraction
    is_upper: bool


def _doings(content: Expr) -> Iterator[Expr]:
    """What is said of each doing that meets the content."""
    match content:
        case Does(_, _, manner):
            yield manner
        case Each(_, _, body):
            yield from _doings(body)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _doings(part)
        case _:
            return


def _limits(manner: Expr) -> Iterator[_Limit]:
    match manner:
        case Compare(((one, first), (other, second)), _, bound) if NOW in (first, second) and SENT not in (
            first,
            second,
        ):
            now, event = (one, second) if first == NOW else (other, first)
            yield _Limit(event, bound / now, now > 0)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _limits(part)
        case _:
            return
