"""The shape of the JSON of a negotiation, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

import json
from typing import Literal

from msgspec.json import schema

from cbm.outcomes.state_of_play import StateOfPlay

VERSION: Literal[1] = 1


class StateDocument(StateOfPlay, kw_only=True):
    """Where the negotiation of a text stands, with the version of the shape and the exit code of the command."""

    version: Literal[1]
    exit_code: Literal[0, 1, 3]


def json_schema() -> str:
    """The JSON Schema of a negotiation, as shipped in `schema-options-1.json`."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cbm:options:{VERSION}",
        "title": f"Negotiation of a text by cbm, version {VERSION}",
    }
    return json.dumps(head | schema(StateDocument), indent=2, ensure_ascii=False) + "\n"
