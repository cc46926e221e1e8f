"""Where clauses set the units against each other as well, and whether an exception to one of them settles that."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cbm.conflicts.deadlocks import Deadlock
from cbm.core.expressions import Formula, NormId, disjunction, negation
from cbm.core.roles import rotate
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.smt.journal import asking
from cbm.smt.solve import Solver, Unknown, Unsat
from cbm.translation.saying import mark
from cbm.wording.clause_names import reference


def clashes_between_units(inquiry: Inquiry, norms: Collection[NormId]) -> list[Deadlock]:
    """Where the same clauses set the units against each other, which is told with their clash."""
    of = frozenset(norms)
    return [found for found in inquiry.deadlocks() if of == {duty.norm.norm.id for duty in found.duties}]


def is_settled_by(inquiry: Inquiry, about: Ground, n: GroundNorm, case: Formula, between: Iterable[Deadlock]) -> bool:
    """Whether the units are not set against each other any more where the case is excepted from the clause."""
    roles = len(about.system.situation.roles)
    for found in between:
        if not found.extent.complete:  # what is not listed may lie elsewhere
            return False
        duties = [duty for duty in found.duties if duty.norm.norm.id == n.norm.id]
        steps = [duty.role - about.bearer if n.norm.rotates else 0 for duty in duties]
        seen = disjunction(*(rotate(case, step, roles) for step in steps))
        with asking(
            system=inquiry.system,
            norms=(n.norm.id,),
            question="are the units set against each other but for an exception",
            found="the exception is not offered as a way out",
            none="the exception settles that, too",
        ):
            world = found.world
            solver = Solver(world.roles, (*world.possible, *world.feasible))
            left = solver.decide(found.extent.formula, negation(seen))
        if isinstance(left, Unknown):
            clause = reference(inquiry.system, n.norm.id)
            inquiry.leave_open(mark("does an exception to {clause} settle it", clause=clause), left, n.norm.id)
        if not isinstance(left, Unsat):
            return False
    return True
