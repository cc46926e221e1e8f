"""Paths to the files that may be read: plain ones inside the project; what else looks like a spec is told, and why not.

Links are followed as long as they stay inside the project. What begins with a dot is hidden, and not looked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from errno import ELOOP, ENOENT, ENOTDIR
from pathlib import Path
from stat import S_ISREG

from cbm.finding import Misuse, Unread
from cbm.output import reason

SUFFIXES = (".cbm", ".cbm.md")
MARKERS = ("cbm.toml", "pyproject.toml", ".git")
_OUTSIDE = "leads out of the project"
_NOTHING = "leads to nothing"


@dataclass(frozen=True, slots=True)
class SpecFiles:
    """The files to be read, each path once and in order, and those that are not to be."""

    files: tuple[Path, ...]
    unread: tuple[Unread, ...]


class UnreadableFile(Exception):
    """A file that may not or cannot be read; the message is what is said of it."""


def find_specs(paths: Sequence[Path]) -> SpecFiles:
    """The spec files meant by paths, folders searched through.

    Misuse if there are none, or if a path that is named itself is no file, or leads out of its project.
    """
    found: dict[Path, None] = {}
    unread: dict[Unread, None] = {}
    for path in paths:
        if os.path.isdir(path):
            inside, others = _below(path)
            if not inside and not others:
                raise Misuse(f"no spec found: the folder {path} holds no file that ends in .cbm or .cbm.md")
            found.update(dict.fromkeys(inside))
            unread.update(dict.fromkeys(others))
        else:
            _require_readable(path)
            found[path] = None
    if not found and not unread:
        raise Misuse("no spec found: name at least one file or folder")
    return SpecFiles(tuple(found), tuple(unread))


def read_text(path: Path, project: Path | None = None) -> str:
    """What stands in a file; UnreadableFile where it is none, leads out of the project, or holds no text."""
    problem = _obstacle(path, project_of(path) if project is None else project)
    if problem:
        raise UnreadableFile(problem)
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as refusal:
        raise UnreadableFile(f"cannot be read: {reason(refusal)}") from None
    except UnicodeDecodeError as refusal:
        raise UnreadableFile(f"is not UTF-8 text (byte {refusal.start}): save it as UTF-8") from None


def project_of(path: Path) -> Path:
    """The folder that what stands there may not reach out of: the nearest one with a project file, else its own.

    Of a link, the folder that the link stands in counts.
    """
    folder = _real(path) if os.path.isdir(path) else _real(path.parent)
    for candidate in (folder, *folder.parents):
        if any(os.path.exists(candidate / marker) for marker in MARKERS):
            return candidate
    return folder


def unread(path: Path, why: str) -> Unread:
    """A file that is not read, by its path from the working folder where that is shorter to read."""
    whole, here = Path(os.path.abspath(path)), Path.cwd()
    return Unread((whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix(), why)


def _require_readable(path: Path) -> None:
    """Misuse where a path that somebody names is not that of a file which may be read."""
    if not os.path.lexists(path):
        raise Misuse(f"{path} does not exist")
    problem = _obstacle(path, project_of(path))
    if problem:
        raise Misuse(f"{path} {problem}{': name the file that is meant itself' if problem == _OUTSIDE else ''}")


def _obstacle(path: Path, project: Path) -> str:
    """Why what stands there is not read; empty where it is a plain file inside the project."""
    file = _real(path)
    if not file.is_relative_to(project):
        return _OUTSIDE
    try:
        return "" if S_ISREG(file.stat().st_mode) else "is no plain file"
    except OSError as refusal:
        return _NOTHING if refusal.errno in (ENOENT, ENOTDIR, ELOOP) else f"cannot be read: {reason(refusal)}"


def _below(root: Path) -> tuple[list[Path], list[Unread]]:
    """The spec files of a folder and of all below it; and what looks like one and may not be read."""
    project, known = project_of(root), {_real(root)}
    files: list[Path] = []
    others: list[Unread] = []
    for path in _entries(root, project, known, others):
        if path.name.endswith(SUFFIXES):
            problem = _obstacle(path, project)
        elif path.name.lower().endswith(SUFFIXES):
            problem = "does not end in .cbm or .cbm.md, in small letters"
        else:
            continue
        if problem:
            others.append(unread(path, problem))
        elif (file := _real(path)) not in known:
            known.add(file)
            files.append(path)
    return files, sorted(others, key=lambda other: other.path)


def _entries(root: Path, project: Path, known: set[Path], others: list[Unread]) -> Iterator[Path]:
    """All that is no folder, in this folder and those below it, each folder once, in order."""
    waiting = _listed(root, others)
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            yield path
            continue
        folder = _real(path)
        if not folder.is_relative_to(project):
            others.append(unread(path, _OUTSIDE))
        elif folder not in known:
            known.add(folder)
            waiting += _listed(path, others)


def _listed(folder: Path, others: list[Unread]) -> list[Path]:
    """What stands in a folder and is not hidden, the first one last."""
    try:
        with os.scandir(folder) as entries:
            names = sorted((entry.name for entry in entries if not entry.name.startswith(".")), reverse=True)
    except OSError as refusal:
        others.append(unread(folder, f"cannot be read: {reason(refusal)}"))
        return []
    return [folder / name for name in names]


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
