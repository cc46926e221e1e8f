"""What is made and where it stands: each file as it would be written now."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cbm.pipeline import run
from cbm.render import COLORED
from tests.pages import comparisons, instruments, picture, terminal
from tests.pages.rooms import ROOT, plan

# Where a first clause is written, and found to clash with a second one.
FIRST_STEPS = ROOT / "grammar" / "README.md"
_FILE = re.compile(r"```cbm\n(# (\S+\.cbm)\n.*?)```", re.DOTALL)
_INSTRUMENTS = re.compile(r"(?<=<!-- instruments -->\n).*?(?=<!-- /instruments -->)", re.DOTALL)
_ROOMS = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- /rooms -->)", re.DOTALL)


def files_of(page: str) -> dict[str, str]:
    """The documents that a page shows, by the file name in their first line; the last one of a name counts."""
    return {name: text for text, name in _FILE.findall(page)}


def first_finding() -> str:
    """The finding that the first page shows, as a terminal shows it."""
    name = "near_ships.cbm"
    text = next(text for text, found in _FILE.findall(FIRST_STEPS.read_text(encoding="utf-8")) if found == name)
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(text, encoding="utf-8")
        os.chdir(folder)  # a report names paths as they were given
        try:
            page = COLORED["full"](run([Path(name)]))
        finally:
            os.chdir(before)
    return terminal.draw(f"cbm check {name}", page)


def architecture_page() -> str:
    """The page on the architecture, with the table of rooms as it is now."""
    rooms = sorted(plan().rooms, key=lambda room: (-plan().floors[room.name], room.name))
    lines = ["| room | what it does |", "|---|---|"]
    lines += [f"| `{room.name}{'/' if room.is_folder else '.py'}` | {room.says} |" for room in rooms]
    page = (ROOT / "cbm" / "README.md").read_text(encoding="utf-8")
    return _ROOMS.sub(lambda _: "\n".join(lines) + "\n", page)


def library_page() -> str:
    """The page on what comes with cbm, with the table of instruments as they are now."""
    page = (ROOT / "specs" / "README.md").read_text(encoding="utf-8")
    return _INSTRUMENTS.sub(lambda _: instruments.table() + "\n", page)


MADE: Mapping[str, Callable[[], str]] = {
    "cbm/architecture.svg": lambda: picture.draw(plan()),
    "cbm/README.md": architecture_page,
    "specs/README.md": library_page,
    comparisons.PAGE: comparisons.comparisons_page,
    ".github/finding.svg": first_finding,
}


def rewrite() -> None:
    """Writes all of it anew."""
    for name, make in MADE.items():
        (ROOT / name).write_text(make(), encoding="utf-8", newline="\n")
