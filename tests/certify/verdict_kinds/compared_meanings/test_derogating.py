"""What takes a duty back, as questions: for each duty that a clause might take back a file, and wrong searches."""

from __future__ import annotations

import pytest

from cbm.checks import derogation
from cbm.comparison.clause_pairs import derogations
from cbm.comparison.clause_pairs.derogations import Derogation
from cbm.core.norms import Norm
from cbm.finding import RuleId
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.report import Ending
from cbm.smt.solve import Unknown
from tests.certify.compared_texts import BESIDE
from tests.certify.solved import clear_without_file, contradicted, upheld

# 2 asks for more, 5 allows what can be done beside the duty, and 6 what cannot.
GRANTING = f"""{BESIDE}
clause 5 every unit may keep separation from 600 m to 700 m
clause 6 every unit when boats > 5 may keep separation from 400 m to 600 m
clause 7 every unit must keep separation >= 300 m
"""


def test_a_clause_falls_short_of_no_duty_that_it_might_take_back() -> None:
    assert upheld(GRANTING, RuleId.DEROGATION) == {Ending.CLEAR: 4, Ending.FOUND: 2}
    resting = {row.question: row.plain for row in clear_without_file(GRANTING, RuleId.DEROGATION)}
    assert resting == {f"clause {n}": n == 3 for n in range(1, 6)}


def test_what_the_search_overlooks_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derogation, "derogation", lambda *_: None)
    assert contradicted(GRANTING, RuleId.DEROGATION) == ["6, 2", "7, 2"]


# All duties of the code can be kept while 2 of the rules is breached, for one of the two that clash yields.
YIELDING = f"""{BESIDE.split("draft code")[0]}
draft code
  uses strait
  beside rules
clause 1 every unit must keep separation >= 300 m
clause 2 every unit must turn
clause 3 every unit must not turn
  notwithstanding 2
"""


def test_a_search_that_lets_nothing_yield_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_yields(inquiry: Inquiry, one: Norm, other: Norm) -> Derogation | Unknown | None:
        standing = replace(inquiry.standing(), strict=inquiry.grounds)
        return derogations.derogation(replace(inquiry, _standing=standing), one, other)

    assert upheld(YIELDING, RuleId.DEROGATION) == {Ending.FOUND: 1}
    monkeypatch.setattr(derogation, "derogation", nothing_yields)
    assert contradicted(YIELDING, RuleId.DEROGATION) == ["1, 2"]


def test_what_takes_a_duty_back_with_one_option_has_a_file() -> None:
    negotiated = GRANTING.replace("clause 7 every unit must keep separation >= 300 m", "").replace(
        "clause 5 every unit may",
        "clause 5 every unit must keep separation >= [CN: 300 m | JP: 700 m]\nclause 8 every unit may",
    )
    assert upheld(negotiated, RuleId.DEROGATION)[Ending.FOUND] == 2
