"""`cbm docx`, and the findings on their way back: what is written, what is told, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.papers.written import code


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    code(Path("code.docx"))
    return tmp_path


def test_there_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts").mkdir()
    assert main(["docx", "code.docx", "texts/code.cbm.md", "--delegation", "Somebody=CN"]) == Exit.FINE
    told = capsys.readouterr()
    assert told.out == "wrote texts/code.cbm.md\n"
    assert told.err.splitlines() == [
        "14 paragraphs laid out, 9 with a place for their clauses.",
        "Of no known party: “Li Wei”. Say whose they are with --delegation 'AUTHOR=PARTY'.",
    ]
    assert main(["check", "texts", "-q", "-o", "docx:told.docx"]) == Exit.FINE
    assert Path("told.docx").is_file()
    assert main(["docx", "code.docx", "texts/code.cbm.md"]) == Exit.MISUSE
    assert "texts/code.cbm.md is there already, and may hold clauses: name another file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("docx", "code.docx", "code.md"), "let its name end in `.cbm.md`"),
        (("check", "bare.cbm", "-o", "docx:new.docx"), "name it with --document"),
        (("check", "bare.cbm", "-o", "docx:code.docx", "--document", "code.docx"), "code.docx is the document itself"),
        (("check", "bare.cbm", "--document", "code.docx"), "add `-o docx:FILE`"),
        (("check", "bare.cbm", "-o", "docx:new.docx", "--document", "bare.cbm"), "bare.cbm is no Word document"),
        (("check", "bare.cbm", "--output-format", "docx"), "docx"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bare.cbm").write_text('draft bare "Bare"\n  uses encounters\n', encoding="utf-8")
    assert main(list(arguments)) == Exit.MISUSE
    assert words in capsys.readouterr().err
    assert not Path("new.docx").exists()


def test_without_the_library_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in [name for name in sys.modules if name.startswith(("docx", "cbm.papers.word_"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "docx", None)
    assert main(["docx", "code.docx", "code.cbm.md"]) == Exit.MISUSE
    assert "install `cbm-checker[docx]`" in capsys.readouterr().err
