"""NMEA sentences of AIS to tracks: position reports with the time of their tag block; a unit is called by its MMSI."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_text
from cbm.process.output import reason
from cbm.tracks.recording import FlawKind, RecordFlaw, Track, UnreadableRecord
from cbm.translation.saying import mark, say

_KNOT = 1852 / 3600
# What the standard writes for "not available" (ITU-R M.1371).
_NO_COURSE, _NO_SPEED, _NO_LATITUDE, _NO_LONGITUDE = 360.0, 102.3, 91.0, 181.0


def read_ais(path: Path) -> tuple[Track, ...]:
    """The tracks of all units that report positions; the tag block of a sentence tells its time (`c:1714803600`)."""
    from pyais import decode  # who reads tables does not wait for it
    from pyais.exceptions import AISBaseException

    tracks: dict[str, Track] = {}
    flaws: list[RecordFlaw] = []
    for line, seconds, sentences in _reports(path, flaws):
        try:
            report: dict[str, Any] = decode(*sentences).asdict()
        except AISBaseException as why:
            flaws.append(_flaw(path, line, say("this is no AIS sentence: {reason}", reason=why)))
            continue
        latitude, longitude = report.get("lat"), report.get("lon")
        if latitude is None or longitude is None or latitude == _NO_LATITUDE or longitude == _NO_LONGITUDE:
            continue  # it reports something else, or does not know where it is
        unit = str(report["mmsi"])
        course, speed = float(report.get("course", _NO_COURSE)), float(report.get("speed", _NO_SPEED))
        tracks.setdefault(unit, Track(unit, str(path))).add(
            round(seconds * 1000),
            float(latitude),
            float(longitude),
            math.nan if course >= _NO_COURSE else course,
            math.nan if speed >= _NO_SPEED else speed * _KNOT,
            float(report["alt"]) if "alt" in report else math.nan,
            line,
        )
    if flaws:
        raise UnreadableRecord(flaws)
    return tuple(tracks.values())


def _reports(path: Path, flaws: list[RecordFlaw]) -> Iterator[tuple[int, float, list[str]]]:
    """The sentences that belong together, with their last line and their time."""
    try:
        lines = bounded_text(path, "ascii", "replace").splitlines()
    except OSError as why:
        raise Misuse(say("cannot read `{path}`: {reason}", path=path, reason=reason(why))) from None
    waiting: list[str] = []
    when: float | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        _, tag, rest = line.partition("\\") if line.startswith("\\") else ("", "", line)
        block, _, sentence = rest.partition("\\") if tag else ("", "", rest)
        told = next((p.partition("*")[0][2:] for p in block.split(",") if p.startswith("c:")), "")
        if told.isdigit():
            when = float(told) / (1000 if len(told) > 11 else 1)
        parts = sentence.split(",")
        if not sentence.startswith("!") or len(parts) < 7 or not (parts[1].isdigit() and parts[2].isdigit()):
            words = say("this is no NMEA sentence: it begins with `!AIVDM` and has seven parts")
            flaws.append(_flaw(path, number, words))
            continue
        waiting.append(sentence)
        if parts[1] != parts[2]:
            continue
        if when is None:
            words = mark(
                "this sentence does not say when it was received: record it with a tag block, such as `{block}`"
            )
            flaws.append(_flaw(path, number, say(words, block="\\c:1714803600*5A\\!AIVDM,…")))
        else:
            yield number, when, waiting
        waiting, when = [], None


def _flaw(path: Path, line: int, words: str) -> RecordFlaw:
    return RecordFlaw(str(path), line, 0, FlawKind.UNREADABLE, words)
