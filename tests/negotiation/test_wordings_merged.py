"""Findings of several wordings of a clause, told as one: what of it is so of one wording alone says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.pipeline import run

HEAD = """\
vocabulary strait
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each
  party : party
shared
  night : flag
  fog : flag
  gap : length from 0 m to 10 km
topic signals
act call, launch topic signals
draft code
  uses strait
  between CN, JP
"""
OTHERWISE = "with other options the conditions are others"


def found(folder: Path, clauses: str, rule: str = "conflict") -> Finding:
    path = folder / "code.cbm"
    path.write_text(HEAD + clauses, encoding="utf-8")
    (finding,) = run([path], select=[rule]).findings
    return finding


@pytest.mark.parametrize(
    "second",
    [
        "[CN: when night | JP: when fog] must call",
        "must call [CN: unless fog]",
        "when gap < 1 km [CN: and night] must call",
    ],
)
def test_of_wordings_with_other_conditions_it_is_said_whose_are_told(tmp_path: Path, second: str) -> None:
    """That it is night was told of a clause that JP has apply in fog; and to except the night, to settle it."""
    finding = found(tmp_path, f"clause 1 every unit must not call\nclause 7 every unit {second}\n")
    assert finding.whenever.endswith("in 7")
    assert any(OTHERWISE in note for note in finding.notes)
    assert " if " not in finding.message


@pytest.mark.parametrize(
    "clauses",
    [
        "clause 1 every unit must not call\nclause 7 every unit when night must call [CN: stating gap]\n",
        "clause 1 every unit when fog must not call\nclause 7 every unit when night [CN: must | JP: must] call\n",
    ],
)
def test_of_other_differences_nothing_is_said(tmp_path: Path, clauses: str) -> None:
    finding = found(tmp_path, clauses)
    assert not any(OTHERWISE in note for note in finding.notes)
