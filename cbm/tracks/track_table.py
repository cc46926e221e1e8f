"""A table of positions (CSV) to tracks: one row a sample, units of measurement in the names of the columns."""

from __future__ import annotations

from math import isnan
from pathlib import Path

from cbm.tracks.cells import TableRows
from cbm.tracks.recording import Track, UnreadableRecord
from cbm.translation.saying import mark, say

# What a column holds, and how it may be written.
COLUMNS = {
    "time": ("time_utc", "time"),
    "unit": ("unit",),
    "latitude": ("latitude_deg",),
    "longitude": ("longitude_deg",),
    "course": ("course_deg",),
    "speed": ("speed_kt", "speed_m_s", "speed_km_h"),
    "altitude": ("altitude_m", "altitude_ft"),
}
_NEEDED = (COLUMNS["time"], COLUMNS["unit"], COLUMNS["latitude"], COLUMNS["longitude"])

_PLACE = (
    ("latitude_deg", mark("this row has no latitude: leave it out")),
    ("longitude_deg", mark("this row has no longitude: leave it out")),
)


def read_table(path: Path) -> tuple[Track, ...]:
    """The tracks, in the order in which their units are first named; UnreadableRecord, with all that is wrong."""
    rows = TableRows(path, COLUMNS, _NEEDED)
    time, speed, altitude = (rows.written_as(COLUMNS[what]) for what in ("time", "speed", "altitude"))
    assert time is not None, "it is needed"
    tracks: dict[str, Track] = {}
    for line, cells in rows:
        unit = rows.cell(cells, "unit")
        if not unit:
            rows.flaw(line, rows.column(cells, "unit"), say("this row does not say whose position it is"))
            continue
        at = rows.time(line, cells, time)
        latitude = rows.number(line, cells, "latitude_deg", -90, 90)
        longitude = rows.number(line, cells, "longitude_deg", -180, 180)
        course = rows.number(line, cells, "course_deg", 0, 360)
        fast = rows.number(line, cells, speed, 0, 4000)
        high = rows.number(line, cells, altitude, -2000, 100_000)
        if isnan(latitude) or isnan(longitude):
            _tell_lacking(rows, line, cells)
        if course == 360:
            rows.flaw(line, rows.column(cells, "course_deg"), say("a course of 360 is written 0"))
        if unit not in tracks:
            tracks[unit] = Track(unit, str(path))
        tracks[unit].add(at, latitude, longitude, course, fast, high, line)
    if rows.flaws:
        raise UnreadableRecord(rows.flaws)
    return tuple(tracks.values())


def _tell_lacking(rows: TableRows, line: int, cells: list[str]) -> None:
    for name, words in _PLACE:
        if not rows.cell(cells, name):
            rows.flaw(line, rows.column(cells, name), say(words))
