"""What a comment hides is counted and named where programs read; nothing that was not asked is called needless."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from cbm import run
from cbm.cli import main
from cbm.finding import Exit
from cbm.render import RENDERERS
from cbm.repair.mended_texts import mend
from cbm.report import Report
from cbm.source import Source
from cbm.syntax.cutting.ignore_comments import IgnoreComment, WrongComment, comments_of
from cbm.translation.speech import LANGUAGES, speaking

VOCABULARY = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
topic talk
act call, answer topic talk
"""
HEADER = 'draft code "A code"\n  uses strait\n  between CN, JP\n'
CLASH = """\
clause 1 a frigate must call  # cbm: ignore[conflict] because it is the next round's{until}
clause 2 a frigate must not call
"""
HIDDEN = CLASH.format(until="")


def checked(clauses: str, *, header: str = HEADER, **options: Any) -> Report:
    Path("strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    Path("code.cbm").write_text(header + clauses, encoding="utf-8")
    return run(["code.cbm"], **options)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(report: Report) -> list[str]:
    return [f"{finding.rule}: {finding.message}" for finding in report.findings]


def test_what_is_hidden_is_counted_and_does_not_make_a_run_fail() -> None:
    report = checked(HIDDEN)
    assert (told(report), report.exit) == ([], Exit.FINE)
    assert "Not told, as comments in the texts ask: 1 `conflict`." in RENDERERS["full"](report)


def test_what_is_wrong_with_a_comment_is_told_in_the_language_of_each_reader() -> None:
    wrong = Source("code.cbm", "draft code\n# cbm: ignore[gap]\nclause 1 a frigate must call")
    told: list[str] = []
    for language in LANGUAGES:
        with speaking(language):
            told += (comment.message for comment in comments_of(wrong) if isinstance(comment, WrongComment))
    assert told == [
        "this comment hides findings and does not say why",
        "该注释隐藏了发现，却未说明理由",
        "このコメントは指摘を隠すが、理由を述べていない",
    ]


@pytest.mark.parametrize(
    ("written", "advised"),
    [
        ("ignore[vacuity]", "ignore[vacuity] because …"),
        ("ignore[vacuity, conflict] until 2027-01-01", "ignore[vacuity, conflict] because … until 2027-01-01"),
        ("ignore[conflcit] because it is known", "ignore[conflict] because …"),
        ("ignore[conflict] because it is late until 2027-02-31", "ignore[conflict] because … until 2027-01-01"),
        ("ignore redundancy here", "ignore[redundancy] because …"),
        ("ignore", "ignore[gap] because …"),
        ("ignore[undecided] because it takes long", "ignore[gap] because …"),
    ],
)
def test_the_rules_that_a_comment_names_are_those_that_it_is_advised_with(written: str, advised: str) -> None:
    """`gap` was advised in place of whichever rule was meant, and hid something else then."""
    (wrong,) = comments_of(Source("code.cbm", f"draft code\n# cbm: {written}\nclause 1 a frigate must call"))
    assert isinstance(wrong, WrongComment)
    assert f"write `# cbm: {advised}`" in wrong.remedy


@pytest.mark.parametrize(
    "written",
    [
        "# cbm：ignore[gap] because they are left out",
        "# CBM: ignore[gap] because they are left out",
        "## cbm: ignore[gap] because they are left out",
        "# cbm ignore[gap] because they are left out",
        "# cbm; ignore [gap] because they are left out",
        "# cbm：請勿提示",
    ],
)
def test_a_comment_that_begins_otherwise_is_told(written: str) -> None:
    """It was passed over in silence."""
    (wrong,) = comments_of(Source("code.cbm", f"draft code\n{written}\nclause 1 a frigate must call"))
    assert isinstance(wrong, WrongComment)
    assert wrong.message == "this comment hides nothing, as it does not begin with `# cbm:`"
    assert wrong.remedy.startswith("write `# cbm: ignore[gap] because …`")
    assert wrong.span.text == written


@pytest.mark.parametrize("prose", ["# CBM: a measure of confidence", "# cbm ignores this", "# The CBM: ignore[gap]"])
def test_other_comments_speak_of_such_measures(prose: str) -> None:
    assert comments_of(Source("code.cbm", f"draft code\n{prose}\nclause 1 a frigate must call")) == ()


@pytest.mark.parametrize(
    "meant",
    [
        "until 2027-01-01 (see the minutes)",
        "until: 2027-01-01",
        "Until 2027-01-01",
        'until "2027-01-01"',
        "until 1 January 2027",
        "until Jan. 1, 2027",
    ],
)
def test_a_day_that_does_not_count_is_told(meant: str) -> None:
    """It was part of the reason, and the comment hid findings for good."""
    text = "draft code\n# cbm: ignore[conflict] because it is known {}\nclause 1 a frigate must call"
    (wrong,) = comments_of(Source("code.cbm", text.format(meant)))
    assert isinstance(wrong, WrongComment)
    assert wrong.message == "this comment would hide findings for good: its day does not stand last, as a date"
    assert wrong.remedy == "write `# cbm: ignore[conflict] because … until 2027-01-01`"


@pytest.mark.parametrize("reason", ["until the review of 2027", "until 500 m are kept", "since 2024-01-01"])
def test_a_reason_may_speak_of_time(reason: str) -> None:
    text = f"draft code\n# cbm: ignore[conflict] because it is known {reason}\nclause 1 a frigate must call"
    (comment,) = comments_of(Source("code.cbm", text))
    assert isinstance(comment, IgnoreComment)
    assert (comment.reason, comment.until) == (f"it is known {reason}", None)


def test_programs_are_told_what_is_hidden_and_why() -> None:
    report = checked(CLASH.format(until=" until 9998-12-31"))
    (hidden,) = json.loads(RENDERERS["json"](report))["suppressed"]
    assert (
        hidden["rule"],
        hidden["clauses"],
        hidden["reason"],
        hidden["until"],
        hidden["comment"]["start"]["line"],
    ) == (
        "conflict",
        ["code:1", "code:2"],
        "it is the next round's",
        "9998-12-31",
        4,
    )
    (result,) = json.loads(RENDERERS["sarif"](report))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "it is the next round's"}]


