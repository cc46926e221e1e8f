"""What tracks show units do: when they turn, slow, cross ahead, keep clear; and from when on nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from cbm.judging.partial_episode import Known, Mask, RecordedDoing
from cbm.records import Record
from cbm.tracks.continuity import Numbers, UsableTrack
from cbm.tracks.geometry import PairGeometry, TrackMeasure
from cbm.tracks.track_words import DEED_THRESHOLDS, TrackDeed

# From the least to the greatest that a threshold may be, in thousandths; a stated figure is one point.
Thresholds = Mapping[str, tuple[int, int]]


class ShownAct(Record):
    """An act of the unit in a role as tracks show it: each doing, where it is known whether it is being done.

    `missed`: it is too late for it in the end.
    """

    name: str
    role: int
    doings: tuple[RecordedDoing, ...]
    witnessed: Mask
    missed: bool


def shown_acts(
    acts: Mapping[str, TrackDeed],
    pair: PairGeometry,
    tracks: tuple[UsableTrack, UsableTrack],
    thresholds: Thresholds,
) -> Iterator[ShownAct]:
    """What tracks show of these acts, of either unit."""
    both = [TrackDeeds(pair, tracks, role, thresholds) for role in (0, 1)]
    for act, deed in acts.items():
        for role, deeds in enumerate(both):
            doings, witnessed = deeds.find(deed, act)
            yield ShownAct(act, role, tuple(doings), witnessed, not doings and deeds.is_missed(deed))


class TrackDeeds:
    """The deeds of one unit (by its role) in a pair, at the moments of the pair."""

    def __init__(
        self, pair: PairGeometry, tracks: tuple[UsableTrack, UsableTrack], role: int, thresholds: Thresholds
    ) -> None:
        self._pair = pair
        self._role = role
        self._thresholds = thresholds
        self._times = pair.times - pair.times[0]
        nothing = np.full(len(pair.times), np.nan)
        self._turn, self._slowing = nothing, nothing
        if "manoeuvre_s" in thresholds:
            self._turn, self._slowing = self._changes(tracks[role])

    def find(self, deed: TrackDeed, act: str) -> tuple[list[RecordedDoing], Mask]:
        """Each doing, and where it is known whether it is being done."""
        if any(name not in self._thresholds for name in DEED_THRESHOLDS[deed]):
            return [], np.zeros(len(self._times), bool)
        match deed:
            case TrackDeed.TURNING:
                return self._runs(act, self._turning)
            case TrackDeed.TO_STARBOARD:
                return self._runs(act, self._over(self._turn, "turn_deg"))
            case TrackDeed.TO_PORT:
                return self._runs(act, self._over(-self._turn, "turn_deg"))
            case TrackDeed.SLOWING:
                return self._runs(act, self._over(self._slowing, "slow_kt"))
            case TrackDeed.HOLDING:
                return self._runs(act, ~(self._turning | self._over(np.abs(self._slowing), "slow_kt")))
            case TrackDeed.ACTING:
                return self._runs(act, self._acting)
            case TrackDeed.CROSSING_AHEAD:
                return self._crossing_ahead(act)
            case TrackDeed.ACTING_EARLY:
                return self._first_act(act, self._is_early)
            case TrackDeed.KEEPING_CLEAR:
                return self._first_act(act, self._passes_clear)

    def is_missed(self, deed: TrackDeed) -> bool:
        """Whether it is too late for it at the end: the units have come too near, or it would not be early any more."""
        if any(name not in self._thresholds for name in DEED_THRESHOLDS[deed]):
            return False
        if deed is TrackDeed.KEEPING_CLEAR:
            return bool(self._passes_clear.no[-1])
        return deed is TrackDeed.ACTING_EARLY and bool(self._is_early.no[-1]) and not self._acting.open.any()

    @cached_property
    def _turning(self) -> Known:
        return self._over(np.abs(self._turn), "turn_deg")

    @cached_property
    def _acting(self) -> Known:
        return self._turning | self._over(self._slowing, "slow_kt")

    @cached_property
    def _is_early(self) -> Known:
        return self._over(self._pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0), "early_s")

    @cached_property
    def _passes_clear(self) -> Known:
        """The same at all moments: whether the least range is enough, and the units draw apart in the end."""
        apart = self._pair.measured(TrackMeasure.RANGE, 0)
        passed = self._pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0)[-1] < 0
        full = np.full(len(self._times), True)
        known = apart[~np.isnan(apart)]
        low, high = self._thresholds["clear_m"]
        too_near = bool(len(known)) and bool(known.min() < low)
        clear = len(known) == len(apart) and bool(passed) and bool(known.min() >= high)
        return Known(full & clear, full & too_near)

    def _changes(self, track: UsableTrack) -> tuple[Numbers, Numbers]:
        """By how much course and speed differ from a while ago, or the first row; to port, and faster, is below 0."""
        before = np.maximum(self._pair.times - self._thresholds["manoeuvre_s"][0], track.times[0])
        known = track.known_at(before)
        then = track.at(np.where(known, before, self._pair.times[0]))
        turn = self._pair.measured(TrackMeasure.COURSE, self._role) - np.round(then.courses * 1000)
        slower = np.round(then.speeds * 1000) - self._pair.measured(TrackMeasure.SPEED, self._role)
        return (
            np.where(known, (turn + 180_000) % 360_000 - 180_000, np.nan),
            np.where(known, slower, np.nan),
        )

    def _over(self, values: Numbers, name: str) -> Known:
        """Where a value is at least the threshold."""
        low, high = self._thresholds[name]
        return Known(values >= high, values < low)

    def _runs(self, act: str, going: Known) -> tuple[list[RecordedDoing], Mask]:
        return [self._doing(act, first, last) for first, last in runs(going.yes)], ~going.open

    def _doing(self, act: str, first: int, last: int) -> RecordedDoing:
        return RecordedDoing(act, self._role, int(self._times[first]), int(self._times[last]))

    def _crossing_ahead(self, act: str) -> tuple[list[RecordedDoing], Mask]:
        """Where the own unit passes over the line ahead of the other one, close enough."""
        bearing = self._pair.measured(TrackMeasure.BEARING, 1 - self._role)
        side = (bearing + 180_000) % 360_000 - 180_000
        low, high = self._thresholds["ahead_m"]
        near = self._pair.measured(TrackMeasure.RANGE, 0)
        before, after = side[:-1], side[1:]
        over = ((before < 0) != (after < 0)) & (np.abs(before) < 90_000) & (np.abs(after) < 90_000)
        crossed = np.concatenate([[False], over])
        unknown = np.isnan(side) | (crossed & (((near > low) & (near <= high)) | np.isnan(near)))
        found = [self._doing(act, int(i), int(i)) for i in np.flatnonzero(crossed & (near <= low))]
        return found, ~unknown

    def _first_act(self, act: str, enough: Known) -> tuple[list[RecordedDoing], Mask]:
        """What the unit does first, as long as it does it, if it is enough; else nobody can tell from then on."""
        acting = self._acting
        begun = np.flatnonzero(acting.yes | acting.open)
        known = np.full(len(self._times), True)
        if not len(begun) or enough.no.all():
            return [], known
        first = int(begun[0])
        if not acting.open[first]:
            if enough.yes[first]:
                return [self._lasting(act, first)], known
            known[first:] = bool(enough.no[first])
            return [], known
        # Whether it acted here is not known: what came later may be the second time.
        sure = np.flatnonzero(acting.yes)
        if enough.yes.all() and len(sure):
            known[first : int(sure[0])] = False
            return [self._lasting(act, int(sure[0]))], known
        known[first:] = False
        return [], known

    def _lasting(self, act: str, first: int) -> RecordedDoing:
        """From when the unit turns or slows until it goes on steadily."""
        return self._doing(act, first, next(last for begun, last in runs(self._acting.yes) if last >= first))


def runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """The first and the last place of each stretch of moments that are set."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    yield from ((int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True))
