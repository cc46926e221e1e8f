"""What tracks tell of the words of a vocabulary: the table beside the vocabularies, read when it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from cbm.records import Record
from cbm.tracks.geometry import TrackMeasure

_PACKAGE = Path(__file__).resolve().parent.parent


class TrackDeed(StrEnum):
    """What a track shows a unit do. The thresholds are those of the mapping file; without them nobody can tell."""

    HOLDING = "holds course and speed"
    TURNING = "turns"
    TO_STARBOARD = "turns to starboard"
    TO_PORT = "turns to port"
    SLOWING = "slows"
    CROSSING_AHEAD = "crosses ahead"
    ACTING = "turns or slows"
    ACTING_EARLY = "turns or slows early"
    KEEPING_CLEAR = "turns or slows, and passes clear"


# What has to be stated before it can be told whether something was done.
DEED_THRESHOLDS: dict[TrackDeed, tuple[str, ...]] = {
    TrackDeed.HOLDING: ("turn_deg", "slow_kt", "manoeuvre_s"),
    TrackDeed.TURNING: ("turn_deg", "manoeuvre_s"),
    TrackDeed.TO_STARBOARD: ("turn_deg", "manoeuvre_s"),
    TrackDeed.TO_PORT: ("turn_deg", "manoeuvre_s"),
    TrackDeed.SLOWING: ("slow_kt", "manoeuvre_s"),
    TrackDeed.CROSSING_AHEAD: ("ahead_m",),
    TrackDeed.ACTING: ("turn_deg", "slow_kt", "manoeuvre_s"),
    TrackDeed.ACTING_EARLY: ("turn_deg", "slow_kt", "manoeuvre_s", "early_s"),
    TrackDeed.KEEPING_CLEAR: ("turn_deg", "slow_kt", "manoeuvre_s", "clear_m"),
}


class MeasureLimit(Record):
    """A measure is at most, or at least, a threshold that the mapping states (or a figure, where one is written)."""

    measure: TrackMeasure
    at_most: bool
    threshold: str | float


class MeasuredResult(Record):
    """A measure at each moment; `least`: what counts of it in the end is the least that it ever was."""

    measure: TrackMeasure
    least: bool = False


class MeasuredFlag(Record):
    """A flag that is set where all limits are kept and the condition holds (in the language; empty: always)."""

    name: str
    limits: tuple[MeasureLimit, ...]
    when: str = ""


class FirstFound(Record):
    """A flag of each unit that stays as it was first found, until the units are past and clear of each other.

    It is found where `begins` holds (in the language) and the units draw near, unless the flag `unless_already` was set
    before: then the meeting is found to be something else. It ends where the range is over the threshold `clear`.
    `otherwise` is the flag that says that the meeting is something else, or that the units draw apart; `brings` is a
    flag that is set as well where it is found of either unit.
    """

    name: str
    begins: str
    clear: str
    unless_already: str = ""
    otherwise: str = ""
    brings: str = ""


class TrackWords(Record):
    """Attributes, results, flags and acts of one kind of situation, and what tells of them."""

    attributes: Mapping[str, TrackMeasure] = {}
    results: Mapping[str, MeasuredResult] = {}
    flags: tuple[MeasuredFlag, ...] = ()
    first_found: tuple[FirstFound, ...] = ()
    acts: Mapping[str, TrackDeed] = {}

    @property
    def conditions(self) -> tuple[str, ...]:
        """All conditions of the language that it mentions."""
        said = [*(flag.when for flag in self.flags), *(one.begins for one in self.first_found)]
        return tuple(dict.fromkeys(condition for condition in said if condition))

    @property
    def thresholds(self) -> tuple[str, ...]:
        """All that a mapping may state."""
        of_acts = [name for deed in self.acts.values() for name in DEED_THRESHOLDS[deed]]
        return tuple(dict.fromkeys((*self.flag_thresholds, *of_acts)))

    @property
    def flag_thresholds(self) -> tuple[str, ...]:
        """Those of them that flags rest on."""
        of_flags = [limit.threshold for flag in self.flags for limit in flag.limits]
        of_first = [one.clear for one in self.first_found]
        return tuple(dict.fromkeys(name for name in (*of_flags, *of_first) if isinstance(name, str)))

    def needed_for(self, name: str) -> tuple[str, ...]:
        """The thresholds that tell of a flag or an act."""
        limits = (limit for flag in self.flags if flag.name == name for limit in flag.limits)
        told = [limit.threshold for limit in limits if isinstance(limit.threshold, str)]
        told += [one.clear for one in self.first_found if name in (one.name, one.otherwise, one.brings)]
        told += DEED_THRESHOLDS[self.acts[name]] if name in self.acts else ()
        return tuple(dict.fromkeys(told))


@cache
def track_words(situation: str) -> TrackWords:
    """What tracks tell of this kind of situation; nothing, where the table does not know it."""
    import tomllib

    table = tomllib.loads(_file().read_text(encoding="utf-8")).get(situation, {})
    return TrackWords(
        {name: TrackMeasure(measure) for name, measure in table.get("attributes", {}).items()},
        {
            name: MeasuredResult(TrackMeasure(told["measure"]), told.get("least", False))
            for name, told in table.get("results", {}).items()
        },
        tuple(MeasuredFlag(one["name"], tuple(_limits(one)), one.get("when", "")) for one in table.get("flags", [])),
        tuple(
            FirstFound(
                one["name"],
                one["begins"],
                one["clear"],
                one.get("unless_already", ""),
                one.get("otherwise", ""),
                one.get("brings", ""),
            )
            for one in table.get("first_found", [])
        ),
        {name: TrackDeed(deed) for name, deed in table.get("acts", {}).items()},
    )


def _limits(flag: Mapping[str, Any]) -> Iterator[MeasureLimit]:
    for key in ("at_most", "at_least"):
        for measure, threshold in flag.get(key, {}).items():
            yield MeasureLimit(TrackMeasure(measure), key == "at_most", threshold)


def _file() -> Path:
    places = [root / "specs" / "vocabulary" / "tracks.toml" for root in (_PACKAGE, _PACKAGE.parent)]
    return next((path for path in places if path.is_file()), places[0])
