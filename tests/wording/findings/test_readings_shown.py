"""On which readings something is shown is not looked for without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run

TEXT = """\
draft drills "Notification"
  uses activities
  between CN, JP
  proposed 2026-12-01
open term large "large" : {}
clause 1 organiser when {} must notify
"""


@pytest.mark.parametrize("condition", ["troops >= large", "troops > large"])
def test_a_figure_that_is_left_open_is_not_told_value_by_value(tmp_path: Path, condition: str) -> None:
    """The check of this one clause did not end."""
    (tmp_path / "code.cbm").write_text(TEXT.format("count from 1,000 to 20,000", condition), encoding="utf-8")
    report = run([tmp_path / "code.cbm"])
    assert report.findings == ()
    assert not report.undecided


def test_nor_is_one_that_each_party_reads_for_itself(tmp_path: Path) -> None:
    """What a unit reads is what its party does, however often that is counted."""
    text = TEXT.format("count from 1,000 to 20,000 per party", "troops >= large")
    text += "clause 2 organiser when troops >= 2 * large must notify stating forces\n"
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    report = run([tmp_path / "code.cbm"])
    assert not report.undecided
    assert {finding.rule for finding in report.findings} <= {"redundancy"}


def test_where_there_are_too_many_it_is_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.compliance.consistency.READINGS", 3)
    monkeypatch.setattr("cbm.search.projection.ROUNDS", 3)
    text = TEXT.format("count from 1,000 to 20,000", "2 * troops >= 3 * large")
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    found = run([tmp_path / "code.cbm"]).findings
    assert {finding.message for finding in found} == {
        "undecided: is it so on every reading that 1 can be kept (clause 1)",
        "undecided: on which readings is it implied by the others (clause 1)",
    }
    assert {note for finding in found for note in finding.notes} == {
        "there are more sets of conditions than are looked for"
    }
