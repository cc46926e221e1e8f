"""How a duty fares through a channel is told of those who can be bound by it, as they send to the other end."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.pipeline import run

LINES = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
axiom "two sides" own.party is not other.party
topic calls
act report topic calls
channel line "Direct line" between CN, JP for calls operational from 2020-01-01
  open 09:00 to 17:00 UTC Mon to Fri at CN
  open 15:00 to 23:00 UTC Mon to Fri at JP
  when closed {when}
  delay "waiting" {delay}
draft code "A code"
  uses watch
  between CN, JP
  proposed 2024-01-01
clause 1 {bound} must report within {within} after sighting through line
"""


def told(tmp_path: Path, **written: str) -> tuple[Finding, ...]:
    path = tmp_path / "code.cbm"
    path.write_text(LINES.format(**written), encoding="utf-8")
    return run([path], select=["impossible-duty", "last-moment"]).findings


@pytest.mark.parametrize("bound", ["CN", "every unit when own.party is CN", "a CN"])
def test_the_way_that_nobody_sends_is_not_told(tmp_path: Path, bound: str) -> None:
    """From Japan nothing ever arrives: it is sent from 15:00 on and takes 6 hours."""
    written = {"when": "refuses messages", "delay": "6 h to 6 h", "within": "2 days"}
    (finding,) = told(tmp_path, bound=bound, **written)
    assert finding.message == "clause 1 cannot be complied with in part of the week, not even at best"
    assert not [note for note in finding.notes if "JP to CN" in note]
    (both,) = told(tmp_path, bound="every unit", **written)
    assert both.message == "clause 1 can never be complied with, not even at best"


@pytest.mark.parametrize(
    ("bound", "time"), [("CN", "2 days 22 h"), ("JP", "2 days 17 h"), ("each party", "2 days 22 h")]
)
def test_the_latest_moment_is_that_of_who_sends(tmp_path: Path, bound: str, time: str) -> None:
    """What comes up after Friday at 17:00 China sends on Monday at 09:00, and it arrives at 15:00."""
    finding = told(tmp_path, bound=bound, when="holds messages", delay="0 min to 1 h", within="7 days")[0]
    assert finding.message.endswith(f"through `line` it can take {time}")


def test_weeks_of_which_the_same_is_said_are_told_together(tmp_path: Path) -> None:
    """By the clocks of Vienna the hours are the same in summer as in winter."""
    text = LINES.replace("UTC Mon to Fri at CN", "Europe/Vienna Mon to Fri at CN").replace(
        "  open 15:00 to 23:00 UTC Mon to Fri at JP\n", ""
    )
    written = {"bound": "CN", "when": "holds messages", "delay": "1 h to 1 h", "within": "36 h"}
    (tmp_path / "code.cbm").write_text(text.format(**written), encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["impossible-duty"]).findings
    said = [note.partition(": ")[2] for note in finding.notes]
    assert len(said) == len(set(said)) == 3
    assert sum(note.startswith("in the week of") for note in finding.notes) == 2
