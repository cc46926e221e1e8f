"""Where a promise is broken, and whether it is in an encounter in which it was not: of one bearer, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cbm.core.expressions import Formula, conjunction, disjunction, negation
from cbm.core.matters import Matter
from cbm.core.norms import Coverage
from cbm.core.substitution import variables
from cbm.coverage.gaps import Kind
from cbm.coverage.governance import SituationRegion, advised_only, by_conduct, types_of, ungoverned
from cbm.coverage.types.axes import dividers
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.smt.solve import Unknown, Unsat

# Where nothing governed a topic, there may be something now that does so in part.
_BETTER = {Kind.GAP: (), Kind.ADVISED: (Kind.GAP,), Kind.BY_CONDUCT: (Kind.GAP,)}


def broken_regions(about: Ground, promise: Coverage, matter: Matter) -> Iterator[tuple[Kind, SituationRegion]]:
    """Where the promise is broken for the topic or act, be it by an exception."""
    yield Kind.GAP, ungoverned(about, promise, matter)
    yield Kind.ADVISED, advised_only(about, promise, matter)
    swayed = by_conduct(about, promise, matter)
    if swayed is not None:
        yield Kind.BY_CONDUCT, swayed


def is_newly_broken(
    inquiry: Inquiry, before: Ground, after: Ground, promises: tuple[Coverage, Coverage], matter: Matter
) -> bool | Unknown:
    """Whether a promise is broken in an encounter in which it was not; `promises`: as it was, and as it is."""
    was, now = promises
    known = dict(broken_regions(before, was, matter))
    unknown: Unknown | None = None
    for kind, region in broken_regions(after, now, matter):
        found = _is_new(inquiry, known, kind, region)
        if found is True:
            return True
        if isinstance(found, Unknown):
            unknown = found
    return False if unknown is None else unknown


def _is_new(
    inquiry: Inquiry, known: Mapping[Kind, SituationRegion], kind: Kind, region: SituationRegion
) -> bool | Unknown:
    before = [known[one] for one in (kind, *_BETTER[kind]) if one in known]
    if any((region.ways, region.excluded) == (one.ways, one.excluded) for one in before):
        return False
    if all(map(_is_plain, (region, *before))):
        outside = negation(disjunction(*map(_inside, before)))
        answer = inquiry.ask(region.about, _inside(region), outside)
        return answer if isinstance(answer, Unknown) else not isinstance(answer, Unsat)
    return _has_new_types(region, before)


def _has_new_types(region: SituationRegion, before: Sequence[SituationRegion]) -> bool | Unknown:
    """Where it depends on what the unit does, whole types of encounter are compared."""
    axes = dividers(region.about)
    fresh, unknown = types_of(region, axes), None
    if isinstance(fresh, Unknown):
        return fresh
    for one in before:
        known = types_of(one, axes)
        if isinstance(known, Unknown):
            unknown = known
        else:
            fresh -= known
    return unknown if fresh and unknown is not None else bool(fresh)


def _is_plain(region: SituationRegion) -> bool:
    """Whether it depends on the situation alone what belongs to it."""
    return all(region.about.conduct.isdisjoint(variables(formula)) for formula in (*region.holding, region.excluded))


def _inside(region: SituationRegion) -> Formula:
    return conjunction(*region.holding, negation(region.excluded))
