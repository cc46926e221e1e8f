"""A library to what is checked in it: texts asked for, texts that cases are about, and cases that are about none."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Exit
from cbm.pipeline import run
from cbm.repair.mended_texts import repairs
from cbm.report import Report

DRAFT = 'draft code "A code"\n  uses encounters\n  between CN, JP\nclause 1 a warship must not aim_weapons\n'


def checked(folder: Path, **files: str) -> Report:
    """The report on a file `cases.cbm`, given alone, with others beside it."""
    for name, text in files.items():
        (folder / f"{name}.cbm").write_text(text, encoding="utf-8")
    return run([folder / "cases.cbm"])


def test_cases_given_alone_are_run_on_the_standard_text_that_they_are_about(tmp_path: Path) -> None:
    report = checked(tmp_path, cases='cases "Mine" for cues\nexpect gap\n')
    assert [f.message for f in report.findings if f.rule == "expectation"] == ["the text does not meet `expect gap`"]
    assert report.exit is Exit.FINDINGS
    assert report.clauses > 0


def test_cases_given_alone_are_run_on_the_text_beside_them(tmp_path: Path) -> None:
    for expected, verdict in ("expect no conflict\n", Exit.FINE), ("expect conflict\n", Exit.FINDINGS):
        report = checked(tmp_path, code=DRAFT, cases=f'cases "Mine" for code\n{expected}')
        assert report.exit is verdict
        assert [q.rule for q in report.questions if q.subject == expected.strip()] == ["expectation"]


def test_cases_of_a_file_with_a_slip_are_not_asked_more_widely(tmp_path: Path) -> None:
    cases = 'cases "Mine" for code\ncase "near"\n  given range << 3 nmi\n  expect own must call\n'
    report = checked(tmp_path, code=DRAFT, cases=cases)
    assert [f.message for f in report.findings] == [
        "undecided: what is expected in this file, which cannot be read in full",
        "expected a quantity such as `500 m` after `<`, not `<`",
    ]
    assert "expect own must call" not in {q.subject for q in report.questions}
    assert report.exit is Exit.FINDINGS


def test_cases_about_several_texts_are_run_on_each(tmp_path: Path) -> None:
    report = checked(tmp_path, code=DRAFT, cases='cases "Mine" for code, cues\nexpect no conflict\n')
    asked = [q.subject for q in report.questions if q.rule == "expectation"]
    assert asked.count("expect no conflict") == 2  # the code has cases of its own besides


def test_a_text_that_is_only_built_on_is_not_checked_for_that(tmp_path: Path) -> None:
    inside = 'cases "Its own" for cues\nexpect gap\n'
    cues = 'instrument cues "Another"\n  uses encounters\nclause 1 a warship must not aim_weapons\n' + inside
    cases = 'cases "Mine" for code\nexpect no conflict\n'
    report = checked(tmp_path, cues=cues, code=DRAFT.replace("between", "beside cues between"), cases=cases)
    assert report.exit is Exit.FINE


@pytest.mark.parametrize("before", ["", 'vocabulary small "Small"\nkind craft = warship | tug\n'])
def test_cases_about_no_text_are_an_error(tmp_path: Path, before: str) -> None:
    report = checked(tmp_path, cases=f'{before}cases "Mine"\nexpect no conflict\n')
    assert [(f.rule, f.message) for f in report.findings] == [("undefined", "these cases are about no text")]
    assert report.findings[0].primary.span.text.startswith("cases")
    assert report.exit is Exit.FINDINGS


def test_what_is_advised_to_those_who_name_no_text_settles_it(tmp_path: Path) -> None:
    cases = 'cases "Mine"\nexpect no conflict\n'
    (advice,) = checked(tmp_path, cases=cases, code=DRAFT).findings[0].remedies
    assert advice == 'write after `cases "…"` which text they are about, such as `for cues`'
    assert checked(tmp_path, cases='cases "Mine" for cues\nexpect no conflict\n').exit is Exit.FINE


def test_a_faulty_text_is_told_by_what_is_wrong_with_it(tmp_path: Path) -> None:
    report = checked(tmp_path, code=DRAFT.replace("warship", "warshop"), cases='cases "Mine" for code\nexpect gap\n')
    assert {f.rule for f in report.findings} == {"undefined"}
    assert report.exit is Exit.FINDINGS


def test_a_text_that_was_only_looked_for_is_not_mended(tmp_path: Path) -> None:
    clash = DRAFT + "clause 2 a warship must aim_weapons\n"
    checked(tmp_path, code=clash, cases='cases "Mine" for code\nexpect no conflict\n')
    (found,) = (f for f in repairs([tmp_path / "cases.cbm"]).findings if f.rule == "conflict")
    assert (found.fixes, bool(found.remedies)) == ((), True)
    assert not any("no change of the text" in note for note in found.notes)


def test_a_text_that_cannot_be_understood_is_named_as_well(tmp_path: Path) -> None:
    (tmp_path / "good.cbm").write_text(DRAFT, encoding="utf-8")
    bad = DRAFT.replace("A code", "A slip").replace("draft code", "draft other").replace("aim_weapons", "am_weapons")
    (tmp_path / "bad.cbm").write_text(bad, encoding="utf-8")
    assert sorted(run([tmp_path], select=["conflict"]).titles) == ["A code", "A slip"]
    assert run([tmp_path / "bad.cbm"]).titles == ("A slip",)


SLIPS = """\
cases "Mine" for code
expect no confict
case "a word"
  given own.craft is warship and other.craft is warship
  expect own must not aim_weapons by 1
  expect own must aim_weapon
case "what is given"
  given own.craft is warshp
  expect own must call
case "the other way round"
  given own.craft is warship and other.craft is warship
  expect own must call by 1
"""


def test_what_is_expected_in_words_that_mean_nothing_leaves_all_else_asked(tmp_path: Path) -> None:
    report = checked(tmp_path, code=DRAFT + "clause 2 a warship must aim_weapons\n", cases=SLIPS)
    begin = {f: f.primary.span.begin[0] for f in report.findings if Path(f.primary.span.source.name).stem == "cases"}
    found = [(f.rule, begin.get(f, 0)) for f in report.findings]
    assert sorted(found) == [
        ("conflict", 0),
        ("expectation", 12),
        ("undefined", 2),
        ("undefined", 6),
        ("undefined", 8),
    ]
    asked = {q.subject for q in report.questions if q.rule == "expectation"}
    assert asked == {"expect own must not aim_weapons by 1", "expect own must call by 1"}
    assert report.exit is Exit.FINDINGS


@pytest.mark.parametrize(
    ("file", "text"),
    [("code.cbm", "{draft}{clauses}"), ("code.cbm.md", "A draft.\n```cbm\n{draft}{clauses}```\n")],
    ids=["plain", "markdown"],
)
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_what_a_clause_that_cannot_be_read_may_declare_is_not_told_as_missing(
    lines: int, file: str, text: str, tmp_path: Path
) -> None:
    """On whichever of its lines the mistake stands."""
    unread = "clause 5{} a warshp{} must call within << 3 h\n".format(*["\n "] * (lines - 1), *[""] * (3 - lines))
    clauses = f"{unread}clause 6 a warship must call subject to 5\nclause 7 a warshp must call\n"
    (tmp_path / file).write_text(text.format(draft=DRAFT, clauses=clauses), encoding="utf-8")
    found = [(f.rule.value, f.primary.span.text) for f in run([tmp_path / file]).findings]
    assert found == [("syntax", "<"), ("undefined", "warshp")]
