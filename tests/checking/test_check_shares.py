"""What rests on nothing is asked before the search for clashes: a run that is stopped there tells it."""

from __future__ import annotations

from pathlib import Path

from cbm.checking.check_shares import in_shares
from cbm.checking.passes import examine
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.pipeline import load
from cbm.process.budget import Work, charged_to

TEXT = """\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must keep separation >= 500 m
clause 2 a warship must keep separation <= 400 m
clause 3 a warship must hold_course
clause 4 a submarine when own.call must answer
  restates 3
clause 5 a warship must answer within 48 h after other.call
  text en "A warship answers within 24 hours of a call."
"""


def test_what_rests_on_nothing_is_told_by_a_run_that_stops_among_the_clashes(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(TEXT, encoding="utf-8")
    (system,), _ = load([path])
    whole = examine(system, showing=False)
    inquiry = inquire(system)
    with charged_to(Work(-1)):  # nothing is left for what is searched before the checks
        found = list(in_shares(inquiry, frozenset(RuleId)))
    first = {RuleId.DIVERGENT_RESTATEMENT, RuleId.RESTATEMENT, RuleId.WORDING, RuleId.LOOK_ALIKE}
    assert [f.rule for f in found] == [RuleId.DIVERGENT_RESTATEMENT, RuleId.WORDING]
    assert found == [f for f in whole.findings if f.rule in first]
    assert {left.rule for left in inquiry.undecided} >= {RuleId.CONFLICT, RuleId.GAP, RuleId.EXPECTATION}
    assert not first & {left.rule for left in inquiry.undecided}
    assert inquiry.questions == [q for q in whole.questions if q.rule in {*first, RuleId.DIVIDED_VIEW}]
