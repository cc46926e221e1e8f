"""In what two situations differ that look alike: with what another unit does comes all that tells of it."""

from __future__ import annotations

from cbm import load_text
from cbm.core.expressions import Flag
from cbm.core.linear import equal
from cbm.core.variables import ActInstance, ClockOffset, WeekNumber
from cbm.dynamics.differing_situations import differing_in_anything
from cbm.dynamics.indistinguishable import Happening
from cbm.dynamics.traps import with_room
from cbm.ground.grounding import Ground
from cbm.inquiry import inquire

TEXT = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
topic calls
act report "reports the other unit" stating nature topic calls
act call "calls" topic calls
draft code "A code"
  uses watch
clause 1 every unit must report within 2 h after other.report
"""
REPORT, CALL = ActInstance("report", 1), ActInstance("call", 1)


def about() -> Ground:
    systems, findings = load_text(TEXT)
    assert not findings
    return with_room(inquire(systems[0]), 0)


def test_what_is_stated_and_how_clocks_go_comes_with_a_doing() -> None:
    week, clock = WeekNumber(REPORT), ClockOffset(REPORT, 1, "Europe/Vienna")
    known = equal(week, WeekNumber(CALL)), equal(clock, ClockOffset(CALL, 1, "Europe/Vienna"))
    (first, _) = differing_in_anything(about(), (Flag(REPORT.states("nature")), *known)).decisive
    assert (first.flag, first.at) == (REPORT.performed, REPORT.at)
    assert set(first.with_it) == {REPORT.states("nature"), week, clock}


def test_what_tells_of_another_doing_does_not() -> None:
    owed = (Flag(REPORT.performed), Flag(CALL.performed), Flag(CALL.states("nature")))
    found = differing_in_anything(about(), owed).decisive
    assert found == (
        Happening(REPORT.performed, REPORT.at),
        Happening(CALL.performed, CALL.at, (CALL.states("nature"),)),
    )
