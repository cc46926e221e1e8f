"""`cbm check --fix`: what it prints, what it writes, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import settings

from cbm import files
from cbm.cli import main
from cbm.cli.commands import fix_dialogue
from cbm.finding import Exit, Finding, Misuse, Severity
from cbm.pipeline import run
from cbm.render import RENDERERS
from tests.shipped import DRAFTS

NIGHTLY = settings.default is not None and settings.default.max_examples >= 2_000
WORLD = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | helicopter
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
shared
  night "it is night" : flag
axiom "two sides" own.party is not other.party
types by own.craft, other.craft
topic manoeuvre
act hold_course, turn, call topic manoeuvre
never hold_course with turn
"""
DRAFT = """\
draft code "A code"
  uses strait
  between CN, JP

clause 1 every unit must hold_course
clause 2 a tanker when night must turn
clause 3 a frigate must call
clause 4 a frigate when night must not call
"""
MENDED = """\
draft code "A code"
  uses strait
  between CN, JP

clause 1 every unit must hold_course
clause 2 a tanker when night must turn in place of 1
clause 3 a frigate must call
clause 4 a frigate when night must not call in place of 3
"""


class Drafter:
    """Runs `cbm check` in a folder with a draft and its vocabulary."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capture = monkeypatch, capture
        self.out = self.err = ""
        Path("strait.cbm").write_text(WORLD, encoding="utf-8")
        Path("code.cbm").write_text(DRAFT, encoding="utf-8")

    def __call__(self, *arguments: str, answers: str | None = None) -> int:
        """`answers` are what is typed on a terminal; None: there is none."""
        self._monkeypatch.setattr(fix_dialogue, "is_terminal", lambda _: answers is not None)
        self._monkeypatch.setattr(sys, "stdin", StringIO(answers or ""))
        code = main(["check", *arguments])
        self.out, self.err = self._capture.readouterr()
        return code

    @property
    def draft(self) -> str:
        return Path("code.cbm").read_text(encoding="utf-8")


@pytest.fixture
def drafter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Drafter:
    monkeypatch.chdir(tmp_path)
    return Drafter(monkeypatch, capsys)


# ---- what is printed


def test_words_are_not_written_as_one_name_that_there_is_not(drafter: Drafter) -> None:
    slips = DRAFT.replace("must turn", "must turn round").replace("must hold_course", "must hold course")
    Path("code.cbm").write_text(slips, encoding="utf-8")
    drafter("code.cbm", "--fix", "--diff")
    assert "+clause 1 every unit must hold_course\n" in drafter.out
    assert "turn_round" not in drafter.out


def test_without_leave_the_diff_is_printed_and_nothing_written(drafter: Drafter) -> None:
    assert drafter("code.cbm", "--fix") == Exit.FINDINGS
    assert drafter.draft == DRAFT
    assert drafter.out == (
        "--- a/code.cbm\n+++ b/code.cbm\n@@ -3,6 +3,6 @@\n   between CN, JP\n \n"
        " clause 1 every unit must hold_course\n"
        "-clause 2 a tanker when night must turn\n+clause 2 a tanker when night must turn in place of 1\n"
        " clause 3 a frigate must call\n"
        "-clause 4 a frigate when night must not call\n+clause 4 a frigate when night must not call in place of 3\n"
    )
    assert "let 2, the more special one, stand `in place of 1`" in drafter.err
    assert drafter.err.splitlines()[-1] == (
        "Nothing was written (2 findings before, 0 after it): these changes alter what the text means; "
        "`--unsafe-fixes` writes them"
    )


def test_the_diff_is_one_that_patch_programs_take(drafter: Drafter) -> None:
    Path("code.cbm").write_bytes(DRAFT.rstrip("\n").replace("\n", "\r\n").encode())
    drafter("code.cbm", "--fix")
    Path("fix.diff").write_bytes(drafter.out.encode())
    subprocess.run(["git", "apply", "fix.diff"], check=True)
    assert Path("code.cbm").read_bytes() == MENDED.rstrip("\n").replace("\n", "\r\n").encode()


def test_where_nothing_settles_anything_it_is_said(drafter: Drafter) -> None:
    Path("code.cbm").write_text(DRAFT.partition("clause 2")[0], encoding="utf-8")
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes") == Exit.FINE
    assert drafter.out == ""
    assert "No change of the text was found" in drafter.err


def test_of_a_text_of_which_nothing_was_tried_it_is_not_said_that_nothing_was_found(drafter: Drafter) -> None:
    Path("code.cbm").write_text(DRAFT.replace("must turn", "[CN: must | JP: should] turn"), encoding="utf-8")
    drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes")
    assert "No change of code was tried" in drafter.err
    assert "No change of the text was found" not in drafter.err


def test_only_what_is_selected_is_settled(drafter: Drafter) -> None:
    drafter("code.cbm", "--fix", "--ignore", "conflict")
    assert drafter.out == ""


# ---- what is written


def test_what_is_accepted_as_a_whole_is_written_and_checked(drafter: Drafter) -> None:
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes", "-o", "json:after.json") == Exit.FINE
    assert drafter.draft == MENDED
    assert "Wrote code.cbm: 2 findings before, 0 after" in drafter.err
    assert Path("after.json").read_text(encoding="utf-8") == RENDERERS["json"](run([Path("code.cbm")]))
    assert run([Path("code.cbm")]).findings == ()


def test_where_nobody_can_be_asked_nothing_is_written(drafter: Drafter) -> None:
    assert drafter("code.cbm", "--fix", "--unsafe-fixes") == Exit.FINDINGS
    assert drafter.draft == DRAFT
    assert "in place of 1" in drafter.out
    assert "`--yes` accepts" in drafter.err


def test_the_diff_only_is_the_diff_only(drafter: Drafter) -> None:
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes", "--diff") == Exit.FINDINGS
    assert drafter.draft == DRAFT
    assert "in place of 1" in drafter.out


@pytest.mark.parametrize(
    ("answers", "written", "code"),
    [
        ("y\nn\n", "2 a tanker when night must turn in place of 1", Exit.FINDINGS),
        ("n\ny\n", "4 a frigate when night must not call in place of 3", Exit.FINDINGS),
        (
            "a\n",
            "in place of 1\nclause 3 a frigate must call\nclause 4 a frigate when night must not call in",
            Exit.FINE,
        ),
    ],
)
def test_on_a_terminal_each_change_is_asked_about(drafter: Drafter, answers: str, written: str, code: Exit) -> None:
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", answers=answers) == code
    assert written in drafter.draft
    assert drafter.draft.count("in place of") == (2 if answers == "a\n" else 1)
    assert "code.cbm:5: error[conflict]: clauses 1 and 2 cannot both be complied with" in drafter.out


def test_who_accepts_nothing_changes_nothing(drafter: Drafter) -> None:
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", answers="q\n") == Exit.FINDINGS
    assert drafter.draft == DRAFT


def test_line_breaks_and_the_byte_order_mark_stay(drafter: Drafter) -> None:
    Path("code.cbm").write_bytes(b"\xef\xbb\xbf" + DRAFT.replace("\n", "\r\n").encode())
    drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes")
    assert Path("code.cbm").read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


def test_clauses_in_markdown_are_mended_in_their_block(drafter: Drafter) -> None:
    text = f"# A code\n\n```cbm\n{DRAFT}```\n\nclause 9 is prose\n"
    Path("code.cbm").unlink()
    Path("code.cbm.md").write_text(text, encoding="utf-8")
    drafter("code.cbm.md", "--fix", "--unsafe-fixes", "--yes")
    assert Path("code.cbm.md").read_text(encoding="utf-8") == text.replace(DRAFT, MENDED)


def test_permissions_and_links_stay(drafter: Drafter) -> None:
    Path("code.cbm").rename("real.cbm")
    Path("real.cbm").chmod(0o640)
    Path("code.cbm").symlink_to("real.cbm")
    drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes")
    assert Path("code.cbm").is_symlink()
    assert Path("real.cbm").read_text(encoding="utf-8") == MENDED
    assert Path("real.cbm").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path().iterdir()) == ["code.cbm", "real.cbm", "strait.cbm"]


# ---- what is left alone


def test_of_several_files_none_is_written_if_one_is_read_only(drafter: Drafter) -> None:
    other = DRAFT.replace("draft code", "draft \u30b3\u30fc\u30c9")
    Path("\u30b3\u30fc\u30c9.cbm").write_text(other, encoding="utf-8")
    Path("code.cbm").chmod(0o444)
    assert drafter(".", "--fix", "--unsafe-fixes", "--yes") == Exit.MISUSE
    assert "code.cbm is read-only, so nothing was written" in drafter.err
    assert drafter.draft == DRAFT
    assert Path("\u30b3\u30fc\u30c9.cbm").read_text(encoding="utf-8") == other


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(
    drafter: Drafter, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite = files.rewrite

    def late(changes: Sequence[tuple[Path, str, str]]) -> None:
        Path("code.cbm").write_text("# mine\n", encoding="utf-8")
        rewrite(changes)

    monkeypatch.setattr(files, "rewrite", late)
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes") == Exit.MISUSE
    assert drafter.draft == "# mine\n"
    assert "code.cbm was changed meanwhile, so nothing was written" in drafter.err


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    with pytest.raises(Misuse):
        files.rewrite([(tmp_path / "a", "old", "new"), (tmp_path / "b", "older", "new")])
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


def test_instruments_and_vocabularies_are_never_changed(drafter: Drafter) -> None:
    instrument = DRAFT.replace("draft code", "instrument code")
    Path("code.cbm").write_text(instrument, encoding="utf-8")
    assert run([Path("code.cbm")]).findings
    drafter(".", "--fix", "--unsafe-fixes", "--yes")
    assert drafter.draft == instrument
    assert Path("strait.cbm").read_text(encoding="utf-8") == WORLD


def test_a_text_that_cannot_be_understood_is_left_alone(drafter: Drafter) -> None:
    Path("code.cbm").write_text(f"{DRAFT}clause 5 a barge must call\n", encoding="utf-8")
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes") == Exit.FINDINGS
    assert drafter.out == ""


# ---- slips of form and spelling

SLIPS = DRAFT.replace('"A code"', "“A code”").replace("a frigate must call", "a frigat must call。")
GUESSED = "clause 5 a helicopter mustn't call\n"


def test_slips_are_mended_unasked_and_what_changes_the_meaning_is_not(drafter: Drafter) -> None:
    Path("code.cbm").write_text(SLIPS + GUESSED, encoding="utf-8")
    assert drafter("code.cbm", "--fix") == Exit.FINDINGS
    assert drafter.draft == DRAFT + GUESSED
    assert "+clause 4 a frigate when night must not call in place of 3\n" in drafter.out
    assert "+clause 5 a helicopter must not call\n" in drafter.out
    assert "Wrote code.cbm: 3 slips of spelling are mended.\nNothing else was written (" in drafter.err


def test_of_slips_too_only_the_diff_is_shown_where_that_is_asked_for(drafter: Drafter) -> None:
    Path("code.cbm").write_text(SLIPS, encoding="utf-8")
    assert drafter("code.cbm", "--fix", "--diff", "--unsafe-fixes", "--yes") == Exit.FINDINGS
    assert drafter.draft == SLIPS
    assert '+draft code "A code"' in drafter.out
    assert drafter.err.splitlines()[-1].endswith("`--diff` shows what would be changed")


def test_with_leave_all_is_written_at_once(drafter: Drafter) -> None:
    Path("code.cbm").write_text(SLIPS + GUESSED, encoding="utf-8")
    drafter("code.cbm", "--fix", "--unsafe-fixes", "--yes")
    assert drafter.draft == MENDED + GUESSED.replace("mustn't", "must not")


def test_what_is_advised_for_a_text_that_cannot_be_read_is_asked_about(drafter: Drafter) -> None:
    Path("code.cbm").write_text(DRAFT + GUESSED, encoding="utf-8")
    assert drafter("code.cbm", "--fix", "--unsafe-fixes", answers="n\n") == Exit.FINDINGS
    assert "write `must not` for `mustn't`" in drafter.out
    assert drafter.draft == DRAFT + GUESSED


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes goes with --fix"),
        (["--yes"], "--yes goes with --fix"),
        (["--diff"], "--diff goes with --fix"),
        (["--fix", "--yes"], "--yes goes with --unsafe-fixes"),
        (["--fix", "--output-format", "json"], "--fix prints a diff"),
        (["--fix", "--repairs"], "--repairs shows changes with the findings"),
    ],
)
def test_misuse_is_told(drafter: Drafter, arguments: list[str], words: str) -> None:
    assert drafter("code.cbm", *arguments) == Exit.MISUSE
    assert words in drafter.err
    assert drafter.out == ""


# ---- the shipped drafts


def mended(drafter: Drafter, text: str) -> tuple[list[Finding], list[Finding]]:
    """What is more than a note in a draft, and what is once it is mended."""
    Path("shipped.cbm").write_text(text, encoding="utf-8")
    reports = [run([Path("shipped.cbm")])]
    drafter("shipped.cbm", "--fix", "--unsafe-fixes", "--yes")
    reports.append(run([Path("shipped.cbm")]))
    before, after = ([f for f in found.findings if f.severity is not Severity.NOTE] for found in reports)
    known = {(f.rule, f.clauses) for f in before}
    assert all((f.rule, f.clauses) in known for f in after)
    return before, after


@pytest.mark.parametrize(
    ("articles", "left"),
    [
        (2, set()),
        pytest.param(
            4,
            {"gap", "trap", "unserved-function"},
            marks=pytest.mark.skipif(not NIGHTLY, reason="takes some minutes"),
        ),
    ],
)
def test_the_draft_on_notification_is_mended(drafter: Drafter, articles: int, left: set[str]) -> None:
    text = (DRAFTS / "notification_2019.cbm").read_text(encoding="utf-8")
    before, after = mended(drafter, text.partition(f"article {articles + 1} ")[0])
    assert {f.rule for f in before} - {"gap"} == {"conflict", "impossible-duty", "trap", "unserved-function"}
    assert {f.rule for f in after} == left
    traps = [{f.clauses for f in found if f.rule == "trap"} for found in (before, after)]
    assert ("notification_2019:2.1", "notification_2019:2.3") in traps[0] - traps[1]


@pytest.mark.skipif(not NIGHTLY, reason="takes some minutes")
def test_the_first_draft_is_mended(drafter: Drafter) -> None:
    before, after = mended(drafter, (DRAFTS / "code_of_conduct_2019.cbm").read_text(encoding="utf-8"))
    assert len(after) < len(before) / 4
