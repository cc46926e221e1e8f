"""On which packages of a text under negotiation two provisions say the same."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.comparison.clause_pairs.provisions import Alike, alike, at_home, differences, used_together
from cbm.comparison.possible_packages import ALL_PACKAGES, TOO_MANY, packages_asked
from cbm.core.expressions import FALSE, Formula
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import Record
from cbm.smt.solve import Sat, Unknown


class AlikeOnPackages(Record):
    """Two provisions that say the same on these packages; for whom, and that both are kept, or made use of."""

    packages: tuple[Box, ...]
    ways: tuple[tuple[Ground, tuple[Formula, ...]], ...]
    known: Alike | None = None  # where nothing is open

    def shown(self, inquiry: Inquiry, negotiation: Negotiation, packages: Sequence[Box]) -> Alike:
        """The encounters on some of the packages in which both are kept, or made use of."""
        if self.known is not None:
            return self.known
        on_these = negotiation.formula(packages)
        for about, formulas in self.ways:
            if isinstance(inquiry.ask(about, *formulas, on_these), Sat):
                return Alike(about, at_home(inquiry, about, *formulas, on_these))
        raise AssertionError("what is repeated on a package is kept there in an encounter")


def alike_on_packages(
    inquiry: Inquiry, negotiation: Negotiation, one: Norm, other: Norm
) -> AlikeOnPackages | Unknown | None:
    """Where two provisions about one act or result say the same, and can both be kept, or made use of, at once.

    None if nowhere.
    """
    if not negotiation.terms:
        found = alike(inquiry, one, other)
        return AlikeOnPackages(ALL_PACKAGES, (), found) if isinstance(found, Alike) else found
    ways = tuple(used_together(inquiry.grounds, one, other))
    used = _anywhere(inquiry, negotiation, [(about, formulas) for about, formulas in ways])
    if isinstance(used, Unknown):
        return used
    if not used:  # as of most pairs, so that nobody need know how they differ
        return None
    differing = [
        (about, (differ,))
        for about in inquiry.grounds
        for differ in differences(about, (one,), (other,))
        if differ != FALSE
    ]
    unlike = _anywhere(inquiry, negotiation, differing)
    if isinstance(unlike, Unknown):
        return unlike
    try:
        packages = negotiation.space.told(negotiation.space.minus(used, unlike))
    except TooManyBoxes:
        return TOO_MANY
    return AlikeOnPackages(packages, ways) if packages else None


def _anywhere(
    inquiry: Inquiry, negotiation: Negotiation, ways: Sequence[tuple[Ground, tuple[Formula, ...]]]
) -> tuple[Box, ...] | Unknown:
    """The packages on which one of these is so for its bearer."""
    found: list[Box] = []
    for about, formulas in ways:
        packages = packages_asked(inquiry, negotiation, about, formulas)
        if isinstance(packages, Unknown):
            return packages
        found += packages
    return tuple(found)
