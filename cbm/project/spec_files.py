"""Paths to the files that may be read: plain ones inside the project; what else looks like a spec is told, and why not.

Links are followed as long as they stay inside the project. What begins with a dot is hidden, and not looked for.
Folders of other people's packages are passed over, and so is what the configuration of a project excludes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from errno import ELOOP, ENOENT, ENOTDIR
from functools import cache
from pathlib import Path
from stat import S_ISREG

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_bytes
from cbm.process.output import reason
from cbm.process.shown_paths import shown_path
from cbm.project.configuration.configurations import Configurations, isolated
from cbm.project.configuration.settings import OWN, SHARED
from cbm.records import Record
from cbm.report import Unread
from cbm.translation.listing import listed
from cbm.translation.saying import say

SUFFIXES = (".cbm", ".cbm.md")
IN_GIT = "git:"  # with what a state in git is named
MARKERS = (OWN, SHARED, ".git")
_PACKAGE = Path(__file__).resolve().parents[1]
_HEADER = re.compile(r"^(vocabulary|instrument) (\w+)", re.MULTILINE)
_SUBMODULES = ".gitmodules"  # at the top of a repository, with a line `path = …` for each other one that lies in it
_SUBMODULE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*\"?(.*?)\"?[ \t]*$", re.MULTILINE)
_FOREIGN = ("node_modules", "site-packages")
_ENVIRONMENT = "pyvenv.cfg"  # what each virtual environment of Python holds


class SpecFiles(Record):
    """The files to be read, each path once and in order, those that cannot be, and paths that are passed over."""

    files: tuple[Path, ...]
    unread: tuple[Unread, ...]
    excluded: tuple[str, ...] = ()


class UnreadableFile(Exception):
    """A file that may not or cannot be read; the message is what is said of it."""


class NoSpec(Misuse):
    """There is no file to be read in a folder."""


class AllExcluded(Misuse):
    """A configuration passes over all files of a folder."""


class _FolderSearch(Record):
    """A search through one folder: what bounds it, and what it comes upon beside the files."""

    project: Path
    configurations: Configurations
    known: set[Path]
    unread: list[Unread]
    excluded: list[str]


def is_spec(name: str) -> bool:
    """Whether a file of this name is read where it is not named itself: its ending says so."""
    return name.endswith(SUFFIXES)


def find_specs(
    paths: Sequence[Path], configurations: Configurations | None = None, unsaved: Container[Path] = ()
) -> SpecFiles:
    """The spec files meant by paths, folders searched through; what is named itself is never passed over.

    `unsaved` are real paths whose text is known, whether there is such a file or not.

    Misuse if there are none, or if a path that is named itself is no file, or leads out of its project.
    """
    found: dict[Path, None] = {}
    unread: dict[Unread, None] = {}
    excluded: dict[str, None] = {}
    chosen = isolated() if configurations is None else configurations
    for path in paths:
        if os.path.isdir(path):
            search = _FolderSearch(project_of(path), chosen, {_real(path)}, [], [])
            inside = _below(path, search)
            if not inside and not search.unread:
                raise _nothing_in(path, search.excluded)
            found.update(dict.fromkeys(inside))
            unread.update(dict.fromkeys(sorted(search.unread, key=lambda other: other.path)))
            excluded.update(dict.fromkeys(search.excluded))
        else:
            if _real(path) not in unsaved:
                _require_readable(path)
            chosen.use(path)
            found[path] = None
    if not found and not unread:
        raise Misuse(say("no spec found: name at least one file or folder"))
    return SpecFiles(tuple(found), tuple(unread), tuple(excluded))


def _nothing_in(folder: Path, excluded: Sequence[str]) -> Misuse:
    if not excluded:
        message = say("no spec found: the folder {folder} holds no file that ends in .cbm or .cbm.md", folder=folder)
        return NoSpec(message)
    message = say(
        "no spec found: the folder {folder} holds no file that ends in .cbm or .cbm.md "
        "but for what is excluded: {names}",
        folder=folder,
        names=listed(excluded, ","),
    )
    return AllExcluded(message)


def standard_documents() -> tuple[Path, ...]:
    """All files of the standard library, vocabularies first."""
    root = next((root for root in (_PACKAGE / "specs", _PACKAGE.parent / "specs") if root.is_dir()), _PACKAGE)
    return tuple(path for folder in ("vocabulary", "instruments") for path in sorted((root / folder).glob("*.cbm")))


def standard_names(word: str) -> list[str]:
    """By which names a text can use each `vocabulary` of the standard library, or stand beside each `instrument`."""
    return [name for begins, name in standard_headers() if begins == word]


def standard_file_of(name: str) -> Path | None:
    """In which file of the standard library the vocabulary or instrument of this name begins."""
    return next((path for (_, named), path in standard_headers().items() if named == name), None)


@cache
def standard_headers() -> Mapping[tuple[str, str], Path]:
    """The word and the name with which each document of the standard library begins, and its file."""
    headers = ((path, _HEADER.findall(path.read_text(encoding="utf-8"))) for path in standard_documents())
    return {header: path for path, found in headers for header in found}


def read_text(path: Path, project: Path | None = None) -> str:
    """What stands in a file; UnreadableFile where it is none, leads out of the project, or holds no text."""
    problem = _obstacle(path, project_of(path) if project is None else project)
    if problem:
        raise UnreadableFile(problem)
    try:
        return bounded_bytes(path).decode("utf-8")
    except OSError as refusal:
        raise UnreadableFile(_refused(refusal)) from None
    except UnicodeDecodeError as refusal:
        from cbm.project.encodings import other_format  # only who saved a file otherwise waits for it

        raise UnreadableFile(other_format(refusal.object, refusal.start, shown_path(path))) from None


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
    return Unread(shown_path(path), why)


def _require_readable(path: Path) -> None:
    """Misuse where a path that somebody names is not that of a file which may be read."""
    if not os.path.lexists(path):
        missing = say("{path} does not exist", path=path)
        if os.fspath(path).startswith(IN_GIT):
            advice = say("how texts were in git is asked on the command line, with `--against {path}`", path=path)
            missing = say("{message}; {advice}", message=missing, advice=advice)
        raise Misuse(missing)
    project = project_of(path)
    if not _real(path).is_relative_to(project):
        raise Misuse(say("{path} leads out of the project: name the file that is meant itself", path=path))
    problem = _obstacle(path, project)
    if problem:
        raise Misuse(say("{path} {problem}", path=path, problem=problem))


def _obstacle(path: Path, project: Path) -> str:
    """Why what stands there is not read; empty where it is a plain file inside the project."""
    file = _real(path)
    if not file.is_relative_to(project):
        return _outside()
    try:
        return "" if S_ISREG(file.stat().st_mode) else say("is no plain file")
    except OSError as refusal:
        return say("leads to nothing") if refusal.errno in (ENOENT, ENOTDIR, ELOOP) else _refused(refusal)


def _outside() -> str:
    return say("leads out of the project")


def _refused(refusal: OSError) -> str:
    return say("cannot be read: {reason}", reason=reason(refusal))


def _below(root: Path, search: _FolderSearch) -> list[Path]:
    """The spec files of a folder and of all below it; what looks like one and may not be read is noted."""
    files: list[Path] = []
    for path in _entries(root, search):
        if is_spec(path.name):
            problem = _obstacle(path, search.project)
        elif is_spec(path.name.lower()):
            problem = say("does not end in .cbm or .cbm.md, in small letters")
        elif not path.suffix and os.path.islink(path) and not os.path.exists(path):  # it may stand for a folder
            problem = say("leads to nothing")
        else:
            continue
        if search.configurations.use(path).leaves_out(path):
            search.excluded.append(shown_path(path))
        elif problem:
            search.unread.append(unread(path, problem))
        elif (file := _real(path)) not in search.known:
            search.known.add(file)
            files.append(path)
    return files


def _entries(root: Path, search: _FolderSearch) -> Iterator[Path]:
    """All that is no folder, in this folder and those below it, each folder once, in order."""
    waiting = _listed(root, search.unread)
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            yield path
            continue
        folder = _real(path)
        if is_foreign(path) or search.configurations.of(path.parent).leaves_out(path, folder=True):
            search.excluded.append(f"{shown_path(path)}/")
        elif not folder.is_relative_to(search.project):
            search.unread.append(unread(path, _outside()))
        elif folder not in search.known:
            search.known.add(folder)
            waiting += _listed(path, search.unread)


def is_foreign(folder: Path) -> bool:
    """Whether a folder holds what others wrote: packages that are installed."""
    return folder.name in _FOREIGN or os.path.lexists(folder / _ENVIRONMENT)


def _listed(folder: Path, others: list[Unread]) -> list[Path]:
    """What stands in a folder and is not hidden, the first one last."""
    try:
        with os.scandir(folder) as entries:
            there = [entry.name for entry in entries]
    except OSError as refusal:
        others.append(unread(folder, _refused(refusal)))
        return []
    if not there and _is_submodule(folder):
        why = say("is a submodule of git that is not checked out: fetch it, or let `exclude` leave it out")
        others.append(unread(folder, why))
    return [folder / name for name in sorted(there, reverse=True) if not name.startswith(".")]


def _is_submodule(folder: Path) -> bool:
    """Whether the repository in which a folder lies keeps another one there."""
    place = _real(folder)
    top = next((above for above in place.parents if os.path.exists(above / ".git")), None)
    try:
        listing = b"" if top is None else bounded_bytes(top / _SUBMODULES)
    except OSError:
        return False
    return any(top / path == place for path in _SUBMODULE.findall(listing.decode(errors="replace")) if top is not None)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
