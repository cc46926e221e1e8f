"""What a suite says is checked as if it were asked on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.project.configuration.project import SUITES, settle


def test_a_suite_says_what_is_checked_together(capsys: pytest.CaptureFixture[str]) -> None:
    settle(SUITES, "drafts/cbm.toml")
    assert main(["check", "--suite", "weapons", "--config", "drafts/cbm.toml"]) == Exit.MISUSE  # code.cbm is not here
    assert "code.cbm does not exist" in capsys.readouterr().err
    settle(SUITES.replace("code.cbm", "drafts/code.cbm"))
    assert main(["check", "--suite", "weapons", "--output-format", "json"]) == Exit.FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert ({finding["rule"] for finding in report["findings"]}, report["as_of"]) == ({"conflict"}, "2030-05-06")
    assert main(["check", "--suite", "weapons", "--select", "gap", "--as-of", "2031-01-01"]) == Exit.FINE
    assert "as of 2031-01-01" in capsys.readouterr().out
    assert main(["check", "--suite", "all of it", "--select", "redundancy"]) == Exit.FINDINGS
    assert main(["test", "--suite", "weapons"]) == Exit.MISUSE  # it has no cases
    assert "case" in capsys.readouterr().err


def test_paths_of_a_suite_begin_at_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(SUITES, "drafts/cbm.toml")
    Path("drafts/deeper").mkdir()
    monkeypatch.chdir("drafts/deeper")
    assert main(["check", "--suite", "weapons", "--output-format", "concise"]) == Exit.FINDINGS
    assert "\n../code.cbm:" in "\n" + capsys.readouterr().out


def test_a_suite_stands_in_place_of_paths(capsys: pytest.CaptureFixture[str]) -> None:
    settle(SUITES)
    assert main(["check", "drafts", "--suite", "weapons"]) == Exit.MISUSE
    assert "leave PATH out, or --suite" in capsys.readouterr().err
    assert main(["check"]) == Exit.MISUSE
    assert "Missing argument 'PATH...'." in capsys.readouterr().err
