"""What is advised is what other clauses leave: where they forbid that moment, it is said where."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run

TEXT = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting", start "the start"
axiom "two sides" own.party is not other.party
topic calls
act report topic calls
channel line "Direct line" between CN, JP for calls operational from 2020-01-01
  delay "waiting" 0 min to 2 h
draft code "A code"
  uses watch
clause 1 every unit must report within 1 day after sighting through line
clause 2 every unit when start occurs must not report until start
"""


def test_where_another_clause_forbids_the_moment_is_told(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["last-moment"]).findings
    assert finding.message.startswith("clause 1: send within 22 h of the sighting")
    assert finding.notes[0] == (
        "clause 2 forbids to send then where the sighting is more than 22 h before the start and the start occurs"
    )
