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
kind level = command < ministry
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
channel others "Line of others" between CN, US for notices operational from 2018-01-01 level ministry
draft code "A code"
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must report within 1 h after incident """
TIME = "give it more time, or name a channel that is open at all hours as a fallback"
FALLBACK = "name a channel that is open at all hours as a fallback"


@pytest.mark.parametrize(("way", "advice"), [("slow", TIME), ("silent", FALLBACK)])
@pytest.mark.parametrize("asked", ["through", "at level"])
def test_more_time_is_advised_where_it_helps(way: str, advice: str, asked: str) -> None:
    level = {"slow": "command", "silent": "ministry"}[way]
    finding = _only(f"through {way}" if asked == "through" else f"at level {level}")
    assert finding.message == "clause 1 can never be guaranteed"
    assert finding.remedies[0] == advice
    assert not finding.whenever


def _only(asked: str) -> Finding:
    (system,), _ = load_text(f"{LINES}{asked}\n")
    (finding,) = check(system, select=["impossible-duty"]).findings
    return finding
