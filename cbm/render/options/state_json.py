"""Where a negotiation stands, as JSON: the data as they are, with the version of their shape."""

from __future__ import annotations

import msgspec

from cbm.state_of_play import StateOfPlay

VERSION = 1


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """One object, with a line break at its end; a delegation that is named changes nothing."""
    del delegation
    told = {"version": VERSION, **msgspec.to_builtins(state), "exit_code": int(state.exit)}
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"
