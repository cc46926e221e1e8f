"""Norms that depend on themselves: through what displaces them, what they ask about being bound, or precedence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from cbm.core.dependence.norm_edges import Edges, binding_edges, precedence_edges
from cbm.core.expressions import TRUE, Formula, NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.choices import ClauseCycle, CycleKind
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.records import replace
from cbm.source import Span

_MOST_STEPS = 20_000  # to see which packages have a cycle


def find_cycles(
    system: NormSystem, exceptions: Edges | None = None, places: Mapping[NormId, Span] | None = None
) -> tuple[ClauseCycle, ...]:
    """The ways in which whether a norm binds depends on whether it binds, or precedence or exceptions go round.

    Of each kind circles that share no link, until no other is left; of a text under negotiation one at least for each
    package that has any, each with all packages that have it. `exceptions` lead from exceptions to what they are
    exceptions to, where that is one as well; `places` are where these are written. TooManyBoxes where it takes too long
    to see which packages have cycles.
    """
    negotiation = Negotiation(system)
    kinds = (
        (CycleKind.BINDING, binding_edges(system, negotiation)),
        (CycleKind.PRECEDENCE, precedence_edges(system, negotiation)),
        (CycleKind.EXCEPTION, exceptions or {}),
    )
    return tuple(
        _cycle(kind, way, holds, system, places or {})
        for kind, edges in kinds
        for way, holds in _circles(edges, negotiation)
    )


def first_cycles(system: NormSystem, exceptions: Edges, places: Mapping[NormId, Span]) -> tuple[ClauseCycle, ...]:
    """Those of each kind, whatever packages have all of them."""
    return find_cycles(replace(system, open_terms=(), open_cycles=()), exceptions, places)


def first_cycle(edges: Mapping[NormId, Iterable[NormId]]) -> list[NormId] | None:
    """The first cycle in source order, from its first node back to it; None if there is none. Not recursive."""
    done: set[NormId] = set()
    for start in edges:
        path: dict[NormId, None] = {}  # in order
        stack: list[tuple[NormId, Iterator[NormId]]] = []
        if start not in done:
            path, stack = {start: None}, [(start, iter(edges[start]))]
        while stack:
            following = next(stack[-1][1], None)
            if following is None:
                done.add(stack.pop()[0])
                path.popitem()
            elif following in path:
                walked = list(path)
                return [*walked[walked.index(following) :], following]
            elif following not in done:
                path[following] = None
                stack.append((following, iter(edges[following])))
    return None


def _cycle(
    kind: CycleKind, way: Sequence[NormId], holds: Formula, system: NormSystem, places: Mapping[NormId, Span]
) -> ClauseCycle:
    spans = (system.norms[norm].span if norm in system.norms else places.get(norm) for norm in way)
    return ClauseCycle(kind, tuple(norm.unworded for norm in way), holds, tuple(span for span in spans if span))


def _circles(edges: Edges, negotiation: Negotiation) -> Iterator[tuple[Sequence[NormId], Formula]]:
    """Norms on a circle, each once, and the packages that have it, however its clauses are worded there."""
    loop = first_cycle(edges)
    if loop is not None and negotiation.terms:
        yield from _open_circles(edges, negotiation)
        return
    left = {norm: dict.fromkeys(following) for norm, following in edges.items()}
    while loop is not None:
        yield loop[:-1], TRUE
        for norm, following in pairwise(loop):
            del left[norm][following]
        loop = first_cycle(left)


def _open_circles(edges: Edges, negotiation: Negotiation) -> Iterator[tuple[Sequence[NormId], Formula]]:
    """Circles in the clauses of a text under negotiation, one at least for each package that has any.

    A way is followed as long as some package has it of which no circle is told.
    """
    space, known = negotiation.space, list(negotiation.space.excluded)
    steps = 0
    ways: list[tuple[tuple[NormId, ...], Sequence[Box]]]
    for start in edges:
        inside = _leading_to(start, edges)
        ways = [((start,), ({},))] if start in inside else []
        while ways:
            way, boxes = ways.pop()
            if (steps := steps + 1) > _MOST_STEPS:
                raise TooManyBoxes
            if not any(space.minus((box,), known) for box in boxes):
                continue
            if len(way) > 1 and way[-1] == start:
                found = space.union(_on_packages([norm.unworded for norm in way[:-1]], edges, negotiation))
                known += found
                yield way[:-1], negotiation.formula(found)
                continue
            further = [
                ((*way, to), space.in_all((boxes, negotiation.boxes(where))))
                for to, where in edges[way[-1]].items()
                if to == start or (to in inside and to not in way)
            ]
            ways += reversed(further)


def _leading_to(end: NormId, edges: Edges) -> frozenset[NormId]:
    """The norms from which there is a way to this one; itself, where it is on a circle."""
    before: dict[NormId, list[NormId]] = {}
    for norm, following in edges.items():
        for one in following:
            before.setdefault(one, []).append(norm)
    found, waiting = set[NormId](), [end]
    while waiting:
        new = [norm for norm in before.get(waiting.pop(), ()) if norm not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def _on_packages(loop: Sequence[NormId], edges: Edges, negotiation: Negotiation) -> Iterator[Box]:
    """The packages that have a circle of clauses, however these are worded."""
    for start in (norm for norm in edges if norm.unworded == loop[0]):
        ends: dict[NormId, Sequence[Box]] = {start: ({},)}
        for clause in (*loop[1:], loop[0]):
            following: dict[NormId, Sequence[Box]] = {}
            for norm, boxes in ends.items():
                for to, where in edges[norm].items():
                    if to.unworded == clause:
                        met = negotiation.space.in_all((boxes, negotiation.boxes(where)))
                        following[to] = (*following.get(to, ()), *met)
            ends = following
        yield from ends.get(start, ())
