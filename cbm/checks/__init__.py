"""All rules and all checks, in the order in which they are asked; what is not listed here does not exist."""

from __future__ import annotations

from cbm.check_protocol import CONFLICTS, NOTHING, OWN_SEARCH, Check, Divided, Whole
from cbm.checks import (
    agreement_conflict,
    asymmetry,
    blocked_permission,
    conflict,
    cycle,
    dead_option,
    deadlock,
    derogation,
    divergent_restatement,
    divergent_term,
    divided_view,
    duplicate,
    escape,
    expectation,
    gap,
    ignore_comment,
    impossible,
    impossible_duty,
    inconsistent_vocabulary,
    last_moment,
    look_alike,
    never_reached,
    no_clean_package,
    no_workable_reading,
    old_form,
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
    unused,
    unwritten_prohibition,
    vacuity,
    wording,
)
from cbm.finding import Rule, RuleId

CHECKS: tuple[Check, ...] = (
    Divided(conflict.RULE, conflict.pieces, conflict.check, each=25),
    Divided(agreement_conflict.RULE, agreement_conflict.pieces, agreement_conflict.check, each=40),
    Divided(impossible_duty.RULE, impossible_duty.pieces, impossible_duty.check, each=25),
    Whole(unserved_function.RULE, unserved_function.check, each=1, basis=CONFLICTS),
    Whole(trap.RULE, trap.check, each=4, basis=CONFLICTS),
    Whole(last_moment.RULE, last_moment.check, each=4, basis=CONFLICTS),
    Divided(deadlock.RULE, deadlock.pieces, deadlock.check, each=15),
    Divided(blocked_permission.RULE, blocked_permission.pieces, blocked_permission.check, each=25, basis=CONFLICTS),
    Divided(
        unwritten_prohibition.RULE, unwritten_prohibition.pieces, unwritten_prohibition.check, each=25, basis=CONFLICTS
    ),
    Whole(reparation.RULE, reparation.check, each=1, basis=CONFLICTS),
    Whole(escape.RULE, escape.check, each=1, basis=CONFLICTS),
    Divided(vacuity.RULE, vacuity.pieces, vacuity.check, each=8),
    Whole(redundancy.RULE, redundancy.check, each=4, basis=CONFLICTS),
    Whole(divergent_restatement.RULE, divergent_restatement.check, each=1, basis=NOTHING),
    Whole(restatement.RULE, restatement.check, each=1, basis=NOTHING),
    Whole(derogation.RULE, derogation.check, each=3, basis=CONFLICTS),
    Whole(divergent_term.RULE, divergent_term.check, each=1, basis=CONFLICTS),
    Whole(look_alike.RULE, look_alike.check, each=0, basis=NOTHING),
    Whole(wording.RULE, wording.check, each=0, basis=NOTHING),
    Whole(asymmetry.RULE, asymmetry.check, each=2, basis=OWN_SEARCH),
    Whole(divided_view.RULE, divided_view.check, each=1, basis=NOTHING),
    Divided(gap.RULE, gap.pieces, gap.check, each=150, basis=CONFLICTS),
    Divided(seam.RULE, seam.pieces, seam.check, each=10, of_norm=0.6),
    Whole(reserve.RULE, reserve.check, each=1, basis=CONFLICTS),
    Whole(expectation.RULE, expectation.check, each=0, basis=OWN_SEARCH),
    Whole(impossible.RULE, impossible.check, each=0, basis=OWN_SEARCH),
    Whole(never_reached.RULE, never_reached.check, each=0, basis=OWN_SEARCH),
)

# What reading and resolving find, and three passes of the pipeline: one before all checks and two after them.
_OTHERS: tuple[Rule, ...] = (
    syntax.RULE,
    undefined.RULE,
    duplicate.RULE,
    cycle.RULE,
    unit_mismatch.RULE,
    type_mismatch.RULE,
    inconsistent_vocabulary.RULE,
    undecided.RULE,
    unused.RULE,
    old_form.RULE,
    ignore_comment.RULE,
    dead_option.RULE,
    no_clean_package.RULE,
    no_workable_reading.RULE,
)

_DOCUMENTED: dict[RuleId, Rule] = {rule.id: rule for rule in (*_OTHERS, *(check.rule for check in CHECKS))}
RULES: dict[RuleId, Rule] = {rule: _DOCUMENTED[rule] for rule in RuleId}
