"""`cbm init`: what it writes passes its own check, and nothing that is there is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.files import read_library
from cbm.finding import Exit
from cbm.starter import examples, new_suite, note_what_is_found, write_suite


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_small_code_passes_its_own_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "mine"]) == Exit.FINE
    assert capsys.readouterr().out == (
        "wrote mine/cases.cbm\nwrote mine/cbm.toml\nwrote mine/code.cbm\n\nNext: cbm check mine\n"
    )
    assert main(["check", "mine"]) == Exit.FINE
    assert "No findings" in capsys.readouterr().out
    assert main(["check", "mine", "--explain-green"]) == Exit.FINE
    assert "the code comes to" not in capsys.readouterr().err
    assert sorted(path.name for path in (folder / "mine").iterdir()) == ["cases.cbm", "cbm.toml", "code.cbm"]


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_it_is_written_in_the_language_asked_for(
    language: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--lang", language, "mine"]) == Exit.FINE
    for file in (folder / "mine").iterdir():
        remarks = re.findall(r"# .*", text := file.read_text("utf-8"))
        assert all(re.search(r"[\u4e00-\u9fff]", said) for said in (*remarks, *re.findall(r'"[^"\n]{9,}"', text)))
    code = (folder / "mine" / "code.cbm").read_text("utf-8")
    assert re.findall(r'(\w+) "', code).count(language) == 8, "a title, two articles, four clauses and a quotation"
    capsys.readouterr()
    assert main(["check", "mine"]) == Exit.FINE
    assert {"zh": "未发现问题", "ja": "指摘なし"}[language] in capsys.readouterr().out
    assert main(["fmt", "--check", "mine"]) == Exit.FINE


def test_a_case_of_it_that_no_longer_holds_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    code = folder / "code.cbm"
    code.write_text(code.read_text("utf-8").replace(" and not other.distress", ""), encoding="utf-8")
    assert main(["check", "."]) == Exit.FINDINGS
    assert "expect never separation <= 300 m" in capsys.readouterr().out


def test_a_draft_that_comes_with_cbm_shows_only_what_is_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "mine", "--example", "contested_waters"]) == Exit.FINE
    assert "Next: cbm check mine --baseline mine/known.json" in capsys.readouterr().out
    assert main(["check", "mine", "--baseline", "mine/known.json"]) == Exit.FINE
    assert main(["check", "mine"]) == Exit.FINDINGS


@pytest.mark.parametrize(("name", "typed"), [("my code", "'my code'"), ("守则", "守则"), ("a;b", "'a;b'")])
def test_what_comes_next_can_be_typed(capsys: pytest.CaptureFixture[str], name: str, typed: str) -> None:
    assert main(["init", name]) == Exit.FINE
    assert capsys.readouterr().out.endswith(f"\nNext: cbm check {typed}\n")


def test_nothing_is_noted_where_nothing_is_found(folder: Path) -> None:
    suite = new_suite(folder / "clean")
    write_suite(suite)
    assert note_what_is_found(suite) == ()
    assert not (folder / "clean" / "known.json").exists()


@pytest.mark.parametrize("name", examples())
def test_each_example_stands_by_itself(name: str, folder: Path) -> None:
    write_suite(new_suite(folder / name, name))
    library = read_library([folder / name])
    assert (library.findings, library.unread) == ((), ())
    assert name in {path.stem for path in library.files.values()}


def test_nothing_is_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "code.cbm").write_text("# mine\n", encoding="utf-8")
    assert main(["init"]) == Exit.MISUSE
    assert "code.cbm is there already, so nothing was written" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["code.cbm"]


def test_an_example_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "mine", "--example", "code_of_conduct"]) == Exit.MISUSE
    assert "write `code_of_conduct_2019` or `code_of_conduct_2019_rev1`" in capsys.readouterr().err
    assert not Path("mine").exists()
    assert main(["init", "--list"]) == Exit.FINE
    assert "silent_line\n" in capsys.readouterr().out
