"""Norms that depend on themselves: through what displaces them, what they ask about being bound, or precedence."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from cbm.core.choices import ClauseCycle, CycleKind
from cbm.core.expressions import (
    TRUE,
    And,
    Binds,
    Does,
    Each,
    Expr,
    Formula,
    NormId,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages import Box, TooManyBoxes
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.records import LATEST, Itself, replace
from cbm.source import Span
from cbm.translation.saying import mark, say

# A clause may depend on so many others, one through the other (`in place of`, `is bound by`); more are refused.
CHAIN = 60
# So many conditions of clauses come of it when each is written out wherever it is asked about; more are refused.
WRITTEN_OUT = 5_000
_NOWHERE = 1_000_000
_MOST_STEPS = 20_000  # to see which packages have a cycle


Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
# To what each norm leads, and on which packages of a text under negotiation.
Edges: TypeAlias = Mapping[NormId, Mapping[NormId, Formula]]


def find_cycles(
    system: NormSystem, exceptions: Edges | None = None, places: Mapping[NormId, Span] | None = None
) -> tuple[ClauseCycle, ...]:
    """The ways in which whether a norm binds depends on whether it binds, or precedence or exceptions go round.

    Of each kind the first one; of a text under negotiation one at least for each package that has any, each with all
    packages that have it. `exceptions` lead from exceptions to what they are exceptions to, where that is one as well;
    `places` are where these are written. TooManyBoxes where it takes too long to see which packages have cycles.
    """
    negotiation = Negotiation(system)
    kinds = (
        (CycleKind.BINDING, _needs(system, negotiation)),
        (CycleKind.PRECEDENCE, _above(system, negotiation)),
        (CycleKind.EXCEPTION, exceptions or {}),
    )
    return tuple(
        _cycle(kind, way, holds, system, places or {})
        for kind, edges in kinds
        for way, holds in _circles(edges, negotiation)
    )


def first_cycles(system: NormSystem, exceptions: Edges, places: Mapping[NormId, Span]) -> tuple[ClauseCycle, ...]:
    """The first one of each kind, whatever packages have all of it."""
    return find_cycles(replace(system, open_terms=(), open_cycles=()), exceptions, places)


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
    elif loop is not None:
        yield loop[:-1], TRUE


def _needs(system: NormSystem, negotiation: Negotiation) -> Edges:
    """The norms on which it depends whether one binds."""
    needs: dict[NormId, dict[NormId, Formula]] = {identity: {} for identity in system.norms}
    stands = _StandingClauses(system, negotiation)
    for edge in system.displacements:
        if edge.of in needs and edge.by in needs:
            _add(needs[edge.of], edge.by, stands.both(edge.of, edge.by))
    for norm in system.norms.values():
        for guard in (*norm.guards, *norm.exceptions):
            for other, where in _asked_on(guard.condition, negotiation):
                if other in needs:
                    _add(needs[norm.id], other, conjunction(where, stands.both(norm.id, other)))
    return needs


def _above(system: NormSystem, negotiation: Negotiation) -> Edges:
    """The norms that prevail over one."""
    above: dict[NormId, dict[NormId, Formula]] = {identity: {} for identity in system.norms}
    stands = _StandingClauses(system, negotiation)
    for precedence in system.precedences:
        for low in precedence.yielding & above.keys():
            for high in sorted(precedence.prevailing & above.keys()):
                _add(above[low], high, stands.both(low, high))
    return above


def _add(edges: dict[NormId, Formula], to: NormId, where: Formula) -> None:
    edges[to] = disjunction(edges[to], where) if to in edges else where


class _StandingClauses:
    """On which packages clauses stand as they are worded."""

    def __init__(self, system: NormSystem, negotiation: Negotiation) -> None:
        self._norms = system.norms
        self._open = negotiation if negotiation.terms else None
        self._known: dict[NormId, Formula] = {}

    def both(self, one: NormId, other: NormId) -> Formula:
        return TRUE if self._open is None else conjunction(self._of(one, self._open), self._of(other, self._open))

    def _of(self, identity: NormId, negotiation: Negotiation) -> Formula:
        if identity not in self._known:
            self._known[identity] = negotiation.formula(negotiation.boxes_of((self._norms[identity],)))
        return self._known[identity]


def _asked_on(expression: Expr, negotiation: Negotiation) -> Iterator[tuple[NormId, Formula]]:
    """The norms an expression asks about, each with the packages on which that decides something."""
    match expression:
        case And(parts) | Or(parts) if negotiation.terms:
            taken = [part for part in map(negotiation.about_choices, parts) if part is not None]
            where = conjunction(*(taken if isinstance(expression, And) else map(negation, taken)))
            for part in parts:
                yield from ((norm, conjunction(where, inner)) for norm, inner in _asked_on(part, negotiation))
        case Not(part) | Does(_, _, part) | Each(_, _, part):
            yield from _asked_on(part, negotiation)
        case _:
            yield from ((norm, TRUE) for norm in asked(expression))


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


def too_deep(system: NormSystem) -> Iterator[Finding]:
    """The first clause that depends on a longer chain of others than is followed, or on more.

    A chain ends where it comes back to one of its own clauses, or where no package has all of it.
    """
    together = clauses_together(Itself(system))
    needs = _needs(system, Negotiation(replace(system, open_terms=())))
    for start, norm in system.norms.items():
        depth, size = 0, 0
        ways: list[tuple[NormId, ...]] = [(start,)]
        while ways and depth <= CHAIN and size <= WRITTEN_OUT:
            way = ways.pop()
            depth, size = max(depth, len(way) - 1), size + 1
            further = [(*way, to) for to in needs[way[-1]] if to not in way]
            ways += further if together is None else [one for one in further if not together.never(one)]
        deep = depth > CHAIN
        if (deep or size > WRITTEN_OUT) and norm.span is not None:
            chain = mark("whether clause {clause} binds depends on a chain of more than {number} clauses")
            many = mark(
                "whether clause {clause} binds comes to more than {number:,} conditions when each clause that it "
                "depends on is written out"
            )
            message = say(chain if deep else many, clause=start.label, number=CHAIN if deep else WRITTEN_OUT)
            remedies = (say("name the clauses that matter directly"),)
            yield Finding(RuleId.SYNTAX, Severity.ERROR, message, Label(_first_line(norm.span)), remedies=remedies)
            return


class Unfolding(Generic[Key, Made]):
    """What is made of others of its kind, each made once; `cut` stands where one would be made of itself.

    On a package that has no such circle as a whole, a clause on the circle does not stand, and what is made of the
    clause does not count; so it is right there whatever is put in place of the last one. It is cut as well where all
    that is being made is `apart`: no package has all of these. What is made inside of something cut is made again
    elsewhere.
    """

    def __init__(self, cut: Made, apart: Callable[[tuple[Key, ...]], bool] | None = None) -> None:
        self._cut = cut
        self._apart = apart
        self._made: dict[Key, Made] = {}
        self._way: tuple[Key, ...] = ()  # what is being made, from the outside in
        self._back = _NOWHERE  # how far out that begins which the last cuts rest on

    @property
    def is_whole(self) -> bool:
        """Whether nothing was cut so far in what is being made."""
        return self._back == _NOWHERE

    def of(self, key: Key, make: Callable[[], Made]) -> Made:
        """What is called so, made now if it is not there."""
        if key in self._made:
            return self._made[key]
        if key in self._way:
            self._back = min(self._back, self._way.index(key))
            return self._cut
        before, outer, place = self._back, self._way, len(self._way)
        if outer and self._apart is not None and self._apart((*outer, key)):
            self._back = 0
            return self._cut
        self._back, self._way = _NOWHERE, (*outer, key)
        try:
            made = make()
        finally:
            self._way = outer
        if self._back >= place:
            self._made[key] = made
            self._back = before
        else:
            self._back = min(self._back, before)
        return made


class ClausesTogether:
    """Which clauses, as they are worded, stand together in some package that means something."""

    def __init__(self, negotiation: Negotiation) -> None:
        self._negotiation = negotiation
        self._known: dict[tuple[NormId, ...], Sequence[Box]] = {(): ({},)}

    def never(self, norms: tuple[NormId, ...]) -> bool:
        """Whether no package has all of these."""
        return not self._with(norms)

    def _with(self, norms: tuple[NormId, ...]) -> Sequence[Box]:
        if norms not in self._known:
            negotiation, space = self._negotiation, self._negotiation.space
            last = negotiation.boxes_of((negotiation.system.norms[norms[-1]],))
            both = space.in_all((self._with(norms[:-1]), last))
            self._known[norms] = [box for box in both if space.minus((box,), space.excluded)]
        return self._known[norms]


@lru_cache(maxsize=LATEST)
def clauses_together(of: Itself[NormSystem]) -> ClausesTogether | None:
    """The same for a system in which something goes round in a circle, if packages are left out of account."""
    negotiation = Negotiation(of.thing)
    graphs = (_needs(of.thing, negotiation), _above(of.thing, negotiation)) if negotiation.terms else ()
    return ClausesTogether(negotiation) if any(first_cycle(edges) for edges in graphs) else None


def asked(expression: Expr) -> Iterator[NormId]:
    """The norms an expression asks about."""
    match expression:
        case Binds(norm):
            yield norm
        case Not(operand):
            yield from asked(operand)
        case And(parts) | Or(parts):
            for part in parts:
                yield from asked(part)
        case Does(_, _, said) | Each(_, _, said):
            yield from asked(said)
        case _:
            pass


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


def without_meaning(system: NormSystem) -> tuple[Finding, ...]:
    """The cycles of a text, where each of its packages has one of them; nothing where some package has none."""
    negotiation = Negotiation(system).with_cycles
    space, cycles = negotiation.space, [(cycle, negotiation.boxes(cycle.holds)) for cycle in system.open_cycles]
    if not cycles or not space.is_everything([box for _, boxes in cycles for box in boxes]):
        return ()
    note = say("only some packages have this circle; each of the others has another one that is told")
    found: list[Finding] = []
    for cycle, boxes in cycles:
        told = told_cycle(cycle)
        if space.is_everything(boxes):
            found.append(told)
        elif any(space.minus((box,), space.excluded) for box in boxes):
            found.append(replace(told, notes=(*told.notes, note)))
    return tuple(found)


def told_cycle(cycle: ClauseCycle) -> Finding:
    """What is said of a cycle, whatever packages have it."""
    apart = len({identity.document for identity in cycle.clauses}) > 1
    told = [
        say("{label} of {document}", label=n.label, document=n.document) if apart else n.label for n in cycle.clauses
    ]
    names = " → ".join((*told, told[0]))
    labels = [Label(_first_line(span)) for span in cycle.spans]
    notes: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    if cycle.kind is CycleKind.EXCEPTION:
        head = say("exception {label} goes round in a circle: {names}", label=told[0], names=names)
        remedy = say("take one of these exceptions out")
    else:
        head = say("clause {clause} goes round in a circle: {clauses}", clause=told[0], clauses=names)
        binding = cycle.kind is CycleKind.BINDING
        notes = (say("whether it binds depends on itself") if binding else say("each yields to the next"),)
        remedy, clauses = say("take one of these links out"), tuple(map(str, cycle.clauses))
    return Finding(
        RuleId.CYCLE, Severity.ERROR, head, labels[0], tuple(labels[1:]), clauses, notes=notes, remedies=(remedy,)
    )


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.source, span.start, end)
