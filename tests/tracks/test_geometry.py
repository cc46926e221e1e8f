"""What is measured of two tracks, held against figures that are worked out by hand."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest

from cbm.tracks.continuity import UsableTrack, usable
from cbm.tracks.geometry import PairGeometry, TrackMeasure, closest_between, common_times, geometry
from cbm.tracks.mapping_file import EncounterMapping
from cbm.tracks.recording import Track


def at_rest(unit: str, north: float, east: float, course: float, speed: float, altitude: float = 0) -> UsableTrack:
    made = Track(unit, "tracks.csv")
    made.add(0, north, east, course, speed, altitude, 2)
    return usable(made, EncounterMapping())[0]


def measured(one: UsableTrack, other: UsableTrack) -> PairGeometry:
    return geometry(one, other, np.array([0]))


def test_two_that_meet_at_right_angles_on_the_equator() -> None:
    # A degree there is 111,320 m east and 110,574 m north.
    pair = measured(at_rest("A", 0, 0, 0, 10), at_rest("B", 0.01, 0.01, 270, 10))
    assert pair.measured(TrackMeasure.RANGE, 0)[0] / 1000 == pytest.approx(1569, abs=1)
    assert pair.measured(TrackMeasure.BEARING, 0)[0] / 1000 == pytest.approx(45.2, abs=0.1)
    assert pair.measured(TrackMeasure.BEARING, 1)[0] / 1000 == pytest.approx(315.2, abs=0.1)
    assert pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0)[0] / 1000 == pytest.approx(110.9, abs=0.2)
    assert pair.measured(TrackMeasure.CLOSEST_APPROACH, 0)[0] / 1000 == pytest.approx(5.3, abs=1)


def test_heights_count_for_the_range_and_without_them_it_is_not_told() -> None:
    pair = measured(at_rest("A", 0, 0, 0, 0, 0), at_rest("B", 0.0027, 0, 0, 0, 400))
    flat = pair.measured(TrackMeasure.HORIZONTAL_RANGE, 0)[0]
    assert pair.measured(TrackMeasure.ALTITUDE_DIFFERENCE, 1)[0] == 400_000
    assert pair.measured(TrackMeasure.RANGE, 0)[0] == pytest.approx((flat**2 + 400_000**2) ** 0.5, abs=1)
    unknown = measured(at_rest("A", 0, 0, 0, 0, nan), at_rest("B", 0.0027, 0, 0, 0, 400))
    assert np.isnan(unknown.measured(TrackMeasure.RANGE, 0)[0])
    assert unknown.measured(TrackMeasure.HORIZONTAL_RANGE, 0)[0] == flat


def test_courses_count_from_the_meridian_of_their_unit() -> None:
    # Far north, on one line of latitude, "towards the pole" is not the same direction for both: they come nearer.
    pair = measured(at_rest("A", 80, 0, 0, 10), at_rest("B", 80, 1, 0, 10))
    assert pair.measured(TrackMeasure.TIME_TO_CLOSEST_APPROACH, 0)[0] > 0


def test_units_at_one_place_have_no_bearing_and_those_at_rest_are_as_close_as_they_will_be() -> None:
    pair = measured(at_rest("A", 30, 125, 0, 0), at_rest("B", 30, 125, 0, 0))
    assert np.isnan(pair.measured(TrackMeasure.BEARING, 0)[0])
    assert pair.measured(TrackMeasure.CLOSEST_APPROACH, 0)[0] == 0 or np.isnan(
        pair.measured(TrackMeasure.CLOSEST_APPROACH, 0)[0]
    )


def test_moments_are_the_rows_of_both_where_both_are_known() -> None:
    one, other = Track("A", "a"), Track("B", "b")
    for second in (0, 60, 600):
        one.add(second * 1000, 30, 125, 0, 0, 0, 2)
    for second in (30, 90, 620):
        other.add(second * 1000, 30, 125, 0, 0, 0, 2)
    pair = [usable(t, EncounterMapping(longest_gap=100))[0] for t in (one, other)]
    times = common_times(pair[0], pair[1], 0, 10**9, np.array([45_000]))
    assert list(times) == [30_000, 45_000, 60_000]


@pytest.mark.parametrize(("course", "speed"), [(90, 20), (nan, nan), (270, 1)])
def test_where_two_pass_between_two_rows_they_are_closest_whatever_rows_tell(course: float, speed: float) -> None:
    one, other = Track("A", "a"), Track("B", "b")
    for second, east in ((0, -0.02), (120, 0.02), (240, 0.06)):
        one.add(second * 1000, 0.01, east, course, speed, 300, 2)
        other.add(second * 1000, 0, 0, 0, 0, 0, 2)
    pair = [usable(t, EncounterMapping())[0] for t in (one, other)]
    nearest = closest_between(geometry(pair[0], pair[1], np.array([0, 120_000, 240_000])))
    assert min(abs(nearest - 60_000)) < 1500
    assert len(nearest) == (2 if speed == 20 else 1)  # so slow, they would have passed later
