"""Where a negotiation stands, as Markdown."""

from __future__ import annotations

from re import compile as pattern

from cbm.render.columns import visible
from cbm.render.options.state_sections import heading, sections, verdict
from cbm.state_of_play import StateOfPlay

_SIGNS = pattern(r"([\\`*_{}\[\]<>()#+!|~&-])")


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """The page, with a line break at its end."""
    lines = [f"# {_text(heading(state))}", "", _text(verdict(state))]
    for section in sections(state, delegation):
        lines += ["", f"## {_text(section.title)}", ""]
        if not section.items:
            lines.append(_text(section.nothing))
        for item in section.items:
            lines.append(f"- {_text(item.text)}")
            lines += (f"  - {_text(below)}" for below in item.below)
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    """The words of texts are no markup."""
    return _SIGNS.sub(r"\\\1", visible(" ".join(words.split())))
