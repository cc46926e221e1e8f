"""The example of a clash is one of the conditions that are told, as readers take them."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run

TEXT = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
moments contact, closest
axiom "two sides" own.party is not other.party
topic notices
act announce topic notices
draft code
  uses sea
  between CN, JP
clause 1 every unit must announce at least 2 h before closest
clause 2 every unit must not announce until contact
"""


def test_moments_occur_of_which_it_is_told_how_far_apart_they_lie(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["conflict"]).findings
    assert finding.whenever == "closest is less than 2 h after contact"
    assert finding.witness is not None
    assert {event.name for event in finding.witness.events} == {"closest", "contact"}
    assert finding.witness.words.startswith("CN (own) and JP (other); in time: ")


def test_one_clause_of_another_text_is_not_told_as_a_clash_of_several(tmp_path: Path) -> None:
    text = TEXT.replace("act announce topic", "act announce, wave topic").replace(
        "topic notices\ndraft", "topic notices\nnever announce with wave\ndraft"
    )
    beside = "draft other\n  uses sea\n  between CN, JP\n  beside code\nclause 1 every unit must wave\n"
    path = tmp_path / "code.cbm"
    path.write_text(
        f"{text[: text.index('clause 1')]}clause 1 every unit must announce, wave\n{beside}", encoding="utf-8"
    )
    notes = [note for finding in run([path], select=["impossible-duty"]).findings for note in finding.notes]
    assert notes == ["this clause is not in `other`, but in a text that it lives with"]


SETTLED = """\
vocabulary sea
party CN
party JP
situation encounter
roles own, other
each party : party
shared night "it is night" otherwise "it is day" : flag
axiom "two sides" own.party is not other.party
topic distances
result gap_kept "closest distance" : length from 0 m to 20 km topic distances
draft code
  uses sea
  between CN, JP
clause 1 every unit must keep gap_kept >= 5 km subject to 2
clause 2 every unit must keep gap_kept <= 2 km subject to 3
clause 3 every unit when night must keep gap_kept >= 4 km
"""


def settled(folder: Path, text: str) -> dict[tuple[str, ...], tuple[str | None, object]]:
    (folder / "code.cbm").write_text(text, encoding="utf-8")
    findings = run([folder / "code.cbm"], select=["conflict"]).findings
    assert all(finding.settled_by is not None for finding in findings)
    return {finding.clauses: (finding.whenever, finding.extent) for finding in findings}


def test_what_is_settled_is_told_where_what_prevails_does_not_yield_itself(tmp_path: Path) -> None:
    night = "it is night (always when these clauses apply together)"
    assert settled(tmp_path, SETTLED) == {
        ("code:1", "code:2"): ("it is day", (("it is day",),)),
        ("code:2", "code:3"): (night, (("it is night",),)),
    }
    always = settled(tmp_path, SETTLED.replace(" subject to 3", "").replace(">= 4 km", "<= 4 km"))
    assert always["code:1", "code:2"][0] == "two units of its parties meet (always when these clauses apply together)"
