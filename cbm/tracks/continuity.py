"""Tracks to what may be used of them: rows out of order, gaps and jumps are named, and nothing is smoothed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from cbm.tracks.mapping_file import EncounterMapping
from cbm.tracks.recording import FlawKind, RecordFlaw, Track
from cbm.translation.saying import mark, say

Numbers = NDArray[np.float64]
Times = NDArray[np.int64]
ELLIPSOID = Geod(ellps="WGS84")
_KNOT = 1852 / 3600


@dataclass(frozen=True, slots=True)
class UsableTrack:
    """The rows of a unit in order; between a row that `breaks` and the next one nothing is known."""

    unit: str
    times: Times
    latitudes: Numbers
    longitudes: Numbers
    courses: Numbers
    speeds: Numbers
    altitudes: Numbers
    breaks: NDArray[np.bool_]

    def known_at(self, times: Times) -> NDArray[np.bool_]:
        """At which of these times it is known where the unit was."""
        before = np.searchsorted(self.times, times, side="right") - 1
        inside = (before >= 0) & (times <= self.times[-1])
        last = np.clip(before, 0, len(self.times) - 1)
        return np.asarray(inside & ((self.times[last] == times) | ~self.breaks[last]), bool)

    def at(self, times: Times) -> UsableTrack:
        """The same unit at these times, at which it is known where it was: between two rows it moves evenly."""
        before = np.clip(np.searchsorted(self.times, times, side="right") - 1, 0, len(self.times) - 1)
        after = np.minimum(before + 1, len(self.times) - 1)
        length = np.maximum(self.times[after] - self.times[before], 1)
        part = (times - self.times[before]) / length

        def between(values: Numbers, turn: float = 0.0) -> Numbers:
            step = values[after] - values[before]
            if turn:
                step = (step + turn / 2) % turn - turn / 2
            # A row that says nothing of the value leaves it unknown up to the next row that does.
            return np.where(part == 0, values[before], values[before] + step * part)

        return UsableTrack(
            unit=self.unit,
            times=times,
            latitudes=between(self.latitudes),
            longitudes=(between(self.longitudes, 360.0) + 180) % 360 - 180,
            courses=between(self.courses, 360.0) % 360,
            speeds=between(self.speeds),
            altitudes=between(self.altitudes),
            breaks=np.zeros(len(times), bool),
        )


def usable(track: Track, mapping: EncounterMapping) -> tuple[UsableTrack, tuple[RecordFlaw, ...]]:
    """What can be used of a track, and what is wrong with its rows."""
    who = mapping.unit(track.unit)
    times = np.frombuffer(track.times, np.int64)
    lines = np.frombuffer(track.lines, np.int64)
    latest = np.maximum.accumulate(times)
    kept = np.concatenate([[True], times[1:] > latest[:-1]])
    flaws = [
        RecordFlaw(track.file, int(lines[i]), 0, FlawKind.ORDER, _out_of_order(track.unit, times, int(i), latest))
        for i in np.flatnonzero(~kept)
    ]
    columns = (track.latitudes, track.longitudes, track.courses, track.speeds, track.altitudes)
    latitudes, longitudes, courses, speeds, altitudes = (np.frombuffer(c, np.float64)[kept] for c in columns)
    times, lines = times[kept], lines[kept]
    breaks, further = _breaks(track, times, lines, latitudes, longitudes, who.fastest, mapping.longest_gap)
    if not math.isnan(who.altitude):
        altitudes = np.where(np.isnan(altitudes), who.altitude, altitudes)
    if mapping.derived and len(times) > 1:
        courses, speeds = _derived(times, latitudes, longitudes, courses, speeds, breaks, mapping.derived)
    found = UsableTrack(
        unit=track.unit,
        times=times,
        latitudes=latitudes,
        longitudes=longitudes,
        courses=courses,
        speeds=speeds,
        altitudes=altitudes,
        breaks=breaks,
    )
    return found, tuple(sorted((*flaws, *further), key=lambda flaw: flaw.line))


def _breaks(
    track: Track, times: Times, lines: Times, latitudes: Numbers, longitudes: Numbers, fastest: float, longest: float
) -> tuple[NDArray[np.bool_], list[RecordFlaw]]:
    seconds = np.diff(times) / 1000
    _, _, way = ELLIPSOID.inv(longitudes[:-1], latitudes[:-1], longitudes[1:], latitudes[1:])
    gap, jump = seconds > longest, way > fastest * seconds * 1.02 + 50  # positions are known to some 50 m
    flaws = []
    for i in np.flatnonzero(gap | jump):
        if jump[i]:
            kind, knots = FlawKind.JUMP, way[i] / seconds[i] / _KNOT
            words = mark("`{unit}` cannot have come here since the row before: that would take {speed:,.0f} kt")
            said = say(words, unit=track.unit, speed=knots)
        else:
            kind = FlawKind.GAP
            words = mark(
                "nothing is known of `{unit}` for {duration} before this row, and nothing is judged there: "
                "`longest_gap_min` under [record] says how long a gap may be"
            )
            said = say(words, unit=track.unit, duration=_span(float(seconds[i])))
        flaws.append(RecordFlaw(track.file, int(lines[i + 1]), 0, kind, said))
    return np.concatenate([gap | jump, [True]]), flaws


def _derived(
    times: Times,
    latitudes: Numbers,
    longitudes: Numbers,
    courses: Numbers,
    speeds: Numbers,
    breaks: NDArray[np.bool_],
    derived: tuple[str, ...],
) -> tuple[Numbers, Numbers]:
    """Courses and speeds that no row tells, from each position to the next one; the last one is as that before it."""
    heading, _, way = ELLIPSOID.inv(longitudes[:-1], latitudes[:-1], longitudes[1:], latitudes[1:])
    unknown = breaks[:-1] | (way == 0)
    made = (
        np.where(unknown, np.nan, np.asarray(heading) % 360),
        np.where(breaks[:-1], np.nan, np.asarray(way) / (np.diff(times) / 1000)),
    )
    found = []
    for name, told, worked_out in zip(("course", "speed"), (courses, speeds), made, strict=True):
        whole = np.concatenate([worked_out, worked_out[-1:]])
        found.append(np.where(np.isnan(told), whole, told) if name in derived else told)
    return found[0], found[1]


def _out_of_order(unit: str, times: Times, index: int, latest: Times) -> str:
    if times[index] == latest[index - 1]:
        return say("there is a row of `{unit}` for this time already: this one is set aside", unit=unit)
    ahead = _span(float(latest[index] - times[index]) / 1000)
    return say(
        "this row of `{unit}` is {duration} earlier than one above it: it is set aside", unit=unit, duration=ahead
    )


def _span(seconds: float) -> str:
    parts = ((3600, "h"), (60, "min"))
    for length, name in parts:
        if seconds >= 2 * length:
            return f"{seconds / length:,.1f} {name}".replace(".0 ", " ")
    return f"{seconds:,.0f} s"


def clock(time: int) -> str:
    """`06:20:05`, or `06:20:05.3`, for a time in ms since 1970, as clocks of UTC show it."""
    told = datetime.fromtimestamp(time / 1000, UTC)
    return told.strftime("%H:%M:%S") + (f".{told.microsecond // 100_000}" if told.microsecond >= 100_000 else "")


def overlapping(one: UsableTrack, other: UsableTrack) -> Iterator[tuple[int, int]]:
    """From when to when there is something of both; none or one."""
    start, end = max(one.times[0], other.times[0]), min(one.times[-1], other.times[-1])
    if start <= end:
        yield int(start), int(end)
