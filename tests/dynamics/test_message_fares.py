"""How long messages through a channel take at most: in the ways in which they can go, of which one may have no end."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.dynamics.message_fares import longest_wait
from tests.laws.timed import HOUR, system_of

# What A sends as its end closes comes in as that of B opens; what B sends never comes in.
TEXT = """\
vocabulary sea
party A
party B
situation encounter
roles own, other
each party : party
moments incident
topic telling
act report topic telling
channel line between A, B
  open 08:00 to 09:00 UTC Mon to Sun at A
  open 10:00 to 10:30 UTC Mon to Sun at B
  when closed refuses messages
  delay "waiting" 1 h to 1 h
draft code
  uses sea
  proposed 2024-01-01
"""


@pytest.mark.parametrize(
    ("who", "longest"),
    [
        ("every unit", None),
        ("B", None),
        ("A", Fraction(25 * HOUR)),
        ("every unit when own.party is A", Fraction(25 * HOUR)),
    ],
)
def test_there_is_no_end_to_it_where_there_is_none_in_some_way(who: str, longest: Fraction | None) -> None:
    system = system_of(f"{TEXT}clause 1 {who} must report within 30 h after incident through line\n")
    (norm,) = system.norms.values()
    assert longest_wait(system, system.channels["line"], norm=norm) == longest
    assert longest_wait(system, system.channels["line"]) is None
