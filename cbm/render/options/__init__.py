"""Where a negotiation stands, to page: one pure function per format."""

from __future__ import annotations

from collections.abc import Callable

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.render.options import state_csv, state_html, state_json, state_markdown, state_text
from cbm.render.translated_page import marked_down, with_caveat

STATE_RENDERERS: dict[str, Callable[[StateOfPlay, str | None], str]] = {
    "text": with_caveat(state_text.render),
    "json": state_json.render,
    "html": state_html.render,
    "markdown": marked_down(state_markdown.render),
    "csv": state_csv.render,
}
