"""How readers are told of a path: from the working folder on, with forward slashes, wherever that lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

# The folder whose files stand for those of another place, and how that place is called.
_STAND_IN: ContextVar[tuple[Path, str] | None] = ContextVar("_STAND_IN", default=None)


def shown_path(path: Path) -> str:
    """The way to it from the working folder; links on it stay as they are named."""
    if (stand_in := _STAND_IN.get()) is not None:
        folder, place = stand_in
        if path.is_relative_to(folder):
            return f"{place}:{path.relative_to(folder).as_posix()}"
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive there is no way
        return Path(os.path.abspath(path)).as_posix()


def place_of(name: str) -> Path:
    """Where the file lies that is shown by this name."""
    if (stand_in := _STAND_IN.get()) is not None:
        folder, place = stand_in
        if name.startswith(f"{place}:"):
            return folder / name.removeprefix(f"{place}:")
    return Path(name)


@contextmanager
def standing_in(folder: Path, place: str) -> Iterator[None]:
    """Within, what lies below the folder is shown as a file of this place: `git:HEAD:specs/code.cbm`."""
    token = _STAND_IN.set((folder, place))
    try:
        yield
    finally:
        _STAND_IN.reset(token)
