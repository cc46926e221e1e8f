"""How `asymmetry` tells conditions: stretches of the week as one, by the clocks that the clause goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.pipeline import run

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each party : party
moments sighting
axiom "two sides" own.party is not other.party
topic manoeuvre
act turn topic manoeuvre
channel line "Line" between CN, JP
  for manoeuvre
  operational from 2019-01-01
  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at JP
  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at CN
draft hours
  uses strait
  between CN, JP
clause 1 CN must turn within 6 h after sighting through line
clause 2 CN must not turn within 2 h after sighting
"""


def test_stretches_of_the_week_that_meet_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hours.cbm").write_text(TEXT, encoding="utf-8")
    first, second = run([Path("hours.cbm")], select=["asymmetry"]).findings
    begin = ("sighting occurs", "own unit is of Japan")
    hours = "Mon to Fri from 02:30 to 17:30"
    assert first.extent == ((*begin, f"day and time of sighting is {hours} in Asia/Tokyo"),)
    hours = "Mon to Thu after 17:30 and before 15:30 on the next day, or after Fri 17:30 and before Mon 15:30"
    assert second.extent == ((*begin, f"day and time of sighting is {hours} in Asia/Tokyo"),)


def notes_of(clauses: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What is told with each finding of a text between four parties."""
    monkeypatch.chdir(tmp_path)
    Path("four.cbm").write_text(f"draft four\n  uses encounters\n  between CN, JP, KR, US\n{clauses}", encoding="utf-8")
    return [finding.notes for finding in run([Path("four.cbm")], select=["asymmetry"]).findings]


def test_all_parties_of_which_it_is_so_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clauses = "clause 1 JP must not lase\nclause 2 a CN or KR must not jam\n"
    first, second = notes_of(clauses, tmp_path, monkeypatch)
    assert first == (
        "China owes nothing of the kind there",
        "clause 1 asks of Japan what the text does not ask of Republic of Korea",
        "clause 1 asks of Japan what the text does not ask of United States",
    )
    assert second == (
        "Japan owes nothing of the kind there",
        "clause 2 asks of China what the text does not ask of United States",
        "clause 2 asks of Republic of Korea what the text does not ask of Japan",
        "clause 2 asks of Republic of Korea what the text does not ask of United States",
    )


def test_parties_that_no_clause_names_are_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((owed, alike),) = notes_of("clause 1 JP must not lase\n", tmp_path, monkeypatch)
    assert owed == "China owes nothing of the kind there"
    assert alike == "what is so of China is so of Republic of Korea and United States, which no clause names either"


@pytest.mark.parametrize("act", ["report_incident", "not report_incident"])
def test_that_something_is_done_to_some_parties_only_is_told(
    act: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mirror image exchanged parties in conditions, and whom an act is done to stayed."""
    ((alike,),) = notes_of(f"clause 1 every unit must {act} to US\n", tmp_path, monkeypatch)
    assert alike == "what is so of China is so of Japan and Republic of Korea, which no clause names either"
    assert notes_of(f"clause 1 every unit must {act} to CN, JP, KR, US\n", tmp_path, monkeypatch) == []
    meant = f'clause 1 every unit must {act} to US asymmetric because "it keeps the records"\n'
    assert notes_of(meant, tmp_path, monkeypatch) == []


def test_what_is_done_to_a_party_after_a_breach_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clause = "clause 1 every unit must call otherwise must report_incident to"
    assert len(notes_of(f"{clause} US\n", tmp_path, monkeypatch)) == 1
    assert notes_of(f"{clause} CN, JP, KR, US\n", tmp_path, monkeypatch) == []


def test_who_is_bound_is_told_where_a_clause_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((owed, *_),) = notes_of("clause 1 CN must report_incident to US\n", tmp_path, monkeypatch)
    assert owed == "Japan owes nothing of the kind there"


def test_how_units_of_parties_are_treated_is_told_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clauses = "clause 1 every unit when other.party is KR must not lase\nclause 2 US must not jam\n"
    first, _ = notes_of(clauses, tmp_path, monkeypatch)
    assert "clause 1 does not treat units of Republic of Korea like units of United States" in first


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        (
            "clause 1 every unit must call\nclause 2 CN must not call\n",
            "clauses 1 and 2 bind China there, and cannot all be kept",
        ),
        (
            "clause 1 each party must keep separation >= 500 m\n"
            + "".join(f"clause {n} CN must keep separation <= {n}00 m\n" for n in (2, 3)),
            "clauses 1, 2 and 3 bind China there, and cannot all be kept",
        ),
        (
            "clause 1 every unit must call\nclause 2 CN must not call in place of 1\n",
            "what China owes there instead: 2",
        ),
        (
            "clause 1 every unit must identify_visually\nclause 2 CN must keep separation >= 1,000 m\n",
            "clauses 1 and 2 bind China there, and cannot all be kept",
        ),
        ("clause 1 JP must call\nclause 2 CN should call\n", "what China owes there instead: 2"),
    ],
)
def test_a_clause_that_clashes_for_one_party_alone_is_told_with_what_it_clashes_with(
    clauses: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("two.cbm").write_text(f"draft two\n  uses encounters\n  between CN, JP\n{clauses}", encoding="utf-8")
    found = run([Path("two.cbm")], select=["asymmetry"]).findings
    assert [f.notes for f in found if f.clauses == ("two:1",)] == [(told,)]


def test_what_is_owed_after_a_breach_is_told_of_the_hours_of_the_channel_that_another_clause_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To let the clause speak of both was advised, and it does."""
    monkeypatch.chdir(tmp_path)
    earlier = TEXT.replace("08:30 to 17:30 Asia/Tokyo Mon to Fri at CN", "06:30 to 15:30 Asia/Tokyo Mon to Fri at CN")
    vocabulary = earlier[: earlier.index("draft")].replace("act turn ", "act turn, wave ")
    clauses = """\
clause 1 every unit must turn within 5 days after sighting through line
clause 2 every unit must wave within 1 day after sighting otherwise must turn within 2 days
"""
    Path("hours.cbm").write_text(f"{vocabulary}draft hours uses strait between CN, JP\n{clauses}", encoding="utf-8")
    (finding,) = run([Path("hours.cbm")], select=["asymmetry"]).findings
    hours = "clauses 1 and 2 are not the same for China and Japan: the ends of `line` are open at other hours"
    assert (finding.message, "or let the clause speak of both" in finding.remedies) == (hours, False)


ONE_LINE = TEXT[: TEXT.index("clause 1")]
BOTH_SIDES = "clause 1 every unit must turn within 5 days after sighting through line\n"
AT_CN = "  open 08:30 to 17:30 Asia/Tokyo Mon to Fri at CN\n"
AT_CN_EARLIER = AT_CN.replace("08:30", "06:30").replace("17:30", "15:30")


@pytest.mark.parametrize(
    ("at_cn", "why"),
    [
        (AT_CN_EARLIER, "the ends of `line` are open at other hours"),
        ("", "`line` is open at all hours at the end of China, and not at that of Japan"),
    ],
)
def test_the_ways_out_of_hours_that_differ_settle_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_cn: str, why: str
) -> None:
    """Of an end without hours it was said that it is open at other hours, and no way out was told."""
    monkeypatch.chdir(tmp_path)

    def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
        Path("hours.cbm").write_text(text, encoding="utf-8")
        return [(f.message, f.remedies) for f in run([Path("hours.cbm")], select=["asymmetry"]).findings]

    text = ONE_LINE.replace(AT_CN, at_cn) + BOTH_SIDES
    ways = (
        "agree with the other side on the same hours at both ends of `line`, by one clock",
        'or say why, with `asymmetric because "…"`',
    )
    assert found(text) == [(f"clause 1 is not the same for China and Japan: {why}", ways)]
    assert found(ONE_LINE + BOTH_SIDES) == []
    assert found(text.replace("through line", 'through line asymmetric because "they keep other hours"')) == []
