"""Where a negotiation stands, as one JSON object for programs, shaped as `schema-options-1.json` says."""

from __future__ import annotations

import msgspec

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.render.json_page import described_page
from cbm.render.options.state_document import VERSION
from cbm.translation.speech import spoken


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """One object, with a line break at its end; a delegation that is named changes nothing."""
    del delegation
    told = {"version": VERSION, "language": spoken(), **msgspec.to_builtins(state), "exit_code": int(state.exit)}
    return described_page(told, "options", VERSION)
