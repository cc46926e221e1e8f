"""Whether a change opens a promise where it was kept, and whether a gap is still there."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

from cbm.core.expressions import FALSE
from cbm.core.matters import matters
from cbm.core.norms import Coverage
from cbm.core.roles import rotate
from cbm.coverage.by_exception import OpenedByException
from cbm.coverage.gaps import BrokenPromise, Kind
from cbm.coverage.governance import (
    CoverageUndecided,
    between_parties,
    decided,
    promised_in,
    types_with,
)
from cbm.coverage.newly_broken import broken_regions, is_newly_broken
from cbm.coverage.types.axes import dividers
from cbm.coverage.unevenness import uneven_acts
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.smt.solve import Unsat


def newly_open(before: Inquiry, after: Inquiry) -> bool:
    """Whether a promise is broken in an encounter in which it was not; what stays undecided counts as if it were."""
    for old, new in zip(before.strict, after.strict, strict=True):
        for was, now in zip(before.system.coverage, after.system.coverage, strict=True):
            silenced = was.condition != now.condition and _speaks_of_nothing(after, new, now)
            if silenced and not _speaks_of_nothing(before, old, was):
                return True
            for matter in matters(now):
                if is_newly_broken(after, old, new, (was, now), matter) is not False:
                    return True
    return False


def newly_uneven(before: Inquiry, after: Inquiry, touched: Collection[str | None] | None) -> bool:
    """Whether acts are barred in some types of encounter and passed over in others that were not.

    `touched`: the topics with which clauses have to do that changed; None: more changed than clauses and promises.
    """
    topics = dict.fromkeys(topic for promise in after.system.coverage for topic in promise.topics)
    for topic in topics:
        if touched is None or topic in touched or _promises(before, topic) != _promises(after, topic):
            for old, new in zip(before.strict, after.strict, strict=True):
                if _found_uneven(new, topic, _uneven(old, topic)):
                    return True
    return False


def _promises(inquiry: Inquiry, topic: str) -> list[object]:
    """What of the promises decides how even a text is on a topic: when it is promised, which acts are, and what cuts
    encounters into types.
    """
    on_topic = (topic in promise.topics and promise.condition for promise in inquiry.system.coverage)
    acts = (promise.acts for promise in inquiry.system.coverage)
    return [*on_topic, *acts, *map(dividers, inquiry.strict)]


def _uneven(about: Ground, topic: str) -> frozenset[str]:
    """The acts of which that is told; none where it is not known. What was found is found once."""
    known: dict[str, frozenset[str]] = about.worked_out.setdefault("uneven", {})
    if topic not in known:
        known[topic] = _found_uneven(about, topic)
    return known[topic]


def _found_uneven(about: Ground, topic: str, aside: Collection[str] = ()) -> frozenset[str]:
    promises = about.system.coverage
    try:
        real = decided(types_with(about, dividers(about), between_parties(about, promises[0].document)))
        return frozenset(one.act for one in uneven_acts(about, promises, topic, real, aside))
    except CoverageUndecided:
        return frozenset()


def still_open(before: Inquiry, after: Inquiry, opening: BrokenPromise) -> bool:
    """Whether the promise is still broken somewhere in the box; what stays undecided counts as if it were."""
    number = next(i for i, promise in enumerate(before.system.coverage) if promise is opening.promise)
    first, roles = opening.region.about.bearer, len(before.system.situation.roles)
    for about in (g for g in after.strict if g.bearer in (first, *opening.alike)):
        region = dict(broken_regions(about, after.system.coverage[number], opening.region.matter)).get(opening.kind)
        conditions = (rotate(condition, about.bearer - first, roles) for condition in opening.conditions)
        if region is not None and not isinstance(region.search(*conditions).next(), Unsat):
            return True
    return False


def still_excepted(before: Inquiry, after: Inquiry, opening: OpenedByException) -> bool:
    """Whether the promise is still broken where the exception comes into play, types that are left out aside."""
    first, roles = opening.about.bearer, len(before.system.situation.roles)
    for bearer, one in product((first, *opening.alike), opening.opened):
        about, promise = _afterwards(before, after, opening.promise, bearer)
        known = dict(broken_regions(about, promise, one.ungoverned.matter))
        there = [rotate(part, bearer - first, roles) for part in (one.lifting.met, one.elsewhere)]
        for kind in (Kind.GAP, *((Kind.ADVISED,) if one.lifting.strict != FALSE else ())):
            if not isinstance(known[kind].search(*there).next(), Unsat):
                return True
    return False


def _afterwards(before: Inquiry, after: Inquiry, promise: Coverage, bearer: int) -> tuple[Ground, Coverage]:
    number = next(i for i, known in enumerate(before.system.coverage) if known is promise)
    return next(g for g in after.strict if g.bearer == bearer), after.system.coverage[number]


def _speaks_of_nothing(inquiry: Inquiry, about: Ground, promise: Coverage) -> bool:
    return isinstance(inquiry.ask(about, promised_in(about, promise)), Unsat)
