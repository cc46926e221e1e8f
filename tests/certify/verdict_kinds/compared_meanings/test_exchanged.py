"""Parties in each other's place, as a question: both solvers compare a text with its image."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cbm.checks import asymmetry
from cbm.comparison.differences import ChangeKind, Doubt, MeaningChange, differences
from cbm.comparison.two_texts import TwoTexts
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import contradictions, upheld
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
