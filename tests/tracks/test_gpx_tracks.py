"""GPX files, as far as they tell where somebody was."""

from __future__ import annotations

from math import isnan
from pathlib import Path

import pytest

from cbm.finding import Misuse
from cbm.tracks.gpx_tracks import read_gpx
from cbm.tracks.recording import UnreadableRecord

GPX = """<gpx version="1.1" creator="made up" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>A</name><trkseg>
<trkpt lat="30" lon="125"><ele>10</ele><time>2024-05-04T06:00:00Z</time></trkpt>
<trkpt lat="30.01" lon="125"><time>2024-05-04T06:01:00Z</time></trkpt></trkseg></trk></gpx>"""


def test_a_track_is_a_unit(tmp_path: Path) -> None:
    (file := tmp_path / "a.gpx").write_text(GPX, encoding="utf-8")
    (track,) = read_gpx(file)
    assert (track.unit, len(track), track.altitudes[0]) == ("A", 2, 10)
    assert track.times[1] - track.times[0] == 60_000
    assert isnan(track.courses[0])
    assert isnan(track.altitudes[1])


def test_a_point_without_time_and_a_file_that_is_none(tmp_path: Path) -> None:
    (file := tmp_path / "a.gpx").write_text(GPX.replace("<time>2024-05-04T06:01:00Z</time>", ""), encoding="utf-8")
    with pytest.raises(UnreadableRecord) as refused:
        read_gpx(file)
    assert refused.value.flaws[0].words == "point 2 of `A` has no time, so it cannot be used"
    file.write_text("time,unit", encoding="utf-8")
    with pytest.raises(Misuse, match="is no GPX file"):
        read_gpx(file)
