"""What is advised where a message comes too late: only what helps."""

from __future__ import annotations

import pytest

from cbm.finding import Finding
from cbm.pipeline import check, load_text

LINES = """\
vocabulary lines
party CN "China"
party JP "Japan"
party US "United States"
kind level = desk < silent_desk < command < ministry
situation encounter
roles own, other
each party : party
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic notices
act report topic notices
channel slow "Slow line" between CN, JP for notices operational from 2018-01-01 level command
  delay "consent" 0 min to 4 h
channel silent "Line that may stay silent" between CN, JP for notices operational from 2018-01-01 level ministry
  delay "until it is answered" 0 min to never
channel desk "Desk" between CN, JP for notices operational from 2018-01-01 level desk
  open 09:00 to 17:00 UTC Mon to Fri at CN
  open 09:00 to 17:00 UTC Mon to Fri at JP
channel silent_desk "Desk that may not answer" between CN, JP for notices operational from 2018-01-01 level silent_desk
  open 09:00 to 17:00 UTC Mon to Fri at JP
  delay "until it is answered" 0 min to never
channel others "Line of others" between CN, US for notices operational from 2018-01-01 level ministry
draft code "A code"
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must report within 1 h after incident """
DELAYS = (
    "give it more time, or name a quicker channel as a fallback",
    "or agree with the other side on shorter delays",
)
SILENCE = (
    "name a quicker channel as a fallback",
    "or agree with the other side on an answer within a fixed time",
)
HOURS = (
    "give it more time, or name a channel that is open at all hours as a fallback",
    "or agree with the other side on longer hours",
)
BOTH = (
    "name a channel that is open at all hours as a fallback",
    "or agree with the other side on longer hours and on an answer within a fixed time",
)


@pytest.mark.parametrize(
    ("way", "level", "advice"),
    [
        ("slow", "command", DELAYS),
        ("silent", "ministry", SILENCE),
        ("desk", "desk", HOURS),
        ("silent_desk", "silent_desk", BOTH),
    ],
)
@pytest.mark.parametrize("asked", ["through", "at level"])
def test_what_is_advised_helps(way: str, level: str, advice: tuple[str, ...], asked: str) -> None:
    finding = _only(f"through {way}" if asked == "through" else f"at level {level}")
    assert finding.message.startswith("clause 1 can")
    assert finding.remedies == advice
    assert not finding.whenever


def _only(asked: str) -> Finding:
    (system,), _ = load_text(f"{LINES}{asked}\n")
    (finding,) = check(system, select=["impossible-duty"]).findings
    return finding
