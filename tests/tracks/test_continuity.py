"""What can be used of tracks: rows out of order, gaps and jumps are named, and nothing is made up in between."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest

from cbm.tracks.continuity import usable
from cbm.tracks.mapping_file import EncounterMapping, UnitFacts
from cbm.tracks.recording import FlawKind, Track

MAPPING = EncounterMapping(longest_gap=120, units={"A": UnitFacts(fastest=20)})


def track(*rows: tuple[int, float]) -> Track:
    """Seconds and degrees north, a line each from 2 on."""
    made = Track("A", "tracks.csv")
    for line, (seconds, north) in enumerate(rows, 2):
        made.add(seconds * 1000, north, 125, 0, 10, nan, line)
    return made


def test_a_row_out_of_order_is_named_and_set_aside() -> None:
    found, flaws = usable(track((0, 30), (60, 30.005), (30, 30.001), (60, 30.005), (90, 30.0075)), MAPPING)
    assert list(found.times) == [0, 60_000, 90_000]
    assert [(flaw.line, flaw.kind) for flaw in flaws] == [(4, FlawKind.ORDER), (5, FlawKind.ORDER)]
    assert flaws[0].words == "this row of `A` is 30 s earlier than one above it: it is set aside"


def test_in_a_gap_and_over_a_jump_nothing_is_known() -> None:
    found, flaws = usable(track((0, 30), (600, 30.01), (660, 30.5)), MAPPING)
    assert [(flaw.line, flaw.kind) for flaw in flaws] == [(3, FlawKind.GAP), (4, FlawKind.JUMP)]
    assert "nothing is known of `A` for 10 min before this row" in flaws[0].words
    assert "that would take" in flaws[1].words
    at = np.array([0, 1000, 600_000, 630_000, 660_000, 661_000])
    assert list(found.known_at(at)) == [True, False, True, False, True, False]


def test_between_two_rows_a_unit_moves_evenly_and_over_north_and_the_date_line() -> None:
    made = Track("A", "tracks.csv")
    made.add(0, 10, 179.99, 350, 10, 100, 2)
    made.add(60_000, 10, -179.99, 10, 12, 200, 3)
    between = usable(made, EncounterMapping())[0].at(np.array([30_000]))
    assert abs(between.longitudes[0]) == pytest.approx(180)
    assert between.courses[0] == pytest.approx(0)
    assert (between.speeds[0], between.altitudes[0]) == (11, 150)


def test_courses_and_speeds_are_derived_only_where_that_is_asked_for() -> None:
    made = Track("A", "tracks.csv")
    for second, north in ((0, 30.0), (60, 30.01), (120, 30.02)):
        made.add(second * 1000, north, 125, nan, nan, nan, 2 + second)
    assert isnan(usable(made, EncounterMapping())[0].courses[0])
    found = usable(made, EncounterMapping(derived=("course", "speed"), units={"A": UnitFacts(altitude=0)}))[0]
    assert list(found.courses.round(6)) == [0, 0, 0]
    assert found.speeds == pytest.approx([18.48] * 3, abs=0.01)
    assert list(found.altitudes) == [0, 0, 0]
