"""The shape of an object for programs to its JSON Schema, as it is shipped."""

from __future__ import annotations

import json

from msgspec import Struct
from msgspec.json import schema


def schema_page(shape: type[Struct], name: str, title: str, version: int) -> str:
    """The schema of a version; `name` is that in its address, `title` says what such an object is."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cbm:{name}:{version}",
        "title": f"{title}, version {version}",
    }
    return json.dumps(head | schema(shape), indent=2, ensure_ascii=False) + "\n"
