"""Many tracks to the pairs of units that come near each other, and from when to when, by a spatial index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from cbm.records import Record
from cbm.tracks.continuity import Numbers, UsableTrack

_EARTH = 6_371_000.0
_SLICE = 60_000  # ms from one look to the next
# A meeting is over once the two were apart for so many looks.
_APART = 15


class NearPair(Record):
    """Two units by their places among the tracks, and from when to when they are near, in ms since 1970."""

    one: int
    other: int
    start: int
    end: int


def near_pairs(
    tracks: Sequence[UsableTrack], near: float, looked: Callable[[int, int], None] = lambda _, __: None
) -> Iterator[NearPair]:
    """The pairs that come within so many metres, in order of their tracks; a look a minute, and none is missed.

    Between two looks units can come no nearer than they move in that time, which is added to the distance.
    """
    from scipy.spatial import cKDTree  # who judges two units does not wait for it

    first, last = min(int(t.times[0]) for t in tracks), max(int(t.times[-1]) for t in tracks)
    looks = np.arange(first, last + _SLICE, _SLICE)
    places = np.full((len(tracks), len(looks), 3), np.nan, np.float32)
    for index, track in enumerate(tracks):
        inside = (looks >= track.times[0]) & (looks <= track.times[-1])
        places[index, inside] = _on_globe(
            np.interp(looks[inside], track.times, track.latitudes),
            np.interp(looks[inside], track.times, np.degrees(np.unwrap(np.radians(track.longitudes)))),
        )
    met: dict[tuple[int, int], list[int]] = {}
    for number in range(len(looks)):
        there = np.flatnonzero(~np.isnan(places[:, number, 0]))
        now = places[there, number].astype(np.float64)
        before = places[there, max(number - 1, 0)]
        moved = np.nan_to_num(np.linalg.norm(now - before, axis=1)).max(initial=0.0)
        pairs = cKDTree(now).query_pairs(near / _EARTH + 2 * moved + 1e-6, output_type="ndarray")
        for one, other in there[pairs]:
            met.setdefault((int(one), int(other)), []).append(number)
        looked(number + 1, len(looks))
    for (one, other), when in sorted(met.items()):
        start = when[0]
        for look, following in zip(when, [*when[1:], None], strict=True):
            if following is None or following - look > _APART:
                yield NearPair(one, other, int(looks[start]) - _SLICE, int(looks[look]) + _SLICE)
                start = following if following is not None else look


def _on_globe(latitudes: Numbers, longitudes: Numbers) -> Numbers:
    north, east = np.radians(latitudes), np.radians(longitudes)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
