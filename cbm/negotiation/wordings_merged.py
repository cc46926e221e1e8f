"""Findings about wordings of clauses to findings about clauses: each once, with all packages on which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem
from cbm.finding import Finding, RuleId
from cbm.negotiation.acts_merged import told_of_acts
from cbm.negotiation.reaches import joined_reach
from cbm.records import Struct, field, replace
from cbm.report import Attestation
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.findings.wordings_alike import is_in_wording, place_of
from cbm.wording.reading_words import reach_of

# What is said of the texts before anything is asked of their packages.
_OF_THE_TEXT = frozenset((RuleId.UNDECIDED, RuleId.LOOK_ALIKE))


def merged_findings(system: NormSystem, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a text under negotiation, told of its clauses; of any other text the same as before."""
    negotiation = Negotiation(system)
    if not negotiation.terms:
        return list(findings)
    norms = {str(identity): norm for identity, norm in system.norms.items()}
    spans, labels = {identity: norm.span for identity, norm in norms.items()}, _labels(system)
    groups: dict[tuple[object, ...], _Alike] = {}
    for finding in findings:
        known = _with_reach(negotiation, finding, norms, labels)
        if known is None:
            continue
        way = known.notes[:1] if known.rule is RuleId.CYCLE else ()  # two circles of the same clauses are two
        content = (known.rule, known.severity, known.message, known.clauses, way)
        group = groups.setdefault((*content, *place_of(known)), _Alike(content))
        group.told.append(known)
        group.wordings.add(finding.clauses)
        group.in_wording &= is_in_wording(spans, finding)
    circles = negotiation.with_cycles
    merged = [
        _one(circles if group.told[0].rule is RuleId.CYCLE else negotiation, group, norms)
        for group in _at_any_place(groups.values())
    ]
    return [finding.on_some_packages() for finding in told_of_acts(negotiation, merged)]


class _Alike(Struct):
    """Findings that say the same at one place, of these wordings of clauses; `in_wording`: the place is in one."""

    content: tuple[object, ...]
    told: list[Finding] = field(default_factory=list)
    wordings: set[tuple[str, ...]] = field(default_factory=set)
    in_wording: bool = True


def _at_any_place(groups: Iterable[_Alike]) -> Iterable[_Alike]:
    """With what is said of several wordings of one clause, where each of them stands, as one."""
    kept: list[_Alike] = []
    in_wordings: dict[tuple[object, ...], list[_Alike]] = {}
    for group in groups:
        same = in_wordings.setdefault(group.content, []) if group.in_wording else []
        other = next((one for one in same if one.wordings.isdisjoint(group.wordings)), None)
        if other is None:
            kept.append(group)
            same.append(group)
        else:
            other.told += group.told
            other.wordings |= group.wordings
    return kept


def merged_attestations(system: NormSystem, attestations: Iterable[Attestation]) -> tuple[Attestation, ...]:
    """What is shown of the wordings of one clause, as one: not shown where it is not for one of them."""
    if not any(term.choice is not None for term in system.open_terms):
        return tuple(attestations)
    labels = _labels(system)
    found: dict[tuple[object, ...], Attestation] = {}
    for attestation in attestations:
        known = replace(attestation, clauses=_plain(labels, attestation.clauses))
        key = (known.kind, known.text, known.statement, known.clauses)
        if key not in found or (found[key].shown and not known.shown):
            found[key] = known
    return tuple(found.values())


def _with_reach(
    negotiation: Negotiation, finding: Finding, norms: Mapping[str, Norm], labels: Mapping[str, str]
) -> Finding | None:
    """With the packages on which it holds: where no rule tells, those in which all clauses stand as they are worded.

    None where there are none.
    """
    plain = replace(finding, clauses=_plain(labels, finding.clauses))
    if finding.reach is not None or finding.rule in _OF_THE_TEXT:
        return plain
    space, told = negotiation.space, [norms[clause] for clause in finding.clauses if clause in norms]
    boxes = space.told(negotiation.boxes_of(told))
    return replace(plain, reach=reach_of(negotiation, boxes, boxes)) if boxes else None


_OF_ONE = mark(
    "conditions, example and ways out are told of one wording of {clauses}: with other options the conditions are "
    "others, and so is what an exception has to say"
)


def _one(negotiation: Negotiation, group: _Alike, norms: Mapping[str, Norm]) -> Finding:
    """One finding in place of those that differ only in the wordings of clauses, and so in packages."""
    first = group.told[0]
    reaches = [finding.reach for finding in group.told if finding.reach is not None]
    if not reaches:
        return first
    joined = joined_reach(negotiation, reaches)
    differing = _differing(negotiation, group, norms)
    if differing and first.whenever and first.reach and joined.boxes != first.reach.boxes:
        told = f"{first.whenever}{first.reach.ending}"
        first = replace(first, whenever=told, notes=(*first.notes, say(_OF_ONE, clauses=listed(differing))))
    return replace(first, reach=joined)


def _differing(negotiation: Negotiation, group: _Alike, norms: Mapping[str, Norm]) -> list[str]:
    """The clauses whose wordings apply under different conditions, as far as other conditions may be told of them."""
    first = group.told[0]
    if all(other.whenever == first.whenever for other in group.told):
        return []
    found: dict[str, set[object]] = {}
    for wording in dict.fromkeys(clause for clauses in group.wordings for clause in clauses):
        if (norm := norms.get(wording)) is not None:
            guards = (guard for guard in norm.guards if not negotiation.speaks_of_choices(guard.condition))
            found.setdefault(norm.id.unworded.label, set()).add((*guards, None, *norm.exceptions))
    return [label for label, conditions in found.items() if len(conditions) > 1]


def _labels(system: NormSystem) -> dict[str, str]:
    """What reports call wordings, and the clauses that they are wordings of."""
    return {str(identity): str(identity.unworded) for identity in system.norms}


def _plain(labels: Mapping[str, str], clauses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels.get(clause, clause) for clause in clauses))
