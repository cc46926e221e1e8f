"""The README stays true: its document is checked and gives exactly the page that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.coverage_map import CoverageMap
from cbm.covering import Request, answer
from cbm.finding import Exit
from cbm.pipeline import run
from cbm.render import RENDERERS
from cbm.render.maps import MAP_RENDERERS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_gives_the_page_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```(?:cbm)?\n(.*?)```", README, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("near_ships.cbm").write_text(blocks[0], encoding="utf-8")
    assert RENDERERS["full"](run([Path("near_ships.cbm")])) == blocks[1]


def test_the_map_of_the_draft_is_the_page_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    drawn = answer(Request("specs/drafts/code_of_conduct_2019.cbm", matters=("notices",)))
    assert isinstance(drawn, CoverageMap)
    assert without_examples(f"```\n{MAP_RENDERERS['text'](drawn)}```") in without_examples(README)


def without_examples(page: str) -> str:
    """A page whose examples may be others: which one is shown hangs on the whole vocabulary."""
    return re.sub(r"^ {6}for example .*\n(?: {8}.*\n)*", "", page, flags=re.MULTILINE)


def test_the_command_for_tests_is_the_one_ci_runs() -> None:
    ci = (Path(__file__).parent.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "python -m pytest" in README
    assert "python -m pytest" in ci


def test_the_answers_about_the_hotline_are_those_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```(?:cbm)?\n(.*?)```", README, flags=re.DOTALL)
    block = next(block for block in blocks if block.startswith("$ cbm check"))
    shown = [part.split("\n", 1) for part in block.split("$ cbm ")[1:]]
    assert len(shown) == 2
    for command, page in shown:
        assert main(command.split()) == Exit.FINE
        told = capsys.readouterr().out.splitlines(keepends=True)
        assert "".join(told[:-1]) == page


def test_the_question_of_the_hotline_has_two_different_answers() -> None:
    before, after = (set(re.findall(r"clause (\d\.\d) needs", part)) for part in README.split("--as-of ")[1:3])
    assert before == {"2.2", "3.2", "3.3", "3.4", "4.3"}
    assert after == {"3.3", "3.4", "4.3"}
