"""Law: where a clause departs from what it claims to restate, and which way, is what enumeration says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm.comparison.clause_pairs.departures import Departure, departures
from cbm.comparison.clause_pairs.provisions import DifferenceKind, Unlike, unlike
from cbm.core.expressions import conjunction
from cbm.core.norms import NormSystem
from cbm.inquiry import Inquiry, inquire
from cbm.smt.solve import sharing
from tests.laws.checked import is_empty
from tests.laws.comparison.clause_pairs.test_provisions import kept, sides
from tests.laws.dressed import dressed
from tests.laws.episodes import Encounter, Side, at
from tests.laws.repeating import REPEATED, REPEATING, repeating
from tests.laws.sparing import sparingly


@st.composite
def anywhere(draw: st.DrawFn) -> NormSystem:
    return draw(repeating(interchangeable=draw(st.booleans())))


@given(anywhere())
@sparingly(1)
@sharing()
def test_departures_are_where_some_conduct_keeps_the_one_and_not_the_other(system: NormSystem) -> None:
    if is_empty(system):
        return
    inquiry = inquire(dressed(system))
    one, other = [system.norms[REPEATING]], [system.norms[REPEATED]]
    difference = unlike(inquiry, one, other)
    if not isinstance(difference, Unlike) or difference.way is DifferenceKind.FORM:
        return
    found = [d for d in departures(inquiry, one, other, difference) if isinstance(d, Departure)]
    for side in sides(system):
        compare(inquiry, side, [d for d in found if d.about.bearer == side.role])


def compare(inquiry: Inquiry, side: Side, found: list[Departure]) -> None:
    seen = {id(encounter): levels(side, encounter) for encounter in side.encounters}
    differing = [stage for stage in range(3) if any(a[stage] != b[stage] for known in seen.values() for a, b in known)]
    assert bool(found) == bool(differing)
    for own in (True, False) if differing else ():
        of_one_kind = [departure for departure in found if departure.own is own]
        shown = [
            e for e in side.encounters if any(a[differing[0]] is own is not b[differing[0]] for a, b in seen[id(e)])
        ]
        cubes = [conjunction(*cube) for departure in of_one_kind for cube in departure.cubes]
        assert all(departure.complete for departure in of_one_kind)
        told = [e for e in side.encounters if any(at(cube, e.world) for cube in cubes)]
        here = [e for e in shown if e in told or not cubes or is_at_home(inquiry, side, e)]
        assert told == here


def levels(side: Side, encounter: Encounter) -> list[tuple[list[bool], list[bool]]]:
    norms = side.system.norms
    return [(kept(side, norms[REPEATING], c), kept(side, norms[REPEATED], c)) for c in encounter.conducts]


def is_at_home(inquiry: Inquiry, side: Side, encounter: Encounter) -> bool:
    """Whether the units belong to the parties of the draft."""
    about = next(g for g in inquiry.grounds if g.bearer == side.role)
    joined = about.grounder.joined(inquiry.system.texts[inquiry.system.subject], side.role)
    return at(conjunction(*joined), encounter.world)
