"""By whose clocks days and hours are told: those of the clauses that a finding is about."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.records import replace
from cbm.resolve.zones import changes, utc_of

UTC = "UTC"


def told_by(system: NormSystem, norms: Iterable[NormId]) -> NormSystem:
    """The system as it is told of in findings about these clauses: in their days and hours, if they have any."""
    zones = _steady(system, norms)
    return replace(system, words=replace(system.words, zones=zones)) if zones else system


def told_zones(system: NormSystem) -> tuple[str, ...]:
    """The zones by whose clocks days and hours are told, the first one above all."""
    if system.words.zones:
        return system.words.zones
    known = _steady(system, system.norms)
    return known if len(known) == 1 else (UTC,)


def ahead(zone: str) -> Fraction:
    """How many seconds the clocks of a zone are ahead of UTC, where they do not change."""
    return -utc_of(zone, Fraction(0))


def _steady(system: NormSystem, norms: Iterable[NormId]) -> tuple[str, ...]:
    """The zones of these clauses whose clocks do not change with the season."""
    zones = dict.fromkeys(zone for norm in norms for zone in system.norms[norm].zones)
    return tuple(zone for zone in zones if not changes(zone))