@pytest.mark.parametrize("moment", ["", "today", "²", "99999999999999", "9" * 5000])
def test_what_is_no_moment_of_any_day_says_nothing_of_today(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    assert not checked(CLASH.format(until=" until 9998-12-31")).findings


def test_the_day_is_the_one_of_who_runs_it_not_the_one_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    clauses = CLASH.format(until=" until 2027-01-01")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 2027-01-01
    assert not checked(clauses).findings
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798848000")  # 2027-01-02
    both = checked(clauses).findings
    assert [(finding.rule, finding.notes) for finding in both] == [("conflict", ()), ("ignore-comment", ANY)]
    (alone,) = checked(clauses, select=["conflict"]).findings
    assert alone.notes == ("a comment hid this up to 2027-01-01, a day that is over",)


@pytest.mark.parametrize(
    "options",
    [{"select": ["gap"]}, {"ignore": ["conflict", "ignore-comment"]}, {"ignore": ["conflict"]}],
    ids=str,
)
def test_a_comment_is_needless_only_where_its_rule_was_asked(options: dict[str, Any]) -> None:
    assert told(checked(HIDDEN, **options)) == []


@pytest.mark.parametrize(
    ("named", "options", "message", "advice"),
    [
        ("conflict, gap", {}, "this comment hides no `gap` at its statement", "take `gap` out of it"),
        (
            "seam, conflict, gap",
            {},
            "this comment hides no `seam` or `gap` at its statement",
            "take `seam` and `gap` out of it",
        ),
        (
            "trap, gap",
            {},
            "this comment hides nothing: there is no `trap` or `gap` at its statement",
            "take it out",
        ),
        ("trap, gap", {"ignore": ["trap"]}, "this comment hides no `gap` at its statement", "take `gap` out of it"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_of_several_rules_of_a_comment_those_are_told_that_hide_nothing(
    named: str, options: dict[str, Any], message: str, advice: str
) -> None:
    clauses = HIDDEN.replace("ignore[conflict]", f"ignore[{named}]")
    found = [f for f in checked(clauses, **options).findings if f.rule == "ignore-comment"]
    assert [(f.message, f.remedies) for f in found] == [(message, (advice,))]
    assert told(checked(HIDDEN.replace("conflict", "conflict, gap"), ignore=["gap"])) == []


def test_a_comment_in_a_text_that_is_over_is_not_called_needless() -> None:
    header = HEADER.replace("draft", "instrument") + "  in force 2010-01-01\n  until 2012-01-01\n"
    clauses = "clause 1 a frigate must call  # cbm: ignore[conflict] because it was so\n"
    days = (date(2009, 1, 1), date(2011, 1, 1), date(2019, 1, 1))
    found = [told(checked(clauses, header=header, ignore=["vacuity"], as_of=day)) for day in days]
    assert found == [[], ["ignore-comment: this comment hides nothing: there is no `conflict` at its statement"], []]


def test_nothing_is_called_needless_where_a_text_cannot_be_read() -> None:
    assert [f.rule for f in checked(HIDDEN + "clause 3 a frigate mustt call\n").findings] == ["syntax"]


@pytest.mark.parametrize(
    "fault", ["clause 3 a frigat must call\n", "clause 3 a frigate when own.crafft is frigate must call\n"]
)
def test_nothing_is_called_needless_where_one_of_several_texts_cannot_be_understood(fault: str) -> None:
    """The others are checked, and of that one nothing is asked."""
    Path("other.cbm").write_text(HEADER.replace("code", "other") + "clause 1 a frigate must call\n", encoding="utf-8")
    checked(HIDDEN + fault)
    assert [line for line in told(run(["."])) if line.startswith("ignore-comment")] == []


def test_nothing_is_called_needless_where_a_file_cannot_be_read() -> None:
    Path("beside.cbm").write_bytes(b"\xff\xfe")
    checked(HIDDEN.replace("must not", "may"))
    needless = "ignore-comment: this comment hides nothing: there is no `conflict` at its statement"
    assert needless in told(run(["code.cbm"]))
    assert needless not in told(run(["."]))


def test_what_is_hidden_is_not_mended() -> None:
    checked(HIDDEN)
    assert not mend(["code.cbm"], lambda *_: True).changes


def test_a_case_still_sees_what_a_comment_hides() -> None:
    report = checked(HIDDEN + 'cases "Clashes" for code\ncase "they clash"\n  expect conflict 1, 2\n')
    assert told(report) == []


def test_comments_count_inside_markdown_blocks_only() -> None:
    Path("strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    Path("code.cbm.md").write_text(f"# cbm: ignore the rest\n\n```cbm\n{HEADER}{HIDDEN}```\n", encoding="utf-8")
    assert told(run(["code.cbm.md"])) == []


def test_a_sign_in_quotes_begins_no_comment() -> None:
    report = checked('clause 1 a frigate must call\n  text en "# cbm: ignore me"\n')
    assert told(report) == []


def test_the_command_line_counts_a_wrong_comment_as_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    checked(HIDDEN.replace("conflict", "conflcit"))
    assert main(["check", "code.cbm"]) == Exit.FINDINGS
    assert "error[ignore-comment]: unknown rule `conflcit`; did you mean `conflict`?" in capsys.readouterr().out
