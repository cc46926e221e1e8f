"""Which clauses of a text under negotiation stand together in some package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cbm.core.dependence.cyclic_dependence import first_cycle
from cbm.core.dependence.norm_edges import binding_edges, precedence_edges
from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import Box
from cbm.records import LATEST, Itself


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
    """Those of a system in which something goes round in a circle, if packages are left out of account."""
    negotiation = Negotiation(of.thing)
    graphs = (
        (binding_edges(of.thing, negotiation), precedence_edges(of.thing, negotiation)) if negotiation.terms else ()
    )
    return ClausesTogether(negotiation) if any(first_cycle(edges) for edges in graphs) else None
