"""Checks to findings: in shares of work that do not depend on each other, or one check after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from cbm.check_protocol import Basis
from cbm.checks import CHECKS
from cbm.finding import Finding, RuleId
from cbm.inquiry import Inquiry
from cbm.process.budget import RunStopped, Work, charged_to, current_budget
from cbm.records import replace
from cbm.search.open_questions import Undecided
from cbm.smt.journal import asking
from cbm.smt.solve import sharing
from cbm.translation.saying import mark, say

# Milliseconds of work, as the checks guess them, that make a share.
SHARE = 250
# What a check may take in one of its pieces, some ten seconds; then it ends, undecided, with what it has found.
WORK, WORK_FOR_A_NORM = 80_000_000, 1_000_000

# A check by its position, with one of its pieces.
_Unit = tuple[int, object]


def in_shares(
    inquiry: Inquiry, rules: Collection[RuleId], beside: Callable[[], None] | None = None
) -> Iterator[Finding]:
    """What the checks of these rules find, in their order; what they build on is found first.

    Where others do the work, they are given `beside` to begin with, which can be done at the same time.
    """
    numbered = [(number, check) for number, check in enumerate(CHECKS) if check.rule.id in rules]
    bases = {basis for _, check in numbered for basis in check.basis}
    try:
        if Basis.CONFLICTS in bases:
            inquiry.standing()
        if Basis.DEADLOCKS in bases:
            inquiry.deadlocks()
    except RunStopped as why:
        for _, check in numbered:
            leave_unasked(inquiry, check.rule.id, str(why))
        return
    shares: list[list[_Unit]] = [[]]
    here: list[_Unit] = []  # what uses what is ready here
    filled = 0
    for number, check in numbered:
        cost = check.cost(inquiry)
        for piece in check.pieces(inquiry):
            if not cost:
                here.append((number, piece))
                continue
            if filled >= SHARE:  # the same cut whoever does the work; what is not much makes one share
                shares.append([])
                filled = 0
            shares[-1].append((number, piece))
            filled += cost
    waiting = list(shares)
    others = inquiry.crew.sends(len(shares))
    if others and beside is not None:
        beside()
    results = inquiry.each(mark("findings"), _findings, shares)
    meanwhile = _Meanwhile(inquiry, here) if others else None
    try:
        for found in results:
            del waiting[0]
            yield from found
    except RunStopped as why:
        for number in dict.fromkeys(number for share in waiting for number, _ in share):
            leave_unasked(inquiry, CHECKS[number].rule.id, str(why))
    yield from _findings(inquiry, here) if meanwhile is None else meanwhile.told()


def in_turn(
    inquiry: Inquiry,
    rules: Collection[RuleId],
    first: RuleId | None = None,
    wanted: Callable[[RuleId, object], bool] | None = None,
) -> Iterator[Finding]:
    """The same, found as it is taken: one check after the other, that of the rule named first before the others.

    `wanted`: of which pieces of a check it is asked; None: of all.
    """
    for rule, piece, found in piece_by_piece(inquiry, rules, first):
        if wanted is None or wanted(rule, piece):
            yield from found()


def piece_by_piece(
    inquiry: Inquiry, rules: Collection[RuleId], first: RuleId | None = None
) -> Iterator[tuple[RuleId, object, Callable[[], list[Finding]]]]:
    """The pieces of these checks in turn, each with what finds what the check finds there."""
    checks = [(number, check) for number, check in enumerate(CHECKS) if check.rule.id in rules]
    for number, check in sorted(checks, key=lambda numbered: numbered[1].rule.id is not first):
        for piece in check.pieces(inquiry):
            yield check.rule.id, piece, partial(_findings_in, inquiry, (number, piece))


def attribute(inquiry: Inquiry, known: int, rule: RuleId) -> None:
    """Says of what was left open since so many questions were for the sake of which rule it was asked."""
    inquiry.undecided[known:] = [left if left.rule else replace(left, rule=rule) for left in inquiry.undecided[known:]]


def leave_unasked(inquiry: Inquiry, rule: RuleId, why: str) -> None:
    """Says that not everything was asked for the sake of a rule."""
    asked = mark("what else does `{rule}` find")
    inquiry.undecided.append(Undecided(asked.format(rule=rule), why, rule=rule, words=say(asked, rule=rule)))


class _Meanwhile:
    """What is found here while others are at work, noted once it is told: in the order in which it is told else."""

    def __init__(self, inquiry: Inquiry, share: Sequence[_Unit]) -> None:
        questions, undecided = len(inquiry.questions), len(inquiry.undecided)
        self._inquiry, self._found = inquiry, _findings(inquiry, share)
        self._questions, self._undecided = inquiry.questions[questions:], inquiry.undecided[undecided:]
        del inquiry.questions[questions:], inquiry.undecided[undecided:]

    def told(self) -> list[Finding]:
        """What was found."""
        self._inquiry.questions += self._questions
        self._inquiry.undecided += self._undecided
        return self._found


def _findings(inquiry: Inquiry, share: Sequence[_Unit]) -> list[Finding]:
    return [finding for unit in share for finding in _findings_in(inquiry, unit)]


def _findings_in(inquiry: Inquiry, unit: _Unit) -> list[Finding]:
    """What a check finds in one of its pieces, whatever was asked before for others."""
    number, piece = unit
    check, known = CHECKS[number], len(inquiry.undecided)
    found: list[Finding] = []
    why = current_budget().stopped
    if why and check.cost(inquiry):  # what costs nothing says at each place that there is no answer
        leave_unasked(inquiry, check.rule.id, why)
        return found
    try:
        work = Work(WORK + WORK_FOR_A_NORM * len(inquiry.system.norms))
        with asking(system=inquiry.system, rule=check.rule.id), sharing(), charged_to(work):
            found.extend(check.find(inquiry, (piece,)))  # what is found stays in any case
    except RunStopped as stopped:
        leave_unasked(inquiry, check.rule.id, str(stopped))
    attribute(inquiry, known, check.rule.id)
    return found
