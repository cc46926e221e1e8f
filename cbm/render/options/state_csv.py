"""Where a negotiation stands, as a table: one row for each option, for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from cbm.outcomes.state_of_play import OptionStanding, StateOfPlay
from cbm.render.columns import inert_cell
from cbm.translation.saying import say

_COLUMNS = ("choice", "called", "place", "option", "proposers", "words", "remark", "in_a_clean_package")


def render(state: StateOfPlay, delegation: str | None = None) -> str:
    """The rows, of all options or of those that a delegation proposes; no cell is a formula."""
    page = StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(_COLUMNS)
    for choice in state.choices:
        for option in choice.options:
            if delegation is None or delegation in option.proposers:
                words = say("left out") if option.out else option.words
                row = (choice.title, choice.name, choice.place, str(option.number), " ".join(option.proposers), words)
                clean = _clean(state, option)
                table.writerow([inert_cell(cell) for cell in (*row, option.remark, clean)])
    return page.getvalue()


def _clean(state: StateOfPlay, option: OptionStanding) -> str:
    """Whether the option is in a clean package."""
    if option.dead or not (state.clean or state.workable):
        return "no"
    if option.left_aside:
        return "not asked"
    if state.clean_at_most:
        return "unknown"
    return "on some readings" if option.workable else "yes"
