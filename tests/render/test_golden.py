"""Every format of one report, as it was read and accepted; `python -m tests.golden` rewrites them."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.render import COLORED, RENDERERS
from tests.render.golden import PAGES, page
from tests.render.sample import REPORT
from tests.render.schemas import shipped


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_accepted(name: str) -> None:
    assert PAGES[name](REPORT) == page(name).read_bytes().decode()


def test_every_format_has_a_page() -> None:
    assert {*RENDERERS.values(), *COLORED.values()} <= set(PAGES.values())


def test_the_json_report_obeys_its_schema() -> None:
    schema = json.loads(shipped("report").read_text(encoding="utf-8"))
    report = json.loads(RENDERERS["json"](REPORT))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []


def test_the_json_report_says_what_wrote_it_and_where_more_stands() -> None:
    report = json.loads(RENDERERS["json"](REPORT))
    assert list(report)[:2] == ["schema", "tool"]
    assert report["schema"] == json.loads(shipped("report").read_text(encoding="utf-8"))["$id"]
    assert report["tool"] == {"name": "cbm", "version": cbm.__version__}
    assert {finding["help"] for finding in report["findings"]} >= {"cbm rule conflict"}


def test_the_schema_rejects_what_is_no_report() -> None:
    schema = json.loads(shipped("report").read_text(encoding="utf-8"))
    report = json.loads(RENDERERS["json"](REPORT))
    del report["findings"][0]["location"]["start"]["line"]
    assert len(list(Draft202012Validator(schema).iter_errors(report))) == 1
