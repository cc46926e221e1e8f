"""What is declared and never used, and what is told of options that say the same; see `checks/examples/unused.cbm`."""

from __future__ import annotations

from pathlib import Path

from cbm import Finding, run

HEAD = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'


def same_options(folder: Path, clauses: str) -> list[Finding]:
    file = folder / "code.cbm"
    file.write_text(HEAD + clauses, encoding="utf-8")
    found = run([file], select=["unused"]).findings
    assert all(finding.severity == "note" for finding in found)
    return [finding for finding in found if finding.message == "two options of one choice say the same"]


def test_who_propose_the_same_are_named_together(tmp_path: Path) -> None:
    """As is advised: what is told is gone then."""
    (told,) = same_options(tmp_path, "clause 1 a warship [CN: must | JP: must] call\n")
    assert len(told.remedies) == 1
    assert not same_options(tmp_path, "clause 1 a warship [CN, JP: must] call\n")


def test_of_a_choice_that_lists_its_options_each_has_to_stand(tmp_path: Path) -> None:
    """So it is not advised to take one out: that would be an error."""
    clause = "clause 1 a warship must keep separation >= [reach CN: 500 m | JP: 500 m]\n"
    (told,) = same_options(tmp_path, f"options reach one of CN, JP\n{clause}")
    assert told.remedies == ()
