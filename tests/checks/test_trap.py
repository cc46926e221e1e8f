"""Examples of traps are read by people: in whole minutes, and without what has nothing to do with them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from cbm.checks.trap import RULE
from cbm.pipeline import run


def test_examples_of_traps_are_in_whole_minutes(tmp_path: Path) -> None:
    text = RULE.failing.replace('act report "', 'act ask topic calls\nact report "')
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = (f for f in run([tmp_path / "code.cbm"]).findings if f.rule == "trap")
    assert finding.witness is not None
    assert [e.words for e in finding.witness.events if "ask" in e.words] == []
    assert all(Fraction(event.after) % 60 == 0 for event in finding.witness.events)
    assert not any("about" in note for note in finding.notes)


ACKNOWLEDGED = """\
vocabulary watch
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident
axiom "two sides" own.party is not other.party
topic calls
act report, confirm topic calls
channel telex between CN, JP for calls operational from 2018-06-08
  delay "distribution" 1 h to 5 h
  acknowledged by confirm
draft code
  uses watch
  between CN, JP
clause 1 every unit must report within 24 h after incident through telex
"""


def test_a_message_takes_whole_minutes_where_another_thing_differs(tmp_path: Path) -> None:
    """A delay was told as `1 h 1 s`."""
    (tmp_path / "code.cbm").write_text(ACKNOWLEDGED, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert finding.witness is not None
    (delay,) = (fact for fact in finding.witness.facts if "distribution" in fact.words)
    assert Fraction(delay.value) % 60 == 0


def test_where_too_many_doings_have_to_be_told_apart_it_is_undecided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with ten acts that each call for the next one."""
    monkeypatch.setattr("cbm.dynamics.traps.DOINGS", 3)
    (tmp_path / "code.cbm").write_text(RULE.failing, encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert [(f.rule, f.clauses) for f in found] == [("undecided", ("code:1", "code:2"))]


def test_a_trap_is_told_however_little_work_may_go_into_its_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was lost with the search for an example that reads better."""
    monkeypatch.setattr("cbm.dynamics.trap_search.CLARITY", -1)
    (tmp_path / "code.cbm").write_text(RULE.failing, encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert [(f.rule, f.clauses) for f in found] == [("trap", ("code:1", "code:2"))]


def test_duties_that_take_too_much_work_are_undecided_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with 25 duties on one act over six moments."""
    monkeypatch.setattr("cbm.dynamics.trap_search.WORK", -1)
    (tmp_path / "code.cbm").write_text(RULE.failing, encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert [(f.rule, f.clauses) for f in found] == [("undecided", ("code:1", "code:2"))]


def test_sets_beyond_those_that_are_told_are_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code.cbm").write_text(RULE.failing, encoding="utf-8")
    for most, rules in ((1, ["trap"]), (0, ["undecided"])):
        monkeypatch.setattr("cbm.dynamics.trap_search.MOST", most)
        found = run([tmp_path / "code.cbm"], select=["trap"]).findings
        assert [(f.rule, f.clauses) for f in found] == [(rule, ("code:1", "code:2")) for rule in rules]


SEA = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
moments contact, alarm repeating up to 2
axiom "two sides" own.party is not other.party
topic signals
topic notices
act announce, fire, turn topic signals
act report topic notices
kind level = command < ministry
channel line between CN, JP
  level command for notices
  operational from 2000-01-01
  open 09:00 to 17:00 Asia/Tokyo Mon to Fri at JP
draft code
  uses sea
  between CN, JP
"""


def test_what_nothing_depends_on_traps_nobody(tmp_path: Path) -> None:
    """With a line that has hours, all moments of the vocabulary took part, and so did acts of the other unit."""
    clauses = """\
clause 1 every unit must turn within 20 min after alarm
clause 2 every unit must not turn within 12 min after alarm
clause 3 every unit must not turn within 5 min before alarm
"""
    (tmp_path / "code.cbm").write_text(SEA + clauses, encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert [f.clauses for f in found] == [("code:1", "code:2"), ("code:1", "code:3"), ("code:3",)]
    assert all("when alarm (number 2) comes" in f.message for f in found)


def test_what_could_have_been_done_is_shown_near_the_moment(tmp_path: Path) -> None:
    """It was shown fifty years before."""
    clauses = """\
clause 1 every unit when own.fire must announce at least 30 min before own.fire
clause 2 every unit must fire within 10 min after contact
"""
    (tmp_path / "code.cbm").write_text(SEA + clauses, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert not any(" days " in note for note in finding.notes)


def test_what_is_taken_of_brackets_is_not_said_of_a_trap_a_second_time(tmp_path: Path) -> None:
    """It was followed by "this is so at least where always", though no open term is read in any way there."""
    bracketed = RULE.failing.replace("within 2 h after sighting", "within [CN: 2 | JP: 3] h after sighting")
    (tmp_path / "code.cbm").write_text(bracketed, encoding="utf-8")
    (finding,) = (f for f in run([tmp_path / "code.cbm"]).findings if f.rule == "trap")
    assert [note for note in finding.notes if "at least where" in note] == []


def test_what_frees_in_the_other_case_is_shown_when_it_comes(tmp_path: Path) -> None:
    """Only that the clause binds hangs on the alarm: it was shown where it does not come, and not where it comes."""
    clauses = """\
axiom "the alarm comes first" contact occurs and alarm occurs implies alarm is before contact
draft code
  uses sea
clause 1 every unit must report within 14 days after alarm in place of 2
clause 2 every unit must turn within 1 day after contact
clause 3 every unit must not turn until contact
"""
    text = SEA[: SEA.index("draft code")].replace("alarm repeating up to 2", "alarm") + "never report with turn\n"
    (tmp_path / "code.cbm").write_text(text + clauses, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["trap"]).findings
    assert finding.clauses == ("code:2",)
    (there,) = [note for note in finding.notes if note.startswith("until then it could have become this")]
    assert "alarm" in there


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("act announce, fire, turn once topic", "act announce, fire, turn topic"),
        ("within 1 h after contact", "within 1 h after contact unless own.turn is before contact"),
    ],
)
def test_what_can_be_done_once_and_was_done_before_is_told_with_ways_out(
    tmp_path: Path, written: str, instead: str
) -> None:
    """It was told to count its time from when that turns out, as it does already."""
    path = tmp_path / "code.cbm"
    text = SEA.replace("act announce, fire, turn topic", "act announce, fire, turn once topic")
    text += "clause 1 every unit when contact occurs must turn within 1 h after contact\n"
    path.write_text(text, encoding="utf-8")
    (finding,) = run([path], select=["trap"]).findings
    assert finding.remedies == (
        "leave `once` out of the declaration of `turn`, if that can be done again",
        "say what is owed by who has done it before: `unless own.turn is before …`",
    )
    path.write_text(text.replace(written, instead), encoding="utf-8")
    assert run([path], select=["trap"]).findings == ()


ENTRY = """\
vocabulary waters
party CN
party JP
situation encounter
roles own, other
each party : party
moments alert
axiom "two sides" own.party is not other.party
topic entry
act ask, allow, enter topic entry
channel line between CN, JP for entry operational from 2018-06-08
  delay "reading" 0 min to 20 min
draft code
  uses waters
  between CN, JP
clause 1 every unit must not enter until other.allow unless alert occurs
clause 2 every unit must enter within 3 h after alert
clause 3 every unit must ask at least 1 h before own.enter through line
"""


def test_an_example_has_no_more_doings_than_it_takes(tmp_path: Path) -> None:
    """Who enters twice in the one situation, and asks before each, was shown to ask twice before it enters once."""
    (tmp_path / "code.cbm").write_text(ENTRY, encoding="utf-8")
    (finding,) = (f for f in run([tmp_path / "code.cbm"], select=["trap"]).findings if f.clauses == ("code:1",))
    assert finding.witness is not None
    asked = [event.words for event in finding.witness.events if event.words.startswith("ask ")]
    assert asked == ["ask of own unit (sent)", "ask of own unit (received)"]


def test_what_only_the_clause_of_the_other_way_speaks_of_is_told(tmp_path: Path) -> None:
    """Clause 2 alone says what has to happen for it to be owed: the example was one in which nothing was owed."""
    text = """\
vocabulary watch
party CN
party JP
situation activity
fixed roles organiser, informed
each party : party
moments start "the start"
axiom "two sides" organiser.party is not informed.party
topic notices
act notify, acknowledge topic notices
draft code
  uses watch
  between CN, JP
clause 1 informed must acknowledge within 48 h after organiser.notify
clause 2 informed must not acknowledge within 7 days before start
"""
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = (f for f in run([tmp_path / "code.cbm"], select=["trap"]).findings if "no way out" in f.message)
    assert finding.witness is not None
    assert {event.name for event in finding.witness.events} == {"notify", "acknowledge", "start"}
    assert ["notify" in note for note in finding.notes] == [False, True, True]
