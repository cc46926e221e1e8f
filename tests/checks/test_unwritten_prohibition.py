"""Conduct that clauses forbid together is told of encounters in which it can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding, RuleId
from cbm.pipeline import run

STRAIT = """\
vocabulary strait
party CN "China"
party JP "Japan"
party KR "Korea"
kind craft "kind of unit" = frigate "frigate" | tanker "tanker" | fighter "fighter"
situation encounter
roles own, other
each
  party : party
  craft "kind of unit" : craft
  formation "in a formation" : flag
shared
  night "it is night" otherwise "it is day" : flag
axiom "two sides" own.party is not other.party
topic flight
act call, fly_over, cross, pass_through topic flight
fly_over requires own.craft is fighter
pass_through requires other.formation
never pass_through with cross
draft code
  uses strait
  between CN, JP
"""
EITHER_WAY = """\
clause 1 a fighter must cross unless own.call
clause 2 a fighter must not cross
"""
FLYING = """\
clause 1 every unit when own.fly_over must call
clause 2 every unit when own.fly_over and night must not call
"""
BY_ITSELF = "clause 1 every unit when own.pass_through must cross"


def found(folder: Path, clauses: str) -> Finding:
    path = folder / "code.cbm"
    path.write_text(STRAIT + clauses, encoding="utf-8")
    (finding,) = run([path], select=["unwritten-prohibition"]).findings
    return finding


@pytest.mark.parametrize(
    ("clauses", "whenever"),
    [
        pytest.param(EITHER_WAY, "kind of unit of own unit is fighter", id="whom the clause binds"),
        pytest.param(FLYING, "kind of unit of own unit is fighter and it is night", id="what the act requires"),
        pytest.param(BY_ITSELF, "other unit is in a formation", id="a clause by itself"),
    ],
)
def test_it_is_told_where_it_can_be_done(tmp_path: Path, clauses: str, whenever: str) -> None:
    assert found(tmp_path, clauses).whenever == whenever


@pytest.mark.parametrize("clauses", [EITHER_WAY, FLYING])
def test_the_example_is_one_of_these(tmp_path: Path, clauses: str) -> None:
    witness = found(tmp_path, clauses).witness
    assert witness is not None
    facts = {fact.words for fact in witness.facts}
    assert "kind of unit of own unit: fighter" in facts


def test_the_prohibition_is_written_instead_of_a_clause_that_cannot_be_kept(tmp_path: Path) -> None:
    """To write it beside the clause left a redundant ban, and a clause that could still not be kept."""
    finding = found(tmp_path, BY_ITSELF)
    assert finding.remedies == (
        "write the prohibition down instead of 1",
        "or let 1 ask for something that can be done then",
    )
    for settled in ("every unit must not pass_through", "every unit when own.pass_through must call"):
        path = tmp_path / "code.cbm"
        path.write_text(f"{STRAIT}clause 1 {settled}\n", encoding="utf-8")
        assert {found.rule for found in run([path]).findings} == {RuleId.UNUSED}
