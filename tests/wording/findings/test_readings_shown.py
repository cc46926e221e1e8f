"""On which readings something is shown is not looked for without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
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


APART = """\
draft apart "Keeping apart"
  uses encounters
  between CN, JP
open term far "far" : length from 200 m to 3 nmi per party
clause 1 CN must keep separation {}
clause 2 every unit must keep separation >= far
"""


def deadlock(folder: Path, bound: str) -> Finding:
    (folder / "code.cbm").write_text(APART.format(bound), encoding="utf-8")
    (finding,) = run([folder / "code.cbm"], select=["deadlock"]).findings
    return finding


def test_no_reading_is_advised_on_which_one_unit_cannot_comply_by_itself(tmp_path: Path) -> None:
    """“Over 1 nmi as CN reads it” leaves no deadlock, for then CN cannot comply with both by itself."""
    finding = deadlock(tmp_path, "<= 1 nmi")
    assert "as CN reads it is at most 1 nmi and far as JP reads it is over 1 nmi" in finding.message
    assert finding.remedies[-1] == "or say in the text that far as JP reads it is at most 1 nmi"


def test_readings_that_are_advised_are_told_one_beside_the_other(tmp_path: Path) -> None:
    """It was “or say in the text that far is at most 1 nmi, or if hurt means in distress”."""
    text = """\
draft apart "Keeping apart"
  uses encounters
  between CN, JP
open term far "far" : length from 200 m to 3 nmi
open term hurt "hurt" one of distress, in_formation
clause 1 every unit when own.hurt and not own.distress must keep separation <= 1 nmi
clause 2 every unit must keep separation >= far
"""
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["conflict"]).findings
    assert finding.remedies[-1] == "or say in the text that far is at most 1 nmi, or that hurt means in distress"
