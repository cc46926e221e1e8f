"""The pages that renderings of the sample are compared with.

`python -m tests.golden` rewrites them; read the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cbm.records import replace
from cbm.render import COLORED, RENDERERS
from cbm.report import Report
from tests.render.sample import REPORT


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
    """Writes every page anew."""
    for name, render in PAGES.items():
        page(name).write_text(render(REPORT), encoding="utf-8", newline="\n")
