"""A deadlock is told with the clash that it follows from: one that the other unit brings about."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.conflicts.all_conflicts import TOGETHER
from cbm.core.expressions import NormId
from cbm.finding import RuleId
from cbm.pipeline import run
from cbm.search.open_questions import Undecided
from cbm.smt.solve import Unknown

TEXT = """\
vocabulary sub
party CN
party JP
situation activity
fixed roles organiser, informed
each party : party
moments lost, start, end
axiom "two sides" organiser.party is not informed.party
topic rescue
act report, offer topic rescue
channel line between CN, JP for rescue operational from 2020-01-01
  delay "an answer" 0 min to never
draft code
  uses sub
  between CN, JP
  proposed 2026-05-01
clause 1 organiser must report within 2 h after lost through line
clause 2 informed must offer within 1 h after organiser.report
clause 3 informed must not offer from start until end
"""


def test_what_one_duty_is_impossible_for_brings_no_deadlock_about(tmp_path: Path) -> None:
    """It was told to follow from clause 1, which cannot be kept where nobody answers: there is no deadlock there."""
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["deadlock"]).findings
    assert finding.clauses == ("code:1", "code:2", "code:3")
    assert finding.follows == ("code:2", "code:3")


BOTH = """\
vocabulary strait
party CN
party JP
situation encounter
roles own, other
each party : party
shared
  range : length from 0 m to 10 km
axiom "two sides" own.party is not other.party
topic distance
result separation : length from 0 m to 10 km topic distance
act call topic distance
draft code
  uses strait
clause 1 every unit must keep separation > range
clause 2 every unit must keep separation <= range
clause 3 every unit must call
"""


@pytest.mark.parametrize(
    ("left", "found", "verdict"),
    [
        ((), [], []),  # it is told as a conflict
        (("2", "1"), ["undecided"], ["undecided"]),
        (("1", "3"), ["deadlock", "undecided"], ["found"]),
    ],
)
def test_no_unit_is_said_to_comply_by_itself_where_nobody_knows_it(
    left: tuple[str, ...], found: list[str], verdict: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What clashes for one unit already is no deadlock, and it is not known to be one where that was given up."""
    (tmp_path / "code.cbm").write_text(BOTH, encoding="utf-8")
    if left:
        norms = tuple(NormId("code", clause) for clause in left)
        given_up = Undecided(TOGETHER, "it was too hard", norms, RuleId.CONFLICT)
        monkeypatch.setattr("cbm.inquiry.find_clashes", lambda about, _: ((), (given_up,) * (about.bearer == 0)))
    report = run([tmp_path / "code.cbm"], select=["deadlock"])
    assert [one.rule for one in report.findings] == found
    asked = [q for q in report.questions if q.rule is RuleId.DEADLOCK and not q.subject.startswith("every other")]
    assert [q.verdict for q in asked] == verdict


def test_duties_that_clash_for_one_unit_are_no_deadlock_where_nobody_knows_on_which_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code.cbm").write_text(BOTH, encoding="utf-8")
    monkeypatch.setattr("cbm.checks.deadlock.readings_of_clash", lambda *_: Unknown("it was too hard"))
    report = run([tmp_path / "code.cbm"], select=["deadlock"])
    assert [(one.rule, one.message) for one in report.findings] == [
        ("undecided", "undecided: can they always be complied with together (clauses 1 and 2)")
    ]
    assert "undecided" in [q.verdict for q in report.questions if q.rule is RuleId.DEADLOCK]
