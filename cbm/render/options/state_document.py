"""The shape of the JSON of a negotiation, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class StateDocument(StateOfPlay, kw_only=True):
    """Where the negotiation of a text stands, with the version of the shape and the exit code of the command."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: Literal[0, 1, 3]


def json_schema() -> str:
    """The JSON Schema of a negotiation, as shipped in `schema-options-1.json`."""
    return schema_page(StateDocument, "options", "Negotiation of a text by cbm", VERSION)
