"""Map of coverage to page: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable

from cbm.outcomes.coverage_map import CoverageMap
from cbm.render.maps import csv, html, markdown, svg, text
from cbm.render.translated_page import marked_down, with_caveat


def _json(drawn: CoverageMap) -> str:
    from cbm.render.maps import map_json  # what writes it is heavy, and not every page needs it

    return map_json.render(drawn)


MAP_RENDERERS: dict[str, Callable[[CoverageMap], str]] = {
    "text": with_caveat(text.render),
    "json": _json,
    "markdown": marked_down(markdown.render),
    "csv": csv.render,
    "html": html.render,
    "svg": svg.render,
}

# The formats that show an example in every cell.
WITH_EXAMPLES = frozenset({"json", "html"})
