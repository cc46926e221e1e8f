"""What rests on nothing is asked before the search for clashes: a run that is stopped there tells it."""

from __future__ import annotations

from pathlib import Path

from cbm.certify.certificates import certified_text
from cbm.checking.check_shares import in_shares
from cbm.checking.passes import examine
from cbm.core.norms import NormSystem
from cbm.finding import RuleId
from cbm.inquiry import inquire
from cbm.pipeline import load
from cbm.process.budget import Budget, Work, charged_to, within
from cbm.report import Ending

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
CASES = """\
cases "Expected"
  expect no conflict 1, 2
  expect no redundancy
  expect never separation < 100 m
"""


def system_in(folder: Path) -> NormSystem:
    path = folder / "code.cbm"
    path.write_text(TEXT + CASES, encoding="utf-8")
    (system,), _ = load([path])
    return system


def test_what_rests_on_nothing_is_told_by_a_run_that_stops_among_the_clashes(tmp_path: Path) -> None:
    system = system_in(tmp_path)
    whole = examine(system, showing=False)
    inquiry = inquire(system)
    with charged_to(Work(-1)):  # nothing is left for what is searched before the checks
        found = list(in_shares(inquiry, frozenset(RuleId)))
    first = {RuleId.DIVERGENT_RESTATEMENT, RuleId.RESTATEMENT, RuleId.WORDING, RuleId.LOOK_ALIKE}
    assert [f.rule for f in found] == [RuleId.DIVERGENT_RESTATEMENT, RuleId.WORDING]
    assert found == [f for f in whole.findings if f.rule in first]
    assert {left.rule for left in inquiry.undecided} >= {RuleId.CONFLICT, RuleId.GAP}
    assert not first & {left.rule for left in inquiry.undecided}
    answered = [q for q in inquiry.questions if q.verdict is not Ending.UNDECIDED]
    assert answered == [q for q in whole.questions if q.rule in {*first, RuleId.DIVIDED_VIEW}]


def test_a_run_that_is_stopped_before_anything_is_asked_says_that(tmp_path: Path) -> None:
    """Formulas are not made either: of many clauses on one act that takes longer than a run may."""
    system = system_in(tmp_path)
    with within(Budget()) as budget:
        budget.stop("it was enough")
        outcome = examine(system)
        rows = certified_text(system).rows
    assert [(q.rule, q.subject, q.verdict) for q in outcome.questions] == [
        (RuleId.EXPECTATION, "expect no conflict 1, 2", Ending.UNDECIDED),
        (RuleId.IMPOSSIBLE, "expect never separation < 100 m", Ending.UNDECIDED),
        (RuleId.EXPECTATION, "expect no redundancy", Ending.UNDECIDED),
    ]
    assert {f.rule for f in outcome.findings} == {RuleId.UNDECIDED}
    assert {row.ending for row in rows} == {Ending.UNDECIDED}
    assert [note for f in outcome.findings for note in f.notes if "`conflict`" in note]
