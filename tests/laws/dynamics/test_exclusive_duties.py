"""Duties of kinds that exclude each other are asked about apart, and the same traps are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.core.expressions import Formula
from cbm.core.substitution import variables
from cbm.dynamics.exclusive_duties import exclusive_parts
from cbm.dynamics.trap_search import Trap
from cbm.dynamics.traps import _Once, traps, with_room
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import ground
from cbm.inquiry import inquire
from cbm.records import replace
from cbm.search.implicants import Point, true_at
from cbm.search.open_questions import Undecided
from tests.formulas import KINDS, NIGHT, formulas, points
from tests.laws.timed import system_of

KINDS_OF_UNITS = "warship", "fighter"
SEA = """\
vocabulary sea "Sea"
kind craft = {kinds}
situation encounter
roles own, other
each
  craft : craft
shared
  fog : flag
moments contact, alarm
topic everything
act report topic everything
draft code "Code"
  uses sea
clause 90 every unit when alarm is after contact must not report within 40 h after alarm
"""


@lru_cache(maxsize=1)
def _duty() -> GroundNorm:
    system = system_of(SEA.format(kinds="warship"))
    (duty,) = ground(system, 0).demanding
    return duty


@given(st.lists(formulas(), min_size=13, max_size=18), points())
def test_one_part_has_all_duties_that_bind_in_a_situation(conditions: list[Formula], point: Point) -> None:
    duties = [replace(_duty(), binds=condition) for condition in conditions]
    parts = exclusive_parts(duties, {NIGHT})
    binding = [duty for duty in duties if true_at(duty.binds, point)]
    there = [part for part in parts if all(true_at(one, point) for one in part.apart)]
    assert there
    assert all(duty in part.duties for part in there for duty in binding)
    assert {v for part in parts for one in part.apart for v in variables(one)} <= {*KINDS}


Told = list[tuple[str, ...]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """The traps of a duty for each type of encounter, beside others, where so few duties are asked about at once."""
    pairs = [(one, other) for one in KINDS_OF_UNITS for other in KINDS_OF_UNITS]
    lines = [
        f"clause {number} a {one} meeting a {other} must report within {number} h after contact\n"
        for number, (one, other) in enumerate(pairs, 1)
    ]

    def find(few: int, *others: str) -> Told:
        monkeypatch.setattr("cbm.dynamics.exclusive_duties.FEW", few)
        system = system_of(SEA.format(kinds=" | ".join(KINDS_OF_UNITS)) + "".join((*lines, *others)))
        found = traps(with_room(inquire(system), 0))
        return sorted(tuple(n.norm.id.label for n in trap.norms) for trap in found if isinstance(trap, Trap))

    return find


def test_a_duty_for_each_type_of_encounter_traps_with_what_holds_for_all(told: Callable[..., Told]) -> None:
    assert told(1) == told(100) == [("90", "1"), ("90", "2"), ("90", "3"), ("90", "4")]


def test_what_traps_in_each_type_of_encounter_is_told_once(told: Callable[..., Told]) -> None:
    further = "clause 91 every unit must report within 9 h after contact\n"
    apart = told(1, further)
    assert apart.count(("90", "91")) == 1
    assert apart == told(100, further)


def test_what_is_undecided_of_parts_that_have_duties_in_common_is_one_question(
    told: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All parts together take no more work than is allowed: of sixty each took as much as all duties at once did."""
    undecided: list[Told] = []

    def keep(of: _Once) -> Iterator[Undecided]:
        found = list(left(of))
        undecided.append([tuple(norm.label for norm in one.norms) for one in found])
        yield from found

    left = _Once.left
    monkeypatch.setattr(_Once, "left", keep)
    monkeypatch.setattr("cbm.dynamics.traps.ALL_WORK", -1)
    assert told(1) == []
    assert undecided == [[("90", "1", "2", "3", "4")]]
