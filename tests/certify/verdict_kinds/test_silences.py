"""Reserves and terms, as questions, beside searches that see nothing."""

from __future__ import annotations

import pytest

from cbm.checks import divergent_term, reserve
from cbm.core.expressions import FALSE
from cbm.finding import RuleId
from cbm.report import Ending
from tests.certify.solved import contradictions, upheld
from tests.certify.strait import STRAIT

OPEN = f"""\
{STRAIT}topic manoeuvre
act turn, call topic manoeuvre

instrument rules "Rules"
  uses strait
term many means boats > 3
term crowd means boats > 7
clause 1 every unit when many and crowd must call

draft code "A code"
  uses strait
  beside rules
open term dense "dense" : count from 4 to 6
term many means boats >= 4
term crowd means boats >= dense
clause 1 every unit when not night and many must turn
clause 2 every unit when crowd must not turn in place of 1
reserve 3 "the night" when night and boats < 2
reserve 4 "the day" when not night and boats > 8
covers every type of encounter when boats > 8 and not night for manoeuvre
"""


@pytest.mark.parametrize(
    ("rule", "told"),
    [(RuleId.RESERVE, {Ending.CLEAR: 2, Ending.FOUND: 1}), (RuleId.DIVERGENT_TERM, {Ending.CLEAR: 1, Ending.FOUND: 2})],
)
def test_both_solvers_say_what_is_left_open_and_what_words_mean(rule: RuleId, told: dict[Ending, int]) -> None:
    assert upheld(OPEN, rule) == told


def test_what_the_search_overlooks_is_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "left_open_in", lambda *_: FALSE)
    assert [row.question for row in contradictions(OPEN, RuleId.RESERVE)]
    monkeypatch.setattr(divergent_term, "parting", lambda *_: FALSE)
    assert [row.question for row in contradictions(OPEN, RuleId.DIVERGENT_TERM)]
