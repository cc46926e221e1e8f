"""What a finding is about, as far as ways out of it are looked for, and whether it is still there after a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from cbm.checks import blocked_permission, deadlock, gap
from cbm.checks.clashing import rule_of, severity_of
from cbm.decide.amendment import Amendment
from cbm.decide.clashes import Clash
from cbm.decide.deadlocks import Deadlock, shape_of
from cbm.decide.inquiry import Inquiry
from cbm.decide.openings import Gap, Opening
from cbm.finding import Finding, Severity
from cbm.repair.covered import still_open
from cbm.repair.needed import Breaches, redundant
from cbm.semantics.core import NormId
from cbm.smt.solve import Unknown


@dataclass(frozen=True, slots=True)
class Clashing:
    """A set of clauses that clash, for each bearer of whom they do."""

    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Deadlocked:
    deadlock: Deadlock


@dataclass(frozen=True, slots=True)
class Open:
    """A box in which a promise is broken, for each bearer of whom it is."""

    gaps: tuple[tuple[Opening, Gap], ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """A permission, and the duties that leave no room for it."""

    permission: NormId
    by: tuple[NormId, ...]


@dataclass(frozen=True, slots=True)
class Redundant:
    norm: NormId


Matter = Clashing | Deadlocked | Open | Blocked | Redundant


@dataclass(frozen=True, slots=True)
class Goal:
    """A finding that is to be settled."""

    finding: Finding
    matter: Matter


def matter_of(inquiry: Inquiry, finding: Finding) -> Matter | None:
    """None for findings out of which no way is looked for."""
    norms = tuple(NormId(*clause.split(":", 1)) for clause in finding.clauses)
    if finding.severity is Severity.NOTE:
        return None
    match finding.rule:
        case "conflict" | "agreement-conflict" | "impossible-duty" as rule:
            found = tuple(c for c in inquiry.clashes if c.norms == norms and rule_of(inquiry, c) == rule)
            return Clashing(found) if found else None
        case "deadlock":
            return next(
                (
                    Deadlocked(d)
                    for d in inquiry.deadlocks()
                    if deadlock.message_of(inquiry, d.duties) == finding.message
                ),
                None,
            )
        case "gap":
            gaps = tuple(_gaps(inquiry, finding))
            return Open(gaps) if gaps else None
        case "blocked-permission":
            return Blocked(norms[0], norms[1:])
        case "redundancy":
            return Redundant(norms[0])
        case _:
            return None


def persists(change: Amendment, matter: Matter, known: Breaches, noted: bool = False) -> bool:
    """Whether the finding would still be made after the change, as more than a note unless `noted`.

    `known` are the breaches before it.
    """
    after = change.after
    match matter:
        case Clashing(clashes):
            there = {(clash.bearer, clash.norms) for clash in after.clashes}
            left = [c for c in clashes if (c.bearer, c.norms) in there]
            return any(noted or severity_of(after, clash.norms) is not Severity.NOTE for clash in left)
        case Deadlocked(held):
            shape, norms = shape_of(after.system, held.duties), [duty.norm.norm.id for duty in held.duties]
            if not noted and severity_of(after, norms) is Severity.NOTE:
                return False
            found = change.deadlocked(frozenset(norms) & change.changed)
            return change.changed.isdisjoint(norms) or any(shape_of(after.system, h.duties) == shape for h in found)
        case Open(gaps):
            return any(still_open(change, *gap) for gap in gaps)
        case Blocked(permission):
            return any(True for _ in blocked_permission.of_permission(after, permission, advice=noted))
        case Redundant(norm):
            return norm in after.system.norms and norm in redundant(change, known)
        case _:
            assert_never(matter)


def _gaps(inquiry: Inquiry, finding: Finding) -> Iterator[tuple[Opening, Gap]]:
    """The gaps that were told by this finding; a promise that speaks of nothing has none."""
    if not finding.primary.text:
        return
    for about in inquiry.strict:
        for promise in inquiry.system.coverage:
            if promise.span == finding.primary.span:
                for opening in inquiry.openings(about, promise):
                    for found in () if isinstance(opening.gaps, Unknown) else opening.gaps:
                        if gap.message_of(inquiry.system, opening, found) == finding.message:
                            yield opening, found
