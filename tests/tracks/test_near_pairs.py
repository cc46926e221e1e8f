"""Pairs that come near, by the spatial index and by looking at each two."""

from __future__ import annotations

from itertools import combinations
from math import nan

import numpy as np

from cbm.tracks.continuity import UsableTrack, usable
from cbm.tracks.geometry import TrackMeasure, geometry
from cbm.tracks.mapping_file import EncounterMapping
from cbm.tracks.near_pairs import near_pairs
from cbm.tracks.recording import Track


def moving(number: int, chance: np.random.Generator) -> UsableTrack:
    made = Track(f"U{number}", "tracks.csv")
    north, east, up, right = chance.uniform([30, 125, -0.002, -0.002], [30.3, 125.3, 0.002, 0.002])
    for minute in range(61):
        made.add(minute * 60_000, north + up * minute, east + right * minute, 0, 0, 0, 2)
    return usable(made, EncounterMapping())[0]


def test_no_pair_that_comes_near_is_missed() -> None:
    chance = np.random.default_rng(7)
    tracks = [moving(number, chance) for number in range(20)]
    found = {(pair.one, pair.other) for pair in near_pairs(tracks, 2000)}
    for one, other in combinations(range(20), 2):
        apart = geometry(tracks[one], tracks[other], np.arange(0, 3_600_001, 10_000))
        if apart.measured(TrackMeasure.RANGE, 0).min() <= 2_000_000:
            assert (one, other) in found
    assert len(found) < 190  # and not each two


def test_two_meetings_of_a_pair_are_two() -> None:
    def there_and_back(unit: str, away: float) -> UsableTrack:
        made = Track(unit, "tracks.csv")
        for minute in range(121):
            made.add(minute * 60_000, 30 + away * (1 if 30 <= minute <= 90 else 0), 125, nan, nan, 0, 2)
        return usable(made, EncounterMapping())[0]

    found = list(near_pairs([there_and_back("A", 0), there_and_back("B", 0.5)], 5000))
    assert len(found) == 2
