"""`--against git:REF` tells what a change brought; what was there is not told again, wherever it stands now."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.checking.test_suppression import HEADER, VOCABULARY

CLASH = "clause 1 a frigate must call\nclause 2 a frigate must not call\n"
NEW = "clause 3 a tanker must answer\nclause 4 a tanker must not answer\n"


def git(*words: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one clash in it."""
    folder = tmp_path / "project"
    (folder / "texts").mkdir(parents=True)
    monkeypatch.chdir(folder)
    Path("strait.cbm").write_text(VOCABULARY, encoding="utf-8")
    Path("texts/code.cbm").write_text(HEADER.replace("strait", 'strait from "../strait.cbm"') + CLASH, encoding="utf-8")
    git("init", "-q", ".")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return folder


def append(words: str, file: str = "texts/code.cbm") -> None:
    path = Path(file)
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    code = main(["check", "texts", "--against", "git:HEAD", "--output-format", "concise", *arguments])
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    return code, [line.split(" ", 1)[1] for line in lines if "error[" in line], f"{lines[-1]}\n{captured.err}"


def test_what_was_there_is_not_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts/code.cbm").rename("texts/another.cbm")
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINE, [])
    assert "1 finding known from git:HEAD not told." in closing


def test_what_a_change_brings_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    append(NEW)
    code, lines, _ = told(capsys)
    assert (code, lines) == (Exit.FINDINGS, ["error[conflict] clauses 3 and 4 cannot both be complied with"])


def test_a_change_of_what_texts_build_on_counts(capsys: pytest.CaptureFixture[str]) -> None:
    append("never call with answer\n", "strait.cbm")
    append("clause 5 a tanker must call, answer\n")
    code, lines, _ = told(capsys)
    assert (code, len(lines)) == (Exit.FINDINGS, 1)


def test_what_is_mended_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("texts/code.cbm")
    path.write_text(path.read_text(encoding="utf-8").replace("must not call", "may answer"), encoding="utf-8")
    code, lines, closing = told(capsys)
    assert (code, lines) == (Exit.FINE, [])
    assert "Not found any more: `conflict` clauses 1 and 2 cannot both be complied with." in closing


def test_a_new_file_is_new_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    Path("more").mkdir()
    Path("more/code.cbm").write_text(
        HEADER.replace("code", "more").replace("strait", 'strait from "../strait.cbm"') + CLASH, encoding="utf-8"
    )
    assert main(["check", "more", "--against", "git:HEAD"]) == Exit.FINDINGS
    shown = capsys.readouterr()
    assert "clauses 1 and 2" in shown.out
    assert "Note: more was not there in git:HEAD, so all that is found in it is told." in shown.err


def test_a_text_that_could_not_be_read_then_hides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    append("clause 7 a frigate mustt call\n")
    git("commit", "-q", "-a", "-m", "broken")
    path = Path("texts/code.cbm")
    path.write_text(path.read_text(encoding="utf-8").replace("mustt", "should"), encoding="utf-8")
    code, lines, closing = told(capsys)
    assert (code, any("clauses 1 and 2" in line for line in lines)) == (Exit.FINDINGS, True)
    assert "not everything could be asked of git:HEAD" in closing


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--against", "HEAD"], "`HEAD` is no git reference: write `git:HEAD`"),
        (["--against", "git:v9"], "there is no git reference `v9`"),
        (["--against", "git:HEAD", "-"], "--against tells what is new"),
        (["--against", "git:HEAD", "--fix"], "--against tells what is new"),
        (["--against", "git:HEAD", "--take", "1=a"], "--against compares texts as they are written"),
        (["--against", "git:HEAD", "--baseline", "known.json"], "--against tells what is new"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "texts", *arguments]) == Exit.MISUSE
    assert problem in capsys.readouterr().err


def test_paths_without_a_repository_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "strait.cbm"
    outside.write_text(VOCABULARY, encoding="utf-8")
    assert main(["check", str(outside), "--against", "git:HEAD"]) == Exit.MISUSE
    assert "lies in no git repository" in capsys.readouterr().err
