"""Duties that nothing implies: each can be breached by somebody who keeps all others."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.decide.crew import ALONE, Crew, shares_of
from cbm.semantics.core import NormId, Strength, negation
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Solver

# So many duties are asked about at a time.
SHARE = 128

QUESTION = "is it implied by the others"
# What follows where it can be breached while the others are kept, and where it cannot.
NEEDED = "it can be breached while they are kept: they do not imply it"
IMPLIED = "it cannot be breached while they are kept: they imply it (the finding, if it ever binds then)"


def may_imply(other: GroundNorm, n: GroundNorm) -> bool:
    """At least as strong, and no mere restatement of it."""
    if n.norm.id in other.norm.restates:
        return False
    return other.norm.strength is Strength.MUST or n.norm.strength is Strength.SHOULD


def find_needed(strict: Ground, advised: Ground, crew: Crew = ALONE) -> frozenset[NormId]:
    """The duties of one bearer that all others together do not imply, for a `must` the other `must`s.

    So no fewer of them do. What stayed undecided is not among them.
    """
    positions = [i for i, n in enumerate(strict.norms) if n.norm.demands and not n.norm.restates]
    found = crew.each(_needed, (strict, advised), shares_of(positions, SHARE))
    return frozenset(norm for share in found for norm in share)


def _needed(views: tuple[Ground, Ground], positions: Sequence[int]) -> list[NormId]:
    strict, advised = views
    solver = Solver(strict.system.situation.roles, (*strict.possible, *strict.feasible))
    duties = [[(o, o.demand) for o in about.demanding] for about in views]
    found: list[NormId] = []
    for i in positions:
        must = strict.norms[i].norm.strength is Strength.MUST
        n = (strict if must else advised).norms[i]
        others = (demand for o, demand in duties[0 if must else 1] if o is not n and may_imply(o, n))
        with asking(
            system=strict.system,
            rule="redundancy",
            bearer=strict.bearer,
            norms=(n.norm.id,),
            question=QUESTION,
            found=NEEDED,
            none=IMPLIED,
        ):
            if isinstance(solver.decide(n.binds, negation(n.fulfilled), *others), Sat):
                found.append(n.norm.id)
    return found
