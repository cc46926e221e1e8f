"""A mapping file (TOML) to what a record rests on: who the units are, what no track tells, and thresholds."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_text
from cbm.process.output import reason
from cbm.project.toml_mistakes import told
from cbm.records import Record
from cbm.tracks.cells import factor
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

# What a fact may be: the name of a value, whether a flag is set, or a quantity with its unit, as in a text ("500 ft").
Fact = str | bool
_TABLES = ("record", "every_unit", "units", "facts", "thresholds", "complete")
_GAPS = ("longest_gap_s", "longest_gap_min")
_RECORD = ("title", "source", "reconstruction", "first_sight", *_GAPS, "derive")
_ALTITUDE = ("altitude_m", "altitude_ft")
_FASTEST = ("fastest_kt", "fastest_m_s", "fastest_km_h")
_OF_UNITS = (*_ALTITUDE, *_FASTEST)
# How near units come that are looked at together: it is for no single word, so the table of words does not know it.
NEAR = ("near_nmi", "near_m")
_DERIVED = ("course", "speed")
_LONGEST_GAP = 180.0


class UnitFacts(Record):
    """Who a unit is: its values by attribute; the height it keeps (m), if rows tell none; how fast it can go (m/s)."""

    values: Mapping[str, Fact] = {}
    altitude: float = math.nan
    fastest: float = math.inf


class EncounterMapping(Record):
    """All that a mapping file says; thresholds are (lowest, highest) in base units, alike where one figure is stated.

    `first_sight`: the record begins before the units see each other. `derived`: what is worked out from positions.
    `complete` are acts of which the record has every doing. `longest_gap` is in seconds.
    """

    title: str = ""
    source: str = ""
    reconstruction: bool = False
    first_sight: bool = False
    longest_gap: float = _LONGEST_GAP
    derived: tuple[str, ...] = ()
    every_unit: UnitFacts = UnitFacts()
    units: Mapping[str, UnitFacts] = {}
    facts: Mapping[str, Fact] = {}
    thresholds: Mapping[str, tuple[float, float]] = {}
    complete: tuple[str, ...] = ()

    def unit(self, name: str) -> UnitFacts:
        """Who the unit is, with what is so of every one where nothing else is said of it."""
        own, common = self.units.get(name, UnitFacts()), self.every_unit
        return UnitFacts(
            {**common.values, **own.values},
            common.altitude if math.isnan(own.altitude) else own.altitude,
            min(common.fastest, own.fastest) if math.isinf(own.fastest) else own.fastest,
        )


def read_mapping(path: Path) -> EncounterMapping:
    """What the file says; Misuse, with its place, where it is no such file."""
    try:
        text = bounded_text(path, "utf-8-sig")
    except OSError as why:
        raise Misuse(say("cannot read `{path}`: {reason}", path=path, reason=reason(why))) from None
    except UnicodeDecodeError as refusal:
        words = say("{file} is not UTF-8 text (byte {number}): save it as UTF-8", file=path, number=refusal.start)
        raise Misuse(words) from None
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Misuse(told(str(path), text, problem)) from None
    return _Mapped(str(path)).whole(table)


class _Mapped:
    """Takes a table apart; whatever is not as it should be is told with where it stands."""

    def __init__(self, file: str) -> None:
        self._file = file

    def whole(self, table: Mapping[str, object]) -> EncounterMapping:
        self._known(table, _TABLES, "")
        record = self._table(table, "record")
        self._known(record, _RECORD, "record.")
        derived = self._names(record, "derive", "record.")
        for name in derived:
            if name not in _DERIVED:
                words = mark("`{name}` cannot be derived; {names} can")
                raise self._refusal("record.derive", say(words, name=name, names=listed(_DERIVED)))
        complete = self._table(table, "complete")
        self._known(complete, ("acts",), "complete.")
        return EncounterMapping(
            title=self._text(record, "title"),
            source=self._text(record, "source"),
            reconstruction=self._flag(record, "reconstruction"),
            first_sight=self._flag(record, "first_sight"),
            longest_gap=self._one_of(record, _GAPS, "record.", _LONGEST_GAP),
            derived=derived,
            every_unit=self._unit(self._table(table, "every_unit"), "every_unit."),
            units={
                name: self._unit(self._table(self._table(table, "units"), name), f"units.{name}.")
                for name in self._table(table, "units")
            },
            facts={name: self._fact(value, f"facts.{name}") for name, value in self._table(table, "facts").items()},
            thresholds=dict(self._thresholds(self._table(table, "thresholds"))),
            complete=self._names(complete, "acts", "complete."),
        )

    def _unit(self, table: Mapping[str, object], inside: str) -> UnitFacts:
        values = {key: self._fact(value, inside + key) for key, value in table.items() if key not in _OF_UNITS}
        altitude = self._one_of(table, _ALTITUDE, inside, math.nan)
        return UnitFacts(values, altitude, self._one_of(table, _FASTEST, inside, math.inf))

    def _one_of(self, table: Mapping[str, object], names: tuple[str, ...], inside: str, otherwise: float) -> float:
        """The figure that is stated by one of the names, which differ in their units."""
        told = [name for name in names if name in table]
        if len(told) > 1:
            words = say("{one} and {other} say the same: leave one of them out", one=inside + told[0], other=told[1])
            raise self._refusal("", words)
        return self._number(table, told[0], inside) if told else otherwise

    def _thresholds(self, table: Mapping[str, object]) -> Iterator[tuple[str, tuple[float, float]]]:
        for name, value in table.items():
            ends: list[Any] = value if isinstance(value, list) else [value, value]
            if len(ends) != 2 or not all(map(_is_figure, ends)):
                words = say("write one figure, or a range such as [0.5, 2]")
                raise self._refusal(f"thresholds.{name}", words)
            low, high = (float(end) * factor(name) for end in ends)
            if low > high:
                words = say("the range ends before it begins; write [{low}, {high}]", low=ends[1], high=ends[0])
                raise self._refusal(f"thresholds.{name}", words)
            yield name, (low, high)

    def _known(self, table: Mapping[str, object], names: tuple[str, ...], inside: str) -> None:
        for name in table:
            if name not in names:
                near = get_close_matches(name, names, 1)
                known = say("known are {names}", names=say(", ").join(names))
                advice = say("did you mean `{name}`?", name=inside + near[0]) if near else known
                words = mark("there is no setting `{name}`; {advice}")
                raise self._refusal("", say(words, name=inside + name, advice=advice))

    def _table(self, table: Mapping[str, object], name: str) -> Mapping[str, object]:
        value = table.get(name, {})
        if not isinstance(value, dict):
            raise self._refusal("", say("`{name}` is a table: write [{name}] above what it says", name=name))
        return value

    def _text(self, table: Mapping[str, object], name: str) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            raise self._refusal(f"record.{name}", say("this is a text, in quotes"))
        return value

    def _flag(self, table: Mapping[str, object], name: str) -> bool:
        value = table.get(name, False)
        if not isinstance(value, bool):
            raise self._refusal(f"record.{name}", say("write true or false"))
        return value

    def _number(self, table: Mapping[str, object], name: str, inside: str) -> float:
        value = table[name]
        if not _is_figure(value):
            raise self._refusal(inside + name, say("write a number; its unit is in the name"))
        return float(value) * factor(name)

    def _names(self, table: Mapping[str, object], name: str, inside: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._refusal(inside + name, say('write a list of names, such as ["call", "answer"]'))
        return tuple(value)

    def _fact(self, value: object, where: str) -> Fact:
        if isinstance(value, bool | str):
            return value
        words = say('write a name in quotes, true or false, or a quantity with its unit, as in "500 ft"')
        raise self._refusal(where, words)

    def _refusal(self, where: str, words: str) -> Misuse:
        told = say("{place}: {message}", place=where, message=words) if where else words
        return Misuse(say("{place}: {message}", place=self._file, message=told))


def _is_figure(value: object) -> TypeGuard[int | float]:
    """Whether it is a number, and neither infinite nor none at all, as TOML can write them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
