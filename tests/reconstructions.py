"""Three incidents of `specs/replays` as tracks, made from the figures in their sources: no recordings.

`python -m tests.reconstructions` writes them. What a source says stands in `source`; all else (hours, courses, speeds,
heights, what happens before and after) is chosen here, so that the figures come out, and each file says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.recorded import THRESHOLDS, Leg, MadeRecord, MadeUnit, warship

FOLDER = Path(__file__).parents[1] / "specs" / "replays" / "tracks"
_KNOT = 1852 / 3600
_REMARK = "A reconstruction from reported figures, and no recording: see mapping.toml for what is reported."
_FACTS = {"planned": False, "by_night": False, "restricted_visibility": False, "traffic_separation": False}


def crossing_ahead() -> MadeRecord:
    """A destroyer crosses ahead of another one at 150 yards, from port to starboard."""
    before = 900
    american = MadeUnit("Chung-Hoon", 0, -10 * _KNOT * before, [Leg(1500, 0, 10)], warship("US", fastest_kt=40))
    chinese = MadeUnit(
        "Chinese destroyer", -20 * _KNOT * before, 137, [Leg(1500, 90, 20)], warship("CN", fastest_kt=40)
    )
    truth = {
        ("Chinese destroyer", "15(a) of colregs"): "breached",
        ("Chinese destroyer", "15(b) of colregs"): "breached",
        ("Chung-Hoon", "17(a)(i) of colregs"): "kept",
        ("Chinese destroyer", "2.6"): "breached",
    }
    return MadeRecord(
        (chinese, american),
        truth,
        {**_FACTS, "zone": "eez"},
        start=datetime(2023, 6, 3, 2, tzinfo=UTC),
        title="Chung-Hoon, 3 June 2023",
        source="Crossed ahead at 150 yd (137 m), Taiwan Strait: secondary sources. That it came from port: "
        "from memory. Places, hours, courses and speeds: chosen",
        remark=_REMARK,
    )


def close_on_the_bow() -> MadeRecord:
    """A destroyer comes up from astern and passes 45 yards off the bow of another one, which turns away."""
    before = 600
    way = 16 * _KNOT * before
    american = MadeUnit(
        "Decatur",
        0,
        -10 * _KNOT * before,
        [Leg(570, 0, 10), Leg(330, 40, 10)],
        warship("US", fastest_kt=40),
    )
    chinese = MadeUnit("Lanzhou", -0.0872 * way, 41 - 0.9962 * way, [Leg(900, 5, 16)], warship("CN", fastest_kt=40))
    truth = {("Lanzhou", "13(a) of colregs"): "breached", ("Lanzhou", "2.6"): "breached"}
    return MadeRecord(
        (chinese, american),
        truth,
        {**_FACTS, "zone": "eez"},
        start=datetime(2018, 9, 30, 0, 20, tzinfo=UTC),
        title="Decatur, 30 September 2018",
        source="Within 45 yd of the bow, about 08:30; Decatur turned: secondary sources. That it came up "
        "from astern, places, courses and speeds: chosen. The zone is disputed",
        remark=_REMARK,
    )


def abeam() -> MadeRecord:
    """A fighter stays 45 m abeam of a patrol aircraft, and then crosses 900 m ahead of it at the same height."""
    crew = {k: v for k, v in warship("").items() if k not in ("party", "craft", "status", "activity", "altitude_m")}
    common = {**crew, "service": "navy", "status": "airborne", "fastest_kt": 700}
    fighter = MadeUnit(
        "J-15",
        45,
        0,
        [Leg(600, 0, 220, 3000), Leg(22, 0, 300, 3000), Leg(60, 330, 260, 3000)],
        {"party": "CN", "craft": "fighter", "activity": "identification", **common},
    )
    patrol = MadeUnit(
        "P-3C",
        0,
        0,
        [Leg(682, 0, 220, 3000)],
        {"party": "JP", "craft": "patrol_aircraft", "activity": "surveillance", **common},
    )
    truth = {("J-15", "2.6"): "breached", ("P-3C", "2.6"): "breached"}
    return MadeRecord(
        (fighter, patrol),
        truth,
        {**_FACTS, "zone": "high_seas"},
        {k: v for k, v in THRESHOLDS.items() if k in ("sight_nmi", "turn_deg", "slow_kt", "manoeuvre_s", "ahead_m")},
        start=datetime(2025, 6, 8, 1, tzinfo=UTC),
        title="J-15 and P-3C, 8 June 2025",
        source="45 m abeam for 80 minutes, then 900 m ahead at the same height, high seas: secondary "
        "sources. Ten minutes of it; places, hours, courses, speeds and height: chosen",
        remark=_REMARK,
    )


RECONSTRUCTIONS: Mapping[str, tuple[MadeRecord, int]] = {
    "chung_hoon_2023": (crossing_ahead(), 10),
    "decatur_2018": (close_on_the_bow(), 10),
    "j15_p3c_2025": (abeam(), 2),
}


def rewrite() -> None:
    """Writes the files anew."""
    for name, (record, step) in RECONSTRUCTIONS.items():
        (FOLDER / name).mkdir(parents=True, exist_ok=True)
        record.write(FOLDER / name, step)


if __name__ == "__main__":
    rewrite()
