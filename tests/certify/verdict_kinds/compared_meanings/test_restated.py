"""What repeats a provision, as questions: for each that it might repeat a file, and a wrong search is contradicted."""

from __future__ import annotations

import pytest

from cbm.checks import divergent_restatement, restatement
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.compared_texts import BESIDE
from tests.certify.solved import clear_without_file, contradicted, upheld
from tests.certify.strait import STRAIT


def test_a_clause_differs_from_each_provision_that_it_might_repeat() -> None:
    assert upheld(BESIDE, RuleId.RESTATEMENT) == {Ending.CLEAR: 1, Ending.FOUND: 1}
    resting = {row.question: row.plain for row in clear_without_file(BESIDE, RuleId.RESTATEMENT)}
    assert resting == {"clause 2": False, "clause 3": True, "clause 4": True}


def test_what_the_search_overlooks_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restatement, "alike_on_packages", lambda *_: None)
    assert contradicted(BESIDE, RuleId.RESTATEMENT) == ["1, 1"]


def test_what_never_meets_repeats_nothing() -> None:
    """Both say the same of no encounter at all: neither is ever kept there."""
    never = BESIDE.replace("when night must call", "when boats > 9 must call")
    assert upheld(never, RuleId.RESTATEMENT) == {Ending.CLEAR: 2}


# 1 means what it says that it restates, 2 does not.
SAID = BESIDE.replace(
    "call\nclause 2 every unit when boats", "call restates 1 of rules\nclause 2 every unit when boats"
)
SAID = SAID.replace("800 m", "800 m restates 2 of rules")


def test_what_says_that_it_restates_a_provision_differs_from_it_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(SAID, RuleId.DIVERGENT_RESTATEMENT) == {Ending.CLEAR: 1, Ending.FOUND: 1}
    monkeypatch.setattr(divergent_restatement, "unlike", lambda *_: None)
    assert contradicted(SAID, RuleId.DIVERGENT_RESTATEMENT) == ["2, 2"]


def test_each_two_wordings_of_what_restates_have_their_own_answer() -> None:
    """Of one wording it is restated faithfully, of another one it is not."""
    negotiated = f"""{STRAIT}\
topic manoeuvre
act turn topic manoeuvre
draft code
  uses strait
  between CN, JP
clause 1 every unit must turn [JP: unless night]
clause 2 every unit must turn restates 1
"""
    assert upheld(negotiated, RuleId.DIVERGENT_RESTATEMENT) == {Ending.FOUND: 1, Ending.CLEAR: 1}


# With one option 1 says what the rules say; 2 says it of fewer encounters with either.
BY_PACKAGE = f"""{BESIDE.split("draft code")[0]}
draft code
  uses strait
  beside rules
clause 1 every unit when [CN: night | JP: boats > 5] must call
clause 2 every unit when night and boats > [3 | 5] must call
"""


def test_on_some_package_a_clause_repeats_a_provision_or_on_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(BY_PACKAGE, RuleId.RESTATEMENT) == {Ending.FOUND: 1, Ending.CLEAR: 3}
    assert all(row.rests_on for row in clear_without_file(BY_PACKAGE, RuleId.RESTATEMENT))
    monkeypatch.setattr(restatement, "alike_on_packages", lambda *_: None)
    assert contradicted(BY_PACKAGE, RuleId.RESTATEMENT) == ["1, 1"]
