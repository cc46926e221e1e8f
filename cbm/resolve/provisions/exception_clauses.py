"""Clauses that are exceptions to the guards of the clauses they are about; an exception may have exceptions in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from cbm.core.dependence.cyclic_dependence import first_cycle
from cbm.core.dependence.dependence_findings import CHAIN, WRITTEN_OUT
from cbm.core.dependence.norm_edges import Edges
from cbm.core.dependence.unfolding import Unfolding
from cbm.core.expressions import Expr, Formula, NormId, conjunction, negation
from cbm.core.norms import Guard
from cbm.finding import RuleId
from cbm.records import Record, replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.faults import fault, wrong_type
from cbm.resolve.labels import Places, full_label, label_span
from cbm.resolve.names.scope import Scope
from cbm.resolve.provisions.clause_edges import ClauseEdge, refuse_itself
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import mark, say


class ExceptionReading(Record):
    """What one such clause says: its condition, the norms it is an exception to, and the exceptions it is one to.

    It `stands` where options are taken.
    """

    identity: NormId
    guard: Guard
    norms: tuple[NormId, ...]
    exceptions: tuple[NormId, ...]
    stands: Formula
    place: Span


class _Pile(Record):
    """An exception under those to it: as a guard, how high they are piled up, and what they come to written out."""

    guard: Guard
    height: int
    size: int


def exception_reading(clause: ast.ExceptionClause, places: Places, scope: Scope, stands: Formula) -> ExceptionReading:
    """What such a clause says, from within its article; Fault where it is an exception to itself or to another text."""
    entry = places.indexes[places.document].entry_of(places.article, clause)
    label = full_label(places.article, clause.label)
    identity = NormId(places.document, label, wording=0 if entry is None else entry.wording)
    condition = conjunction(stands, Resolver(scope, places).condition(clause.condition))
    norms: list[NormId] = []
    exceptions: list[NormId] = []
    for reference in clause.targets:
        named = places.clauses(reference)
        if len({one.label for one in named}) == 1 and _is_of(reference, places.document):
            others = [one for one in named if isinstance(one.clause, ast.ExceptionClause)]
            meant = [NormId(places.document, one.label, wording=one.wording) for one in others]
            if meant:
                refuse_itself(identity, meant, reference, ClauseEdge.EXCEPT_FROM)
                exceptions += [exception for exception in meant if exception != identity]
            if len(others) == len(named):
                continue
        norms += _norms_excepted(reference, places)
    return ExceptionReading(
        identity=identity,
        guard=Guard(condition, label, clause.condition.span),
        norms=tuple(norms),
        exceptions=tuple(exceptions),
        stands=stands,
        place=label_span(clause),
    )


def _is_of(reference: ast.Reference, document: str) -> bool:
    """Whether a reference from within this text is to one of its own clauses."""
    return reference.document is None or reference.document.text == document


def _norms_excepted(reference: ast.Reference, places: Places) -> Iterator[NormId]:
    for target in places.norms(reference):
        if target.document != places.document:
            raise wrong_type(
                reference.span,
                say("an exception can be made only to a clause of the same text"),
                say("write a clause that stands `in place of` it, or let the text prevail with `notwithstanding`"),
            )
        yield target


def exceptions_by_norm(readings: Mapping[NormId, ExceptionReading]) -> Iterator[tuple[NormId, Guard]]:
    """Each norm with each of its exceptions, which comes into play where no exception to it does.

    Fault where exceptions are piled up too high. What of them goes round in a circle is told elsewhere, or is so in no
    package.
    """
    over: dict[NormId, list[NormId]] = {identity: [] for identity in readings}
    for reading in readings.values():
        for target in reading.exceptions:
            if target in over:  # otherwise it was refused itself
                over[target].append(reading.identity)
    piles = Unfolding[NormId, _Pile | None](None, None if first_cycle(over) is None else _is_worded_twice)

    def piled(identity: NormId, start: NormId, below: int) -> _Pile:
        if below > CHAIN:
            raise _too_high(readings[start], CHAIN)
        found = [piles.of(above, partial(piled, above, start, below + 1)) for above in over[identity]]
        higher = [one for one in found if one is not None]
        height, size = max((1 + one.height for one in higher), default=0), 1 + sum(one.size for one in higher)
        if height > CHAIN or size > WRITTEN_OUT:
            raise _too_high(readings[identity], CHAIN if height > CHAIN else None)
        return _Pile(_without(readings[identity].guard, [one.guard for one in higher]), height, size)

    for identity, reading in readings.items():
        pile = piles.of(identity, partial(piled, identity, identity, 0))
        assert pile is not None, "nothing is cut outside of a pile"
        yield from ((norm, pile.guard) for norm in reading.norms)


def _is_worded_twice(way: tuple[NormId, ...]) -> bool:
    """Whether the last one is another wording of one before: no package has both."""
    return any(norm.unworded == way[-1].unworded for norm in way[:-1])


def edges_between(readings: Mapping[NormId, ExceptionReading]) -> Edges:
    """From each exception to those that it is an exception to, with the packages on which both stand."""
    return {
        identity: {
            target: conjunction(reading.stands, readings[target].stands)
            for target in reading.exceptions
            if target in readings
        }
        for identity, reading in readings.items()
    }


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
