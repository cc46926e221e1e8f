"""Examples in which days of the year matter say the dates; how long something lasts is told as in time lines."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run

TEXT = """\
vocabulary plans
party A
party B
situation activity
fixed roles organiser, informed
each party : party
moments start "the start", renewal "the end of the year" on 31 December of the year of start in Asia/Tokyo
topic notices
act renew topic notices
draft code
  uses plans
clause 1 organiser must not renew until renewal
clause 2 organiser must renew within 365 days after start
"""


def test_an_example_says_on_which_dates_it_is_so(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=frozenset(("conflict",))).findings
    assert finding.witness is not None
    start, renewal = finding.witness.events
    year = int(start.words[len("the start (") :][:4])
    assert year % 4 == 0
    assert (start.words, renewal.words) == (f"the start ({year}-01-01)", f"the end of the year ({year}-12-31)")


LASTING = """\
vocabulary stays
party A
party B
situation visit
roles own, other
each party : party
shared planned "planned duration" : duration from 0 days to 400 days
axiom "two sides" own.party is not other.party
topic limits
act stay, leave topic limits
never stay with leave
draft code
  uses stays
clause 1 every unit when planned > 20 days must stay
clause 2 every unit must leave
"""


def test_an_example_tells_a_duration_as_a_time_line_does(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(LASTING, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=frozenset(("conflict",))).findings
    assert finding.witness is not None
    assert "planned duration: 20 days 1 min" in [fact.words for fact in finding.witness.facts]
