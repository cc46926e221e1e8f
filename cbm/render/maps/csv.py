"""Map to comma-separated values: one line for each cell, with the values of each axis in words."""

from __future__ import annotations

import csv
import io

from cbm.outcomes.coverage_map import CoverageMap
from cbm.render.columns import inert_cell

_TOLD = ("types", "state", "force", "origin", "clauses", "clashes", "reserves", "readings")


def render(drawn: CoverageMap) -> str:
    """The table with its heading; values of one cell are parted by `|`, and no cell is a formula."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    axes = [axis.named.name for axis in drawn.axes]
    writer.writerow(["matter", "bearer", *axes, *_TOLD])
    for layer in drawn.layers:
        for cell in layer.cells:
            values = [
                "|".join(axis.values[p].named.name for p in classes[place].values)
                for axis, classes, place in zip(drawn.axes, layer.classes, cell.place, strict=True)
            ]
            clashes = ["+".join(clash.clauses) for clash in cell.clashes]
            told = [cell.state, cell.force or "", cell.origin or "", "|".join(cell.clauses), "|".join(clashes)]
            told += ["|".join(cell.reserves), "|".join(cell.readings)]
            writer.writerow(map(inert_cell, (layer.named.name, layer.bearer, *values, str(cell.types), *told)))
    return page.getvalue()
