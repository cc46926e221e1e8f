"""Tables of positions: every cell that says nothing useful is told with its line and column, all at once."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from pathlib import Path

import pytest

from cbm.finding import Misuse
from cbm.tracks.ais_tracks import read_ais
from cbm.tracks.gpx_tracks import read_gpx
from cbm.tracks.mapping_file import read_mapping
from cbm.tracks.recording import UnreadableRecord
from cbm.tracks.track_table import read_table
from cbm.translation.speech import speaking

GOOD = """# made up, with a remark, and so on
time,unit,latitude_deg,longitude_deg,course_deg,speed_km_h,altitude_ft
2024-05-04T15:00:00+09:00,A,30.5,125.25,90,36,1000

2024-05-04T06:00:20Z,B,-30.5,-125.25,,,
"""


def test_rows_become_tracks_in_base_units_and_what_is_empty_is_not_recorded(tmp_path: Path) -> None:
    (file := tmp_path / "tracks.csv").write_text(GOOD, encoding="utf-8")
    one, other = read_table(file)
    assert (one.unit, other.unit) == ("A", "B")
    assert other.times[0] - one.times[0] == 20_000
    assert one.courses[0] == 90
    assert one.speeds[0] == pytest.approx(10)
    assert one.altitudes[0] == pytest.approx(304.8)
    assert isnan(other.courses[0])
    assert isnan(other.speeds[0])
    assert list(other.lines) == [5]


@pytest.mark.parametrize(
    ("row", "places", "words"),
    [
        ("2024-05-04T06:00:00,A,30x,125,0,12", ["2:23"], "`30x` is no number"),
        ("2024-05-04T06:00:00,A,30,195,0,12", ["2:26"], "`195` is no longitude: it lies between -180 and 180"),
        ("2024-05-04T06:00:00,A,30,125,360,12", ["2:30"], "a course of 360 is written 0"),
        ("2024-05-04T06:00:00,A,30,125,0", ["2"], "this row has 5 cells, and the heading has 6"),
        ("2024-05-04T06:00:00,,30,125,0,12", ["2:21"], "does not say whose position it is"),
        ("2024-05-04T06:00:00,A,,125,0,12", ["2:23"], "this row has no latitude: leave it out"),
        ("4 May 2024,A,30,125,0,12", ["2:1"], "`4 May 2024` is no time: write it like 2024-05-04T06:20:00"),
        ("2024-05-04T06:00:00+09:00,A,30,125,0,12", ["2:1"], "is not UTC, and the column says that it is"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(tmp_path: Path, row: str, places: list[str], words: str) -> None:
    heading = "time_utc,unit,latitude_deg,longitude_deg,course_deg,speed_kt"
    (file := tmp_path / "tracks.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    with pytest.raises(UnreadableRecord) as refused:
        read_table(file)
    assert [flaw.place.removeprefix(f"{file}:") for flaw in refused.value.flaws] == places
    assert words in refused.value.flaws[0].words


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("time,unit,lat_deg,longitude_deg", "no column is called `lat_deg`"),
        ("time,unit,latitude_deg", "there is no column `longitude_deg`"),
        ("time,time_utc,unit,latitude_deg,longitude_deg", "`time_utc` and `time` say the same"),
        ("time,unit,latitude_deg,longitude_deg,unit", "there are two columns `unit`"),
    ],
)
def test_a_heading_is_told_of_before_any_row(tmp_path: Path, heading: str, words: str) -> None:
    (file := tmp_path / "tracks.csv").write_text(f"{heading}\nx\n", encoding="utf-8")
    with pytest.raises(UnreadableRecord) as refused:
        read_table(file)
    assert any(words in flaw.words for flaw in refused.value.flaws)


def test_a_time_without_zone_needs_a_column_that_says_which(tmp_path: Path) -> None:
    text = "time,unit,latitude_deg,longitude_deg\n2024-05-04T06:00:00,A,30,125\n"
    (file := tmp_path / "tracks.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableRecord) as refused:
        read_table(file)
    assert "does not say in which time zone it is: end it with Z" in refused.value.flaws[0].words
    file.write_text(text.replace("time,", "time_utc,", 1), encoding="utf-8")
    assert len(read_table(file)) == 1


@pytest.mark.parametrize("read", [read_table, read_gpx, read_ais, read_mapping])
def test_why_a_file_cannot_be_read_is_told_in_the_language(read: Callable[[Path], object], tmp_path: Path) -> None:
    with speaking("ja"), pytest.raises(Misuse, match="そのファイル又はフォルダーは存在しない"):
        read(tmp_path / "missing")
