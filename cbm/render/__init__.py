"""Report to page: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable

from cbm.finding import Report
from cbm.render import concise, full, json

RENDERERS: dict[str, Callable[[Report], str]] = {
    "full": full.render,
    "concise": concise.render,
    "json": json.render,
}

# The formats that have a variant for a terminal with colours.
COLORED: dict[str, Callable[[Report], str]] = {
    "full": full.colored,
}
