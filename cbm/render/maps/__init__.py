"""Map of coverage to page: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable

from cbm.coverage_map import CoverageMap
from cbm.render.maps import csv, json, markdown, table

MAP_RENDERERS: dict[str, Callable[[CoverageMap], str]] = {
    "table": table.render,
    "markdown": markdown.render,
    "csv": csv.render,
    "json": json.render,
}

# The formats that show an example in every cell.
WITH_EXAMPLES = frozenset({"json"})
