"""The same finding of several acts of a clause that lists them as long as some options are taken: told once.

Of the clause, where it is so of all that the clause asks for on each of the packages on which it is so of any; else of
acts, those that it is so of on the same packages together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box
from cbm.finding import Finding, PackageReach, RuleId
from cbm.negotiation.reaches import boxes_in, joined_reach
from cbm.records import Record, replace
from cbm.wording.acts_together import Listing, together, without_acts
from cbm.wording.clause_names import act_listed

_Held: TypeAlias = tuple[Finding, PackageReach]  # a finding, and the packages on which it holds


def told_of_acts(negotiation: Negotiation, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of clauses, those that differ in acts and in packages alone made one where that says as much."""
    listed = _listed(negotiation)
    listing = [one.clause for one in listed]
    known = {str(clause.norm) for clause in listing}
    groups: dict[object, list[_Held]] = {}
    others: dict[object, Finding] = {}
    for finding in findings:
        if finding.rule is RuleId.GAP or finding.reach is None or known.isdisjoint(finding.clauses):
            others.setdefault(finding, finding)
            groups.setdefault(finding, [])
        else:
            key = without_acts(listing, replace(finding, reach=None))
            groups.setdefault(key, []).append((finding, finding.reach))
    return [
        told
        for key, group in groups.items()
        for told in (_told(negotiation, listed, group) if group else (others[key],))
    ]


class _Listed(Record):
    """A clause with all acts that it lists in any wording, and the packages in which it lists each."""

    clause: Listing
    packages: tuple[tuple[str, tuple[Box, ...]], ...]


def _listed(negotiation: Negotiation) -> list[_Listed]:
    """The clauses that list several acts, as they are worded on some packages."""
    system = negotiation.system
    clauses: dict[NormId, list[NormId]] = {}
    for norm in system.norms:
        clauses.setdefault(norm.unworded, []).append(norm)
    found = []
    for clause, norms in clauses.items():
        acts: dict[str, list[NormId]] = {norm.act: [] for norm in norms if norm.act}
        for norm in norms if acts else ():
            acts.setdefault(act_listed(system, norm), []).append(norm)
        if acts:
            where = tuple((act, _packages(negotiation, several)) for act, several in acts.items())
            found.append(_Listed(replace(Listing.of(system, norms), norm=clause), where))
    return found


def _packages(negotiation: Negotiation, norms: Iterable[NormId]) -> tuple[Box, ...]:
    return tuple(box for norm in norms for box in negotiation.boxes_of([negotiation.system.norms[norm]]))


def _told(negotiation: Negotiation, listed: Sequence[_Listed], group: Sequence[_Held]) -> Iterator[Finding]:
    """The findings of a group, which differ in acts and packages alone."""
    named = [one for one in listed if any(one.clause.acts_in(finding.message) for finding, _ in group)]
    if any(_is_of_all(negotiation, one, group) for one in named):
        yield _as_one(negotiation, named, group)
        return
    same: dict[PackageReach, list[_Held]] = {}
    for finding, reach in group:
        same.setdefault(reach, []).append((finding, reach))
    yield from (_as_one(negotiation, named, several) for several in same.values())


def _as_one(negotiation: Negotiation, named: Iterable[_Listed], group: Sequence[_Held]) -> Finding:
    """The first of a group, said of the acts and the packages of all, and of clauses of which it is so as a whole."""
    whole = {one.clause.norm for one in named if _is_of_all(negotiation, one, group)}
    listing = [replace(one.clause, acts=()) if one.clause.norm in whole else one.clause for one in named]
    finding = together(listing, [finding for finding, _ in group])
    reaches = [reach for _, reach in group]
    return finding if len(group) == 1 else replace(finding, reach=joined_reach(negotiation, reaches))


def _is_of_all(negotiation: Negotiation, listed: _Listed, group: Sequence[_Held]) -> bool:
    """Whether it is so of all acts that the clause lists on each of these packages, as it is worded there."""
    space = negotiation.space
    everywhere = [box for _, reach in group for box in boxes_in(negotiation, reach)]
    for act, packages in listed.packages:
        known = [
            box
            for finding, reach in group
            if not (acts := listed.clause.acts_in(finding.message)) or act in acts
            for box in boxes_in(negotiation, reach)
        ]
        if space.minus(space.in_all((everywhere, packages)), (*known, *space.excluded)):
            return False
    return True
