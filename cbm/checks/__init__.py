"""All rules and all checks, in the order in which they are asked; what is not listed here does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    expectation,
    gap,
    impossible_duty,
    inconsistent_vocabulary,
    reachable,
    redundancy,
    reparation,
    reserve,
    restatement,
    syntax,
    type_mismatch,
    undecided,
    undefined,
    unit_mismatch,
    unserved_function,
    vacuity,
)
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Rule

Check = Callable[[Inquiry], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    conflict.check,
    agreement_conflict.check,
    impossible_duty.check,
    unserved_function.check,
    deadlock.check,
    blocked_permission.check,
    reparation.check,
    vacuity.check,
    redundancy.check,
    divergent_restatement.check,
    restatement.check,
    derogation.check,
    divergent_term.check,
    gap.check,
    reserve.check,
    expectation.check,
    reachable.check,
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
        deadlock.RULE,
        blocked_permission.RULE,
        reparation.RULE,
        vacuity.RULE,
        redundancy.RULE,
        divergent_restatement.RULE,
        restatement.RULE,
        derogation.RULE,
        divergent_term.RULE,
        gap.RULE,
        reserve.RULE,
        expectation.RULE,
        reachable.IMPOSSIBLE,
        reachable.NEVER_REACHED,
        undecided.RULE,
    )
}
