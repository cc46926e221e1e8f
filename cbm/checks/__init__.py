"""All rules and all checks, in the order in which they are asked; what is not listed here does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cbm.checks import (
    agreement_conflict,
    blocked_permission,
    conflict,
    cycle,
    deadlock,
    derogation,
    divergent_restatement,
    divergent_term,
    duplicate,
    escape,
    expectation,
    gap,
    impossible_duty,
    inconsistent_vocabulary,
    reachable,
    redundancy,
    reparation,
    reserve,
    restatement,
    seam,
    syntax,
    trap,
    type_mismatch,
    undecided,
    undefined,
    unit_mismatch,
    unserved_function,
    vacuity,
)
from cbm.finding import Finding, Rule
from cbm.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class Check:
    """What is asked for the sake of a rule: at once, or of some of its pieces, which do not depend on each other.

    `cost` is how many milliseconds a piece takes as a rule, or each norm where it is asked at once. A check that leans
    on what others made ready costs nothing, and is asked where they were.
    """

    rule: str
    find: Callable[..., Iterator[Finding]]
    cost: int
    pieces: Callable[[Inquiry], Sequence[Any]] | None = None


CHECKS: tuple[Check, ...] = (
    Check(conflict.RULE.id, conflict.check, 25, conflict.pieces),
    Check(agreement_conflict.RULE.id, agreement_conflict.check, 40, agreement_conflict.pieces),
    Check(impossible_duty.RULE.id, impossible_duty.check, 25, impossible_duty.pieces),
    Check(unserved_function.RULE.id, unserved_function.check, 1),
    Check(trap.RULE.id, trap.check, 4),
    Check(deadlock.RULE.id, deadlock.check, 15, deadlock.pieces),
    Check(blocked_permission.RULE.id, blocked_permission.check, 25, blocked_permission.pieces),
    Check(reparation.RULE.id, reparation.check, 1),
    Check(escape.RULE.id, escape.check, 1),
    Check(vacuity.RULE.id, vacuity.check, 8, vacuity.pieces),
    Check(redundancy.RULE.id, redundancy.check, 4),
    Check(divergent_restatement.RULE.id, divergent_restatement.check, 1),
    Check(restatement.RULE.id, restatement.check, 1),
    Check(derogation.RULE.id, derogation.check, 3),
    Check(divergent_term.RULE.id, divergent_term.check, 1),
    Check(gap.RULE.id, gap.check, 150, gap.pieces),
    Check(seam.RULE.id, seam.check, 10, seam.pieces),
    Check(reserve.RULE.id, reserve.check, 1),
    Check(expectation.RULE.id, expectation.check, 0),
    Check(reachable.IMPOSSIBLE.id, reachable.check, 0),
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        syntax.RULE,
        undefined.RULE,
        duplicate.RULE,
        cycle.RULE,
        unit_mismatch.RULE,
        type_mismatch.RULE,
        inconsistent_vocabulary.RULE,
        conflict.RULE,
        agreement_conflict.RULE,
        impossible_duty.RULE,
        unserved_function.RULE,
        trap.RULE,
        deadlock.RULE,
        blocked_permission.RULE,
        reparation.RULE,
        escape.RULE,
        vacuity.RULE,
        redundancy.RULE,
        divergent_restatement.RULE,
        restatement.RULE,
        derogation.RULE,
        divergent_term.RULE,
        gap.RULE,
        seam.RULE,
        reserve.RULE,
        expectation.RULE,
        reachable.IMPOSSIBLE,
        reachable.NEVER_REACHED,
        undecided.RULE,
    )
}
