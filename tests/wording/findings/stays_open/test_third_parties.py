"""What is owed to those who are no party to a text: no way out is advised that takes it from them, and it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run

SEA = """\
vocabulary sea
party CN "China"
party JP "Japan"
party US "United States"
situation encounter
roles own, other
each
  party : party
axiom "two sides" own.party is not other.party
topic steering
act turn, wait topic steering
instrument alliance "An alliance"
  uses sea
  between JP, US
  {binding}
clause 1 every unit must turn
clause 2 every unit must wait
draft code
  uses sea
  between {parties}
  beside alliance
"""
ALLIES = "binding JP, US"


def written(folder: Path, clause: str, binding: str = ALLIES, parties: str = "CN, JP") -> Path:
    path = folder / "code.cbm"
    path.write_text(SEA.format(binding=binding, parties=parties) + clause, encoding="utf-8")
    return path


def left_open(path: Path) -> list[str]:
    return [line for line in run([path]).background if "consent of" in line]


def remedies(path: Path, rule: str) -> tuple[str, ...]:
    (finding,) = run([path], select=[rule]).findings
    return finding.remedies


@pytest.mark.parametrize("edge", ["in place of 1 of alliance", "notwithstanding 1 of alliance"])
def test_whose_consent_is_not_asked_is_told_where_what_is_owed_to_it_is_set_aside(tmp_path: Path, edge: str) -> None:
    (line,) = left_open(written(tmp_path, f"clause 1 every unit must not turn {edge}\n"))
    assert line.startswith(
        "to set clause 1 of alliance aside takes the consent of United States too, which is not asked"
    )


def test_a_whole_text_is_named_as_one(tmp_path: Path) -> None:
    (line,) = left_open(written(tmp_path, "  notwithstanding alliance\nclause 1 every unit must not turn\n"))
    assert line.startswith("to set alliance aside takes")


@pytest.mark.parametrize(
    ("binding", "parties"),
    [
        ("", "CN, JP"),  # it binds nobody here
        ("binding JP towards all", "CN, JP"),  # it is owed to whom Japan meets
        (ALLIES, "CN, JP, US"),  # all agree
    ],
)
def test_nobody_has_to_be_asked_who_agrees_or_is_owed_nothing(tmp_path: Path, binding: str, parties: str) -> None:
    clause = "clause 1 every unit must not turn notwithstanding 1 of alliance\n"
    assert not left_open(written(tmp_path, clause, binding, parties))


def test_nothing_is_set_aside_by_a_text_that_yields(tmp_path: Path) -> None:
    assert not left_open(written(tmp_path, "clause 1 every unit must not turn subject to 1 of alliance\n"))


def test_a_clash_with_what_is_owed_to_others_is_not_for_the_parties_alone_to_settle(tmp_path: Path) -> None:
    path = written(tmp_path, "clause 1 every unit must not turn\n")
    assert remedies(path, "agreement-conflict") == (
        "except its case: `unless own is bound by (1 of alliance)` in 1",
        (
            "or have United States, to whom it is owed too, agree that 1 of alliance yields, and write "
            "`notwithstanding 1 of alliance` in 1"
        ),
    )


def test_a_permission_in_the_way_of_what_is_owed_to_others_needs_their_consent(tmp_path: Path) -> None:
    path = written(tmp_path, "clause 1 JP need not turn\n")
    (way,) = (one for one in remedies(path, "blocked-permission") if "stand" in one)
    assert way == (
        "have United States agree, to whom 1 of alliance is owed too, and let 1 stand `in place of 1 of alliance`"
    )


def test_a_consent_that_an_option_makes_necessary_is_told_with_the_option(tmp_path: Path) -> None:
    clauses = """\
clause 1 every unit must not turn [CN: in place of 1 of alliance]
[JP: clause 2 every unit must not wait notwithstanding 2 of alliance | CN: delete]
"""
    edge, whole = left_open(written(tmp_path, clauses))
    assert edge.startswith(
        "to set clause 1 of alliance aside, if CN's “in place of 1 of alliance” is taken in 1, takes the consent of "
    )
    assert whole.startswith("to set clause 2 of alliance aside, if 2 stands, takes the consent of United States too")
    either = "clause 1 every unit must not turn [CN: in place of 1 of alliance | JP: notwithstanding 1 of alliance]\n"
    (line,) = left_open(written(tmp_path, either))
    assert line.startswith("to set clause 1 of alliance aside takes the consent of")


def test_nobody_has_to_be_asked_whether_what_another_text_permits_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, "clause 1 every unit must not turn in place of 1 of alliance\n")
    path.write_text(
        path.read_text("utf-8").replace("1 every unit must turn", "1 every unit may turn"), encoding="utf-8"
    )
    assert not left_open(path)
