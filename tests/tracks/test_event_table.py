"""Tables of events: in order of time, with a begin and an end, in the words of a vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.tracks.event_table import read_events
from cbm.tracks.recording import UnreadableRecord


def test_events_are_read_in_order_of_time(tmp_path: Path) -> None:
    rows = ["time_utc,until_utc,unit,what,value,states", "2024-05-04T06:10:00,,A,call,,",
            "2024-05-04T06:00:00,2024-05-04T06:01:00,B,report_incident,,position nature"]  # fmt: skip
    (file := tmp_path / "events.csv").write_text("\n".join(rows), encoding="utf-8")
    first, second = read_events(file)
    assert (first.what, first.states, first.until - first.at) == ("report_incident", ("position", "nature"), 60_000)
    assert (second.what, second.until) == ("call", second.at)


def test_what_ends_before_it_begins_is_told_at_its_place(tmp_path: Path) -> None:
    rows = "time_utc,until_utc,unit,what\n2024-05-04T06:10:00,2024-05-04T06:00:00,A,call\n2024-05-04T06:10:00,,A,\n"
    (file := tmp_path / "events.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(UnreadableRecord) as refused:
        read_events(file)
    assert [flaw.place.removeprefix(f"{file}:") for flaw in refused.value.flaws] == ["2:21", "3:24"]
