"""What is told of times that recur: which of them fails, and that only the first ones are looked at."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run
from cbm.report import Report

VOCABULARY = """\
vocabulary watch
party CN
party JP
situation encounter
roles own, other
each party : party
moments decision "the decision", clear "the all-clear", silence, sound, incident "the incident" repeating up to 3
topic telling
act report topic telling
act greet once topic telling
"""


def checked(folder: Path, *lines: str) -> Report:
    (folder / "code.cbm").write_text(
        "\n".join([f"{VOCABULARY}draft code", "  uses watch", *lines, ""]), encoding="utf-8"
    )
    return run([folder / "code.cbm"])


def notes(found: Report, rule: str) -> list[str]:
    return [note for f in found.findings if f.rule == rule for note in f.notes]


def test_a_conflict_says_which_time_it_is_in_the_example(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        "clause 1 every unit must report every 24 h from decision until clear up to 5",
        "clause 2 every unit when silence is at least 30 h after decision",
        "  and sound is at most 73 h after decision must not report from silence until sound",
    )
    assert (
        "what cannot be kept in the example is the third time of 1, between 48 h and 72 h after the decision"
        in notes(found, "conflict")
    )


def test_a_trap_says_which_time_cannot_be_kept_any_more(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        "clause 1 every unit must report every 24 h from decision until clear up to 2",
        "clause 2 every unit when silence is at least 24 h after decision must not report from silence until sound",
    )
    (told,) = (note for note in notes(found, "trap") if "time of 1" in note)
    assert told == "what cannot be kept any more is the first time of 1, within 24 h after the decision"


def test_where_no_time_fails_by_itself_it_is_said(tmp_path: Path) -> None:
    found = checked(tmp_path, "clause 1 every unit must greet every 24 h from decision until clear up to 2")
    told = "in the example each time of 1 could be kept by itself, but not all of them"
    assert told in notes(found, "impossible-duty")


def test_where_every_time_fails_it_is_said(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        "clause 1 every unit must report every 24 h from other.report until clear up to 2",
        "clause 2 every unit when other.report must not report",
    )
    told = "what cannot be kept in the example is each of the 2 times of 1 that are looked at"
    assert told in notes(found, "conflict")


def test_moments_that_repeat_are_said_to_be_looked_at_so_often(tmp_path: Path) -> None:
    line = "the incident can occur again and again: at most 3 of them are looked at"
    assert line in checked(tmp_path, "clause 1 every unit must report within 2 h after incident").background
    assert line in checked(tmp_path, "clause 1 every unit when incident occurs must report").background
    assert line not in checked(tmp_path, "clause 1 every unit must report within 2 h after decision").background
