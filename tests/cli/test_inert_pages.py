"""Titles that look like commands to a CI server, in a shipped text: no line that is printed is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.shipped import DRAFTS

TITLE = re.compile(r'^(\s*(?:draft|article|clause|act|channel|language|vocabulary)\b[^"\n]*)"', re.MULTILINE)
COMMAND = re.compile(r"\s*::[^:\s]|.*##\[")
OWN = re.compile(r"::(error|warning|notice) (file|title)=")
DRAFT = DRAFTS / "consultations.cbm"
CALLS = (
    "check draft.cbm --explain-green -o concise:a.out -o github:b.out -o markdown:c.out",
    "coverage draft.cbm",
    "coverage draft.cbm --output-format markdown",
    "ask draft.cbm",
    "example draft.cbm 1",
    "compare draft.cbm other.cbm",
    "diff draft.cbm other.cbm",
)


@pytest.mark.parametrize("call", CALLS)
def test_no_line_is_a_command(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    titled, count = TITLE.subn(r'\1"::stop-commands::x ##[group] ', DRAFT.read_text(encoding="utf-8"))
    assert count > 5
    Path(tmp_path, "draft.cbm").write_text(titled, encoding="utf-8")
    Path(tmp_path, "other.cbm").write_text(titled.replace("must", "should", 1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(call.split()) in (Exit.FINE, Exit.FINDINGS, Exit.UNDECIDED)
    lines = capsys.readouterr().out.splitlines()
    assert lines
    lines += (line for file in tmp_path.glob("*.out") for line in file.read_text(encoding="utf-8").splitlines())
    assert [line for line in lines if COMMAND.match(line) and not OWN.match(line)] == []
