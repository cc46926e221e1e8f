"""Units that wait for each other, in all orders of the clauses: what is found is shown, and all at one time too."""

from __future__ import annotations

from itertools import permutations

import pytest

import cbm

WORDS = """\
vocabulary words "Words"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each
  party : party
moments incident "incident"
axiom own.party is not other.party
topic talks "talks"
act ask, answer topic talks
"""
WAITING = (
    "every unit must answer upon incident",
    "every unit must ask upon incident",
    "every unit must not answer until other.ask",
    "every unit must not ask {until} other.answer",
)


@pytest.mark.parametrize("until", ["until", "except after"])
def test_who_waits_at_one_time_is_shown(until: str) -> None:
    for order in permutations(WAITING):
        clauses = "\n".join(f"clause {at} {text}" for at, text in enumerate(order, 1)).format(until=until)
        systems, findings = cbm.load_text(f"{WORDS}draft code\n  uses words\n  between CN, JP\n{clauses}\n")
        assert not [f for f in findings if f.severity is cbm.Severity.ERROR]
        report = cbm.check(systems[0], select={"deadlock"})
        assert len(report.findings) == 2, order
