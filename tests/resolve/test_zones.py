"""When clocks show a time: what they show twice, what they skip, and zones in which they never change."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cbm.core.sorts import BEGINNING
from cbm.resolve.faults import Fault
from cbm.resolve.zones import changes, known_zone, utc_of
from cbm.source import Source, Span
from cbm.syntax.ast import Name
from cbm.syntax.synonyms import folded, synonyms, zone_said_for

START = datetime(BEGINNING.year, BEGINNING.month, BEGINNING.day)


def test_zones_are_known_on_a_machine_without_any() -> None:
    asked = "from cbm.resolve.zones import changes; print(changes('Europe/Vienna'), changes('Asia/Tokyo'))"
    environment = {**os.environ, "PYTHONTZPATH": ""}  # nowhere on the system
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "False"]


def seconds(shown: str) -> Fraction:
    return Fraction((datetime.fromisoformat(shown) - START) // timedelta(seconds=1))


def name(text: str) -> Name:
    return Name(text, span=Span(Source("code.cbm", text), 0, len(text)))


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        *(("UTC", False), ("Asia/Tokyo", False), ("Asia/Shanghai", False)),
        *(("Europe/Vienna", True), ("America/New_York", True), ("Australia/Lord_Howe", True)),
    ],
)
def test_some_clocks_change(zone: str, change: bool) -> None:
    assert changes(zone) == change


@pytest.mark.parametrize(
    ("zone", "shown", "utc"),
    [
        ("UTC", "2024-07-01T12:00", "2024-07-01T12:00"),
        ("Asia/Tokyo", "2024-07-01T08:30", "2024-06-30T23:30"),
        ("Europe/Vienna", "2024-01-01T12:00", "2024-01-01T11:00"),
        ("Europe/Vienna", "2024-07-01T12:00", "2024-07-01T10:00"),
        ("Asia/Kolkata", "2024-07-01T12:00", "2024-07-01T06:30"),
    ],
)
def test_an_hour_that_clocks_show_once(zone: str, shown: str, utc: str) -> None:
    assert utc_of(zone, seconds(shown)) == utc_of(zone, seconds(shown), last=True) == seconds(utc)


def test_an_hour_that_clocks_show_twice_is_the_first_one_or_the_last() -> None:
    shown = seconds("2024-10-27T02:30")
    assert utc_of("Europe/Vienna", shown) == seconds("2024-10-27T00:30")
    assert utc_of("Europe/Vienna", shown, last=True) == seconds("2024-10-27T01:30")


@pytest.mark.parametrize("shown", ["2024-03-31T02:00", "2024-03-31T02:30", "2024-03-31T02:59:59"])
def test_an_hour_that_clocks_skip_is_when_they_skip_it(shown: str) -> None:
    assert utc_of("Europe/Vienna", seconds(shown)) == seconds("2024-03-31T01:00")


ZONES = ("Europe/Vienna", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Australia/Lord_Howe")


@given(st.sampled_from(ZONES), st.datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1)))
@example("America/New_York", datetime(2024, 3, 10, 2, 30))
@example("Australia/Lord_Howe", datetime(2024, 4, 7, 1, 45))
def test_it_is_the_first_time_at_which_clocks_show_it_or_else_when_they_skip_it(zone: str, shown: datetime) -> None:
    shown = shown.replace(microsecond=0)
    found = START + timedelta(seconds=int(utc_of(zone, Fraction((shown - START) // timedelta(seconds=1)))))
    offsets = (timedelta(minutes=30 * halves) for halves in range(-24, 29))
    times = [shown - offset for offset in offsets if shows(zone, shown - offset) == shown]
    if times:
        assert found == min(times)
    else:
        assert shows(zone, found - timedelta(seconds=1)) < shown < shows(zone, found)


def shows(zone: str, utc: datetime) -> datetime:
    return utc.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def test_a_zone_that_is_not_known_is_told_with_the_nearest() -> None:
    assert known_zone(name("Asia/Tokyo")) == "Asia/Tokyo"
    with pytest.raises(Fault) as refused:
        known_zone(name("Asia/Tokio"))
    assert refused.value.finding is not None
    assert refused.value.finding.message == "no time zone is called `Asia/Tokio`"
    assert refused.value.finding.remedies == ("did you mean `Asia/Tokyo`?",)


@pytest.mark.parametrize(
    ("written", "advised"),
    [
        ("Asia/Beijing", "write `Asia/Shanghai`"),
        ("Asia/Osaka", "write `Asia/Tokyo`"),
        ("America/Washington", "write `America/New_York`"),
        ("Asia/Nagoya", "a zone is called by a city of the time zone database, as in `Asia/Tokyo`, or `UTC`"),
    ],
)
def test_another_city_that_is_only_spelt_alike_is_not_advised(written: str, advised: str) -> None:
    """Its clocks show another time: of `Asia/Osaka` not `Asia/Omsk`."""
    with pytest.raises(Fault) as refused:
        known_zone(name(written))
    assert refused.value.finding is not None
    assert refused.value.finding.remedies == (advised,)


def test_each_zone_that_is_advised_is_one_and_is_said_for_once() -> None:
    zones = synonyms().zones
    assert [known_zone(name(zone)) for zone in zones] == list(zones)
    said = [folded(one) for several in zones.values() for one in several]
    assert len(said) == len(set(said))
    assert all(zone_said_for(one) == zone for zone, several in zones.items() for one in several)


@pytest.mark.parametrize("text", ["Asia", "Asia/Tokyo" + "o" * 5_000, "zone.tab", "../Tokyo", ""])
def test_what_the_database_cannot_look_up_is_no_zone(text: str) -> None:
    with pytest.raises(Fault, match="no time zone is called"):
        known_zone(name(text))
