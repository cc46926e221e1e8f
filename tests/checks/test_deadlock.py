"""A deadlock is told with the clash that it follows from: one that the other unit brings about."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run

TEXT = """\
vocabulary sub
party CN
party JP
situation activity
fixed roles organiser, informed
each party : party
moments lost, start, end
axiom "two sides" organiser.party is not informed.party
topic rescue
act report, offer topic rescue
channel line between CN, JP for rescue operational from 2020-01-01
  delay "an answer" 0 min to never
draft code
  uses sub
  between CN, JP
  proposed 2026-05-01
clause 1 organiser must report within 2 h after lost through line
clause 2 informed must offer within 1 h after organiser.report
clause 3 informed must not offer from start until end
"""


def test_what_one_duty_is_impossible_for_brings_no_deadlock_about(tmp_path: Path) -> None:
    """It was told to follow from clause 1, which cannot be kept where nobody answers: there is no deadlock there."""
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["deadlock"]).findings
    assert finding.clauses == ("code:1", "code:2", "code:3")
    assert finding.follows == ("code:2", "code:3")
