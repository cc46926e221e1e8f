"""Where, under what is given, the duties of several units cannot be kept together, although each unit can keep its own.

Each unit is told by itself what it must do. That both can do it at once is another question, and asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cbm.conflicts.deadlocks import Deadlock, Yielding, find_deadlocks, places_alike
from cbm.conflicts.precedence import settling
from cbm.core.expressions import Expr, Formula, conjunction, negation
from cbm.core.norms import NormSystem, Precedence
from cbm.core.roles import rotate
from cbm.given_situations.claim_extents import NOWHERE, ClaimExtent, SituationClaim, extent_of
from cbm.given_situations.given_world import GivenClash
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown


@dataclass(frozen=True, slots=True)
class GivenDeadlock:
    """Duties of several units that cannot all be kept, where, and the edges by which some of them yield there."""

    deadlock: Deadlock
    where: ClaimExtent | Unknown
    settled_by: tuple[Precedence, ...] = ()


def given_deadlocks(
    system: NormSystem, given: Expr, clashes: Iterable[GivenClash], yielding: Yielding
) -> Iterator[GivenDeadlock | Undecided]:
    """The deadlocks that happen under what is given; not where the same clauses clash for one unit alone already."""
    if len(system.situation.roles) < 2:
        return
    found, undecided = find_deadlocks(system, given=given, yielding=yielding)
    yield from undecided
    steps, alone = places_alike(system, given), tuple(clashes)
    for one in found:
        where = _beside(system, one, [formula for clash in alone for formula in _clashing(system, one, clash, steps)])
        if where == NOWHERE:
            continue
        settled = tuple(edge for edge in settling(system, one.takes_part) if _is_owed(system, one, edge))
        yield GivenDeadlock(one, where, settled)


def _clashing(system: NormSystem, one: Deadlock, clash: GivenClash, steps: Iterable[int]) -> Iterator[Formula]:
    """Where its clauses clash for one unit, whichever it is."""
    if {norm.clause for norm in clash.clash.takes_part} == {norm.clause for norm in one.takes_part}:
        yield from (rotate(clash.where, step, len(system.situation.roles)) for step in steps)


def _beside(system: NormSystem, one: Deadlock, alone: Iterable[Formula]) -> ClaimExtent | Unknown:
    with asking(
        system=system,
        norms=[duty.norm.norm.id for duty in one.duties],
        question="can the units not keep all of them together under what is given",
        found="they cannot",
        none="they can",
    ):
        here = conjunction(one.extent.formula, *(negation(formula) for formula in alone))
        where = extent_of(one.world, SituationClaim(here=here))
    if isinstance(where, ClaimExtent) and not one.extent.complete:
        return replace(where, complete=False)
    return where


def _is_owed(system: NormSystem, one: Deadlock, edge: Precedence) -> bool:
    """Whether what prevails is owed to all: what is owed to allies alone lifts nothing that is owed to others."""
    return all(system.texts[norm.document].is_owed_to_all for norm in edge.prevailing.intersection(one.takes_part))
