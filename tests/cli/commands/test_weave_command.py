"""`cbm weave`: which page is printed or written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit

TEXT = 'draft code "A code"\n  uses encounters\n\nclause 1 "Call"\n  every unit must call\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.cbm").write_text(TEXT, encoding="utf-8")


def test_from_one_form_to_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["weave", "a.cbm", "--output-format", "literate", "-o", "a.cbm.md"]) == Exit.FINE
    assert Path("a.cbm.md").read_text(encoding="utf-8") == (
        '# A code\n\n```cbm\ndraft code "A code"\n  uses encounters\n```\n\n'
        '**1 Call**\n\n```cbm\nclause 1 "Call"\n  every unit must call\n```\n'
    )
    assert main(["weave", "a.cbm.md", "--output-format", "plain"]) == Exit.FINE
    with_words = TEXT.replace("clause", "# **1 Call**\n\nclause")
    assert capsys.readouterr().out == f"# # A code\n\n{with_words}"


@pytest.mark.parametrize(("format", "begins"), [("html", "<!DOCTYPE html>"), ("markdown", "# A code")])
def test_pages(format: str, begins: str, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: A002, as the option is
    assert main(["weave", "a.cbm", "--output-format", format]) == Exit.FINE
    assert capsys.readouterr().out.startswith(begins)


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.md", "a.md does not end in .cbm or .cbm.md"), ("b.cbm", "b.cbm does not exist"), ("c.cbm", "is not UTF-8")],
)
def test_what_is_refused(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.cbm").write_bytes(b"draft \xff")
    assert main(["weave", name]) == Exit.MISUSE
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("form", ["literate", "plain"])
@pytest.mark.parametrize("name", ["a.cbm", "b.cbm.md"])
def test_a_text_that_is_there_is_not_written_over(form: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.cbm.md").write_text("# Words that somebody wrote\n", encoding="utf-8")
    before = Path(name).read_bytes()
    assert main(["weave", "a.cbm", "--output-format", form, "-o", name]) == Exit.MISUSE
    assert f"{name} is there already, and may hold clauses: name another file" in capsys.readouterr().err
    assert Path(name).read_bytes() == before
