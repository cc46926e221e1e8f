"""Of rules that tell one set of conditions: whether there are others is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.pipeline import run

MORE = "(not all sets of conditions are listed)"
STRAIT = """\
vocabulary strait
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | helicopter
kind zone = port | roads | sea
situation encounter
roles own, other
each
  party : party
  craft : craft
shared
  zone : zone
  night : flag
  fog : flag
{views}
axiom "two sides" own.party is not other.party
topic signals
act call, launch topic signals
draft code
  uses strait
  between CN, JP
"""


def found(folder: Path, clauses: str, rule: str, views: str = "") -> list[Finding]:
    path = folder / "code.cbm"
    path.write_text(STRAIT.format(views=views) + clauses, encoding="utf-8")
    return list(run([path], select=[rule]).findings)


@pytest.mark.parametrize(("when", "more"), [("night or fog", True), ("night", False), ("night and fog", False)])
def test_where_else_clauses_forbid_together(tmp_path: Path, when: str, more: bool) -> None:
    clauses = f"""\
clause 1 every unit when own.launch must call
clause 2 every unit when own.launch and ({when}) must not call
"""
    (finding,) = found(tmp_path, clauses, "unwritten-prohibition")
    assert finding.whenever.endswith(MORE) == more


@pytest.mark.parametrize(("when", "more"), [("night or fog", True), ("night", False)])
def test_where_else_there_is_an_escape(tmp_path: Path, when: str, more: bool) -> None:
    clauses = f"""\
clause 1 every unit must call
clause 2 every unit when {when} must not call
clause 3 every unit when own.launch must not call in place of 1
"""
    (finding,) = found(tmp_path, clauses, "escape")
    assert finding.whenever.endswith(MORE) == more


@pytest.mark.parametrize(
    ("when", "more"), [("own.zone is port", False), ("(night and own.zone is port) or (fog and own.zone is sea)", True)]
)
def test_where_else_views_are_divided(tmp_path: Path, when: str, more: bool) -> None:
    clauses = f"clause 1 every unit when {when} must call\n"
    (finding,) = found(tmp_path, clauses, "divided-view", "views differ on zone")
    assert finding.whenever.endswith(MORE) == more, finding.whenever


@pytest.mark.parametrize(("several", "more"), [(9, True), (3, False)])
def test_where_else_a_text_tells_parties_apart(tmp_path: Path, several: int, more: bool) -> None:
    zones = " or ".join(f"(gap > {number} km and gap < {number}.5 km)" for number in range(several))
    clauses = f"clause 1 CN when {zones} must call\n"
    path = tmp_path / "code.cbm"
    world = STRAIT.format(views="").replace("  night : flag", "  gap : length from 0 km to 60 km\n  night : flag")
    path.write_text(world + clauses, encoding="utf-8")
    (finding,) = run([path], select=["asymmetry"]).findings
    assert finding.whenever.endswith(MORE) == more, finding.whenever
