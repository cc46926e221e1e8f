"""The pages that renderings of the sample are compared with.

`python -m tests.golden` rewrites them, and the schema of the JSON report; read the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import cbm
from cbm.finding import Report
from cbm.records import replace
from cbm.render import COLORED, RENDERERS
from cbm.render.report_document import json_schema
from tests.render.sample import REPORT

SCHEMA = Path(cbm.__file__).parent / "render" / "schema-1.json"


def explained(render: Callable[[Report], str]) -> Callable[[Report], str]:
    """The page for a reader who asked what stands behind the answers that find nothing."""
    return lambda report: render(replace(report, explain_green=True))


PAGES: Mapping[str, Callable[[Report], str]] = {
    "full.txt": RENDERERS["full"],
    "green.txt": explained(RENDERERS["full"]),
    "full.ansi": COLORED["full"],
    "green.ansi": explained(COLORED["full"]),
    "concise.txt": RENDERERS["concise"],
    "report.json": RENDERERS["json"],
    "report.sarif": RENDERERS["sarif"],
    "junit.xml": RENDERERS["junit"],
    "github.txt": RENDERERS["github"],
    "gitlab.json": RENDERERS["gitlab"],
    "report.md": RENDERERS["markdown"],
    "report.html": RENDERERS["html"],
}


def page(name: str) -> Path:
    """Where the page of that name is kept."""
    return Path(__file__).parent / "pages" / name


def rewrite() -> None:
    """Writes every page and the schema anew."""
    for name, render in PAGES.items():
        page(name).write_text(render(REPORT), encoding="utf-8", newline="\n")
    SCHEMA.write_text(json_schema(), encoding="utf-8", newline="\n")
