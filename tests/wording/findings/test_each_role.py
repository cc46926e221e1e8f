"""A finding of several fixed roles is told once, and says of whom it is so."""

from __future__ import annotations

from pathlib import Path

from cbm.finding import Finding
from cbm.pipeline import run

TEXT = """\
vocabulary drills
party CN
party JP
situation drill
fixed roles organiser, informed
each party : party
shared troops : count from 0 to 1,000
axiom "two sides" organiser.party is not informed.party
topic calls
act call, answer topic calls
draft rules
  uses drills
  between CN, JP
clause 1 each party must call
"""


def conflicts(folder: Path, *clauses: str) -> list[Finding]:
    (folder / "rules.cbm").write_text(TEXT + "\n".join(clauses), encoding="utf-8")
    return list(run([folder / "rules.cbm"], select=frozenset({"conflict", "undecided"})).findings)


def test_it_is_told_once_with_the_roles_of_which_it_is_so(tmp_path: Path) -> None:
    (found,) = conflicts(
        tmp_path, "clause 2 each party when troops > 100 must not call", "clause 3 organiser must answer"
    )
    assert "so it is for `informed`, under the same conditions" in found.notes


def test_what_one_finds_where_the_other_does_not_is_told_of_each(tmp_path: Path) -> None:
    first, second = conflicts(
        tmp_path,
        "clause 2 each party when troops > 100 must not call",
        "clause 3 organiser when troops > 500 may call in place of 2",
    )
    assert ("this is told of `organiser`" in first.notes, "this is told of `informed`" in second.notes) == (True, True)
    assert first.whenever != second.whenever


def test_a_clause_that_speaks_of_one_role_alone_is_told_of_nobody_in_particular(tmp_path: Path) -> None:
    (found,) = conflicts(tmp_path, "clause 2 organiser must not call")
    assert found.notes == ()
