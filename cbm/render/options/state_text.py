"""Where a negotiation stands, for a terminal."""

from __future__ import annotations

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.render.columns import page, wrap
from cbm.render.options.state_sections import heading, sections, verdict


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """The page, with a line break at its end."""
    lines = [*wrap(heading(state), rest="  "), *wrap(verdict(state))]
    for section in sections(state, delegation):
        lines += ["", section.title]
        if not section.items:
            lines += wrap(section.nothing, "  ", "  ")
        for item in section.items:
            lines += wrap(item.text, "  - ", "    ")
            for below in item.below:
                lines += wrap(below, "      ", "        ")
    return page(lines)
