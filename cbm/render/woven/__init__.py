"""Pages that show a text and its clauses side by side."""

from __future__ import annotations

from collections.abc import Callable

from cbm.outcomes.woven_text import WovenText
from cbm.render.translated_page import marked_down
from cbm.render.woven import woven_html, woven_markdown

WOVEN_RENDERERS: dict[str, Callable[[WovenText], str]] = {
    "html": woven_html.render,
    "markdown": marked_down(woven_markdown.render),
}
