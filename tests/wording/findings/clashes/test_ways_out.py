"""Ways out of a clash settle what is told with it, and lift no more than they have to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.pipeline import run

TEXT = """\
vocabulary sea
party CN
party JP
kind craft = helicopter | warship | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
  patient "with a patient" : flag
  distress "in distress" : flag
  silent "silent" : flag
axiom "two sides" own.party is not other.party
topic rescue
act take, surface, call, answer topic rescue
result apart "distance" : length from 0 m to 10 km topic rescue
result each pace "speed" : speed from 0 kt to 50 kt topic rescue
take requires apart <= 200 m
draft code
  uses sea
  between CN, JP
"""


def found(folder: Path, clauses: str) -> list[Finding]:
    (folder / "code.cbm").write_text(f"{TEXT}{clauses}", encoding="utf-8")
    return list(run([folder / "code.cbm"], select=["conflict", "deadlock", "impossible-duty"]).findings)


def test_an_exception_takes_in_no_more_than_where_the_clauses_clash(tmp_path: Path) -> None:
    """`except from 1 the case that other unit is a tanker` would have let warships take no patient from a tanker."""
    take = "clause 1 a helicopter or warship when other.patient must keep pace <= 5 kt"
    clear = "clause 2 a helicopter meeting a tanker must keep pace >= 10 kt unless other.distress\n"
    (finding,) = found(tmp_path, f"{take}\n{clear}")
    assert finding.remedies[1] == (
        "except from 1 the case that craft of own unit is helicopter, craft of other unit is tanker and "
        "other unit is not in distress"
    )
    case = "own.craft is helicopter and other.craft is tanker and not other.distress"
    assert found(tmp_path, f"{take} unless {case}\n{clear}") == []


@pytest.mark.parametrize(("first", "second"), [("", " in place of 1 for both"), (" in place of 2 for both", "")])
def test_what_sets_the_units_against_each_other_as_well_is_lifted_for_both(
    first: str, second: str, tmp_path: Path
) -> None:
    """Without `for both`, or with an exception, the other unit is still to keep away: a deadlock came instead."""
    take, clear = (
        "clause 1 a warship when other.patient must take",
        "clause 2 a warship when other.distress must keep apart >= 500 m",
    )
    (finding,) = found(tmp_path, f"{take}\n{clear}\n")
    assert finding.remedies == ("let 2 stand `in place of 1 for both`, or 1 `in place of 2 for both`",)
    assert found(tmp_path, f"{take}{first}\n{clear}{second}\n") == []
    (deadlock,) = found(tmp_path, f"{take}\n{clear} in place of 1\n")
    assert deadlock.rule == "deadlock"


def test_an_exception_that_settles_that_as_well_is_offered(tmp_path: Path) -> None:
    flag = TEXT.replace("axiom", 'shared rough "the sea is rough" : flag\naxiom', 1)
    clauses = "clause 1 a warship must keep apart <= 200 m\nclause 2 a warship when rough must keep apart >= 500 m\n"
    (tmp_path / "code.cbm").write_text(f"{flag}{clauses}", encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["conflict", "deadlock"]).findings
    assert "except from 1 the case that the sea is rough" in finding.remedies


def test_of_a_clause_of_several_acts_it_is_told_how_the_others_stay(tmp_path: Path) -> None:
    """What is excepted from a clause is excepted from all that it lists."""
    silence = "clause 2 a warship when own.silent must not call\n"
    (finding,) = found(tmp_path, f"clause 1 a warship when other.distress must surface, call\n{silence}")
    apart = "where the rest of 1 is to bind all the same, give `call` a sentence of its own first"
    assert finding.remedies[-1] == apart
    parted = "clause 1 a warship when other.distress must surface; must call"
    (finding,) = found(tmp_path, f"{parted}\n{silence}")
    assert apart not in finding.remedies
    assert found(tmp_path, f"{parted} unless own.silent\n{silence}") == []
