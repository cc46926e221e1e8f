"""What the pages show: documents by file name, and commands with what they print, which can be written anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cbm.finding import Exit
from tests.pages.rooms import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (
        ROOT / "README.md",
        *(page for top in ("cbm", "grammar", "specs") for page in (ROOT / top).rglob("*.md")),
        ROOT / "tests" / "README.md",
    )
)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r"# (\S+\.cbm)\n")
# Stands on a line of its own for lines that are left out.
REST = "…\n"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file that a page shows, with the other files of the page, each as the page shows it last before this one.

    What comes later only is taken as the page shows it first.
    """

    page: str
    name: str
    files: tuple[tuple[str, str], ...]
    number: int

    def __str__(self) -> str:
        return f"{self.page}:{self.number}:{self.name}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a page shows, what it prints, and the document it comes after."""

    page: str
    words: str
    printed: str
    after: Document | None

    def __str__(self) -> str:
        return f"{self.page}: {self.words}"


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a language; without one of what a terminal shows."""
    return [block for found, block in _BLOCK.findall(read(page)) if found == language]


def shown(page: str) -> Iterator[Document | Command]:
    """Documents and commands in the order of the page."""
    found = _BLOCK.findall(read(page))
    files = {
        named[1]: block for language, block in reversed(found) if language == "cbm" and (named := _NAMED.match(block))
    }
    last: Document | None = None
    for number, (language, block) in enumerate(found, 1):
        named = _NAMED.match(block)
        if language == "cbm" and named is not None:
            files[named[1]] = block
            last = Document(page, named[1], tuple(files.items()), number)
            yield last
        elif not language and block.startswith("$ cbm "):
            for part in re.split(r"^\$ cbm ", block, flags=re.MULTILINE)[1:]:
                words, printed = part.split("\n", 1)
                yield Command(page, words, printed, last)


def documents() -> list[Document]:
    return [each for page in PAGES for each in shown(page) if isinstance(each, Document)]


def commands() -> list[Command]:
    return [each for page in PAGES for each in shown(page) if isinstance(each, Command)]


def rewrite() -> None:
    """Writes into every page what its commands print now, but where a part of it is left out or is only an example."""
    for page in PAGES:
        words, at = read(page), 0
        for command in (each for each in shown(page) if isinstance(each, Command)):
            at = words.index(f"$ cbm {command.words}\n", at) + len(f"$ cbm {command.words}\n")
            if REST not in command.printed and not command.words.startswith("coverage"):
                words = words[:at] + _printed(command) + words[at + len(command.printed) :]
        (ROOT / page).write_text(words, encoding="utf-8", newline="\n")


def _printed(command: Command) -> str:
    with TemporaryDirectory() as folder:
        (Path(folder) / "specs").symlink_to(ROOT / "specs")
        for name, text in () if command.after is None else command.after.files:
            (Path(folder) / name).write_text(text, encoding="utf-8")
        call = [
            sys.executable,
            "-c",
            "import sys; from cbm.cli import main; sys.exit(main())",
            *shlex.split(command.words),
        ]
        own = {**os.environ, "PYTHONPATH": str(ROOT)}  # and no other cbm that may be installed
        done = subprocess.run(call, capture_output=True, encoding="utf-8", cwd=folder, env=own, check=False)
        printed = as_shown(done.stdout, Path(folder))
    if done.returncode == Exit.INTERNAL or (command.printed and not done.stdout):
        raise SystemExit(f"{command}: nothing is written of what failed: {done.stderr}")
    return printed


def as_shown(printed: str, folder: Path) -> str:
    """What a command printed in a folder, as pages show it: where the project lies is no part of them.

    A page without findings begins with a line break, which is none either.
    """
    return printed.removeprefix("\n").replace(f"{os.path.relpath(ROOT, folder.resolve())}/", "")
