"""How a draft stands to its models in the formats of code hosts, each read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from junitparser import Failure, JUnitXml

import cbm
from cbm.cli import main
from cbm.outcomes.model_comparison import ModelReport
from tests.render.differences.test_difference_notices import SCHEMA, SEA

MODEL = SEA.replace("draft code", "instrument pact") + (
    "clause 1 every unit must call\nclause 2 every unit must lamp\nclause 3 every unit must not shoot\n"
)
DRAFT = SEA + "clause 1 every unit must call\nclause 2 every unit should lamp\nclause 4 every unit must shoot\n"


@pytest.fixture
def stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelReport:
    monkeypatch.chdir(tmp_path)
    Path("pact.cbm").write_text(MODEL, encoding="utf-8")
    Path("code.cbm").write_text(DRAFT, encoding="utf-8")
    return cbm.compare("code.cbm", ["pact.cbm"], fail_on=["contradicted"])


def test_each_stance_but_what_is_kept_has_a_line_at_the_provision(stands: ModelReport) -> None:
    lines = cbm.render(stands, "concise").splitlines()
    assert lines[:2] == [
        "pact.cbm:15:21: note[only-advised] 2 (must) of pact: only advised by 2",
        "pact.cbm:16:21: error[contradicted] 3 (must not) of pact: contradicted by 4",
    ]
    assert lines[-1] == "code against the 3 provisions of pact: 1 kept, 1 only advised, 1 contradicted."


def test_sarif_holds_to_its_schema(stands: ModelReport) -> None:
    log = json.loads(cbm.render(stands, "sarif"))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] == []
    results = log["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("only-advised", "note"), ("contradicted", "error"), ("added", "note"),
    ]  # fmt: skip
    assert len({one["partialFingerprints"]["cbm/v1"] for one in results}) == 3


def test_what_is_kept_is_a_test_that_passed(stands: ModelReport) -> None:
    suites = {suite.name: list(suite) for suite in JUnitXml.fromstring(cbm.render(stands, "junit").encode())}
    assert {name: len(cases) for name, cases in suites.items()} == {
        "kept": 1,
        "only-advised": 1,
        "contradicted": 1,
        "added": 1,
    }
    assert [isinstance(result, Failure) for result in suites["contradicted"][0].result] == [True]
    passed = (suites[name][0].result for name in ("kept", "only-advised", "added"))
    assert not any(passed)


def test_left_out_everything_but_what_is_kept_fails(stands: ModelReport) -> None:
    assert stands.fail_on
    everything = cbm.compare("code.cbm", ["pact.cbm"])
    issues = json.loads(cbm.render(everything, "gitlab"))
    assert [one["severity"] for one in issues] == ["critical", "critical", "info"]
    assert main(["compare", "code.cbm", "pact.cbm", "-o", "github:out.txt", "-o", "gitlab:out.json"]) == 1
    assert json.loads(Path("out.json").read_text(encoding="utf-8")) == issues
    assert Path("out.txt").read_text(encoding="utf-8").count("::error file=pact.cbm") == 2


def test_what_is_so_elsewhere_is_told_last_and_by_its_condition_where_it_stands_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pact.cbm").write_text(
        SEA.replace("draft code", "instrument pact") + "clause 1 every unit must lamp\n", encoding="utf-8"
    )
    Path("code.cbm").write_text(SEA + "clause 1 every unit when fog must lamp or call\n", encoding="utf-8")
    report = cbm.compare("code.cbm", ["pact.cbm"])
    lines = [line.strip() for line in cbm.render(report, "text").splitlines()]
    told = [line for line in lines if line.startswith(("- ", "= whenever"))]
    assert told == [
        "- missing, and asked for elsewhere by 1",
        "= whenever: it is not so that fog",
        "- elsewhere weaker in what is asked for: the draft has 1",
    ]
    assert "elsewhere weaker" not in cbm.render(report, "concise")
    assert "%0Awhenever: fog%0A" in cbm.render(report, "github")
