"""How readers are told of a path: from the working folder on, with forward slashes, wherever that lies."""

from __future__ import annotations

import os
from pathlib import Path


def shown_path(path: Path) -> str:
    """The way to it from the working folder; links on it stay as they are named."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive there is no way
        return Path(os.path.abspath(path)).as_posix()
