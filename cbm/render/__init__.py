"""Report to page: one pure function per format, all of one shape."""

from __future__ import annotations

from collections.abc import Callable

from cbm.difference import Ledger
from cbm.finding import Report
from cbm.render import concise, difference_page, full


def _json(report: Report) -> str:
    from cbm.render import json  # what writes it is heavy, and not every page needs it

    return json.render(report)


def _diff_json(ledger: Ledger) -> str:
    from cbm.render import difference_json  # what writes it is heavy, and not every page needs it

    return difference_json.render(ledger)


RENDERERS: dict[str, Callable[[Report], str]] = {
    "full": full.render,
    "concise": concise.render,
    "json": _json,
}

# The formats that have a variant for a terminal with colours.
COLORED: dict[str, Callable[[Report], str]] = {
    "full": full.colored,
}

# Pages of what changed between texts.
DIFF_RENDERERS: dict[str, Callable[[Ledger], str]] = {
    "text": difference_page.render,
    "json": _diff_json,
}
