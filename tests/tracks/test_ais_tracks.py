"""AIS sentences with the time of their tag blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyais import encode_dict

from cbm.tracks.ais_tracks import read_ais
from cbm.tracks.recording import UnreadableRecord


def sentence(**report: float) -> str:
    (line,) = encode_dict({"type": 1, "mmsi": 431000001, "lat": 30, "lon": 125, **report}, talker_id="AI")
    return str(line)


def test_position_reports_become_tracks(tmp_path: Path) -> None:
    lines = [
        f"\\c:1714803600*5A\\{sentence(course=90, speed=12)}",
        f"\\c:1714803660*5A\\{sentence(course=360, speed=102.3)}",
        f"\\c:1714803660*5A\\{sentence(mmsi=413000001, course=0, speed=0)}",
    ]
    (file := tmp_path / "a.nmea").write_text("\n".join(lines), encoding="ascii")
    one, other = read_ais(file)
    assert (one.unit, other.unit) == ("431000001", "413000001")
    assert one.times[0] == 1714803600_000
    assert one.speeds[0] == pytest.approx(6.17, abs=0.01)
    assert one.courses[1] != one.courses[1]  # not available


def test_a_sentence_that_does_not_say_when_is_told_with_its_line(tmp_path: Path) -> None:
    (file := tmp_path / "a.nmea").write_text(f"{sentence()}\nhello\n", encoding="ascii")
    with pytest.raises(UnreadableRecord) as refused:
        read_ais(file)
    assert [flaw.line for flaw in refused.value.flaws] == [1, 2]
    assert "does not say when it was received" in refused.value.flaws[0].words
