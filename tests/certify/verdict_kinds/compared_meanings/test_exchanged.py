"""Parties in each other's place, as a question: both solvers compare a text with its image."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cbm.checks import asymmetry
from cbm.comparison.differences import ChangeKind, Doubt, MeaningChange, differences
from cbm.comparison.two_texts import TwoTexts
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import clear_without_file, contradictions, upheld
from tests.certify.verdict_kinds.test_asked_again import ACTING

# China must turn by night and by day, Japan must turn; by night 4 forbids it.
ALIKE = f"""{ACTING}\
clause 1 CN when night must turn
clause 2 CN when not night must turn
clause 3 JP must turn
clause 4 every unit when night must not turn
"""
ADVISED = f"{ALIKE}clause 5 CN should call\n"


def test_a_text_is_compared_with_its_image(monkeypatch: pytest.MonkeyPatch) -> None:
    assert upheld(ALIKE, RuleId.ASYMMETRY) == {Ending.CLEAR: 1}
    assert upheld(ADVISED, RuleId.ASYMMETRY) == {Ending.FOUND: 1}
    monkeypatch.setattr(asymmetry, "differences", _without_advice)
    assert [row.ending for row in contradictions(ADVISED, RuleId.ASYMMETRY)] == [Ending.CLEAR, Ending.CLEAR]


def _without_advice(both: TwoTexts, kinds: tuple[ChangeKind, ...]) -> Iterator[MeaningChange | Doubt]:
    return differences(both, [kind for kind in kinds if not kind.of_advice])


# Clause 2 says why it binds Japan only, and asks for what 1 asks of China; 4 and 5 are alike but for 6, which says why.
REASONED = f"""{ACTING}\
clause 1 CN must turn
clause 2 JP must turn, call asymmetric because "it is near"
"""
APART = f"""{REASONED}\
clause 4 CN must answer
clause 5 JP must answer
clause 6 JP when night should answer in place of 5 asymmetric because "it is near"
"""


def test_what_is_owed_with_a_reason_is_compared_as_well() -> None:
    assert upheld(REASONED, RuleId.ASYMMETRY) == {Ending.CLEAR: 1}
    assert upheld(REASONED.replace("JP must turn", "JP when night must turn"), RuleId.ASYMMETRY) == {Ending.FOUND: 1}


def test_what_differs_with_reasons_and_without_in_other_clauses_has_no_file() -> None:
    (row,) = clear_without_file(APART, RuleId.ASYMMETRY)
    assert row.why.startswith("with the clauses that say why and without them other clauses are told")
