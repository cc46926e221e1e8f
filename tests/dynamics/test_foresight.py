"""Which moments a duty tells of beforehand: those before which all ways of keeping it lie."""

from __future__ import annotations

import pytest

from cbm.core.norms import Modality
from cbm.dynamics.foresight import foreseeing
from tests.laws.timed import system_of

TEXT = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
moments silence
topic telling
act report topic telling
channel desk between A, B for telling operational from 2020-01-01
{hours}draft code
  uses sea
  between A, B
clause 1 every unit must report {when} through desk
"""
# Seen from the week of a moment, the first two lie before it, and the others may lie behind it.
SUNDAYS = "10:00 to 11:00, 12:00 to 13:00 UTC Sun"


@pytest.mark.parametrize(
    ("when", "hours", "told"),
    [
        ("at least 2 h before silence", "", True),
        ("at least 2 h before silence", SUNDAYS, True),
        ("at least 2 h after silence", "", False),
        ("at least 2 h after silence", SUNDAYS, False),
        ("within 2 h after silence", SUNDAYS, False),
    ],
)
def test_a_moment_is_foreseen_where_each_way_lies_before_it(when: str, hours: str, told: bool) -> None:
    opening = "".join(f"  open {hours} at {party}\n" for party in "AB" if hours)
    system = system_of(TEXT.format(when=when, hours=opening))
    assert ("silence" in foreseeing(system, Modality.OBLIGATION)) is told
