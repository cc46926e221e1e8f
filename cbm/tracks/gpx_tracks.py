"""GPX files to tracks: each track is a unit, called by its name; GPX records no course, and seldom a speed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_text
from cbm.process.output import reason
from cbm.tracks.recording import FlawKind, RecordFlaw, Track, UnreadableRecord
from cbm.translation.saying import say

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_gpx(path: Path) -> tuple[Track, ...]:
    """The tracks of the file; elevation is altitude in metres, and what has no time cannot be used."""
    import gpxpy  # who reads tables does not wait for it
    from gpxpy.gpx import GPXException

    try:
        read = gpxpy.parse(bounded_text(path, "utf-8-sig"))
    except OSError as why:
        raise Misuse(say("cannot read `{path}`: {reason}", path=path, reason=reason(why))) from None
    except (GPXException, UnicodeDecodeError) as why:
        raise Misuse(say("`{path}` is no GPX file: {reason}", path=path, reason=why)) from None
    tracks: dict[str, Track] = {}
    flaws: list[RecordFlaw] = []
    for number, told in enumerate(read.tracks, 1):
        unit = (told.name or f"track {number}").strip()
        track = tracks.setdefault(unit, Track(unit, str(path)))
        points: Iterator[Any] = (point for segment in told.segments for point in segment.points)
        for index, point in enumerate(points, 1):
            if point.time is None:
                said = say("point {number} of `{unit}` has no time, so it cannot be used", number=index, unit=unit)
                flaws.append(RecordFlaw(str(path), 0, 0, FlawKind.UNREADABLE, said))
                continue
            when = point.time.replace(tzinfo=point.time.tzinfo or UTC)
            course = math.nan if point.course is None else float(point.course) % 360
            speed = math.nan if point.speed is None else float(point.speed)
            high = math.nan if point.elevation is None else float(point.elevation)
            at = round((when - _EPOCH).total_seconds() * 1000)
            track.add(at, point.latitude, point.longitude, course, speed, high, index)
    if flaws:
        raise UnreadableRecord(flaws)
    return tuple(tracks.values())
