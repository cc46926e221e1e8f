"""What answers: cbm as it lies here, file by file, the solver, and the rules of clocks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import TZPATH

from cbm.version import VERSION

_PACKAGE = Path(__file__).resolve().parent.parent
_READ = (".py", ".po", ".messages")
_LIBRARIES = (".py", ".so", ".dll", ".dylib")


@cache
def code_version() -> str:
    """Another one whenever any of these is another."""
    found = sha256(VERSION.encode())
    for clocks in map(Path, TZPATH):
        if clocks.is_dir():
            found.update(f"{clocks} {clocks.stat().st_mtime_ns}".encode())
    parts = (*_files(_PACKAGE, _READ), *_installed("z3", "z3_solver", _LIBRARIES), *_installed("tzdata", "tzdata", ()))
    for part in parts:
        found.update(part.encode())
    return found.hexdigest()


def _installed(package: str, distribution: str, read: tuple[str, ...]) -> Iterator[str]:
    """The versions of a distribution that are installed where its package lies, and the files of the package."""
    spec = find_spec(package)  # it is not imported for that
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    yield from sorted(name for name in os.listdir(folder.parent) if name.startswith(f"{distribution}-"))
    yield from _files(folder, read)


def _files(package: Path, read: tuple[str, ...]) -> Iterator[str]:
    """Each file with such an ending, and its state."""
    for folder, folders, files in os.walk(package) if read else ():
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "include"))
        for name in sorted(file for file in files if file.endswith(read)):
            path = os.path.join(folder, name)
            state = os.stat(path)
            yield f"{path[len(str(package)) :]} {state.st_size} {state.st_mtime_ns}"
