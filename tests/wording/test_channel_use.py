"""Notes on channels of clauses that clash: what stands in for one that a clause names, and what one lacks to serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run

TEXT = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident
topic notices
act ask topic notices
channel note between CN, JP for notices operational from 1972-09-29
channel line between CN, JP for notices operational from 2018-01-01
  falls back to note
draft d
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must ask upon incident through {through}
clause 2 every unit must not ask
"""
NOTE = "`note` may be used only where `line` does not serve, or no message through it could be in time"


@pytest.mark.parametrize(("through", "told"), [("line", True), ("line, note", False), ("note", False)])
def test_what_stands_in_is_told_where_it_is_not_named(through: str, told: bool, tmp_path: Path) -> None:
    (tmp_path / "d.cbm").write_text(TEXT.format(through=through), encoding="utf-8")
    (conflict,) = (finding for finding in run([tmp_path / "d.cbm"]).findings if finding.rule == "conflict")
    assert (NOTE in conflict.notes) is told


def test_why_a_way_to_comply_is_none_is_told(tmp_path: Path) -> None:
    text = TEXT.format(through="later").replace(
        "act ask", "channel later for notices\nact answer topic notices\nact ask"
    )
    text = text.replace("not ask", "not answer")
    deemed = "clause 3 every unit is deemed to comply with 1 if it does answer\n"
    (tmp_path / "d.cbm").write_text(text + deemed, encoding="utf-8")
    (conflict,) = (finding for finding in run([tmp_path / "d.cbm"]).findings if finding.rule == "conflict")
    assert "`later` was neither agreed nor put into operation" in conflict.notes
