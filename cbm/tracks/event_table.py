"""A table of events (CSV): what units did, and what was so of them for a time, in the words of a vocabulary."""

from __future__ import annotations

from pathlib import Path

from cbm.tracks.cells import TableRows
from cbm.tracks.recording import RecordedEvent, UnreadableRecord
from cbm.translation.saying import say

COLUMNS = {
    "time": ("time_utc", "time"),
    "until": ("until_utc", "until"),
    "unit": ("unit",),
    "what": ("what",),
    "value": ("value",),
    "other": ("other",),
    "states": ("states",),
    "through": ("through",),
}


def read_events(path: Path) -> tuple[RecordedEvent, ...]:
    """All events in order of time; UnreadableRecord, with all that is wrong.

    Without an end an act is done at its time, and a value is so from its time on, until the next one of the kind.
    """
    rows = TableRows(path, COLUMNS, (COLUMNS["time"], COLUMNS["what"]))
    time, until = rows.written_as(COLUMNS["time"]), rows.written_as(COLUMNS["until"])
    assert time is not None, "it is needed"
    found: list[RecordedEvent] = []
    for line, cells in rows:
        what = rows.cell(cells, "what")
        if not what:
            rows.flaw(line, rows.column(cells, "what"), say("this row does not say what happened"))
            continue
        at = rows.time(line, cells, time)
        end = at if until is None or not rows.cell(cells, until) else rows.time(line, cells, until)
        if until is not None and 0 <= end < at:
            rows.flaw(line, rows.column(cells, until), say("it ends before it begins: swap the two times"))
        found.append(
            RecordedEvent(
                at=at,
                until=end,
                unit=rows.cell(cells, "unit"),
                what=what,
                value=rows.cell(cells, "value"),
                other=rows.cell(cells, "other"),
                states=tuple(rows.cell(cells, "states").split()),
                through=rows.cell(cells, "through"),
                line=line,
            )
        )
    if rows.flaws:
        raise UnreadableRecord(rows.flaws)
    return tuple(sorted(found, key=lambda event: (event.at, event.line)))
