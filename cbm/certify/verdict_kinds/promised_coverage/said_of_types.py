"""What may be so of a type of encounter: that a promise is broken there, that an exception opens it, that it is uneven.

Each is a claim of encounters of one type on one reading, of whichever type and reading it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cbm.certify.claims import AllOf, AnyOf, Claim
from cbm.certify.standing import StandingNorms, broken
from cbm.certify.verdict_kinds.promised_coverage.by_type import TypesMet
from cbm.core.expressions import TRUE, Formula
from cbm.core.matters import Settled
from cbm.core.norms import Coverage
from cbm.coverage.by_exception import ExceptionPlace, MatterRegions
from cbm.coverage.gaps import Kind
from cbm.coverage.governance import SituationRegion, keeping
from cbm.coverage.unevenness import banned_acts, barred_in, but_for_exceptions, owed_on
from cbm.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class SaidOfType:
    """All that is spoken of, and what is claimed of a type in which encounters meet these conditions."""

    spoken: tuple[Formula, ...]
    claim: Callable[..., Claim]  # of TypesMet, and of conditions on their encounters


def broken_so(view: StandingNorms, of: MatterRegions, kind: Kind | None, beside: Formula) -> SaidOfType | None:
    """In an encounter of the type the promise is broken so, `beside` what is told as a seam; None where it never is.

    What an exception leaves open is silent where nothing of the type is ever governed.
    """
    match kind:
        case Kind.GAP if of.liftings:
            return _silent(view, of, beside)
        case Kind.GAP:
            return _somewhere(view, of.silent.within(beside))
        case Kind.ADVISED:
            return _somewhere(view, of.advised.within(beside))
        case Kind.BY_CONDUCT:
            return None if of.swayed is None else _somewhere(view, of.swayed)
        case None:
            return None


def opened_by(
    view: StandingNorms, of: MatterRegions, exception: ExceptionPlace, advised: bool, beside: Formula
) -> SaidOfType:
    """The exception leaves it open in an encounter of the type, and something governs it in one; or advice is left."""
    (opened,) = (one for one in of.left_open(TRUE) if one.lifting.place == exception)
    if advised:
        return _somewhere(view, opened.advised.within(beside))
    silent, kept = opened.ungoverned.within(beside), kept_in(of)

    def claim(types: TypesMet, *conditions: Formula) -> Claim:
        return AllOf((types.some(*conditions, *claims_of(view, silent)), types.some_done(kept)))

    return SaidOfType((*formulas_of(silent), kept), claim)


@dataclass(frozen=True, slots=True)
class BannedAct:
    """Where something is said of a topic, where of an act of it, and where clauses bar the act."""

    said: Formula
    governed: Formula
    barred: Formula

    @property
    def spoken(self) -> tuple[Formula, ...]:
        return self.said, self.governed, self.barred

    def uneven(self, types: TypesMet, *conditions: Formula) -> Claim:
        """Nothing is said of the act in the type, where something is said of the topic; and it is barred somewhere."""
        return AllOf(
            (types.some_done(*conditions, self.said), types.none(self.governed), types.done_somewhere(self.barred))
        )


def banned_in(inquiry: Inquiry, view: StandingNorms, promise: Coverage, topic: str) -> Iterator[tuple[str, BannedAct]]:
    """The acts of a topic that clauses bar outright."""
    about = view.ground
    promises = [one for one in inquiry.system.coverage if one.document == promise.document]
    owed = owed_on(about, promises, topic)
    said = but_for_exceptions(about, topic, owed)
    for act, bans in banned_acts(about, promises, topic).items():
        governed = but_for_exceptions(about, Settled(act), owed)
        yield act, BannedAct(said, governed, barred_in(about, act, bans, owed))


def kept_in(of: MatterRegions) -> Formula:
    """That something governs the matter."""
    ((_, kept),) = keeping(of.silent).ways
    return kept


def claims_of(view: StandingNorms, region: SituationRegion) -> Iterator[Claim]:
    """That an encounter belongs to the region."""
    return (claim for _, claim in broken(view.ground, region).claims)


def formulas_of(region: SituationRegion) -> tuple[Formula, ...]:
    """All that a region speaks of; not as one formula, for its ways may exclude one another."""
    return (*(formula for _, formula in region.ways), region.excluded)


def _somewhere(view: StandingNorms, region: SituationRegion) -> SaidOfType:
    def claim(types: TypesMet, *conditions: Formula) -> Claim:
        return types.some(*conditions, *claims_of(view, region))

    return SaidOfType(formulas_of(region), claim)


def _silent(view: StandingNorms, of: MatterRegions, beside: Formula) -> SaidOfType:
    without, excepted, kept = of.without_exceptions().within(beside), of.excepted.within(beside), kept_in(of)

    def claim(types: TypesMet, *conditions: Formula) -> Claim:
        left_out = AllOf((types.some(*conditions, *claims_of(view, excepted)), types.none(kept)))
        return AnyOf((types.some(*conditions, *claims_of(view, without)), left_out))

    return SaidOfType((*formulas_of(without), *formulas_of(excepted), kept), claim)
