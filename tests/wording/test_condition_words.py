"""Conditions in words, where they say more than that one quantity is over or under a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.core.expressions import And
from cbm.pipeline import check, load_text, run
from cbm.wording.condition_words import condition_words

TEXT = """\
vocabulary lines
party CN
party JP
situation encounter
roles own, other
each party : party
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic notices
act report topic notices
channel line "Line" between CN, JP for notices operational from 2018-01-01
  delay "consent" 0 h to 4 h
  delay "call" 0 h to 4 h
draft rules
  uses lines
clause 1 every unit when incident occurs must report within 6 h after incident through line
clause 2 every unit must not report within 2 h after incident
"""


def test_a_sum_alone_is_told_by_what_it_is_over(tmp_path: Path) -> None:
    (tmp_path / "rules.cbm").write_text(TEXT)
    found = run([tmp_path / "rules.cbm"], select=frozenset({"conflict", "impossible-duty"})).findings
    conditions = [literal for finding in found for cube in finding.extent for literal in cube]
    assert "the delay “consent” of Line + the delay “call” of Line is at least 4 h" in conditions


def test_a_bound_that_another_one_implies_is_not_told() -> None:
    """Each of two clauses that meet may bring a bound of its own."""
    text = TEXT.replace("moments incident", "shared gap : length from 0 km to 100 km\nmoments incident")
    text = f"{text[: text.index('clause 1')]}clause 1 every unit when gap < 10 km must not report\n"
    (system,), _ = load_text(f"{text}clause 2 every unit when gap from 5 km to 10 km may report\n")
    literals = [guard.condition for norm in system.norms.values() for guard in norm.guards]
    bounds = [part for literal in literals for part in (literal.parts if isinstance(literal, And) else (literal,))]
    assert len(bounds) == 3
    assert condition_words(system, bounds) == "gap is from 5 km to under 10 km"


@pytest.mark.parametrize(
    ("bound", "told"),
    [
        ("seats = 0", "seats is exactly 0"),
        ("seats <= 0", "seats is exactly 0"),
        ("seats >= 9", "seats is exactly 9"),
        ("seats <= 1", "seats is at most 1"),
        ("seats >= 8", "seats is at least 8"),
    ],
)
def test_a_bound_that_leaves_one_value_is_told_by_it(bound: str, told: str) -> None:
    """`at most 0` reads as if there could be less."""
    text = TEXT.replace("moments incident", "shared seats : count from 0 to 9\nmoments incident")
    text = f"{text[: text.index('clause 1')]}clause 1 every unit when {bound} must report\n"
    text += f"clause 2 every unit when {bound} must not report\n"
    (system,), _ = load_text(text)
    (finding,) = check(system, select=["conflict"]).findings
    assert finding.extent == ((told,),)


def test_what_is_said_alike_of_several_doings_is_said_once(tmp_path: Path) -> None:
    """It read `organiser does not notify …, organiser does not notify … and organiser does not notify …`."""
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses activities\n  between CN, JP\n"
        "clause 1 organiser must not notify after start unless organiser.notify\n",
        encoding="utf-8",
    )
    (finding,) = run([path], select=["vacuity"]).findings
    assert " ".join(finding.why).count("organiser does not notify") == 1


def test_a_doing_that_is_otherwise_is_told_as_what_is_so_of_it() -> None:
    """It read `not so that whenever own unit does `report`, the incident does not occur or …`."""
    text = TEXT[: TEXT.index("clause 1")]
    (system,), _ = load_text(f"{text}clause 1 every unit when own.report is more than 6 h after incident must report\n")
    (guard,) = (guard for norm in system.norms.values() for guard in norm.guards)
    told = condition_words(system, [guard.condition])
    assert told.startswith("own unit does `report`, the incident occurs and ")
    assert "whenever" not in told


def test_a_party_that_the_other_unit_is_of_is_not_told_of_this_one(tmp_path: Path) -> None:
    """It read `own unit is of Japan or United States, other unit is of United States`, as an axiom excludes one."""
    path = tmp_path / "pact.cbm"
    path.write_text(
        "instrument pact\n  uses encounters\n  binding JP, US\n  in force 2020-02-01\n"
        "clause 1 JP when other.party is US and other.distress must call\n"
    )
    (finding,) = run([path], select=["impossible-duty"]).findings
    assert finding.whenever is not None
    assert finding.whenever.startswith("own unit is of Japan, other unit is of United States, own unit is a submerged")


def test_what_no_axiom_excludes_is_told_of_both_units() -> None:
    text = TEXT.replace('axiom "two sides" own.party is not other.party\n', "")
    clause = "clause 3 every unit when own.party in (CN, JP) and other.party is JP must report\n"
    for words, said in ((text, "own unit is of CN or JP"), (TEXT, "own unit is of CN")):
        (system,), _ = load_text(f"{words}{clause}")
        (_, _, norm) = system.norms.values()
        parts = [
            p for g in norm.guards for p in (g.condition.parts if isinstance(g.condition, And) else (g.condition,))
        ]
        assert condition_words(system, parts) == f"{said} and other unit is of JP"
