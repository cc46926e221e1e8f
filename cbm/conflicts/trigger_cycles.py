"""Duties whose acts call for one another in a circle: how often they would have to be done has no end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cbm.core.expressions import Does, Each, Expr, NormId
from cbm.core.norms import Norm, NormSystem
from cbm.ground.act_instances import triggers
from cbm.ground.grounder import Grounder, GroundNorm
from cbm.ground.grounding import Ground
from cbm.translation.saying import mark

Node = tuple[str, int]  # an act, and the role that does it

UNENDING = mark(
    "each of these acts calls for the next one, and the last for the first, so that there is no end to how often they "
    "are done: declare one of them `once`, or count from a moment"
)


def ending(about: Ground, duties: Sequence[GroundNorm]) -> tuple[GroundNorm, ...]:
    """The duties that close no circle of acts of the bearer.

    Only conduct that ends is looked at. Where it keeps the others as well, all are kept; where none does, there may
    still be conduct that goes on for ever: then nobody knows.
    """
    all_around = _around(about.grounder, about.bearer)
    if not all_around or not any(n.norm.id in all_around for n in duties):
        return tuple(duties)
    around = circling(about.system, [(n.norm, about.bearer) for n in duties], (about.bearer,))
    return tuple(n for i, n in enumerate(duties) if i not in around) if around else tuple(duties)


@lru_cache(maxsize=16)
def _around(grounder: Grounder, bearer: int) -> frozenset[NormId]:
    """The norms that close a circle when all of them are looked at; no choice of them has others that do."""
    norms = [norm for norm in grounder.system.norms.values() if norm.demands]
    around = circling(grounder.system, [(norm, bearer) for norm in norms], (bearer,))
    return frozenset(norms[i].id for i in around)


def circling(system: NormSystem, duties: Iterable[tuple[Norm, int]], acting: Iterable[int]) -> list[int]:
    """Places of the duties that close a circle of acts of the acting roles; each duty with the role it binds.

    An act that is done once at most ends a circle. What the others do is found, and starts no circle.
    """
    own = frozenset(acting)
    edges = [
        {
            (one, other)
            for one, other in _calls(system, norm, role)
            if {one[1], other[1]} <= own and not (system.acts[one[0]].once or system.acts[other[0]].once)
        }
        for norm, role in duties
    ]
    if not any(edges):
        return []
    after: dict[Node, set[Node]] = {}
    for one, other in (*(edge for some in edges for edge in some), *_taken(system)):
        after.setdefault(one, set()).add(other)
    reached = {node: _reached(after, node) for node in after}
    return [i for i, some in enumerate(edges) if any(one in reached.get(other, ()) for one, other in some)]


def _calls(system: NormSystem, norm: Norm, role: int) -> Iterable[tuple[Node, Node]]:
    """The acts that a duty ties together, each with who does it where the duty binds the role."""
    step, roles = (role if norm.rotates else 0), len(system.situation.roles)
    for said in (norm.content, *(guard.condition for guard in (*norm.guards, *norm.exceptions))):
        for each, does in _pairs(said):
            yield (each.act, (each.role + step) % roles), (does.act, (does.role + step) % roles)


def _taken(system: NormSystem) -> Iterator[tuple[Node, Node]]:
    """The acts that axioms tie together, each with what it takes whenever it is done."""
    roles = len(system.situation.roles)
    for axiom in system.axioms:
        for each, does in _pairs(axiom.condition):
            for step in range(roles if axiom.rotates else 1):
                yield (each.act, (each.role + step) % roles), (does.act, (does.role + step) % roles)


@lru_cache(maxsize=10_000)
def _pairs(said: Expr) -> tuple[tuple[Each, Does], ...]:
    return tuple(triggers((said,)))


def _reached(after: dict[Node, set[Node]], start: Node) -> set[Node]:
    """All that follows from a node, step by step."""
    found: set[Node] = set()
    left = [start]
    while left:
        new = after.get(left.pop(), set()) - found
        found |= new
        left += new
    return found
