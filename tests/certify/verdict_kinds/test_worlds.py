"""What the axioms leave, and what is deemed, as questions: both solvers answer so, and a wrong search is told."""

from __future__ import annotations

import pytest

from cbm.checks import inconsistent_vocabulary
from cbm.conflicts.deeming import DEEMED
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import contradictions, upheld
from tests.certify.verdict_kinds.test_asked_again import ACTING

ROOMY = f"""{ACTING}\
clause 1 every unit must call
clause 2 deems night when boats > 5
"""
# By night with more than seven boats it is night, and it is not.
DEEMING = f"{ROOMY}clause 3 deems not night when boats > 7\n"
RULE = RuleId.INCONSISTENT_VOCABULARY


@pytest.mark.parametrize(("text", "found"), [(ROOMY, 0), (DEEMING, 1)])
def test_what_is_deemed_leaves_room_or_not(text: str, found: int) -> None:
    ended = upheld(text, RULE)
    assert ended.get(Ending.FOUND, 0) == found
    assert sum(ended.values()) == 4


def test_a_search_that_overlooks_what_is_deemed_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inconsistent_vocabulary, "contradictions", lambda _: iter(()))
    assert {row.question for row in contradictions(DEEMING, RULE)} == {DEEMED}


def test_where_no_encounter_exists_a_file_says_so() -> None:
    none = ROOMY.replace("\ndraft", 'axiom "none" boats > 9\n\ndraft', 1)
    assert upheld(none, RULE) == {Ending.FOUND: 1}
