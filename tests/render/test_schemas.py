"""The schemas that come with the package are those of the documents that are made."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.render.schemas import SCHEMAS, in_one_order, shipped


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_shipped_schema_is_a_schema_and_the_one_of_its_document(name: str) -> None:
    schema = shipped(name).read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(schema))
    assert in_one_order(schema) == in_one_order(SCHEMAS[name]())


@pytest.mark.parametrize("name", SCHEMAS)
def test_descriptions_are_not_indented_like_the_docstrings_that_they_are(name: str) -> None:
    assert "\\n " not in SCHEMAS[name]()


def test_each_shipped_schema_is_one_of_these() -> None:
    assert {*shipped("report").parent.glob("schema-*.json")} == {*map(shipped, SCHEMAS)}
