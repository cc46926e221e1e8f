"""`cbm rules`, `cbm rule`, and what every command line has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cbm as library
from cbm.cli import main
from cbm.finding import Exit, RuleId
from cbm.render.rules import explanation
from cbm.version import VERSION
from tests.cli.conftest import CommandLine
from tests.cli.stub import CONFLICT
from tests.small_text import CASES, CODE


def test_rules_are_listed(cbm: CommandLine) -> None:
    assert cbm("rules") == Exit.FINE
    assert [line.split()[:2] for line in cbm.out.splitlines()] == [["conflict", "error"], ["redundancy", "warning"]]


def test_a_rule_is_explained(cbm: CommandLine) -> None:
    assert cbm("rule", "conflict") == Exit.FINE
    assert (cbm.out, cbm.err) == (explanation(CONFLICT), "")


def test_an_unknown_rule_is_answered_with_the_nearest(cbm: CommandLine) -> None:
    assert cbm("rule", "redundance") == Exit.MISUSE
    assert (cbm.out, cbm.err) == ("", "Error: unknown rule `redundance`; did you mean `redundancy`?\n")


@pytest.mark.parametrize("page", ["report", "coverage", "diff", "compare", "options", "ask", "example", "words"])
def test_the_schema_of_each_json_page_is_printed(cbm: CommandLine, page: str) -> None:
    assert cbm("schema", page) == Exit.FINE
    Draft202012Validator.check_schema(json.loads(cbm.out))


@pytest.mark.parametrize(
    ("page", "call"),
    [
        ("report", "check code.cbm"),
        ("test", "test code.cbm"),
        ("coverage", "coverage code.cbm --topic weapons"),
        ("diff", "diff code.cbm code.cbm"),
        ("compare", "compare code.cbm macm"),
        ("options", "options code.cbm --text code"),
        ("ask", "ask code.cbm"),
        ("example", "example code.cbm 1"),
        ("cards", "cards code.cbm --text-of CN"),
        ("words", "words lase"),
    ],
)
def test_a_json_page_names_its_schema(
    page: str, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("code.cbm").write_text(CODE + CASES, encoding="utf-8")
    main([*call.split(), "--output-format", "json"])
    told = json.loads(capsys.readouterr().out)
    main(["schema", page])
    schema = json.loads(capsys.readouterr().out)
    assert told["schema"] == schema["$id"] == f"urn:cbm:{page}:{told['version']}"
    assert told["tool"] == {"name": "cbm", "version": VERSION}
    assert list(Draft202012Validator(schema).iter_errors(told)) == []


@pytest.mark.parametrize("arguments", [[], ["chek"], ["rule"], ["--nonsense"]])
def test_usage_is_told_on_stderr(cbm: CommandLine, arguments: list[str]) -> None:
    assert cbm(*arguments) == Exit.MISUSE
    assert cbm.out == ""
    assert "Usage: cbm" in cbm.err


@pytest.mark.parametrize("arguments", [["--help"], ["check", "-h"], ["rule", "-h"], ["rules", "-h"]])
def test_help_is_told_on_stdout(cbm: CommandLine, arguments: list[str]) -> None:
    assert cbm(*arguments) == Exit.FINE
    assert cbm.out.startswith("Usage: cbm")
    assert cbm.err == ""


def test_the_version_is_told(cbm: CommandLine) -> None:
    assert cbm("--version") == Exit.FINE
    assert cbm.out.startswith("cbm ")
    assert len(cbm.out.splitlines()) == 1


def test_the_library_keeps_no_stub(cbm: CommandLine) -> None:
    cbm("rule", "conflict")
    assert set(library.RULES) == set(RuleId)
