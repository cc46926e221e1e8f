"""Whether a text binds its parties alike: what it only binds them to, towards others, is nobody's counterpart."""

from __future__ import annotations

import pytest

from cbm.coverage.reciprocity import OneSided, one_sided
from cbm.inquiry import inquire
from tests.laws.timed import system_of

TEXT = """\
vocabulary sea
party A
party B
party D
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
topic calls
act call topic calls
draft code
  uses sea
  binding A, B{whom}
clause 1 A when other.party is {other} must call
"""


@pytest.mark.parametrize(
    ("other", "whom", "told"),
    [
        ("B", "", {("A", "B")}),
        ("D", " towards all", {("A", "B")}),
        ("D", "", set()),  # it binds A towards D, and A owes it to nobody there
    ],
)
def test_what_is_owed_has_its_counterpart(other: str, whom: str, told: set[tuple[str, str]]) -> None:
    found = list(one_sided(inquire(system_of(TEXT.format(other=other, whom=whom)))))
    assert {(one.bound, one.free) for one in found if isinstance(one, OneSided)} == told
