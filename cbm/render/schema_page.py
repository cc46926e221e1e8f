"""The shape of an object for programs to its JSON Schema, as it is shipped."""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct
from msgspec.json import schema

from cbm.render.json_page import address
from cbm.translation.speech import Language

ToldIn: TypeAlias = Annotated[
    Language, Meta(description="The language of its words, ISO 639-1; names and values are the same in each.")
]


def schema_page(shape: type[Struct], name: str, title: str, version: int) -> str:
    """The schema of a version; `name` is that in its address, `title` says what such an object is."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(name, version),
        "title": f"{title}, version {version}",
        "properties": {
            "schema": {"description": "The address of this schema.", "const": address(name, version)},
            "tool": {
                "description": "What wrote the object.",
                "type": "object",
                "properties": {"name": {"const": "cbm"}, "version": {"type": "string"}},
            },
        },
    }
    return json.dumps(head | _described(schema(shape)), indent=2, ensure_ascii=False) + "\n"


def _described(part: Any) -> Any:
    """The same with descriptions as a reader sees them: not indented like the docstrings that they are."""
    match part:
        case dict():
            return {
                key: cleandoc(value) if key == "description" and isinstance(value, str) else _described(value)
                for key, value in part.items()
            }
        case list():
            return [_described(one) for one in part]
        case _:
            return part
