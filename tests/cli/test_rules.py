"""`cbm rules`, `cbm rule`, and what every command line has."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from cbm.finding import Exit
from cbm.render.rules import explanation
from tests.cli.conftest import CommandLine
from tests.cli.stub import CONFLICT


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
