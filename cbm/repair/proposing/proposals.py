"""For what was found, the changes that may settle it, in the order in which they are worth trying."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations
from typing import assert_never

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.core.expressions import NormId
from cbm.coverage.gaps import Kind
from cbm.coverage.seams import met_at
from cbm.ground.grounding import Ground
from cbm.ground.members import third_parties
from cbm.inquiry import Inquiry
from cbm.repair.editable_text import Proposal, Sheet
from cbm.repair.finding_matters import (
    Blocked,
    Clashing,
    Deadlocked,
    Matter,
    Open,
    OpenByException,
    Redundant,
    Unmet,
    Unserved,
)
from cbm.repair.proposing.added_edges import (
    displacing,
    later,
    more_special,
    prevailing,
    reaching_both,
    yielding,
    yielding_throughout,
)
from cbm.repair.proposing.added_exceptions import excepting, excepting_bound
from cbm.repair.proposing.bounds import shifting
from cbm.repair.proposing.coverage_edits import adding, freeing, narrowing, strengthening
from cbm.repair.proposing.meeting import meeting
from cbm.repair.proposing.removals import removing, removing_acts
from cbm.repair.proposing.timetable import also_through, in_time, setting_in_later
from cbm.translation.saying import mark

# Why a clause should be the one that stands.
SPECIAL, LATER = mark(", the more special one,"), mark(", the later text,")


def proposals(inquiry: Inquiry, sheet: Sheet, matter: Matter) -> Iterator[Proposal]:
    """Changes of the text that may settle what the finding is about, the best first; none of them was tried."""
    match matter:
        case Clashing():
            yield from _of_clash(inquiry, sheet, matter)
        case Deadlocked():
            yield from _of_deadlock(inquiry, sheet, matter)
        case Open():
            yield from _of_gap(inquiry, sheet, matter)
        case OpenByException(opening):
            yield from freeing(inquiry, sheet, opening)
            proposal = narrowing(inquiry, sheet, opening.promise, opening.conditions)
            if proposal is not None:
                yield proposal
        case Blocked(permission, by):
            own = [norm for norm in by if norm.document == sheet.system.subject]
            if own and all(_yields(sheet, norm) for norm in by):
                yield displacing(sheet, permission, by)
        case Redundant(norm, acts):
            yield removing_acts(sheet, norm, acts) if acts else removing(sheet, norm)
        case Unmet(norms):
            yield from meeting(sheet, norms)
        case Unserved(norm, place):
            yield from also_through(sheet, norm, place)
        case _:
            assert_never(matter)


def _of_clash(inquiry: Inquiry, sheet: Sheet, matter: Clashing) -> Iterator[Proposal]:
    clash = matter.clash
    if met_at(inquiry, clash) is not None:
        yield from meeting(sheet, clash.norms)
    about = next(g for g in inquiry.grounds if g.bearer == clash.bearer)
    own = [norm for norm in clash.norms if norm.document == sheet.system.subject]
    foreign = [norm for norm in clash.norms if norm not in own]
    for norm in own if len(clash.norms) == 1 else ():
        yield from in_time(sheet, norm)
    for one, other in permutations(own, 2):
        yield from setting_in_later(sheet, one, other)
    if foreign:
        yield from _with_agreement(inquiry, sheet, about, own, foreign)
    else:
        yield from _among_own(inquiry, sheet, about, clash)
    for one, other in permutations(clash.norms, 2):
        if one in own:
            yield from shifting(sheet, one, other)
    pairs = [(low, high, more_special(inquiry, about, high, low)) for low, high in permutations(own, 2)]
    for low, high, special in sorted(pairs, key=lambda pair: not pair[-1]):
        yield yielding(sheet, low, high, SPECIAL if special else "")


def _among_own(inquiry: Inquiry, sheet: Sheet, about: Ground, clash: ConflictSet) -> Iterator[Proposal]:
    """The more special clause in place of the more general one, where there is one, or an exception to that."""
    pairs = [(above, below) for below, above in permutations(clash.norms, 2)]
    special = [pair for pair in pairs if more_special(inquiry, about, *pair)]
    both = any({duty.norm.norm.id for duty in held.duties} == set(clash.norms) for held in inquiry.deadlocks())
    general = dict.fromkeys(below for _, below in special)
    for rank, chosen, excepted in (
        (SPECIAL, special, general),
        ("", [pair for pair in pairs if pair not in special], [n for n in clash.norms if n not in general]),
    ):
        for above, below in chosen:
            yield displacing(sheet, above, (below,), both, rank)
        for norm in excepted:
            proposal = excepting(sheet, about.norm(norm), clash.bearer, clash.extent, partial(inquiry.ask, about))
            if proposal is not None:
                yield proposal


def _with_agreement(
    inquiry: Inquiry, sheet: Sheet, about: Ground, own: list[NormId], foreign: list[NormId]
) -> Iterator[Proposal]:
    """What makes way for an agreement, first where it governs; then the other way round, and the whole text."""
    for norm in own:
        for other in foreign:
            yield excepting_bound(sheet, norm, other)
            yield yielding(sheet, norm, other, SPECIAL if more_special(inquiry, about, other, norm) else "")
    for norm in own:
        for other in filter(partial(_yields, sheet), foreign):
            special = more_special(inquiry, about, norm, other)
            rank = SPECIAL if special else LATER if later(sheet, norm, other) else ""
            yield prevailing(sheet, norm, other, rank)
    for document in dict.fromkeys(norm.document for norm in foreign):
        yield yielding_throughout(sheet, document)


def _yields(sheet: Sheet, norm: NormId) -> bool:
    """Whether the text can set a clause aside by itself: whether nobody else is owed what that asks for."""
    return not third_parties(sheet.system, sheet.system.subject, norm.document)


def _of_deadlock(inquiry: Inquiry, sheet: Sheet, matter: Deadlocked) -> Iterator[Proposal]:
    """An exception to one of the duties, or one clause in place of another for both units.

    What already stands in place of the other one, for the one unit alone, comes first.
    """
    duties = [d for d in matter.deadlock.duties if d.norm.norm.id.document == sheet.system.subject]
    pairs = list(permutations(dict.fromkeys(d.norm.norm.id for d in duties), 2))
    widened = {pair: proposal for pair in pairs if (proposal := reaching_both(sheet, pair[1], pair[0])) is not None}
    yield from widened.values()
    for duty in duties:
        proposal = excepting(sheet, duty.norm, duty.role, matter.deadlock.extent, inquiry.together().ask)
        if proposal is not None:
            yield proposal
    for below, above in pairs:
        if (below, above) not in widened:
            yield displacing(sheet, above, (below,), both=True)


def _of_gap(inquiry: Inquiry, sheet: Sheet, matter: Open) -> Iterator[Proposal]:
    """A duty where there is advice, a clause where there is nothing, or else less of a promise."""
    opening = matter.opening
    if opening.kind is Kind.ADVISED:
        yield from strengthening(inquiry, sheet, opening)
    yield from adding(inquiry, sheet, opening)
    # The promise leaves the box out, if one side alone finds it there.
    proposal = None if opening.alike else narrowing(inquiry, sheet, opening.promise, opening.conditions)
    if proposal is not None:
        yield proposal
