"""Precedence that has an effect, as a question: both solvers find where, and where there is none they say so."""

from __future__ import annotations

import pytest

from cbm.finding import Ending, RuleId
from cbm.wording.findings import idle_words
from tests.certify.solved import opinions
from tests.certify.verdict_kinds.test_asked_again import ACTING

# At night 2 prevails over 1; 4 never prevails over 3.
PREVAILING = f"""{ACTING}\
clause 1 every unit must turn
clause 2 every unit when night must not turn
  notwithstanding 1
clause 3 every unit when boats > 3 must call
clause 4 every unit when boats > 5 must answer
  notwithstanding 3
"""


def answers() -> dict[str, set[tuple[Ending, bool]]]:
    """What is said of precedence: how each verdict ended, and whether a solver says so."""
    told: dict[str, set[tuple[Ending, bool]]] = {}
    for row, said in opinions(PREVAILING, RuleId.VACUITY):
        if "never prevail" in row.question:
            told.setdefault(row.question, set()).add((row.ending, said == row.expected))
    return told


def test_both_solvers_say_that_something_yields() -> None:
    assert answers() == {"does 2 never prevail over 1": {(Ending.CLEAR, True)}}


def test_precedence_without_an_effect_that_is_overlooked_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_words, "is_idle", lambda *_: False)
    monkeypatch.setattr(idle_words, "acts_in_a_clash", lambda *_: True)
    assert answers() == {
        "does 2 never prevail over 1": {(Ending.CLEAR, True)},
        "does 4 never prevail over 3": {(Ending.CLEAR, False)},
    }
