"""Clauses that are exceptions to the guards of the clauses they are about; an exception may have exceptions in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cbm.core.cyclic_dependence import CHAIN, WRITTEN_OUT, first_cycle
from cbm.core.expressions import Expr, NormId, conjunction, negation
from cbm.core.norms import Guard
from cbm.finding import Label, RuleId
from cbm.records import Record, replace
from cbm.resolve.faults import fault
from cbm.source import Span
from cbm.translation.saying import mark, say


class ExceptionReading(Record):
    """What one such clause says: its condition, the norms it is an exception to, and the exceptions it is one to."""

    identity: NormId
    guard: Guard
    norms: tuple[NormId, ...]
    exceptions: tuple[NormId, ...]
    place: Span


def exceptions_by_norm(readings: Mapping[NormId, ExceptionReading]) -> Iterator[tuple[NormId, Guard]]:
    """Each norm with each of its exceptions, which comes into play where no exception to it does.

    Fault where exceptions go round in a circle, or are piled up too high.
    """
    over: dict[NormId, list[NormId]] = {identity: [] for identity in readings}
    for reading in readings.values():
        for target in reading.exceptions:
            if target in over:  # otherwise it was refused itself
                over[target].append(reading.identity)
    if (loop := first_cycle(over)) is not None:
        raise _circle([readings[identity] for identity in reversed(loop)])
    guards: dict[NormId, Guard] = {}
    height: dict[NormId, int] = {}
    size: dict[NormId, int] = {}
    waiting = list(readings)
    while waiting:
        identity = waiting[-1]
        missing = [above for above in over[identity] if above not in guards]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        height[identity] = max((1 + height[above] for above in over[identity]), default=0)
        size[identity] = 1 + sum(size[above] for above in over[identity])
        if height[identity] > CHAIN or size[identity] > WRITTEN_OUT:
            raise _too_high(readings[identity], CHAIN if height[identity] > CHAIN else None)
        guards[identity] = _without(readings[identity].guard, [guards[above] for above in over[identity]])
    for reading in readings.values():
        yield from ((norm, guards[reading.identity]) for norm in reading.norms)


def _without(guard: Guard, exceptions: list[Guard]) -> Guard:
    condition = conjunction(guard.condition, *(negation(exception.condition) for exception in exceptions))
    return replace(guard, condition=condition, exceptions=tuple(_within(guard.condition, e) for e in exceptions))


def _within(condition: Expr, guard: Guard) -> Guard:
    """The guard as far as the condition holds."""
    inner = tuple(_within(condition, exception) for exception in guard.exceptions)
    return replace(guard, condition=conjunction(condition, guard.condition), exceptions=inner)


def _too_high(reading: ExceptionReading, most: int | None) -> Exception:
    """The fault of an exception with too high a pile on it; with `most` None, with too wide a one."""
    label = reading.identity.label
    if most is not None:
        message = say("exception {label} is under a pile of more than {most} exceptions", label=label, most=most)
    else:
        words = mark(
            "exception {label} comes to more than {most:,} conditions when the exceptions to it are written out"
        )
        message = say(words, label=label, most=WRITTEN_OUT)
    return fault(RuleId.SYNTAX, reading.place, message, remedies=(say("say directly where it applies"),))


def _circle(loop: list[ExceptionReading]) -> Exception:
    names = " → ".join(reading.identity.label for reading in loop)
    message = say("exception {label} goes round in a circle: {names}", label=loop[0].identity.label, names=names)
    related = [Label(reading.place) for reading in loop[1:-1]]
    return fault(
        RuleId.CYCLE, loop[0].place, message, related=related, remedies=[say("take one of these exceptions out")]
    )
