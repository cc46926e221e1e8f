"""What implies a duty, as questions: where clauses yield, on each reading, and beside a search that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from cbm.checks import redundancy
from cbm.finding import RuleId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.report import Ending
from tests.certify.solved import contradicted, upheld
from tests.certify.strait import STRAIT

VOCABULARY = f"""\
{STRAIT}topic manoeuvre
act turn, call, answer topic manoeuvre
"""
# At night 1 yields, and does not imply 3; 5 implies 4.
YIELDING = f"""{VOCABULARY}
draft code
  uses strait
clause 1 every unit must turn
clause 2 every unit when night must not turn
  notwithstanding 1
clause 3 every unit when boats > 3 must turn
clause 4 every unit when boats > 5 must call
clause 5 every unit must call
"""
# 1 is implied on some readings alone, by 2 and 3; on the others it implies 3. On none is 4 implied.
OPEN = f"""{VOCABULARY}
draft code
  uses strait
open term many "many boats" : count from 2 to 8
clause 1 every unit when boats >= many must call
clause 2 every unit when boats >= 4 must call
clause 3 every unit when boats >= 3 must call
clause 4 every unit when boats >= many must answer
"""


def test_what_yields_implies_nothing_where_it_does() -> None:
    assert upheld(YIELDING, RuleId.REDUNDANCY) == {Ending.FOUND: 1, Ending.CLEAR: 4}


def test_open_terms_are_read_before_anything_is_found_or_done() -> None:
    """Of 1 and 3 it is also told that they are not on every reading."""
    assert upheld(OPEN, RuleId.REDUNDANCY) == {Ending.FOUND: 3, Ending.CLEAR: 1 + 2}


@pytest.mark.parametrize(("text", "overlooked"), [(YIELDING, ["4"]), (OPEN, ["1", "2", "3"])], ids=["yielding", "open"])
def test_what_the_search_overlooks_is_contradicted(
    text: str, overlooked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search asks of each duty as if there were no other."""
    monkeypatch.setattr(redundancy, "_left", lambda *_: [])
    assert contradicted(text, RuleId.REDUNDANCY) == overlooked


def test_a_search_that_lets_nothing_yield_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    implied = redundancy._implied

    def unyielding(inquiry: Inquiry, _strict: Ground, _advised: Ground, found: Any) -> None:
        (about,) = inquiry.grounds
        implied(inquiry, about, about, found)

    monkeypatch.setattr(redundancy, "_implied", unyielding)
    assert contradicted(YIELDING, RuleId.REDUNDANCY) == ["3"]
