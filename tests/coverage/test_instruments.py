"""What the instruments of the standard library govern, type by type, is what a reader of the texts finds in them.

The table was made by reading, before the texts were encoded: `F` a binding duty, `f` a soft one, `p` in part or by
implication, `.` none, `d` disputed, `?` text not seen. Where the encoding says otherwise, the reason stands below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from cbm.core.expressions import Expr, Flag, IsIn, conjunction
from cbm.core.matters import Settled, concerns
from cbm.core.norms import Strength
from cbm.core.substitution import atoms_of
from cbm.core.variables import Attribute, Variable
from cbm.coverage.governance import some_binds, types_with
from cbm.coverage.types.axes import literal
from cbm.files import read_library, standard_file
from cbm.ground.grounder import GroundNorm
from cbm.inquiry import Inquiry, inquire
from cbm.resolve.system import resolve
from cbm.smt.solve import Unknown

WARSHIP, AIRCRAFT = ("warship", "auxiliary"), ("fighter", "patrol_aircraft", "helicopter")
CIVIL, FISHING = ("civil_aircraft",), ("fishing_vessel", "militia_vessel")
OPEN, COASTAL = ("high_seas", "eez"), ("territorial_sea",)

# The texts that make up a column.
COLUMNS = {
    "CUES": ("cues",),
    "MOU": ("behaviour_2014", "behaviour_2015"),
    "MACM": ("macm",),
    "INC": ("incsea", "incsea_protocol"),
    "COL": ("colregs", "seamanship"),
    "JPRU": ("japan_russia_1993", "japan_russia_protocol_2000"),
    "ICAO": ("chicago_3_bis", "annex_2"),
    "GAME": ("guidelines_air_2018",),
}
_FILES = {
    "japan_russia_protocol_2000": "japan_russia_1993",
    "chicago_3_bis": "chicago_1944",
    "behaviour_2014": "china_us_encounters",
    "behaviour_2015": "china_us_encounters",
    "incsea_protocol": "incsea",
}


# Whose it is, which attribute, and which value it has; a flag has none.
Fact = tuple[int | None, str, str]
AT_WORK = ((1, "activity", "flight_operations"), (1, "status", "restricted_manoeuvrability"))


@dataclass(frozen=True, slots=True)
class Row:
    """Who acts on whom, and where; the acts it is about, or none if any rule will do; and what readers found.

    With facts, rules are meant that bind by one of them: own unit has it (0), the other one (1), or both (None).
    """

    number: str
    own: tuple[str, ...]
    other: tuple[str, ...]
    zones: tuple[str, ...]
    acts: tuple[str, ...]
    marks: str
    facts: tuple[Fact, ...] = ()


# One mark for each column, in their order.
ROWS = (
    Row("1 warship to warship", WARSHIP, WARSHIP, OPEN, (), "ffpFFF.."),
    Row("2 the same in a territorial sea", WARSHIP, WARSHIP, COASTAL, (), "dpd.F..."),
    Row("4 ship near a formation", WARSHIP, WARSHIP, OPEN, (), "ff.F.F..", ((1, "in_formation", ""),)),
    Row("5 ship that watches another", WARSHIP, WARSHIP, OPEN, (), "pp.FpF..", ((0, "activity", "surveillance"),)),
    Row("6 near a ship at work", WARSHIP, WARSHIP, OPEN, (), "pf.FFF..", AT_WORK),
    Row("7 surfaced submarine", ("submarine",), WARSHIP, OPEN, (), "fpppFp.."),
    Row("9 exercise with submarines", WARSHIP, WARSHIP, OPEN, ("show_exercise_signal",), "fp.F.p.."),
    Row("10 warship to merchant ship", WARSHIP, ("merchant_ship",), OPEN, (), "...FFp.."),
    Row("11 warship to coast guard", WARSHIP, ("coast_guard_ship",), OPEN, (), "....F..."),
    Row("11 coast guard to warship", ("coast_guard_ship",), WARSHIP, OPEN, (), "....F..."),
    Row("12 coast guard to coast guard", ("coast_guard_ship",), ("coast_guard_ship",), OPEN, (), "....F..."),
    Row("13 militia or fishing vessel to warship", FISHING, WARSHIP, OPEN, (), "....F..."),
    Row("14 uncrewed vessel to warship", ("uncrewed_vessel",), WARSHIP, OPEN, (), "??..p..."),
    Row("15 military aircraft to warship", AIRCRAFT, WARSHIP, OPEN, (), "ffpF.F.."),
    Row("16 warship aims at military aircraft", WARSHIP, AIRCRAFT, OPEN, ("aim_weapons",), "ff...?.."),
    Row("16 warship and its fire-control radar", WARSHIP, AIRCRAFT, OPEN, ("illuminate_fire_control",), "ff...?.."),
    Row("17 aircraft to aircraft", AIRCRAFT, AIRCRAFT, OPEN, (), "pfpp.ppf"),
    Row("18 interception of aircraft", AIRCRAFT, AIRCRAFT, OPEN, (), ".f.p.p.p", ((0, "activity", "identification"),)),
    Row(
        "19 fire-control radar of aircraft at aircraft",
        AIRCRAFT,
        AIRCRAFT,
        OPEN,
        ("illuminate_fire_control",),
        ".?.....?",
    ),
    Row("20 flares at aircraft", WARSHIP, AIRCRAFT, OPEN, ("release_flares",), "pf.....?"),
    Row("21 laser at aircraft", WARSHIP, AIRCRAFT, OPEN, ("lase",), "ff...F.?"),
    Row("22 jamming", WARSHIP, WARSHIP, OPEN, ("jam",), "??...F.."),
    Row("23 uncrewed aircraft to warship", ("uncrewed_aircraft",), WARSHIP, OPEN, (), "??....p?"),
    Row("24 civil aircraft intercepted", AIRCRAFT, CIVIL, OPEN, (), "......F."),
    Row("25 danger areas", WARSHIP, WARSHIP, OPEN, ("announce_danger_area",), "fp.F.?p."),
    Row("29 restricted visibility", WARSHIP, WARSHIP, OPEN, (), "fp.pFp..", ((None, "restricted_visibility", ""),)),
    Row("30 separation schemes", WARSHIP, WARSHIP, OPEN, (), "fp.FF?..", ((None, "traffic_separation", ""),)),
)

# Row and column, what the encoding says instead, and why.
_RADIO = "it governs communication everywhere, by a duty; readers called it partial because it governs nothing else"
_NAVAL = "the code speaks of naval aircraft alone, which readers called partial: aircraft of each type may be a navy's"
_SEAPLANE = "a seaplane on the water is a vessel (Rules 3 and 18(e)): of patrol aircraft the rules speak in part"
_SURFACED = (
    "the text names no submarines; as the vocabulary has it, a surfaced one is a ship of the navy like any other"
)
_CIVIL_RULES = "the rules of the air bind civil aircraft, and what those of States owe is due regard (Chicago 3(d))"
_MEMORY = "what the annex says of it is from memory, and left out"
_NOT_SEEN = "of the articles on conduct a few sentences were seen, and none of these"
_IMPLIED = "by implication alone: no clause speaks of it"
OTHERWISE: dict[tuple[str, str], tuple[str, str]] = {
    ("4 ship near a formation", "MOU"): (".", _MEMORY),
    ("4 ship near a formation", "JPRU"): (".", _NOT_SEEN),
    ("5 ship that watches another", "CUES"): (".", _IMPLIED),
    ("5 ship that watches another", "MOU"): (".", _IMPLIED),
    ("5 ship that watches another", "COL"): (".", _IMPLIED),
    ("5 ship that watches another", "JPRU"): (".", _NOT_SEEN),
    ("6 near a ship at work", "CUES"): (".", _IMPLIED),
    ("6 near a ship at work", "MOU"): (".", _MEMORY),
    ("6 near a ship at work", "JPRU"): (".", _NOT_SEEN),
    ("9 exercise with submarines", "MOU"): (".", _IMPLIED),
    ("9 exercise with submarines", "JPRU"): (".", _NOT_SEEN),
    ("18 interception of aircraft", "INC"): (".", _IMPLIED),
    ("18 interception of aircraft", "JPRU"): (".", _NOT_SEEN),
    ("18 interception of aircraft", "GAME"): (".", "the part on approach on purpose was not seen"),
    ("25 danger areas", "MOU"): (".", _MEMORY),
    ("25 danger areas", "INC"): (".", "the notice is owed by the States (incsea_notices VI.1)"),
    ("25 danger areas", "ICAO"): (".", "the notice is owed by the States"),
    ("29 restricted visibility", "MOU"): (".", _IMPLIED),
    ("29 restricted visibility", "INC"): ("F", "a signalling lamp where little can be seen (VI.2)"),
    ("29 restricted visibility", "JPRU"): (".", _NOT_SEEN),
    ("30 separation schemes", "MOU"): (".", _IMPLIED),
    ("1 warship to warship", "MACM"): ("F", _RADIO),
    ("2 the same in a territorial sea", "MOU"): ("f", "the clauses say nothing of zones, so they hold in each of them"),
    ("7 surfaced submarine", "MOU"): ("f", _SURFACED),
    ("7 surfaced submarine", "MACM"): ("F", f"{_RADIO}; {_SURFACED}"),
    ("7 surfaced submarine", "INC"): ("F", _SURFACED),
    ("11 warship to coast guard", "INC"): (
        "F",
        "no manoeuvres in formation through heavy traffic, whoever is in it (III.3)",
    ),
    ("14 uncrewed vessel to warship", "COL"): (
        "F",
        "an uncrewed vessel is a vessel here, whether or not the rules think of one",
    ),
    ("15 military aircraft to warship", "MOU"): (
        ".",
        "what aircraft leave undone near ships rests on memory: not encoded",
    ),
    ("15 military aircraft to warship", "MACM"): ("F", _RADIO),
    ("15 military aircraft to warship", "COL"): ("p", _SEAPLANE),
    ("17 aircraft to aircraft", "CUES"): ("f", _NAVAL),
    ("20 flares at aircraft", "CUES"): ("f", _NAVAL),
    ("17 aircraft to aircraft", "MACM"): ("F", _RADIO),
    ("17 aircraft to aircraft", "INC"): (
        "F",
        "no simulated attacks on aircraft (IV): readers counted what is unintended only",
    ),
    ("17 aircraft to aircraft", "COL"): ("p", _SEAPLANE),
    ("7 surfaced submarine", "JPRU"): ("F", _SURFACED),
    ("10 warship to merchant ship", "JPRU"): (".", "what is done to non-military ships was not seen"),
    ("17 aircraft to aircraft", "JPRU"): ("F", "light, lasers and jamming between aircraft (Protocol of 2000, 4(1))"),
    ("17 aircraft to aircraft", "ICAO"): (".", _CIVIL_RULES),
    ("21 laser at aircraft", "JPRU"): (
        ".",
        "the rule on lasers stands in Article 4, on aircraft; that for ships was not seen",
    ),
    ("23 uncrewed aircraft to warship", "ICAO"): (".", _CIVIL_RULES),
}


@cache
def read(name: str) -> Inquiry:
    file = standard_file(_FILES.get(name, name))
    assert file is not None
    system, findings = resolve(read_library([file]).documents, name)
    assert system is not None, findings
    return inquire(system)


def mark(row: Row, texts: Sequence[str]) -> str:
    """`F` or `f` where in every type of the row some encounter is governed, `p` where in some types, `.` where in none.

    `F` is by a `must` in every type that is governed at all.
    """
    inquiries = [(read(name), name) for name in texts]
    firm = {kind for inquiry, name in inquiries for kind in governed(inquiry, name, row, (Strength.MUST,))}
    some = {kind for inquiry, name in inquiries for kind in governed(inquiry, name, row, tuple(Strength))}
    wanted = {(own, other, zone) for own in row.own for other in row.other for zone in row.zones}
    if not some:
        return "."
    if some < wanted:
        return "p"
    return "F" if firm == wanted else "f"


def governed(inquiry: Inquiry, name: str, row: Row, strengths: Iterable[Strength]) -> set[tuple[str, ...]]:
    """The types of the row in which a clause of the text binds in some encounter."""
    (about,) = inquiry.strict
    axes = tuple(axis for axis in inquiry.system.situation.axes if isinstance(axis, Variable))
    told = (literal(axis, side) for axis, side in zip(axes, (row.own, row.other, row.zones), strict=True))
    norms = [n for n in about.norms if n.norm.id.document == name and n.norm.strength in strengths and is_about(n, row)]
    types = types_with(about, axes, conjunction(some_binds(norms), *told))
    assert not isinstance(types, Unknown)
    return set(types)


def is_about(n: GroundNorm, row: Row) -> bool:
    about_an_act = not row.acts or any(concerns(n.norm, Settled(act)) for act in row.acts)
    said = [atom for guard in n.norm.guards for atom in atoms_of(guard.condition)]
    return about_an_act and (not row.facts or any(tells(atom, row.facts) for atom in said))


def tells(atom: Expr, facts: Sequence[Fact]) -> bool:
    """Whether this part of a condition is one of these facts."""
    match atom:
        case Flag(Attribute() as variable):
            return (variable.role, variable.name, "") in facts
        case IsIn(Attribute() as variable, members):
            return any((variable.role, variable.name, member) in facts for member in members)
        case _:
            return False


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
@pytest.mark.parametrize("column", COLUMNS)
def test_the_table_is_found_again(row: Row, column: str) -> None:
    read_before = row.marks[list(COLUMNS).index(column)]
    found = mark(row, COLUMNS[column])
    if read_before in "d?":
        return  # nobody could say
    if (row.number, column) in OTHERWISE:
        assert found == OTHERWISE[row.number, column][0] != read_before
    else:
        assert found == read_before
