"""Checks to findings: in shares of work that do not depend on each other, or one check after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from cbm.check_protocol import EVERYTHING, Basis, Check
from cbm.checks import CHECKS, RULES
from cbm.checks.expectation import leave_all_open
from cbm.finding import Finding, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.process.budget import RunStopped, Work, charged_to, current_budget
from cbm.records import Record, replace
from cbm.report import Ending, Question
from cbm.search.open_questions import Undecided
from cbm.smt.journal import asking
from cbm.smt.solve import sharing
from cbm.translation.saying import mark, say

# Milliseconds of work, as the checks guess them, that make a share.
SHARE = 250
# What a check may take in one of its pieces, some ten seconds; then it ends, undecided, with what it has found.
WORK, WORK_FOR_A_NORM = 80_000_000, 1_000_000

# What cases expect, but for findings of other rules: of each expectation it is said whether it is met.
OF_CASES = frozenset((RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED))

# A check by its position, with one of its pieces.
_Unit = tuple[int, object]


class _Answered(Record):
    """What was found in one piece of a check before it is its turn, with the questions asked for it."""

    unit: _Unit
    found: tuple[Finding, ...]
    questions: tuple[Question, ...]
    undecided: tuple[Undecided, ...]

    def told(self, inquiry: Inquiry) -> tuple[Finding, ...]:
        """What was found, and what was asked is noted."""
        inquiry.questions += self.questions
        inquiry.undecided += self.undecided
        return self.found


_U = TypeVar("_U", bound=_Unit | _Answered)


def in_shares(
    inquiry: Inquiry, rules: Collection[RuleId], beside: Callable[[], None] | None = None
) -> Iterator[Finding]:
    """What the checks of these rules find, in their order, whatever is asked first.

    What rests on nothing is asked before all else, so that a run that is stopped knows it; then what the others build
    on is found. Where others do the work, they are given `beside` to begin with, which can be done at the same time.
    """
    numbered = [(number, check) for number, check in enumerate(CHECKS) if check.rule.id in rules]
    bases = {basis for _, check in numbered for basis in check.basis}
    pieces = {number: _pieces(inquiry, check) for number, check in numbered if not check.basis}
    units = [(number, piece) for number, several in pieces.items() for piece in several]
    first = _asked_first(inquiry, units if bases & EVERYTHING else [])
    try:
        if Basis.CONFLICTS in bases:
            inquiry.standing()
        if Basis.DEADLOCKS in bases:
            inquiry.deadlocks()
    except RunStopped as why:
        yield from _left(inquiry, [*first, *((number, None) for number, check in numbered if check.basis)], str(why))
        return
    every: list[_Unit | _Answered] = []
    answered = iter(first)
    for number, check in numbered:
        own = pieces[number] if number in pieces else _pieces(inquiry, check)
        every.extend(next(answered) if first and not check.basis else (number, piece) for piece in own)
    costs = {number: check.cost(inquiry) for number, check in numbered}
    here = [unit for unit in every if not costs[_number(unit)]]  # what uses what is ready here
    shares = _cut([unit for unit in every if costs[_number(unit)]], costs)
    waiting = list(shares)
    others = inquiry.crew.sends(len(shares))
    if others and beside is not None:
        beside()
    results = inquiry.each(mark("findings"), _findings, shares)
    meanwhile = _answers(inquiry, here) if others else here
    try:
        for found in results:
            del waiting[0]
            yield from found
    except RunStopped as why:
        yield from _left(inquiry, [unit for share in waiting for unit in share], str(why))
    yield from _findings(inquiry, meanwhile)


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
        for piece in _pieces(inquiry, check):
            yield check.rule.id, piece, partial(_findings_in, inquiry, (number, piece))


def _pieces(inquiry: Inquiry, check: Check) -> Sequence[object]:
    """What the check is cut into; in a run that is stopped meanwhile it is left unasked in one piece."""
    try:
        return check.pieces(inquiry)
    except RunStopped:
        return (None,)


def attribute(inquiry: Inquiry, known: int, rule: RuleId) -> None:
    """Says of what was left open since so many questions were for the sake of which rule it was asked."""
    inquiry.undecided[known:] = [
        left if left.rule else replace(left, rule=rule, only_notes=_only_notes(rule))
        for left in inquiry.undecided[known:]
    ]


def _only_notes(rule: RuleId) -> bool:
    return RULES[rule].severity is Severity.NOTE


def _forget_untold(inquiry: Inquiry, known: int, found: Iterable[Finding]) -> None:
    """Of the questions since so many, takes out those of an expectation whose finding could not be made any more."""
    told = {finding.primary.span for finding in found}
    inquiry.questions[known:] = [
        asked
        for asked in inquiry.questions[known:]
        if asked.at is None or asked.verdict is not Ending.FOUND or asked.at in told
    ]


def leave_unasked(inquiry: Inquiry, rule: RuleId, why: str) -> None:
    """Says that not everything was asked for the sake of a rule."""
    asked = mark("what else does `{rule}` find")
    inquiry.undecided.append(
        Undecided(asked.format(rule=rule), why, rule=rule, words=say(asked, rule=rule), only_notes=_only_notes(rule))
    )


def _left(inquiry: Inquiry, units: Iterable[_Unit | _Answered], why: str) -> Iterator[Finding]:
    """What is known of these, in the order of the checks, and once for each other check that it was not asked."""
    unasked: set[int] = set()
    for unit in sorted(units, key=_number):
        if isinstance(unit, _Answered):
            yield from unit.told(inquiry)
        elif _number(unit) not in unasked:
            unasked.add(_number(unit))
            give_up(inquiry, CHECKS[_number(unit)].rule.id, why)


def give_up(inquiry: Inquiry, rule: RuleId, why: str) -> None:
    """Says that not everything was asked; of what cases expect, each time that it is not known."""
    if rule in OF_CASES:
        leave_all_open(inquiry, (rule,), why)
    else:
        leave_unasked(inquiry, rule, why)


def _number(unit: _Unit | _Answered) -> int:
    return unit.unit[0] if isinstance(unit, _Answered) else unit[0]


def _cut(units: Iterable[_U], costs: Mapping[int, int]) -> list[list[_U]]:
    """The units in shares: the same ones whoever does the work, and what is not much makes one."""
    shares: list[list[_U]] = [[]]
    filled = 0
    for unit in units:
        if filled >= SHARE:
            shares.append([])
            filled = 0
        shares[-1].append(unit)
        filled += costs[_number(unit)]
    return shares


def _asked_first(inquiry: Inquiry, units: Sequence[_Unit]) -> list[_Answered]:
    """What is found in these, by others if it is much."""
    shares = _cut(units, {number: CHECKS[number].cost(inquiry) for number, _ in units})
    if not inquiry.crew.sends(len(shares)):
        return _answers(inquiry, units)
    return [one for share in inquiry.each(mark("findings"), _answers, shares) for one in share]


def _answers(inquiry: Inquiry, units: Iterable[_Unit | _Answered]) -> list[_Answered]:
    """What is found in each of these, noted once it is told: in the order in which it is told else."""
    return [unit if isinstance(unit, _Answered) else _answer(inquiry, unit) for unit in units]


def _answer(inquiry: Inquiry, unit: _Unit) -> _Answered:
    questions, undecided = len(inquiry.questions), len(inquiry.undecided)
    found = tuple(_findings_in(inquiry, unit))
    answered = _Answered(unit, found, tuple(inquiry.questions[questions:]), tuple(inquiry.undecided[undecided:]))
    del inquiry.questions[questions:], inquiry.undecided[undecided:]
    return answered


def _findings(inquiry: Inquiry, share: Iterable[_Unit | _Answered]) -> list[Finding]:
    """What is found in each of these, and what was found before."""
    return [finding for unit in share for finding in _told(inquiry, unit)]


def _told(inquiry: Inquiry, unit: _Unit | _Answered) -> Sequence[Finding]:
    return unit.told(inquiry) if isinstance(unit, _Answered) else _findings_in(inquiry, unit)


def _findings_in(inquiry: Inquiry, unit: _Unit) -> list[Finding]:
    """What a check finds in one of its pieces, whatever was asked before for others."""
    number, piece = unit
    check, known, asked = CHECKS[number], len(inquiry.undecided), len(inquiry.questions)
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
        _forget_untold(inquiry, asked, found)
        give_up(inquiry, check.rule.id, str(stopped))
    attribute(inquiry, known, check.rule.id)
    return found
