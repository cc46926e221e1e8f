"""Which demands of two drafts of a text are the same, where clauses are numbered anew and no title tells.

A demand that says the same under one number only is found by that. Of the others one is what another was if nothing
else is as near: both bind the same bearer, speak of an act or a result in common, and differ in one thing only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from cbm.comparison.demand_wording import NEAR, DemandWording, wording
from cbm.comparison.same_places import found_by_title
from cbm.comparison.severed import Severed
from cbm.core.negotiation import Negotiation

Demand: TypeAlias = tuple[str, str]  # the label of a clause, and the act where it lists several


def found_by_meaning(old: Severed, new: Severed) -> dict[Demand, Demand]:
    """For each demand of the older text that has another number in the newer one: which it is there."""
    titled = found_by_title(old, new)
    before, after = _demands(old, titled.keys()), _demands(new, titled.values())
    same: dict[Demand, Demand] = {}
    for most, kept in ((0, True), (0, False), (NEAR, True), (NEAR, False)):
        left = [one for one in before if one not in same]
        free = [one for one in after if one not in same.values()]
        if kept:  # under its number
            same |= {one: one for one in left if one in free and _apart(before[one], after[one]) <= most}
        else:
            pairs = [(one, other) for one in left for other in free if _apart(before[one], after[other]) <= most]
            same |= {one: other for one, other in pairs if _only(pairs, one, other)}
    return {one: other for one, other in same.items() if one != other}


def labels_anew(old: Severed, new: Severed) -> dict[str, str]:
    """For the clauses of the older text that have another label in the newer one: which, where one clause tells."""
    labels: dict[str, set[str]] = {}
    before, after = _whole_labels(old), _whole_labels(new)
    for one, other in found_by_meaning(old, new).items():
        labels.setdefault(before[one], set()).add(after[other])
    return {label: there for label, (there, *more) in labels.items() if not more} | found_by_title(old, new)


def _whole_labels(text: Severed) -> dict[Demand, str]:
    """Of which clause of the text itself each demand is a part."""
    subject = text.system.texts[text.system.subject]
    own = (norm for norm in text.system.norms if norm.document == subject.name)
    return {(norm.label, norm.act): subject.whole_label(text.clauses[norm].label) for norm in own}


def _only(pairs: Iterable[tuple[Demand, Demand]], one: Demand, other: Demand) -> bool:
    """Whether either has no other that is as near."""
    return all((a, b) == (one, other) for a, b in pairs if a == one or b == other)


def _demands(text: Severed, titled: Iterable[str]) -> Mapping[Demand, Sequence[DemandWording]]:
    """What the text itself demands, in each wording, but for clauses that are found by their titles."""
    system, known = text.system, frozenset(titled)
    subject, negotiation = system.texts[system.subject], Negotiation(system)
    found: dict[Demand, list[DemandWording]] = {}
    for norm in system.norms.values():
        if norm.id.document == system.subject and subject.whole_label(text.clauses[norm.id].label) not in known:
            found.setdefault((norm.id.label, norm.id.act), []).append(wording(negotiation, norm))
    return found


def _apart(some: Iterable[DemandWording], others: Sequence[DemandWording]) -> int:
    """In how many things the nearest two wordings differ."""
    return min(one.differs(other) for one in some for other in others)
