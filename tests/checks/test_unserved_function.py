"""What is advised where a line does not serve: it takes the warning away, and brings no other mistake."""

from __future__ import annotations

import pytest

import cbm

LINES = """\
vocabulary lines
party CN
party JP
party US
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
topic notices
act report topic notices
channel one between CN, JP for notices operational from 2020-01-01
channel another between CN, US for notices operational from 2020-01-01
channel all_three between CN, JP, US for notices operational from 2020-01-01
draft code
  uses lines
  between CN, JP, US
clause 1 {who} {when}must report {to}through one asymmetric because "it is so"
"""


def told(when: str, to: str, who: str = "CN") -> list[tuple[str, ...]]:
    (system,), faults = cbm.load_text(LINES.format(who=who, when=when, to=to))
    assert faults == ()
    return [finding.remedies for finding in cbm.check(system, select=["unserved-function"]).findings]


def test_what_goes_to_a_party_is_asked_for_where_that_is_met() -> None:
    """Another line was advised, which does not reach the party."""
    assert told("", "to JP ") == [
        ("let it bind only where it is met to whom this goes: `when other.party is JP`",),
    ]
    assert told("when other.party is JP ", "to JP ") == []
    ((first, _),) = told("", "to JP ", "every unit")  # the United States are at no end of it
    assert first.startswith("name a channel that serves it besides")


@pytest.mark.parametrize("when", ["", "when own.party is CN "])
def test_where_nobody_is_named_another_line_is_advised(when: str) -> None:
    ((first, second),) = told(when, "")
    assert first.startswith("name a channel that serves it besides")
    assert second.startswith("or agree with those who are no parties to it")


LEVELS = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
kind level = working < ministry < leaders
topic notices
topic consulting
act report topic notices
channel talks between CN, JP level leaders for consulting operational from 2020-01-01
channel line between CN, JP level ministry for {of_the_line} operational from 2020-01-01
draft code
  uses lines
  between CN, JP
clause 1 every unit must report {how}
"""


def told_of_levels(of_the_line: str, how: str) -> list[tuple[str, ...]]:
    (system,), faults = cbm.load_text(LEVELS.format(of_the_line=of_the_line, how=how))
    assert faults == ()
    return [finding.remedies for finding in cbm.check(system, select=["unserved-function"]).findings]


@pytest.mark.parametrize("how", ["at level leaders", "through talks at level leaders"])
def test_where_no_line_serves_on_a_level_another_level_is_advised(how: str) -> None:
    """Another channel was advised, and there is none on this level."""
    ((first, _),) = told_of_levels("notices", how)
    assert first == "name no channel, and a level on which one serves it: `at level ministry`"
    assert told_of_levels("notices", "at level ministry") == []
    assert told_of_levels("consulting", how) == [("or agree on this use of the channel",)]
