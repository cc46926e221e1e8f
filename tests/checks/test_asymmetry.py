"""How `asymmetry` tells conditions: stretches of the week as one, by the clocks that the clause goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each party : party
moments sighting
axiom "two sides" own.party is not other.party
topic manoeuvre
act turn topic manoeuvre
channel line "Line" between CN, JP
  for manoeuvre
  operational from 2019-01-01
  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at JP
  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at CN
draft hours
  uses strait
  between CN, JP
clause 1 CN must turn within 6 h after sighting through line
clause 2 CN must not turn within 2 h after sighting
"""


def test_stretches_of_the_week_that_meet_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hours.cbm").write_text(TEXT, encoding="utf-8")
    first, second = run([Path("hours.cbm")], select=["asymmetry"]).findings
    begin = ("sighting occurs", "own unit is of Japan")
    hours = "Mon to Fri not before 02:30 and not after 17:30"
    assert first.extent == ((*begin, f"day and time of sighting is {hours} in Asia/Tokyo"),)
    hours = "Mon to Thu after 17:30 and before 15:30 on the next day, or after Fri 17:30 and before Mon 15:30"
    assert second.extent == ((*begin, f"day and time of sighting is {hours} in Asia/Tokyo"),)
