"""The pages that maps of the strait are compared with.

`python -m tests.golden` rewrites them; read the difference before you commit it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cbm.outcomes.coverage_map import CoverageMap
from cbm.questions.covering import Request, answer
from cbm.render.maps import MAP_RENDERERS, WITH_EXAMPLES
from cbm.translation.speech import Language, spoken

HERE = Path(__file__).parent
STRAIT = HERE / "strait.cbm"
PAGES = {
    "text": "map.txt",
    "json": "map.json",
    "markdown": "map.md",
    "csv": "map.csv",
    "html": "map.html",
    "svg": "map.svg",
}


def strait(examples: bool = False, by: str = "") -> CoverageMap:
    """The map of the strait, in the language that is spoken."""
    return _strait(examples, by, spoken())


@cache
def _strait(examples: bool, by: str, _: Language) -> CoverageMap:
    found = answer(Request(str(STRAIT), by=by, examples=examples))
    assert isinstance(found, CoverageMap)
    return found


def rendered(name: str) -> str:
    """The page in this format."""
    return MAP_RENDERERS[name](strait(name in WITH_EXAMPLES))


def page(name: str) -> Path:
    """Where the page in this format is kept."""
    return HERE / "pages" / PAGES[name]


def rewrite() -> None:
    """Writes every page anew."""
    for name in PAGES:
        page(name).write_text(rendered(name), encoding="utf-8", newline="\n")
