"""The shape of the JSON of a judged record, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from cbm.outcomes.judgement import Judgement
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class JudgementDocument(Judgement, kw_only=True):
    """What came of a recorded encounter, with the version of the shape and the exit code of the command."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: Literal[0, 1, 3]


def json_schema() -> str:
    """The JSON Schema of a judged record, as shipped in `schema-judge-1.json`."""
    return schema_page(JudgementDocument, "judge", "A recorded encounter judged by cbm", VERSION)
