"""What a finding is about, as far as ways out of it are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.deadlocks import Deadlock
from cbm.core.expressions import NormId
from cbm.core.norms import by_clause
from cbm.coverage.by_exception import OpenedByException
from cbm.coverage.gaps import BrokenPromise
from cbm.coverage.seams import met_at
from cbm.finding import Finding, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.source import Span
from cbm.wording.acts_together import acts_told
from cbm.wording.findings.clashes.clash_rules import rule_of

# What a gap that was told is.
Opening = BrokenPromise | OpenedByException


@dataclass(frozen=True, slots=True)
class Clashing:
    """Clauses that clash for a bearer."""

    clash: ConflictSet


@dataclass(frozen=True, slots=True)
class Deadlocked:
    """Duties of several units that cannot be kept together."""

    deadlock: Deadlock


@dataclass(frozen=True, slots=True)
class Open:
    """A box in which a promise is broken."""

    opening: BrokenPromise


@dataclass(frozen=True, slots=True)
class OpenByException:
    """Matters of a promise that an exception leaves open."""

    opening: OpenedByException


@dataclass(frozen=True, slots=True)
class Blocked:
    """A permission, and the duties that leave no room for it."""

    permission: NormId
    by: tuple[NormId, ...]


@dataclass(frozen=True, slots=True)
class Redundant:
    """A duty that others imply; of a clause that lists several, these `acts` of it."""

    norm: NormId
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unmet:
    """Clauses between which a bound is left out."""

    norms: tuple[NormId, ...]


@dataclass(frozen=True, slots=True)
class Unserved:
    """A duty that no channel it names serves; `place` is where it is asked for."""

    norm: NormId
    place: Span


Matter = Clashing | Deadlocked | Open | OpenByException | Blocked | Redundant | Unmet | Unserved


@dataclass(frozen=True, slots=True)
class Goal:
    """A finding that is to be settled."""

    finding: Finding
    matter: Matter


def matter_of(inquiry: Inquiry, openings: Mapping[Finding, Opening], finding: Finding) -> Matter | None:
    """None for findings out of which no way is looked for; `openings` are what the gaps told are."""
    listed = by_clause(inquiry.system.norms)
    clauses = [NormId(document, label) for document, _, label in (clause.partition(":") for clause in finding.clauses)]
    norms = tuple(listed.get(clause, (clause,))[0] for clause in clauses)
    if finding.severity is Severity.NOTE:
        return None
    match finding.rule:
        case RuleId.CONFLICT | RuleId.AGREEMENT_CONFLICT | RuleId.IMPOSSIBLE_DUTY as rule:
            clashes = (c for c in inquiry.clashes_of(norms) if rule_of(inquiry, c) == rule)
            return next(map(Clashing, clashes), None)
        case RuleId.SEAM:
            clashes = (c for c in inquiry.clashes_of(norms) if met_at(inquiry, c) is not None)
            return next(map(Clashing, clashes), Unmet(norms))
        case RuleId.DEADLOCK:
            same = (d for d in inquiry.deadlocks() if {duty.norm.norm.id.clause for duty in d.duties} == set(norms))
            return next(map(Deadlocked, same), None)
        case RuleId.GAP:
            match openings.get(finding):
                case OpenedByException() as opening:
                    return OpenByException(opening)
                case BrokenPromise() as opening:
                    return Open(opening)
                case None:
                    return None
        case RuleId.BLOCKED_PERMISSION if len(norms) > 1:
            return Blocked(norms[0], norms[1:])
        case RuleId.REDUNDANCY:
            return Redundant(norms[0], acts_told(inquiry.system, finding, clauses[0]))
        case RuleId.UNSERVED_FUNCTION if finding.primary.span is not None:
            return Unserved(norms[0], finding.primary.span)
        case _:
            return None
