"""Types of encounter where what can be done depends on the situation: each type belongs where something can be done."""

from __future__ import annotations

import pytest

from cbm.core.expressions import TRUE
from cbm.core.matters import Settled
from cbm.coverage.governance import binding_ungoverned, types_with
from cbm.coverage.types.axes import dividers
from cbm.coverage.types.grid import Types
from cbm.finding import RuleId
from cbm.ground.grounding import ground
from cbm.search import projection
from tests.laws.bracketed import WORLD, found_by, read
from tests.laws.timed import system_of

HARBOUR = """\
vocabulary harbour
kind craft = ship | boat | submarine
kind zone = sea | port
situation encounter
roles own, other
each
  craft : craft
shared
  zone : zone
act moor topic traffic
act dive topic traffic
axiom "in port one moors" zone is port implies own.moor
axiom "submarines do not moor" own.craft is submarine implies not own.moor
types by own.craft, other.craft, zone
draft code
  uses harbour
clause 1
  every unit
  must not dive
"""


def test_types_in_which_nothing_can_be_done_are_left_out() -> None:
    system = system_of(HARBOUR)
    about = ground(system, 0)
    found = types_with(about, dividers(about), TRUE)
    assert isinstance(found, Types)
    everything = set(found.grid.everything)
    assert set(found) == {cell for cell in everything if cell[2] != "port" or "submarine" not in cell[:2]}


def test_what_is_governed_at_either_strength_is_not_asked_by_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing governs the topic, no strength of a clause makes up for it."""
    text = (
        f"{WORLD}clause 1 every unit when fog [d A: must | B: should] call\ncovers signals in every type of encounter\n"
    )
    asked: list[object] = []
    monkeypatch.setattr(projection, "_said_alone", lambda *question: asked.append(question))
    found = found_by(RuleId.GAP, text)
    assert found is not None
    gap, advised = found
    assert gap.reach is not None
    assert gap.reach.every
    assert advised.reach is not None
    assert not advised.reach.every
    assert len(asked) == 1


def test_clauses_that_govern_an_act_wherever_they_bind_are_not_asked_whether_they_say_only_how() -> None:
    """In a text of a thousand clauses these are most, and what is asked of each of them grows with all others."""
    text = f"{WORLD}clause 1 every unit when fog must call\nclause 2 every unit when own.alert must not call\n"
    only_how = (
        "clause 3 every unit must not call after other.call\nclause 4 every unit must not lamp after other.lamp\n"
    )
    system, _ = read(text + only_how)
    assert system is not None
    about = ground(system, 0)
    assert [norm.label for norm, _ in binding_ungoverned(about, Settled("call"))] == ["3"]
