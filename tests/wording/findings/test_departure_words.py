"""Where a clause departs from what it claims to restate, which way, and by which of its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.pipeline import run

TEXT = """\
vocabulary watch
party CN
party JP
kind craft = warship | tanker | submarine
situation encounter
roles own, other
each
  party : party
  craft : craft
  dived "dived" : flag
shared
  night "it is night" : flag
  fog "it is foggy" : flag
  range "range" : length from 0 nmi to 20 nmi
types by own.craft, other.craft
axiom "two sides" own.party is not other.party
axiom "only submarines dive" own.dived implies own.craft is submarine
term near means range <= 1 nmi
topic calls
act call, answer, turn topic calls
result separation "closest distance" : length from 0 m to 10 nmi topic calls
draft rules
  uses watch
  between CN, JP
"""


def divergent(folder: Path, *clauses: str) -> list[Finding]:
    (folder / "rules.cbm").write_text(TEXT + "\n".join(clauses), encoding="utf-8")
    return list(run([folder / "rules.cbm"], select=frozenset({"divergent-restatement", "undecided"})).findings)


def notes(folder: Path, *clauses: str) -> tuple[str, ...]:
    (found,) = divergent(folder, *clauses)
    return found.notes


def test_it_is_told_where_it_departs_each_way_and_by_which_words(tmp_path: Path) -> None:
    (found,) = divergent(
        tmp_path,
        "clause 1 a warship when near must call",
        "clause 2 a tanker when near must call restates 1",
    )
    assert found.notes == (
        (
            "2 asks for less than 1 where own unit is a warship and range is at most 1 nmi: "
            "2 applies only where own unit is a tanker"
        ),
        (
            "2 asks for more than 1 where own unit is a tanker and range is at most 1 nmi: "
            "1 applies only where own unit is a warship"
        ),
    )
    assert set(map(frozenset, found.extent)) == {
        frozenset(("own unit is a warship", "range is at most 1 nmi")),
        frozenset(("own unit is a tanker", "range is at most 1 nmi")),
    }
    assert found.whenever == "own unit is a warship and range is at most 1 nmi"


def test_only_the_condition_is_named_that_differs_and_only_the_exception_that_holds(tmp_path: Path) -> None:
    assert notes(
        tmp_path,
        "clause 1 a warship when near must call",
        "clause 2 a warship when near and night must call restates 1",
    ) == (
        (
            "2 asks for less than 1 where own unit is a warship, it is not so that it is night and range is at most "
            "1 nmi: 2 applies only where it is night"
        ),
    )
    assert notes(
        tmp_path,
        "clause 1 a warship must call",
        "clause 2 a warship must call restates 1",
        "clause 3 exception to 2 when fog",
        "clause 4 exception to 2 when own.dived",
    ) == (
        "2 asks for less than 1 where own unit is a warship and it is foggy: exception 3 to 2 holds where it is foggy",
    )


def test_where_both_apply_they_are_quoted(tmp_path: Path) -> None:
    assert notes(
        tmp_path,
        "clause 1 a warship may keep separation <= 2 nmi",
        "clause 2 a warship may keep separation <= 1 nmi restates 1",
    ) == (
        (
            "2 allows less than 1 where own unit is a warship: 2 says `may keep separation <= 1 nmi` and "
            "1 says `may keep separation <= 2 nmi`"
        ),
    )


def test_the_words_that_bind_are_quoted_where_they_differ(tmp_path: Path) -> None:
    found = notes(
        tmp_path, "clause 1 a warship must not call", "clause 2 a warship when night should not call restates 1"
    )
    assert found == ("2 says `should not`, and 1 `must not`, where own unit is a warship and it is night",)


def test_after_a_breach_it_is_told_what_is_owed_then(tmp_path: Path) -> None:
    assert notes(
        tmp_path, "clause 1 a warship must call otherwise must turn", "clause 2 a warship must call restates 1"
    ) == (
        (
            "2 asks for less than 1 after a breach where own unit is a warship: "
            "2 asks for nothing then and 1 says `must turn`"
        ),
    )


def test_the_axiom_is_shown_by_which_a_condition_is_not_met(tmp_path: Path) -> None:
    (found,) = divergent(
        tmp_path, "clause 1 a tanker must call", "clause 2 every unit when own.dived must call restates 1"
    )
    assert found.notes[0] == "2 asks for less than 1 where own unit is a tanker: 2 applies only where own unit is dived"
    assert "only submarines dive" in [label.text for label in found.related]


def test_roles_that_are_fixed_are_told_once_where_they_find_the_same(tmp_path: Path) -> None:
    fixed = TEXT.replace("roles own, other", "fixed roles own, other")
    fixed = fixed.replace("\ndraft ", "\nterm diving means own.dived\ndraft ", 1)
    (tmp_path / "fixed.cbm").write_text(
        f"{fixed}clause 1 every diving must call\nclause 2 each party must call restates 1\n"
    )
    (found,) = run([tmp_path / "fixed.cbm"], select=frozenset({"divergent-restatement"})).findings
    assert found.notes == (
        (
            "2 asks for more than 1 where own is not dived: 1 applies only where own is dived; "
            "so it is for `other`, the roles exchanged"
        ),
    )


def test_more_conditions_than_are_listed_are_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbm.comparison.clause_pairs.departures.CUBES", 1)
    found = divergent(
        tmp_path, "clause 1 a warship must call", "clause 2 a warship when night and fog must call restates 1"
    )
    assert [finding.rule for finding in found] == ["divergent-restatement", "undecided"]
    assert "where do they differ" in found[1].message
