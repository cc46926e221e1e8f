"""Where a negotiation stands, as Markdown."""

from __future__ import annotations

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.render.columns import page
from cbm.render.markdown_text import plain_words
from cbm.render.options.state_sections import heading, sections, verdict


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """The page, with a line break at its end."""
    lines = [f"# {plain_words(heading(state))}", "", plain_words(verdict(state))]
    for section in sections(state, delegation):
        lines += ["", f"## {plain_words(section.title)}", ""]
        if not section.items:
            lines.append(plain_words(section.nothing))
        for item in section.items:
            lines.append(f"- {plain_words(item.text)}")
            lines += (f"  - {plain_words(below)}" for below in item.below)
    return page(lines)
