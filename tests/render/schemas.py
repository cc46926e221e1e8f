"""The schemas that come with the package, and what they are made of; `python -m tests.golden` rewrites them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import cbm
from cbm.render import report_document
from cbm.render.answers import answer_document, illustration_json
from cbm.render.cards import cards_json
from cbm.render.differences import comparison_document, difference_document
from cbm.render.judgement import judgement_document
from cbm.render.maps import map_document
from cbm.render.options import state_document
from cbm.render.suites import suite_document
from cbm.render.words import words_json

# By the name of the command whose page it describes; `report` is that of `check`.
SCHEMAS: Mapping[str, Callable[[], str]] = {
    "report": report_document.json_schema,
    "ask": answer_document.json_schema,
    "cards": cards_json.json_schema,
    "compare": comparison_document.json_schema,
    "coverage": map_document.json_schema,
    "diff": difference_document.json_schema,
    "example": illustration_json.json_schema,
    "judge": judgement_document.json_schema,
    "options": state_document.json_schema,
    "test": suite_document.json_schema,
    "words": words_json.json_schema,
}


def shipped(name: str) -> Path:
    """Where the schema of that name is kept."""
    named = "schema-1.json" if name == "report" else f"schema-{name}-1.json"
    return Path(cbm.__file__).parent / "render" / named


def in_one_order(schema: str) -> str:
    """The schema as text with its alternatives in one order; msgspec does not promise any."""
    return json.dumps(_in_one_order(json.loads(schema)))


def _in_one_order(schema: Any) -> Any:
    match schema:
        case {"anyOf": [*parts], **rest}:
            return {**_in_one_order(rest), "anyOf": sorted(parts, key=json.dumps)}
        case {**members}:
            return {name: _in_one_order(member) for name, member in members.items()}
        case [*parts]:
            return [_in_one_order(part) for part in parts]
        case _:
            return schema


def rewrite() -> None:
    """Writes each schema anew that says something else."""
    for name, made in SCHEMAS.items():
        kept = shipped(name)
        if in_one_order(kept.read_text(encoding="utf-8")) != in_one_order(made()):
            kept.write_text(made(), encoding="utf-8", newline="\n")
