"""A table of text to its cells: each with its place, so that what cannot be read is told where it stands."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_text
from cbm.process.output import reason
from cbm.tracks.recording import FlawKind, RecordFlaw, UnreadableRecord
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

# So many unreadable cells are told; a file of the wrong kind has one in every row.
_MOST = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What may stand behind the name of a column, and how many base units (metre, metre per second, degree) one of it is.
# Columns in which all times are in UTC.
IN_UTC = ("time_utc", "until_utc")
_FACTORS = {
    "deg": 1.0,
    "m": 1.0,
    "km": 1000.0,
    "ft": 0.3048,
    "nmi": 1852.0,
    "m_s": 1.0,
    "kt": 1852 / 3600,
    "km_h": 1 / 3.6,
    "s": 1.0,
    "min": 60.0,
}


class TableRows:
    """The rows of a file with a heading, and what is wrong with them, collected until all of it can be told."""

    def __init__(self, path: Path, known: Mapping[str, Sequence[str]], needed: Sequence[Sequence[str]]) -> None:
        """`known` are the columns by what they hold, each with the ways to write it; of each of `needed`, one is."""
        self.file = str(path)
        self.flaws: list[RecordFlaw] = []
        try:
            self._text = bounded_text(path, "utf-8-sig")
        except OSError as why:
            raise Misuse(say("cannot read `{path}`: {reason}", path=path, reason=reason(why))) from None
        except UnicodeDecodeError as why:
            words = mark("`{path}` is no UTF-8 text (byte {byte}): save it as CSV in UTF-8")
            raise Misuse(say(words, path=path, byte=why.start + 1)) from None
        self._rows = csv.reader(self._text.splitlines(keepends=True))
        written = (cells for cells in self._rows if cells and not cells[0].lstrip().startswith("#"))
        self._heading = [name.strip() for name in next(written, [])]
        self._top = max(self._rows.line_num, 1)
        self._at = {name: index for index, name in enumerate(self._heading)}
        self._check_heading(known, needed)

    def _check_heading(self, known: Mapping[str, Sequence[str]], needed: Sequence[Sequence[str]]) -> None:
        every = [name for names in known.values() for name in names]
        for index, name in enumerate(self._heading):
            column = sum(len(one) + 1 for one in self._heading[:index]) + 1
            if name not in every:
                near = [other for other in every if len(name) > 1 and other.startswith(name)]
                near = near or get_close_matches(name, every, 1)
                known_ = say("known are {names}", names=say(", ").join(every))
                advice = say("did you mean `{name}`?", name=near[0]) if near else known_
                self.flaw(self._top, column, say("no column is called `{name}`; {advice}", name=name, advice=advice))
            elif self._heading.index(name) != index:
                self.flaw(self._top, column, say("there are two columns `{name}`: leave one of them out", name=name))
        for names in known.values():
            if len(told := [name for name in names if name in self._at]) > 1:
                columns = listed([f"`{n}`" for n in told])
                self.flaw(self._top, 0, say("{columns} say the same: leave all but one of them out", columns=columns))
        for names in needed:
            if not any(name in self._at for name in names):
                columns = listed([f"`{name}`" for name in names], "or")
                self.flaw(self._top, 0, say("there is no column {columns}", columns=columns))
        if self.flaws:
            raise UnreadableRecord(self.flaws)

    def has(self, name: str) -> bool:
        return name in self._at

    def written_as(self, names: Sequence[str]) -> str | None:
        """The one of these columns that there is."""
        return next((name for name in names if name in self._at), None)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not empty, with its line."""
        for cells in self._rows:
            line = self._rows.line_num
            if not "".join(cells).strip() or cells[0].lstrip().startswith("#"):
                continue
            if len(cells) != len(self._heading):
                words = mark("this row has {cells} cells, and the heading has {columns}")
                self.flaw(line, 0, say(words, cells=len(cells), columns=len(self._heading)))
                continue
            yield line, cells

    def cell(self, cells: Sequence[str], name: str | None) -> str:
        return "" if name is None or name not in self._at else cells[self._at[name]].strip()

    def number(self, line: int, cells: Sequence[str], name: str | None, low: float, high: float) -> float:
        """The value of a cell in base units; NaN where nothing is recorded. `high` is its end, and still counts."""
        text = self.cell(cells, name)
        if name is None or not text:
            return math.nan
        try:
            value = float(text)
        except ValueError:
            words = mark("`{written}` is no number: write digits, with a point for decimals")
            self.flaw(line, self.column(cells, name), say(words, written=text))
            return math.nan
        if not low <= value <= high:
            words = _NOT_BETWEEN[name.split("_")[0]]
            self.flaw(line, self.column(cells, name), say(words, written=text, low=low, high=high))
            return math.nan
        return value * factor(name)

    def time(self, line: int, cells: Sequence[str], name: str) -> int:
        """When, in ms since 1970; -1 where that cannot be told."""
        text = self.cell(cells, name)
        try:
            told = datetime.fromisoformat(text)
        except ValueError:
            zoned = mark("`{written}` is no time: write it like 2024-05-04T06:20:00Z or 2024-05-04T15:20:00+09:00")
            words = mark("`{written}` is no time: write it like 2024-05-04T06:20:00") if name in IN_UTC else zoned
            self.flaw(line, self.column(cells, name), say(words, written=text))
            return -1
        if told.tzinfo is None:
            if name not in IN_UTC:
                words = mark(
                    "`{written}` does not say in which time zone it is: end it with Z for UTC, or with +09:00, or call "
                    "the column `time_utc`"
                )
                self.flaw(line, self.column(cells, name), say(words, written=text))
                return -1
            told = told.replace(tzinfo=UTC)
        elif name in IN_UTC and told.utcoffset():
            words = mark(
                "`{written}` is not UTC, and the column says that it is: call the column `time` where rows name their "
                "zone"
            )
            self.flaw(line, self.column(cells, name), say(words, written=text))
            return -1
        return (told - _EPOCH) // _MS

    def column(self, cells: Sequence[str], name: str) -> int:
        """Where in its line a cell begins, as long as no cell before it is in quotes."""
        return sum(len(cell) + 1 for cell in cells[: self._at[name]]) + 1

    def flaw(self, line: int, column: int, words: str, kind: FlawKind = FlawKind.UNREADABLE) -> None:
        if len(self.flaws) < _MOST:
            self.flaws.append(RecordFlaw(self.file, line, column, kind, words))
        elif kind is FlawKind.UNREADABLE:
            raise UnreadableRecord(self.flaws)


_NOT_BETWEEN = {
    "latitude": mark("`{written}` is no latitude: it lies between {low:g} and {high:g}"),
    "longitude": mark("`{written}` is no longitude: it lies between {low:g} and {high:g}"),
    "course": mark("`{written}` is no course: it lies between {low:g} and {high:g}"),
    "speed": mark("`{written}` is no speed: it lies between {low:g} and {high:g}"),
    "altitude": mark("`{written}` is no altitude: it lies between {low:g} and {high:g}"),
}
_MS = (datetime(1970, 1, 1, 0, 0, 0, 1000, tzinfo=UTC)) - _EPOCH


@cache
def factor(name: str) -> float:
    """How many base units one of the unit is that stands behind the name of a column or a setting; 1 without one."""
    ends = (end for end in ("_".join(name.split("_")[-2:]), name.split("_")[-1]) if end in _FACTORS)
    return _FACTORS[next(ends, "m")]
