"""Every format of one report, as it was read and accepted; `python -m tests.golden` rewrites them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cbm.render import COLORED, RENDERERS
from cbm.render.report_document import json_schema
from tests.render.golden import PAGES, SCHEMA, page
from tests.render.sample import REPORT


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_accepted(name: str) -> None:
    assert PAGES[name](REPORT) == page(name).read_bytes().decode()


def test_every_format_has_a_page() -> None:
    assert {*RENDERERS.values(), *COLORED.values()} <= set(PAGES.values())


def test_the_shipped_schema_is_the_one_of_the_structs() -> None:
    assert alternatives_sorted(json.loads(SCHEMA.read_bytes())) == alternatives_sorted(json.loads(json_schema()))


def alternatives_sorted(schema: Any) -> Any:
    """The schema with its alternatives in one order; msgspec does not promise any."""
    match schema:
        case {"anyOf": [*parts], **rest}:
            return {**alternatives_sorted(rest), "anyOf": sorted(parts, key=json.dumps)}
        case {**members}:
            return {name: alternatives_sorted(member) for name, member in members.items()}
        case [*parts]:
            return [alternatives_sorted(part) for part in parts]
        case _:
            return schema


def test_the_schema_is_a_schema_and_the_json_report_obeys_it() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    report = json.loads(RENDERERS["json"](REPORT))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []


def test_the_schema_rejects_what_is_no_report() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    report = json.loads(RENDERERS["json"](REPORT))
    del report["findings"][0]["location"]["start"]["line"]
    assert len(list(Draft202012Validator(schema).iter_errors(report))) == 1
