"""What a suite says is checked as if it were asked on the command line."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.project.configuration.project import CODE, SUITES, settle


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


def test_what_a_file_names_lies_in_its_project(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change that somebody proposes to a project opens no other files of the machine that checks it."""
    Path("secret.cbm").write_text(CODE, encoding="utf-8")
    Path("mine").mkdir()
    Path("mine/link").symlink_to(project)
    for key, call in (
        ('baseline = "../secret.cbm"', "check code.cbm"),
        (f'baseline = "{project}/secret.cbm"', "check code.cbm"),
        ('[suites.x]\npaths = [".."]', "check --suite x"),
        ('[suites.x]\npaths = ["code.cbm", "link"]', "test --suite x"),
        ('[suites.x]\npaths = ["/etc"]', "export --suite x --smt2 out"),
    ):
        settle(key, "mine/cbm.toml")
        settle(CODE, "mine/code.cbm")
        with chdir("mine"):
            assert main(call.split()) == Exit.MISUSE, key
        told = capsys.readouterr()
        assert "which lies out of the project: name it on the command line" in told.err, key
        assert told.out == ""
    Path(".git").mkdir()  # what a repository holds may name all of it
    settle('[suites.x]\npaths = [".."]', "mine/cbm.toml")
    with chdir("mine"):
        assert main(["check", "--suite", "x", "--select", "conflict", "-q"]) == Exit.FINDINGS
