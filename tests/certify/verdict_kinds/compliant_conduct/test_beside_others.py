"""Permissions beside duties of other units: both solvers say what the search says, and contradict what it overlooks."""

from __future__ import annotations

import pytest

from cbm import inquiry
from cbm.compliance.ranges_beside_others import RangeAcross
from cbm.conflicts.deadlocks import find_blocked_uses
from cbm.finding import RuleId
from cbm.records import replace
from cbm.report import Ending
from tests.certify.solved import contradictions, upheld
from tests.certify.strait import STRAIT

CODE = f"""\
{STRAIT.replace("  party : party", "  party : party" + chr(10) + "  crewed : flag")}topic distances
result separation "closest distance" : length from 0 m to 60 nmi topic distances

draft code
  uses strait
clause 1 every unit when own.crewed must keep separation >= 500 m
"""
CLOSER = CODE + "clause 2 every unit may keep separation <= 200 m unless own.crewed\n"
FARTHER = CODE + "clause 2 every unit may keep separation >= 1 km unless own.crewed\n"


def test_both_solvers_find_what_duties_of_others_block_and_nothing_else() -> None:
    # beside it stand what the unit's own duties leave of the permission, and the rest
    assert upheld(CLOSER, RuleId.BLOCKED_PERMISSION)[Ending.FOUND] == 1
    assert Ending.FOUND not in upheld(FARTHER, RuleId.BLOCKED_PERMISSION)


def test_what_the_search_overlooks_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        inquiry, "find_blocked_uses", lambda *asked: replace(find_blocked_uses(*asked), found=(), besides=())
    )
    assert [row.question for row in contradictions(CLOSER, RuleId.BLOCKED_PERMISSION)] == [
        "every other permission beside the duties of other units"
    ] * 2
    assert contradictions(FARTHER, RuleId.BLOCKED_PERMISSION) == []


NARROWED = CODE + "clause 2 every unit may keep separation <= 2 km unless own.crewed\n"
BESIDE = "clause 2: every value of closest distance beside the duties of other units"


def test_both_solvers_say_which_ranges_other_units_leave_whole() -> None:
    assert upheld(NARROWED, RuleId.BLOCKED_PERMISSION)[Ending.FOUND] == 1
    assert Ending.FOUND not in upheld(FARTHER, RuleId.BLOCKED_PERMISSION)


def test_a_range_that_the_search_leaves_whole_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RangeAcross, "narrowed", lambda *_: None)
    assert {row.question for row in contradictions(NARROWED, RuleId.BLOCKED_PERMISSION)} == {BESIDE}


PROPOSED = CODE.replace("every unit when own.crewed must", "every unit when own.crewed [CN: must | JP: should]")
IN_PACKAGES = PROPOSED.replace("uses strait", "uses strait\n  between CN, JP") + (
    "clause 2 every unit may keep separation <= 2 km unless own.crewed\n"
)


def test_advice_is_asked_about_on_the_packages_on_which_nothing_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(IN_PACKAGES, RuleId.BLOCKED_PERMISSION)[Ending.FOUND] == 2  # of the duties, and of advice
    narrowed = RangeAcross.narrowed
    monkeypatch.setattr(
        RangeAcross, "narrowed", lambda self, result, further=(): None if further else narrowed(self, result)
    )
    assert {row.question for row in contradictions(IN_PACKAGES, RuleId.BLOCKED_PERMISSION)} == {BESIDE}


BROUGHT = f"""\
{STRAIT}topic signals
act call, report topic signals

draft code
  uses strait
clause 1 every unit must call
clause 2 every unit when other.call may report
clause 3 every unit when night must not report
"""


def test_what_others_do_to_bring_a_permission_into_play_is_no_duty_in_its_way() -> None:
    assert upheld(BROUGHT, RuleId.BLOCKED_PERMISSION)[Ending.FOUND] == 1
