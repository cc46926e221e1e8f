"""What answers: cbm as it lies here, file by file, the solver, and the rules of clocks."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

from cbm.version import VERSION

_PACKAGE = Path(__file__).resolve().parent.parent
_READ = (".py", ".po", ".messages")


@cache
def code_version() -> str:
    """Another one whenever any of these is another."""
    found = sha256(" ".join((VERSION, _version("z3-solver"), _version("tzdata"))).encode())
    for clocks in map(Path, TZPATH):
        if clocks.is_dir():
            found.update(f"{clocks} {clocks.stat().st_mtime_ns}".encode())
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(file for file in files if file.endswith(_READ)):
            path = Path(folder, name)
            state = path.stat()
            found.update(f"{path.relative_to(_PACKAGE)} {state.st_size} {state.st_mtime_ns}".encode())
    return found.hexdigest()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""  # it is on the path all the same
