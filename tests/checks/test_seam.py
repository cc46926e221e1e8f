"""What leaves a seam is told with the clauses that bind there, and say only how or when."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
shared
  range : length from 0 nmi to 20 nmi
moments sighting "the sighting", passing "the passing"
axiom "two sides" own.party is not other.party
topic calls
topic lights
act call topic calls
act light topic lights
draft code "A code"
  uses strait
clause 1 every unit when range < 3 nmi must call
clause 2 every unit when range > 3 nmi must call
"""
HOW = " only how or when something is done, and that leaves it open"


@pytest.mark.parametrize(
    ("further", "notes"),
    [
        ("", ()),
        ("clause 3 every unit must not call until sighting\n", (f"clause 3 says{HOW}",)),
        (
            "clause 3 every unit must not call until sighting\nclause 4 every unit must not call until passing\n",
            (f"clauses 3 and 4 say{HOW}",),
        ),
        # What binds elsewhere only, or on something else, leaves nothing open there.
        ("clause 3 every unit when range < 2 nmi must not call until sighting\n", ()),
        ("clause 3 every unit must not light until sighting\n", ()),
    ],
)
def test_who_says_only_how_is_named_at_a_seam(further: str, notes: tuple[str, ...], tmp_path: Path) -> None:
    """So it is where a promise has a gap."""
    (tmp_path / "code.cbm").write_text(TEXT + further, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["seam"]).findings
    assert finding.notes == notes
