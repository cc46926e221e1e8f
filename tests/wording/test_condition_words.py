"""Conditions in words, where they say more than that one quantity is over or under a value."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run

TEXT = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic notices
act report topic notices
channel line "Line" between CN, JP for notices operational from 2018-01-01
  delay "consent" 0 h to 4 h
  delay "call" 0 h to 4 h
draft rules
  uses lines
clause 1 every unit when incident occurs must report within 6 h after incident through line
clause 2 every unit must not report within 2 h after incident
"""


def test_a_sum_alone_is_told_by_what_it_is_over(tmp_path: Path) -> None:
    (tmp_path / "rules.cbm").write_text(TEXT)
    found = run([tmp_path / "rules.cbm"], select=frozenset({"conflict", "impossible-duty"})).findings
    conditions = [literal for finding in found for cube in finding.extent for literal in cube]
    assert "delay of Line: consent + delay of Line: call is at least 4 h" in conditions
