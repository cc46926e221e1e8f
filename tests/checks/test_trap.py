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
