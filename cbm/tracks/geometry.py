"""Two tracks to what each unit has of the other at each moment: range, bearings, closest approach, heights.

Everything is rounded once, to thousandths of its base unit: what is compared later is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cbm.tracks.continuity import ELLIPSOID, Numbers, Times, UsableTrack


class TrackMeasure(StrEnum):
    """What can be measured of two tracks, in base units; each unit has its own bearing, speed and course."""

    RANGE = "range_m"  # along the line of sight, with the difference of height
    HORIZONTAL_RANGE = "horizontal_range_m"
    ALTITUDE_DIFFERENCE = "altitude_difference_m"
    CLOSEST_APPROACH = "closest_approach_m"  # the least range, if both go on as they do now
    TIME_TO_CLOSEST_APPROACH = "time_to_closest_approach_s"  # below 0 once they draw apart
    BEARING = "bearing_deg"  # of the other unit, clockwise from the own course
    COURSE = "course_deg"
    SPEED = "speed_m_s"
    ALTITUDE = "altitude_m"


@dataclass(frozen=True, slots=True)
class PairGeometry:
    """The moments of two units, and what is measured at each, shared or of each unit; NaN: not to be told."""

    units: tuple[str, str]
    times: Times
    shared: Mapping[TrackMeasure, Numbers]
    each: tuple[Mapping[TrackMeasure, Numbers], Mapping[TrackMeasure, Numbers]]
    places: tuple[UsableTrack, UsableTrack]

    def measured(self, measure: TrackMeasure, role: int) -> Numbers:
        """As the unit in this role has it, in thousandths."""
        return self.shared[measure] if measure in self.shared else self.each[role][measure]


# Slower than this the units do not move towards or from each other.
_STILL = 0.01
_AT_ONE_PLACE = 0.5  # m


def geometry(one: UsableTrack, other: UsableTrack, times: Times) -> PairGeometry:
    """What is measured of the two at these times, at which it is known where both were."""
    here, there = one.at(times), other.at(times)
    away, back, flat = map(
        np.asarray, ELLIPSOID.inv(here.longitudes, here.latitudes, there.longitudes, there.latitudes)
    )
    # Where they are at one place neither has a direction in which the other one is.
    away, back = (np.where(flat < _AT_ONE_PLACE, np.nan, direction) for direction in (away, back))
    height = there.altitudes - here.altitudes
    slant = np.hypot(flat, height)
    # Courses are told from the meridian of each unit: that of the other one is turned to the meridian of this one.
    turned = there.courses + (away - (back + 180))
    velocity = _vector(turned, there.speeds) - _vector(here.courses, here.speeds)
    place = _vector(away, flat)
    speed = (velocity**2).sum(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        soon = np.where(speed < _STILL**2, 0.0 * speed, -(place * velocity).sum(0) / speed)
    passing = np.hypot(np.hypot(*(place + velocity * np.maximum(soon, 0))), height)
    shared = {
        TrackMeasure.RANGE: slant,
        TrackMeasure.HORIZONTAL_RANGE: flat,
        TrackMeasure.ALTITUDE_DIFFERENCE: np.abs(height),
        TrackMeasure.CLOSEST_APPROACH: passing,
        TrackMeasure.TIME_TO_CLOSEST_APPROACH: soon,
    }
    each = [_own(here, away - here.courses), _own(there, back - there.courses)]
    return PairGeometry(
        (one.unit, other.unit),
        times,
        {measure: _rounded(values) for measure, values in shared.items()},
        (each[0], each[1]),
        (here, there),
    )


def common_times(one: UsableTrack, other: UsableTrack, start: int, end: int, also: Times) -> Times:
    """When something is known of both: at each row of either, and at these times besides, from start to end."""
    inside = np.unique(
        np.concatenate([times[(times >= start) & (times <= end)] for times in (one.times, other.times, also)])
    )
    return inside[one.known_at(inside) & other.known_at(inside)]


def closest_between(pair: PairGeometry) -> Times:
    """When the two are closest between two moments.

    By what rows tell of courses and speeds, where they draw near at the first moment and apart at the second; and by
    where they are, as each moves evenly, where they come nearer than that.
    """
    soon, span = pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0), np.diff(pair.times)
    told = (soon[:-1] > 0) & (soon[1:] < 0) & (soon[:-1] < span)
    passing = np.where(told, soon[:-1], 0)
    nearest = _nearest_part(*pair.places, passing / span) * span
    found = [pair.times[:-1][after > 0] + after[after > 0].astype(np.int64) for after in (passing, nearest)]
    return np.unique(np.concatenate(found))


def _nearest_part(here: UsableTrack, there: UsableTrack, known: Numbers) -> Numbers:
    """Of each way from one moment to the next, after which part they are nearer than at both and after a known part.

    0 where they are not.
    """
    away, _, flat = map(np.asarray, ELLIPSOID.inv(here.longitudes, here.latitudes, there.longitudes, there.latitudes))
    height = there.altitudes - here.altitudes
    apart = np.vstack([_vector(away, flat), np.where(np.isnan(height), 0, height)])
    first, way = apart[:, :-1], np.diff(apart)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = -(first * way).sum(0) / (way**2).sum(0)
        nearest = _length(first + part * way) + _AT_ONE_PLACE
    nearer = nearest < np.minimum(_length(first + known * way), np.minimum(_length(first), _length(apart[:, 1:])))
    return np.where((part > 0) & (part < 1) & nearer, part, 0)


def _own(place: UsableTrack, bearing: Numbers) -> Mapping[TrackMeasure, Numbers]:
    return {
        TrackMeasure.BEARING: _turn(bearing),
        TrackMeasure.COURSE: _turn(place.courses),
        TrackMeasure.SPEED: _rounded(place.speeds),
        TrackMeasure.ALTITUDE: _rounded(place.altitudes),
    }


def _vector(direction: Numbers, length: Numbers) -> Numbers:
    angle = np.radians(direction)
    return np.array([length * np.sin(angle), length * np.cos(angle)])


def _length(vectors: Numbers) -> Numbers:
    return np.asarray(np.sqrt((vectors**2).sum(0)))


def _rounded(values: Numbers) -> Numbers:
    return np.round(values * 1000)


def _turn(values: Numbers) -> Numbers:
    """Below a full turn, also where rounding would make one."""
    return _rounded(values % 360) % 360_000
