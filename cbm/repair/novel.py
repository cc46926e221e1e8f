"""Whether a change brings a finding that was not made before; the cheap questions are asked first."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.checks import blocked_permission, divergent_restatement, vacuity
from cbm.checks.clashing import severity_of
from cbm.checks.redundancy import RULE as REDUNDANCY
from cbm.decide.amendment import Amendment
from cbm.decide.clashes import components, world_of
from cbm.decide.deadlocks import Deadlock, shape_of
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Severity
from cbm.repair.covered import newly_open
from cbm.repair.footing import Footing
from cbm.repair.needed import redundant
from cbm.repair.shown import no_longer_shown
from cbm.semantics.core import Displacement, Modality, NormId


def finds_more(footing: Footing, change: Amendment) -> bool:
    """Whether there is any new error or warning, or less is shown; what is left open counts as if there were."""
    return (
        _clashes_more(change)
        or _deadlocks_more(change)
        or any(finding.severity is not Severity.NOTE and not footing.has(finding) for finding in _effects(change))
        or newly_open(change)
        or _is_newly_redundant(footing, change)
        or no_longer_shown(footing, change)
        or bool(change.after.given_up)
    )


def _clashes_more(change: Amendment) -> bool:
    return not _grave(change.after) <= _grave(change.before)


def _grave(inquiry: Inquiry) -> set[tuple[int, tuple[NormId, ...], Severity]]:
    told = ((c.bearer, c.norms, severity_of(inquiry, c.norms)) for c in inquiry.clashes)
    return {one for one in told if one[-1] is not Severity.NOTE}


def _deadlocks_more(change: Amendment) -> bool:
    """Those of clauses that clash for one unit already are told only when that clash is gone."""
    system, before = change.after.system, change.before
    gone = {frozenset(c.norms) for c in before.clashes} - {frozenset(c.norms) for c in change.after.clashes}
    freed = (norms for norms in map(_norms, before.deadlocks()) if norms in gone)
    among = change.widened.union(*freed)
    if not among:
        return False
    known = {shape_of(system, held.duties) for held in before.deadlocks() if not before.clashes_of(_norms(held))}
    return any(
        shape_of(system, held.duties) not in known
        for held in change.deadlocked(among)
        if not change.after.clashes_of(held.norms) and severity_of(change.after, held.norms) is not Severity.NOTE
    )


def _norms(held: Deadlock) -> frozenset[NormId]:
    return frozenset(duty.norm.norm.id for duty in held.duties)


def _effects(change: Amendment) -> Iterator[Finding]:
    """What may come of words that have no effect, of permissions, and of clauses that restate others."""
    system = change.after.system
    for norm in system.norms.values():
        if norm.id in change.touched and norm.id.document == system.subject:
            yield from vacuity.of_norm(change.after, norm)
    for edge in system.displacements:
        if edge.by.document == system.subject and _is_in_doubt(change, edge):
            yield from vacuity.of_edge(change.after, edge)
    for norm in system.norms.values():
        if norm.modality is Modality.PERMISSION and norm.id.document == system.subject and _is_near(change, norm.id):
            yield from blocked_permission.of_permission(change.after, norm.id, advice=False)
    if any(system.norms[n].restates for n in change.touched if n in system.norms) or _is_restated(change):
        yield from divergent_restatement.check(change.after)


def _is_in_doubt(change: Amendment, edge: Displacement) -> bool:
    """Clauses that clashed before have something to settle between them."""
    clashed = change.before.clashes_of((edge.by, edge.of))
    return not clashed and not change.touched.isdisjoint((edge.by, edge.of))


def _is_near(change: Amendment, permission: NormId) -> bool:
    """Whether a touched norm shares conduct with the permission, directly or through others."""
    for about in change.after.advised:
        n = about.find(permission)
        if n is not None:
            group = next(g for g in components(world_of(about), [*about.demanding, n]) if n in g)
            if not change.touched.isdisjoint(m.norm.id for m in group):
                return True
    return False


def _is_restated(change: Amendment) -> bool:
    return any(not change.touched.isdisjoint(norm.restates) for norm in change.after.system.norms.values())


def _is_newly_redundant(footing: Footing, change: Amendment) -> bool:
    known = {finding.clauses[0] for finding in footing.of_rule(REDUNDANCY.id)}
    return any(str(norm) not in known for norm in redundant(change, footing.breaches()))
