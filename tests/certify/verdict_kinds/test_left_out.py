"""Seams where clauses yield, as questions: each bound that this draws has one, and so has where they yield."""

from __future__ import annotations

import pytest

from cbm.certify.certificates import certified_text
from cbm.conflicts import precedence
from cbm.core.expressions import FALSE
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import contradictions, upheld
from tests.laws.coverage.test_seams import VOCABULARY
from tests.laws.timed import system_of

# From 40 m on 1 yields to 2; nothing is left out, at 40 m neither.
YIELDING = f"""{VOCABULARY}\
draft code
  uses sea
clause 1 every unit must call
clause 2 every unit when range >= 40 m must not call
  notwithstanding 1
"""


def test_where_clauses_yield_is_asked_beside_the_bounds_that_it_draws() -> None:
    assert upheld(YIELDING, RuleId.SEAM)[Ending.CLEAR] > 1
    rows = [row for row in certified_text(system_of(YIELDING)).rows if row.rule == RuleId.SEAM]
    assert [row.question for row in rows if row.asked is None and len(row.rests_on) != 2] == []
    told = {(row.carries, row.question) for row in rows if row.asked is not None}
    assert {(row.rests_on[1], "does it yield just where the report has it") for row in rows if row.rests_on} <= told


def test_what_is_told_to_yield_nowhere_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "minimal_extent", lambda *_: FALSE)
    told = contradictions(YIELDING, RuleId.SEAM)
    assert {row.question for row in told} == {"does it yield just where the report has it"}
    assert {norm.label for row in told for norm in row.clauses} == {"1"}
