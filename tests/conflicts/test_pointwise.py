"""How many sets of clauses are looked for: brackets in a text bring other wordings, and no more sets of clauses."""

from __future__ import annotations

from pathlib import Path

from cbm.finding import RuleId
from cbm.pipeline import run

HEAD = """\
draft code "A code"
  uses encounters
  between CN, JP
open term safe "safe distance" : length from 200 m to 3 nmi
"""
FAR_OFF = ("warship", "submarine", "fighter", "patrol_aircraft", "helicopter", "fishing_vessel")
NEAR = ("in_sight", "own.emission_control", "own.distress")


def text(modality: str) -> str:
    clauses = [f"a {craft} {modality} keep separation >= safe" for craft in FAR_OFF]
    clauses += [f"every unit when {condition} {modality} keep separation <= 500 m" for condition in NEAR]
    return HEAD + "".join(f"clause {number} {clause}\n" for number, clause in enumerate(clauses, start=1))


def conflicts(path: Path, modality: str) -> set[tuple[str, tuple[str, ...]]]:
    path.write_text(text(modality), encoding="utf-8")
    return {(found.rule, found.clauses) for found in run([path], select=[RuleId.CONFLICT]).findings}


def test_of_bracketed_clauses_all_sets_are_found(tmp_path: Path) -> None:
    """There are 18, as without brackets, and in each of them both clauses have two wordings."""
    plain = conflicts(tmp_path / "code.cbm", "must")
    assert len(plain) == len(FAR_OFF) * len(NEAR)
    assert conflicts(tmp_path / "code.cbm", "[CN: should | JP: must]") == plain


def test_of_pairs_more_are_looked_for_than_of_larger_sets(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    by_craft = [f"a {craft} must keep separation >= safe" for craft in FAR_OFF]
    by_range = [f"every unit when range < {number} nmi must keep separation <= 400 m" for number in range(1, 8)]
    clauses = [f"clause {number} {clause}\n" for number, clause in enumerate((*by_craft, *by_range), start=1)]
    path.write_text(HEAD + "".join(clauses), encoding="utf-8")
    found = run([path], select=[RuleId.CONFLICT]).findings
    assert [finding.rule for finding in found] == [RuleId.CONFLICT] * len(by_craft) * len(by_range)


# Each telling is a block of its own: what is told by radio, by notice, and by either where nothing says which.
TELLINGS = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
topic deeds
moments firing
channel radio
channel notice
act tell topic deeds
draft code
  uses sea
clause 1 every unit must tell at least 24 h before firing through radio
clause 2 every unit must tell at least 48 h before firing through notice
clause 3 every unit must not tell at least 12 h before firing
clause 4 every unit must tell within 2 h after firing through radio
"""


def test_each_block_in_which_something_clashes_is_searched(tmp_path: Path) -> None:
    """One search finds these blocks; what may clash in the second one is not left out with those where nothing does."""
    (tmp_path / "code.cbm").write_text(TELLINGS, encoding="utf-8")
    found = run([tmp_path / "code.cbm"], select=[RuleId.CONFLICT]).findings
    assert [finding.clauses for finding in found] == [("code:1", "code:3"), ("code:2", "code:3")]
