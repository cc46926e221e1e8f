"""The changes that are offered where something cannot be done in time, or through no channel."""

from __future__ import annotations

import pytest

from tests.repair.test_offers import offers

WATCH = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments decision "the decision", start "the start", incident "the incident"
axiom "two sides" own.party is not other.party
topic notices
act notify topic notices
act ask topic notices
channel note "Diplomatic note" between CN, JP  for notices  operational from 2018-01-01
  delay "handing over" 1 h to 6 h
channel fax "Fax" between CN, JP  for notices  operational from 2018-01-01
  delay "sending" 10 min to 10 min
channel silent "Line that may stay silent" between CN, JP  for notices  operational from 2018-01-01
  delay "until it is answered" 0 min to never
channel desk "Desk" between CN, JP  for notices  operational from 2018-01-01
  open 08:00 to 18:00 UTC Mon to Sun at CN
  open 08:00 to 18:00 UTC Mon to Sun at JP
channel planned "Planned line" between CN, JP for notices
draft code
  uses watch
  between CN, JP
"""


@pytest.mark.parametrize(
    ("rule", "text", "words", "added"),
    [
        (
            "impossible-duty",
            "clause 1 every unit must ask within 5 h after incident through note\n",
            "give 1 the time that its channel can take: 6 h",
            ["clause 1 every unit must ask within 6 h after incident through note"],
        ),
        (
            "impossible-duty",
            "clause 1 every unit must ask within 5 h after incident through desk\n",
            "give 1 the time that its channel can take: 14 h",
            ["clause 1 every unit must ask within 14 h after incident through desk"],
        ),
        (
            "impossible-duty",
            "clause 1 every unit must ask within 5 h after incident through silent\n",
            "let it go through `fax` as well: `through silent, fax`",
            ["clause 1 every unit must ask within 5 h after incident through silent, fax"],
        ),
        (
            "unserved-function",
            "clause 1 every unit must ask within 5 h after incident through planned\n",
            "let it go through `fax` as well: `through planned, fax`",
            ["clause 1 every unit must ask within 5 h after incident through planned, fax"],
        ),
        (
            "unserved-function",
            "clause 1 every unit must ask within 5 h after start\n  otherwise must notify within 5 h through planned\n",
            "let it go through `fax` as well: `through planned, fax`",
            ["  otherwise must notify within 5 h through planned, fax"],
        ),
        (
            "conflict",
            (
                "clause 1 every unit must ask within 2 h after incident\n"
                "clause 2 every unit must not ask within 6 h after incident\n"
            ),
            "let 2 forbid only what is not within the time of 1: `at least 2 h after incident`",
            ["clause 2 every unit must not ask within 6 h after incident at least 2 h after incident"],
        ),
        (
            "conflict",
            (
                "clause 1 every unit must ask within 2 h after incident\n"
                "clause 2 every unit must not ask within 6 h after other.ask\n"
            ),
            (
                "except from 1 the case that the incident is at most 4 h after ask of other unit and "
                "ask of other unit is not after the incident"
            ),
            [
                (
                    "clause 1 every unit must ask within 2 h after incident unless incident is at most "
                    "4 h after other.ask and not other.ask is after incident and other.ask"
                )
            ],
        ),
    ],
)
def test_what_is_offered(rule: str, text: str, words: str, added: list[str]) -> None:
    assert (words, added) in offers(WATCH + text, rule)


def test_a_channel_that_is_too_slow_as_well_is_no_way_out() -> None:
    text = "clause 1 every unit must ask within 5 min after incident through planned\n"
    assert offers(WATCH + text, "unserved-function") == []
    text = "clause 1 every unit must ask within 5 min after incident through silent\n"
    assert offers(WATCH + text, "impossible-duty") == []
