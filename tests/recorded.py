"""Made-up records whose truth is known by construction: courses and speeds are chosen so that what happens is certain.

Each unit is placed by where it is when the two are closest, and goes back from there. `crossing`, `head_on`, … give a
`MadeRecord`: tracks as a table, a mapping, and what must come of it. None of it is a recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import cos, radians, sin
from pathlib import Path

from pyproj import Geod

from cbm.records import replace

START = datetime(2024, 5, 4, 6, tzinfo=UTC)
_GLOBE = Geod(ellps="WGS84")
_KNOT = 1852 / 3600
_CENTRE = (30.0, 125.0)

THRESHOLDS: Mapping[str, object] = {
    "sight_nmi": 8,
    "risk_nmi": 0.6,
    "risk_min": 20,
    "extremis_m": 400,
    "extremis_s": 60,
    "past_and_clear_m": 2000,
    "turn_deg": 10,
    "slow_kt": 2,
    "manoeuvre_s": 60,
    "early_s": 300,
    "clear_m": 900,
    "ahead_m": 1000,
}
WARSHIP = {
    "craft": "warship",
    "status": "power_driven",
    "activity": "transit",
    "doubt": "no_doubt",
    "slow_to_act": False,
    "in_formation": False,
    "distress": False,
    "emission_control": False,
    "in_own_waters": False,
    "altitude_m": 0,
}
FACTS = {
    "zone": "eez",
    "planned": False,
    "restricted_visibility": False,
    "traffic_separation": False,
    "calls_unanswered": False,
    "language_agreed": False,
    "incident": False,
    "by_night": False,
}


@dataclass(frozen=True)
class Leg:
    """So many seconds at a course and a speed; the altitude changes evenly to this one (metres)."""

    seconds: int
    course: float
    knots: float
    altitude: float | None = None


@dataclass(frozen=True)
class MadeUnit:
    """A unit with where it is at the beginning (metres east and north of the centre) and how it goes on."""

    name: str
    east: float
    north: float
    legs: Sequence[Leg]
    who: Mapping[str, object] = field(default_factory=dict)

    def samples(self, step: int) -> Iterable[tuple[int, float, float, float, float, float | None]]:
        """Seconds, latitude, longitude, course, knots, altitude; the course of a leg is that over ground all along."""
        longitude, latitude, _ = _GLOBE.fwd(
            _CENTRE[1], _CENTRE[0], _direction(self.east, self.north), (self.east**2 + self.north**2) ** 0.5
        )
        time, altitude = 0, self.legs[0].altitude
        for number, leg in enumerate(self.legs):
            climb = 0.0 if leg.altitude is None or altitude is None else (leg.altitude - altitude) / leg.seconds
            last = number == len(self.legs) - 1
            for seconds in range(0, leg.seconds + (1 if last else 0), step):
                there = _GLOBE.fwd(longitude, latitude, leg.course, leg.knots * _KNOT * seconds)
                high = None if altitude is None else altitude + climb * seconds
                yield time + seconds, there[1], there[0], leg.course, leg.knots, high
            longitude, latitude, _ = _GLOBE.fwd(longitude, latitude, leg.course, leg.knots * _KNOT * leg.seconds)
            time, altitude = time + leg.seconds, leg.altitude if leg.altitude is not None else altitude


@dataclass(frozen=True)
class MadeRecord:
    """Units with all that is stated of them, and (unit, clause): the verdicts that must come of it."""

    units: tuple[MadeUnit, ...]
    truth: Mapping[tuple[str, str], str]
    facts: Mapping[str, object] = field(default_factory=lambda: dict(FACTS))
    thresholds: Mapping[str, object] = field(default_factory=lambda: dict(THRESHOLDS))
    complete: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    first_sight: bool = True
    start: datetime = START
    title: str = ""
    source: str = ""
    remark: str = ""  # above the rows of a reconstruction

    def table(self, step: int = 20, without: Sequence[str] = ()) -> str:
        """The tracks as a table, without some columns."""
        names = ["time_utc", "unit", "latitude_deg", "longitude_deg", "course_deg", "speed_kt", "altitude_m"]
        kept = [n for n in names if n not in without]
        lines = [*(f"# {line}" for line in self.remark.splitlines()), ",".join(kept)]
        for unit in self.units:
            for seconds, latitude, longitude, course, knots, altitude in unit.samples(step):
                time = (self.start + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()
                high = "" if altitude is None else f"{altitude:.1f}"
                values = (time, unit.name, f"{latitude:.7f}", f"{longitude:.7f}", f"{course:g}", f"{knots:g}", high)
                lines.append(",".join(v for n, v in zip(names, values, strict=True) if n in kept))
        return "\n".join(lines) + "\n"

    def mapping(self) -> str:
        """The mapping file."""
        lines = ["[record]", f"first_sight = {_toml(self.first_sight)}"]
        if self.title:
            lines += [f"title = {_toml(self.title)}", f"source = {_toml(self.source)}", "reconstruction = true"]
        for unit in self.units:
            lines += [f"[units.{_toml(unit.name)}]", *(f"{key} = {_toml(value)}" for key, value in unit.who.items())]
        lines += ["[facts]", *(f"{key} = {_toml(value)}" for key, value in self.facts.items())]
        lines += ["[thresholds]", *(f"{key} = {_toml(value)}" for key, value in self.thresholds.items())]
        lines += ["[complete]", f"acts = {_toml(list(self.complete))}"]
        return "\n".join(lines) + "\n"

    def write(self, folder: Path, step: int = 20, without: Sequence[str] = ()) -> dict[str, Path]:
        """The files of the record, by what `cbm.judge` calls them."""
        files = {"tracks": folder / "tracks.csv", "mapping": folder / "mapping.toml"}
        files["tracks"].write_text(self.table(step, without), encoding="utf-8")
        files["mapping"].write_text(self.mapping(), encoding="utf-8")
        if self.events:
            files["events"] = folder / "events.csv"
            files["events"].write_text("\n".join(self.events) + "\n", encoding="utf-8")
        return files


def warship(party: str, **other: object) -> dict[str, object]:
    return {"party": party, **WARSHIP, **other}


def crossing(*, acts: bool = True, swapped: bool = False) -> MadeRecord:
    """A has B on its starboard side: A gives way, B stands on.

    If A acts it turns early, and passes astern of B; else it crosses 100 m ahead of it.
    """
    knots, seconds = 12.0, 1200
    way = knots * _KNOT * seconds
    legs = [Leg(240, 0, knots), Leg(600, 60, knots), Leg(1260, 0, knots)] if acts else [Leg(2100, 0, knots)]
    own = MadeUnit("A", 0, -way, legs, warship("CN"))
    other = MadeUnit("B", way + (0 if acts else 100), 0, [Leg(2100, 270, knots)], warship("JP"))
    came = "kept" if acts else "breached"
    truth = {("A", "15(a)"): came, ("A", "16"): came, ("A", "15(b)"): came, ("B", "17(a)(i)"): "kept"}
    return MadeRecord((other, own) if swapped else (own, other), truth)


def crossing_with_turns(own: Leg, other: Leg) -> MadeRecord:
    """A has B on its starboard side, 7 km away, and the bearing stays; after five minutes each goes on as it likes."""
    knots, half = 15.0, 15 * _KNOT * 900
    units = (
        MadeUnit("A", 0, -half, [Leg(300, 0, knots), own], warship("CN")),
        MadeUnit("B", half, 0, [Leg(300, 270, knots), other], warship("JP")),
    )
    return MadeRecord(units, {})


def crossing_turned_away_to_port() -> MadeRecord:
    """A turns to port until B is abaft its beam, and the bearing stays: A still gives way, and does not overtake."""
    made = crossing_with_turns(Leg(1200, 290, 24), Leg(1200, 270, 30.76))
    return replace(made, truth={("A", "15(a)"): "breached"})


def crossing_turned_about() -> MadeRecord:
    """Both turn until A is on the starboard bow of B, and B on the port bow of A: A still gives way."""
    made = crossing_with_turns(Leg(1200, 80, 12), Leg(1200, 200, 16.27))
    return replace(made, truth={("A", "15(a)"): "breached", ("B", "17(a)(i)"): "breached"})


def crossing_twice() -> MadeRecord:
    """A gives way to B; past and clear both turn, and cross again, now with A on the starboard side of B."""
    way = 12 * _KNOT * 900
    units = (
        MadeUnit("A", 0, -way, [Leg(1500, 0, 12), Leg(900, 270, 12)], warship("CN")),
        MadeUnit("B", way + 300, 0, [Leg(1500, 270, 12), Leg(900, 0, 12)], warship("JP")),
    )
    return MadeRecord(units, {("A", "15(a)"): "breached", ("B", "15(a)"): "breached"})


def head_on(*, acts: bool = True) -> MadeRecord:
    """Two warships on opposite courses; each turns to starboard, or neither does."""
    half = 12 * _KNOT * 900

    def legs(course: float) -> list[Leg]:
        turned = [Leg(240, course, 12), Leg(600, (course + 30) % 360, 12), Leg(960, course, 12)]
        return turned if acts else [Leg(1800, course, 12)]

    came = "kept" if acts else "breached"
    units = (
        MadeUnit("A", 50, -half, legs(0), warship("CN")),
        MadeUnit("B", 0, half, legs(180), warship("JP")),
    )
    return MadeRecord(units, {("A", "14(a)"): came, ("B", "14(a)"): came})


def overtaking() -> MadeRecord:
    """A comes up from astern of B and passes 300 m to its starboard side: it overtakes until it is past and clear."""
    units = (
        MadeUnit("A", 300, -3000, [Leg(2400, 0, 20)], warship("CN")),
        MadeUnit("B", 0, 0, [Leg(2400, 0, 12)], warship("JP")),
    )
    return MadeRecord(units, {("A", "13(a)"): "breached", ("B", "17(a)(i)"): "kept"})


def clear_passing() -> MadeRecord:
    """Two warships that pass 3 nmi apart on opposite courses: no risk, and no duty of the steering rules."""
    half = 12 * _KNOT * 900
    units = (
        MadeUnit("A", 0, -half, [Leg(1800, 0, 12)], warship("CN")),
        MadeUnit("B", 5556, half, [Leg(1800, 180, 12)], warship("JP")),
    )
    return MadeRecord(units, {})


def formation() -> MadeRecord:
    """A single warship B crosses two of a formation, one after the other: three units, and B stands on towards both."""
    base = crossing(acts=False)
    first, second = base.units
    follower = MadeUnit("C", first.east - 800, first.north - 800, first.legs, warship("CN"))
    return MadeRecord((first, second, follower), {("B", "17(a)(i)"): "kept"})


def approach() -> MadeRecord:
    """A patrol aircraft of a navy flies over a warship at 300 m of height: nearer than 1,000 m for some 80 s."""
    aircraft = {
        **{k: v for k, v in WARSHIP.items() if k not in ("craft", "status", "altitude_m")},
        "party": "JP",
        "craft": "patrol_aircraft",
        "service": "navy",
        "status": "airborne",
    }
    units = (
        MadeUnit("S", 0, 0, [Leg(900, 0, 12, 0)], warship("CN")),
        MadeUnit("P", -180 * _KNOT * 450, 12 * _KNOT * 450, [Leg(900, 90, 180, 300)], aircraft),
    )
    return MadeRecord(units, {("P", "3.2"): "breached"})


def interception() -> MadeRecord:
    """A fighter comes up beside a patrol aircraft and stays 200 m abeam."""
    common = {k: v for k, v in WARSHIP.items() if k not in ("craft", "status", "altitude_m", "activity")}
    patrol = {
        **common,
        "party": "JP",
        "craft": "patrol_aircraft",
        "service": "navy",
        "status": "airborne",
        "activity": "surveillance",
    }
    fighter = {
        **common,
        "party": "CN",
        "craft": "fighter",
        "service": "navy",
        "status": "airborne",
        "activity": "identification",
    }
    closing = (400 - 220) * _KNOT * 300
    units = (
        MadeUnit("F", 200, -closing, [Leg(300, 0, 400, 5000), Leg(600, 0, 220, 5000)], fighter),
        MadeUnit("P", 0, 0, [Leg(900, 0, 220, 5000)], patrol),
    )
    return MadeRecord(units, {("F", "3.4"): "breached", ("P", "6.2"): "kept"})


def _direction(east: float, north: float) -> float:
    from math import atan2, degrees

    return degrees(atan2(east, north))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def place(course: float, knots: float, seconds: float) -> tuple[float, float]:
    """How far east and north one comes."""
    way = knots * _KNOT * seconds
    return way * sin(radians(course)), way * cos(radians(course))
