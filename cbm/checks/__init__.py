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
    divergent_restatement,
    duplicate,
    expectation,
    gap,
    impossible_duty,
    inconsistent_vocabulary,
    reachable,
    redundancy,
    syntax,
    type_mismatch,
    undecided,
    undefined,
    unit_mismatch,
    vacuity,
)
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Rule


@dataclass(frozen=True, slots=True)
class Check:
    """What is asked for the sake of a rule: at once, or in pieces that do not depend on each other.

    `find` takes the inquiry and, where there are pieces, one of them; `share` is how many pieces make about a tenth of
    a second of work.
    """

    rule: str
    find: Callable[..., Iterator[Finding]]
    pieces: Callable[[Inquiry], Sequence[Any]] | None = None
    share: int = 1


CHECKS: tuple[Check, ...] = (
    Check(conflict.RULE.id, conflict.check, conflict.pieces, 8),
    Check(agreement_conflict.RULE.id, agreement_conflict.check, agreement_conflict.pieces, 8),
    Check(impossible_duty.RULE.id, impossible_duty.check, impossible_duty.pieces, 8),
    Check(deadlock.RULE.id, deadlock.check, deadlock.pieces, 8),
    Check(blocked_permission.RULE.id, blocked_permission.check, blocked_permission.pieces, 4),
    Check(vacuity.RULE.id, vacuity.check, vacuity.pieces, 32),
    Check(redundancy.RULE.id, redundancy.check),
    Check(divergent_restatement.RULE.id, divergent_restatement.check),
    Check(gap.RULE.id, gap.check, gap.pieces),
    Check(expectation.RULE.id, expectation.check),
    Check(reachable.IMPOSSIBLE.id, reachable.check),
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
        deadlock.RULE,
        blocked_permission.RULE,
        vacuity.RULE,
        redundancy.RULE,
        divergent_restatement.RULE,
        gap.RULE,
        expectation.RULE,
        reachable.IMPOSSIBLE,
        reachable.NEVER_REACHED,
        undecided.RULE,
    )
}
