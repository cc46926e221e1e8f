"""Stretches of the week are told as few, in the days and by the clocks of the clauses, in text and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.pipeline import run
from cbm.render.json import render

TEXT = """\
vocabulary notices
party CN "China"
party JP "Japan"
situation activity
fixed roles organiser, informed
each party : party
moments decision "the decision", start "the start"
axiom "two sides" organiser.party is not informed.party
topic telling
act notify topic telling
act announce topic telling
channel line "Line" between CN, JP
  for telling
  operational from 2018-01-01
  open 08:00 to 18:00 ZONE Mon to Fri at CN
  open 08:00 to 18:00 ZONE Mon to Fri at JP
draft rules
  uses notices
  between CN, JP
  proposed 2024-01-15
"""


def found(folder: Path, *clauses: str, zone: str = "UTC", text: str = TEXT) -> Finding:
    (folder / "rules.cbm").write_text(text.replace("ZONE", zone) + "\n".join(clauses), encoding="utf-8")
    report = run([folder / "rules.cbm"], select=frozenset({"conflict", "impossible-duty", "undecided"}))
    (finding,) = report.findings
    (written,) = json.loads(render(report))["findings"]
    assert tuple(map(tuple, written["extent"])) == finding.extent
    return finding


def test_stretches_that_lie_in_each_other_and_go_on_over_the_end_of_the_week_are_one(tmp_path: Path) -> None:
    finding = found(
        tmp_path,
        "clause 1 organiser must notify within 1 working days in Asia/Tokyo after decision",
        "clause 2 organiser must not notify within 70 h after decision",
    )
    stretch = "day and time of the decision is from Sat 02:00 on and before Fri 00:00 in Asia/Tokyo"
    assert finding.whenever == f"{stretch} and the decision occurs"
    assert [set(cube) for cube in finding.extent] == [{stretch, "the decision occurs"}]


AFTER_HOURS = (
    "clause 1 organiser must notify within 2 h after organiser.announce through line",
    "clause 2 organiser when start occurs must announce upon start",
)


def test_what_is_the_same_on_several_days_is_told_at_once(tmp_path: Path) -> None:
    finding = found(tmp_path, *AFTER_HOURS)
    stretches = "Mon to Thu after 18:00 and before 06:00 on the next day, or after Fri 18:00 and before Mon 06:00"
    assert finding.whenever == f"day and time of the start is {stretches} UTC and the start occurs"
    assert len(finding.extent) == 1


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Bogota"])
def test_days_and_hours_are_those_of_the_clauses(tmp_path: Path, zone: str) -> None:
    finding = found(tmp_path, *AFTER_HOURS, zone=zone)
    stretches = "Mon to Thu after 18:00 and before 06:00 on the next day, or after Fri 18:00 and before Mon 06:00"
    assert finding.whenever == f"day and time of the start is {stretches} in {zone} and the start occurs"
    assert len(finding.extent) == 1


def test_clauses_of_two_zones_are_told_in_both(tmp_path: Path) -> None:
    text = TEXT.replace("ZONE Mon to Fri at JP", "Asia/Tokyo Mon to Fri at JP")
    finding = found(tmp_path, *AFTER_HOURS, zone="Asia/Shanghai", text=text)
    assert finding.whenever.startswith("day and time of the start is Mon to Thu after 1")
    assert "in Asia/Shanghai (Mon to Thu after 1" in finding.whenever
    assert "in Asia/Tokyo)" in finding.whenever
    assert "UTC" not in finding.whenever


def test_each_clause_is_told_in_its_own_zone(tmp_path: Path) -> None:
    (tmp_path / "rules.cbm").write_text(
        TEXT.replace("ZONE", "UTC")
        + "clause 1 organiser must notify within 1 working days in Asia/Tokyo after decision\n"
        "clause 2 organiser must not notify within 70 h after decision\n"
        "clause 3 informed must announce within 1 working days in Asia/Kolkata after decision\n"
        "clause 4 informed must not announce within 70 h after decision\n"
    )
    findings = run([tmp_path / "rules.cbm"], select=frozenset({"conflict"})).findings
    stretch = "day and time of the decision is from Sat 02:00 on and before Fri 00:00"
    assert [f.whenever for f in findings] == [
        f"{stretch} in {zone} and the decision occurs" for zone in ("Asia/Tokyo", "Asia/Kolkata")
    ]


def test_which_week_is_meant_is_told_where_another_clock_tells_the_day(tmp_path: Path) -> None:
    finding = found(
        tmp_path,
        "clause 1 organiser must notify at least 3 days before start through line",
        "clause 2 organiser must not notify until decision",
        zone="Asia/Tokyo",
    )
    told = [literal for cube in finding.extent for literal in cube if "in the week" in literal]
    assert told
    assert all(" in Asia/Tokyo in the week" in literal for literal in told)
    assert all(literal.endswith(" (weeks from Mon 00:00 UTC)") for literal in told)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Bogota"])
def test_what_a_line_leaves_of_a_deadline_is_told_by_its_clocks_and_once_around_the_week(
    tmp_path: Path, zone: str
) -> None:
    finding = found(tmp_path, "clause 1 organiser must notify within 2 h after decision through line", zone=zone)
    where = "UTC" if zone == "UTC" else f"in {zone}"
    times = f"Mon to Thu from 18:00 to 06:00 on the next day and Fri from 18:00 to Mon 06:00 {where}"
    assert any(f"for what happens {times}; " in note for note in finding.notes)


def test_once_the_day_is_named_on_which_hours_begin_so_is_the_one_on_which_they_end(tmp_path: Path) -> None:
    text = TEXT.replace("open 08:00 to 18:00 ZONE Mon to Fri at JP", "open 22:00 to 06:00 Asia/Tokyo Mon to Fri at JP")
    text = text.replace("open 08:00 to 18:00 ZONE", "open 13:00 to 21:00 ZONE").replace(
        "  open 13", "  when closed refuses messages\n  open 13", 1
    )
    finding = found(tmp_path, "clause 1 organiser must notify within 24 h after decision through line", text=text)
    assert any("(Sat 06:00 to Sun 22:00 in Asia/Tokyo)" in note for note in finding.notes), finding.notes
