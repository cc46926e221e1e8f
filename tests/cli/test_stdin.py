"""`cbm check -`: a text from standard input in the place of a file, which may be saved, or saved otherwise, or not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit

Check = Callable[..., tuple[int, str]]

CODE = 'draft code "A code"\n  uses ours\n  between CN, JP\nclause 1 a warship must not aim_weapons\n'
OURS = "vocabulary ours uses encounters\n"
CLASH = f"{CODE}clause 2 a warship must aim_weapons\n"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Check:
    """Checks with a text on standard input, in a folder with a draft and its vocabulary: code and page."""
    monkeypatch.chdir(tmp_path)
    Path("drafts").mkdir()
    Path("drafts/ours.cbm").write_text(OURS, encoding="utf-8")
    Path("drafts/code.cbm").write_text(CODE, encoding="utf-8")

    def run(text: bytes, *arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text)))
        code = main(["check", *arguments, "--output-format", "concise"])
        out, err = capsys.readouterr()
        return code, out + err

    return run


def test_what_is_not_saved_is_checked_in_the_place_of_its_file(check: Check) -> None:
    for paths in (["-"], ["drafts", "-"], ["-", "drafts/code.cbm"]):
        code, page = check(CLASH.encode(), *paths, "--stdin-filename", "drafts/code.cbm")
        assert code == Exit.FINDINGS
        assert page.startswith("drafts/code.cbm:4:20: error[conflict] clauses 1 and 2 cannot both be complied with\n")
        assert ", 2 clauses, " in page  # it is not read twice
    assert Path("drafts/code.cbm").read_text(encoding="utf-8") == CODE
    assert check(CLASH.encode(), "-", "--stdin-filename", "drafts/new.cbm")[1].startswith("drafts/new.cbm:4:20: error")


def test_its_configuration_is_that_of_its_file(check: Check) -> None:
    Path("drafts/cbm.toml").write_text('ignore = ["conflict"]', encoding="utf-8")
    assert check(CLASH.encode(), "-", "--stdin-filename", "drafts/code.cbm")[0] == Exit.FINE


def test_without_a_file_it_stands_in_the_working_folder(check: Check) -> None:
    text = CLASH.replace("uses ours", "uses encounters")
    code, page = check(text.encode(), "-")
    assert (code, page.split(":")[0]) == (Exit.FINDINGS, "<stdin>")


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (b"\xff", ("-",), "standard input is not UTF-8 text (byte 0): save it as UTF-8"),
        (b"", ("-",), "no vocabulary, instrument, draft or cases in <stdin>"),
        (b"", ("drafts", "--stdin-filename", "x.cbm"), "--stdin-filename goes with `-` as a PATH"),
        (b"", ("-", "--stdin-filename", "drafts"), "drafts is a folder: --stdin-filename is the file"),
        (b"", ("-", "--repairs"), "changes are tried of files: save the text"),
    ],
)
def test_what_cannot_be_meant_is_refused(check: Check, text: bytes, arguments: tuple[str, ...], message: str) -> None:
    code, page = check(text, *arguments)
    assert code == Exit.MISUSE
    assert message in page
