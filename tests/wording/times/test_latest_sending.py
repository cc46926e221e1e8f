"""Until when a message can be sent: how that is said of each moment, on its point, before it and after it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.wording.times.latest_sending import latest_sendings, sooner
from tests.laws.timed import HOUR, system_of

TEXT = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
moments incident "the incident"
topic telling
act report topic telling
channel line between A, B for telling operational from 2018-06-08
  delay "waiting" 0 min to 2 h
draft code
  uses sea
  proposed 2024-01-01
"""


@pytest.mark.parametrize(
    ("hours", "earlier", "words"),
    [
        (3, False, "within 3 h of the incident"),
        (3, True, "less than 3 h after the incident"),
        (0, False, "at once, upon the incident"),
        (0, True, "before the incident"),
        (-3, False, "at least 3 h before the incident"),
        (-3, True, "more than 3 h before the incident"),
    ],
)
def test_a_moment_is_told_by_how_far_from_its_point_it_is(hours: int, earlier: bool, words: str) -> None:
    system = system_of(f"{TEXT}clause 1 every unit must report at least 1 h before incident through line\n")
    (norm,) = system.norms.values()
    (latest,) = latest_sendings(system, norm, ())
    assert latest.words == "at least 3 h before the incident"
    told = sooner(system, latest, Fraction(hours * HOUR), earlier)
    assert told is not None
    assert told.words == words


def test_nothing_is_told_to_be_sent_before_its_time_begins() -> None:
    system = system_of(f"{TEXT}clause 1 every unit must report within 6 h after incident through line\n")
    (norm,) = system.norms.values()
    (latest,) = latest_sendings(system, norm, ())
    assert latest.words == "within 4 h of the incident"
    told = [
        sooner(system, latest, Fraction(hours * HOUR), earlier)
        for hours, earlier in ((0, False), (0, True), (-1, False))
    ]
    assert [None if one is None else one.words for one in told] == ["at once, upon the incident", None, None]
