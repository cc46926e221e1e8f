"""The shape of the JSON of a judged record, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

import json
from typing import Literal

from msgspec.json import schema

from cbm.outcomes.judgement import Judgement

VERSION: Literal[1] = 1


class JudgementDocument(Judgement, kw_only=True):
    """What came of a recorded encounter, with the version of the shape and the exit code of the command."""

    version: Literal[1]
    exit_code: Literal[0, 1, 3]


def json_schema() -> str:
    """The JSON Schema of a judged record, as shipped in `schema-judge-1.json`."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cbm:judge:{VERSION}",
        "title": f"A recorded encounter judged by cbm, version {VERSION}",
    }
    return json.dumps(head | schema(JudgementDocument), indent=2, ensure_ascii=False) + "\n"
