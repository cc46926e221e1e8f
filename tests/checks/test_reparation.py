"""When an `otherwise` cannot be kept: under all conditions, and for the sake of which clauses."""

from __future__ import annotations

from pathlib import Path

from cbm.finding import Finding
from cbm.pipeline import run

LINE = """\
vocabulary sea
party CN
party JP
topic incidents
kind level = command < ministry
channel desk between CN, JP
  level command for incidents
  operational from 2000-01-01
channel line between CN, JP
  level command for incidents
  operational from 2000-01-01
  open 09:00 to 17:00 Asia/Tokyo Mon to Fri at CN
  open 09:00 to 17:00 Asia/Tokyo Mon to Fri at JP
  when closed refuses messages
kind craft = drone | warship
situation encounter
roles own, other
each
  party : party
  craft : craft
shared
  night : flag
  fog : flag
  storm : flag
moments incident
axiom "two sides" own.party is not other.party
types by own.craft
topic signals
act fire topic signals
act whistle topic signals
act report topic incidents
act confer topic incidents
draft code
  uses sea
  between CN, JP
  proposed 2026-03-01
"""
DISPATCH = """\
channel dispatch between CN, JP
  level command for incidents
  operational from 2000-01-01
  delay "handing over" 1 h to 6 h
draft code"""


def unrepaired(folder: Path, clauses: str) -> Finding:
    (folder / "code.cbm").write_text(LINE + clauses, encoding="utf-8")
    (finding,) = run([folder / "code.cbm"], select=["reparation"]).findings
    return finding


def test_every_night_is_told_on_which_a_line_is_closed(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit must report within 1 h after incident through desk
  otherwise must confer within 2 h through line
"""
    # The breach comes after 1 h, and 2 h are left from then on.
    assert unrepaired(tmp_path, clauses).whenever == (
        "day and time of incident is Mon to Thu after 16:00 and before 06:00 on the next day, "
        "or after Fri 16:00 and before Mon 06:00 in Asia/Tokyo"
    )


def test_all_conditions_are_told_and_what_else_leaves_no_room(tmp_path: Path) -> None:
    clauses = """\
clause 1 a warship must not fire otherwise must whistle
clause 2 every unit when night or fog must not whistle
"""
    assert set(unrepaired(tmp_path, clauses).extent) == {("night",), ("fog",)}
    finding = unrepaired(tmp_path, f"{clauses}clause 3 every unit when storm must not whistle\n")
    beside = {"code:2": "elsewhere 3 leaves no room for it", "code:3": "elsewhere 2 leaves no room for it"}
    assert finding.notes == (beside[finding.clauses[1]],)


def test_where_it_can_never_be_kept_it_is_so_wherever_the_clause_was_breached(tmp_path: Path) -> None:
    clauses = (
        "clause 1 a warship must report within 2 h after incident otherwise must confer within 6 h\n"
        "clause 2 a warship must not confer within 24 h after incident\n"
    )
    assert unrepaired(tmp_path, clauses).whenever == "1 was breached"


def test_more_time_is_advised_where_its_line_takes_longer_than_there_is_after_the_breach(tmp_path: Path) -> None:
    slow = LINE.replace("draft code", DISPATCH, 1)
    clauses = (
        "clause 1 every unit must report within 24 h after incident otherwise must confer within {} through dispatch\n"
    )
    (tmp_path / "code.cbm").write_text(slow + clauses.format("2 h"), encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["reparation"]).findings
    assert finding.remedies == (
        "give it more time, or name a quicker channel as a fallback",
        "or agree with the other side on shorter delays",
    )
    (tmp_path / "code.cbm").write_text(slow + clauses.format("6 h"), encoding="utf-8")
    assert run([tmp_path / "code.cbm"], select=["reparation"]).findings == ()


def test_of_clauses_one_of_which_is_breached_it_is_not_said_that_each_is(tmp_path: Path) -> None:
    text = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship must call
  otherwise must sound_danger_signal
clause 2 a warship must identify_itself
clause 3 a warship must not identify_itself
"""
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["reparation"]).findings
    assert finding.message == "the `otherwise` of clause 1 is owed only by who breaches 2 or 3 as well"
    assert [label.text for label in finding.related] == [
        "2 or another one shown here is breached whenever that is owed",
        "3 or another one shown here is breached whenever that is owed",
    ]
