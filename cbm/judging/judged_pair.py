"""Two units of a record to what binds each of them at each moment, on all readings together and on single ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cbm.core.expressions import NormId
from cbm.judging.chosen_readings import ChosenReading
from cbm.judging.norms_over_time import Codes, NormOverTime, Telling, norms_over_time
from cbm.judging.partial_episode import PartialEpisode
from cbm.judging.recorded_binding import RecordedBinding
from cbm.judging.recorded_moments import PairMoments
from cbm.judging.recorded_precedence import SetBackNorms, excused, set_back
from cbm.judging.standing_facts import StandingFacts, standing_facts
from cbm.judging.track_basis import TrackBasis
from cbm.process.budget import current_budget
from cbm.tracks.continuity import UsableTrack
from cbm.tracks.geometry import PairGeometry, closest_between, common_times, geometry


@dataclass(frozen=True)  # with room for what is worked out once
class JudgedPair:
    """The moments of two units with the norms over them, and what they were made of."""

    basis: TrackBasis
    geometry: PairGeometry
    standing: StandingFacts
    moments: PairMoments
    whole: RecordedBinding

    @property
    def episode(self) -> PartialEpisode:
        return self.whole.episode

    @cached_property
    def single(self) -> tuple[tuple[ChosenReading, RecordedBinding], ...]:
        """The moments on one reading each."""
        system, lasting = self.basis.system, self.standing.lasting
        return tuple(
            (one, RecordedBinding(self.moments.on(one), system, lasting, self.whole)) for one in self.basis.readings[1]
        )

    @cached_property
    def norms(self) -> tuple[NormOverTime, ...]:
        """All norms that may bind somewhere."""
        return tuple(excused(self._binding, self.setbacks, self.basis.system))

    @cached_property
    def setbacks(self) -> tuple[SetBackNorms, ...]:
        """What is set back somewhere, and by what."""
        found = set_back(self._binding, self.whole, self._single, self.basis.clashes)
        return tuple(one for one in found if one.codes.any())

    def may_bind(self, norms: Iterable[NormId], role: int, index: int) -> tuple[NormId, ...]:
        """Those of the norms that bind the role at this moment, or may."""
        bound = ((norm, self._bound.get((norm, role))) for norm in norms)
        return tuple(norm for norm, codes in bound if codes is not None and codes[index] != Telling.NO)

    @cached_property
    def _bound(self) -> dict[tuple[NormId, int], Codes]:
        return {(one.norm.id, one.role): one.bound for one in self._binding}

    @cached_property
    def _binding(self) -> tuple[NormOverTime, ...]:
        return tuple(norms_over_time(self.basis.words, self.whole, self._single))

    def _single(self) -> list[RecordedBinding]:
        """Once the run is stopped none: what single readings would show cannot be told then."""
        return [] if current_budget().why() else [binding for _, binding in self.single]


def judge_pair(
    basis: TrackBasis,
    tracks: tuple[UsableTrack, UsableTrack],
    start: int,
    end: int,
    standing: StandingFacts | None = None,
) -> JudgedPair | None:
    """What binds the two from start to end; None where there is no moment at which it is known where both are.

    Moments are the rows of either track, the times of events, the ends of times that count from these, and where the
    units are closest between two of them.
    """
    units = (tracks[0].unit, tracks[1].unit)
    ours = [event for event in basis.events if event.unit in ("", *units)]
    happened = [time for event in ours for time in (event.at, event.until)]
    happened += [event.at + span for event in ours for act, span in basis.ends_of_times if act == event.what]
    times = common_times(*tracks, start, end, np.array(happened, np.int64))
    if not len(times):
        return None
    measured = geometry(*tracks, times)
    nearest = closest_between(measured)
    nearest = nearest[tracks[0].known_at(nearest) & tracks[1].known_at(nearest)]
    if len(nearest):
        measured = geometry(*tracks, np.union1d(times, nearest))
    standing = standing_facts(basis, units) if standing is None else standing
    known = PairMoments(basis, measured, tracks, standing)
    whole = RecordedBinding(known.on(basis.readings[0]), basis.system, standing.lasting)
    return JudgedPair(basis, measured, standing, known, whole)
