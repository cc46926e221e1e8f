"""The README stays true: its document is checked and gives exactly the page that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cbm.finding import Repairs
from cbm.pipeline import run
from cbm.render import RENDERERS

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_example_gives_the_page_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```(?:cbm)?\n(.*?)```", README, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("near_ships.cbm").write_text(blocks[0], encoding="utf-8")
    assert RENDERERS["full"](run([Path("near_ships.cbm")], repairs=Repairs.SOME)) == blocks[1]


def test_the_command_for_tests_is_the_one_ci_runs() -> None:
    ci = (Path(__file__).parent.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "python -m pytest" in README
    assert "python -m pytest" in ci
