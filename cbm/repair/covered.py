"""Whether a change opens a promise where it was kept, and whether a gap is still there."""

from __future__ import annotations

from cbm.decide.amendment import Amendment
from cbm.decide.coverage import Region, advised_only, promised_in, ungoverned
from cbm.decide.inquiry import Inquiry
from cbm.decide.openings import Gap, Opening
from cbm.semantics.core import Coverage, Expr, disjunction, negation
from cbm.semantics.ground import Ground
from cbm.smt.solve import Unsat


def newly_open(change: Amendment) -> bool:
    """Whether a promise is broken in an encounter in which it was not; what stays undecided counts as if it were.

    Where it depends on the unit's own conduct whether a clause of the topic binds, every change of one counts.
    """
    promises = list(zip(change.before.system.coverage, change.after.system.coverage, strict=True))
    for old, new in zip(change.before.strict, change.after.strict, strict=True):
        for was, now in promises:
            if was.condition != now.condition and _speaks_of_nothing(change.after, new, now):
                return True
            for topic in now.topics:
                if was.condition != now.condition or _is_touched(change, topic):
                    pairs = zip(_regions(old, was, topic), _regions(new, now, topic), strict=True)
                    if any(_wider(change.after, before, after) for before, after in pairs):
                        return True
    return False


def still_open(change: Amendment, opening: Opening, gap: Gap) -> bool:
    """Whether the promise is still broken somewhere in the box."""
    number = next(i for i, promise in enumerate(change.before.system.coverage) if promise is opening.promise)
    old = opening.region.about
    about = next(g for g in change.after.strict if g.bearer == old.bearer)
    region = _regions(about, change.after.system.coverage[number], opening.topic)[opening.soft]
    return change.after.is_open(region, *gap.conditions(old)) is not False


def _regions(about: Ground, promise: Coverage, topic: str) -> tuple[Region, Region]:
    return ungoverned(about, promise, topic), advised_only(about, promise, topic)


def _speaks_of_nothing(inquiry: Inquiry, about: Ground, promise: Coverage) -> bool:
    return isinstance(inquiry.ask(about, promised_in(about, promise)), Unsat)


def _is_touched(change: Amendment, topic: str) -> bool:
    systems = (change.before.system, change.after.system)
    norms = (system.norms[n] for system in systems for n in change.touched if n in system.norms)
    return any(topic in norm.topics for norm in norms)


def _wider(inquiry: Inquiry, before: Region, after: Region) -> bool:
    if not (before.is_plain and after.is_plain):
        return True
    outside = disjunction(*(negation(part) for part in _inside(before)))
    return not isinstance(inquiry.ask(after.about, *_inside(after), outside), Unsat)


def _inside(region: Region) -> tuple[Expr, ...]:
    return (*region.holding, negation(region.excluded))
