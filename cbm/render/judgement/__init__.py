"""What came of a recorded encounter, to pages: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable

from cbm.outcomes.judgement import Judgement
from cbm.render.judgement import judgement_html, judgement_json, judgement_text
from cbm.render.translated_page import with_caveat

JUDGEMENT_RENDERERS: dict[str, Callable[[Judgement], str]] = {
    "text": with_caveat(judgement_text.render),
    "json": judgement_json.render,
    "html": judgement_html.render,
}
