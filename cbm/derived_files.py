"""What is made of source files, kept in a file of its own and read from there as long as its sources are the same.

Such a file holds its sources whole, which takes less time than a digest of them. It is data and nothing else: whoever
can write one can make a text be misread, but not run anything.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError, Raw
from msgspec.msgpack import decode, encode

from cbm.records import Record

T = TypeVar("T")


class Kept(Record):
    """The content of a file, and what it was made of."""

    sources: tuple[str, ...]
    content: Raw


def read(path: Path, sources: Sequence[str], kind: type[T]) -> T | None:
    """What is kept in the file; None where it is not there, cannot be read, or was made of other sources."""
    try:
        kept = decode(path.read_bytes(), type=Kept)
        return decode(kept.content, type=kind) if kept.sources == tuple(sources) else None
    except (OSError, MsgspecError):
        return None


def keep(path: Path, sources: Sequence[str], content: object) -> None:
    """Writes the file, at once and whole, so that others may read it meanwhile; OSError where that cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(encode(Kept(tuple(sources), Raw(encode(content)))))
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
