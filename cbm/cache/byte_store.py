"""A file of bytes by key, shared by processes; whatever is wrong with it, it holds nothing then.

What does not carry the digest of its own content is thrown away, and so is a file that is no store. When it has grown
too large, what was longest not asked for goes. One that can only be read is read, and nothing in it changes. Where it
cannot be used, or cannot be written, the run is told so (`Budget.incidents`): that another process holds it is waited
for once, and all files of its folder are left alone for a while then.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import closing, suppress
from errno import EACCES, EIO, ENOSPC
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, Self, TypeVar

from cbm.process.budget import current_budget
from cbm.process.output import reason
from cbm.translation.saying import mark, say

T = TypeVar("T")

MOST = 200_000_000  # bytes of content
_FORM = 1  # another form of the file is another file
_SMALL = 4_000_000  # bytes of a file that is read at once, where it is held open for many questions
_BUSY = 1.5  # seconds: so long one waits while another writes
_AWHILE = 30.0  # seconds: so long what another held longer is left alone
LOCKED = mark("another process holds what was found before, so nothing was looked up there or kept")
_AS_FILES = {
    sqlite3.SQLITE_FULL: ENOSPC,
    sqlite3.SQLITE_READONLY: EACCES,
    sqlite3.SQLITE_PERM: EACCES,
    sqlite3.SQLITE_IOERR: EIO,
}
_left_alone: dict[Path, float] = {}  # folders, and until when (by the clock of this process)
_TABLE = """
CREATE TABLE IF NOT EXISTS kept
  (key BLOB PRIMARY KEY, content BLOB NOT NULL, digest BLOB NOT NULL, turn INTEGER NOT NULL) WITHOUT ROWID
"""


class ByteStore:
    """`folder` is made where it is missing, for its owner alone."""

    def __init__(self, folder: Path, name: str = "outcomes", most: int = MOST) -> None:
        self._path, self._most = folder / f"{name}-{_FORM}.sqlite", most
        self._open: sqlite3.Connection | None = None
        self._read: dict[object, tuple[Any, Any]] | None = None  # all of a small file

    def __enter__(self) -> Self:
        """Held open for many questions."""
        if self._is_there():
            try:
                self._open = sqlite3.connect(self._path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
                if self._path.stat().st_size <= _SMALL:
                    rows = self._open.execute("SELECT key, content, digest FROM kept")
                    self._read = {key: (content, digest) for key, content, digest in rows}
            except (sqlite3.Error, OSError, TypeError, ValueError) as wrong:
                self._close()
                self._refused(wrong)
        return self

    def __exit__(self, *of: object) -> None:
        self._close()

    def look_up(self, key: bytes) -> bytes | None:
        """What is kept under the key, as long as the store is held open."""
        row = self._row(key) if self._read is None else self._read.get(key)
        return bytes(row[0]) if row is not None and _digest(key, row[0]) == row[1] else None

    def _row(self, key: bytes) -> tuple[Any, Any] | None:
        """Content and digest, as they stand in the file."""
        if self._open is None:
            return None
        try:
            found: tuple[Any, Any] | None = self._open.execute(
                "SELECT content, digest FROM kept WHERE key = ?", (key,)
            ).fetchone()
        except (sqlite3.Error, TypeError, ValueError) as wrong:
            self._close()  # what is wrong with it is seen when it is written
            self._refused(wrong)
            return None
        return found

    def put_all(self, content: Mapping[bytes, bytes], asked_for: Collection[bytes]) -> None:
        """Keeps all of this at once, and knows that the others were asked for."""
        self._close()
        if not content and not asked_for:
            return

        def write(file: sqlite3.Connection) -> None:
            (turn,) = file.execute("SELECT coalesce(max(turn), 0) + 1 FROM kept").fetchone()
            rows = [(key, one, _digest(key, one), turn) for key, one in content.items()]
            file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
            if content:
                file.executemany("UPDATE kept SET turn = ? WHERE key = ?", [(turn, key) for key in asked_for])
                self._shorten(file)

        self._written(write)

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
        self._read = None

    def get(self, key: bytes) -> bytes | None:
        """What is kept under the key, also in a file that can only be read."""

        def read(file: sqlite3.Connection) -> bytes | None:
            row = file.execute("SELECT content, digest FROM kept WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            content, digest = row
            sound = _digest(key, content) == digest
            newest = "(SELECT max(turn) FROM kept)"  # what is asked for again and again is written once
            asked_for = f"UPDATE kept SET turn = {newest} + 1 WHERE key = ? AND turn < {newest}"
            try:
                file.execute(asked_for if sound else "DELETE FROM kept WHERE key = ?", (key,))
            except sqlite3.OperationalError as wrong:
                if not _is_read_only(wrong):
                    raise
            return bytes(content) if sound else None

        return self._with(read) if self._is_there() else None

    def put(self, key: bytes, content: bytes) -> None:
        """Keeps it under the key, in place of what was there."""

        def write(file: sqlite3.Connection) -> None:
            turn = "(SELECT coalesce(max(turn), 0) + 1 FROM kept)"
            values = (key, content, _digest(key, content))
            file.execute(f"INSERT OR REPLACE INTO kept VALUES (?, ?, ?, {turn})", values)
            self._shorten(file)

        self._written(write)

    def _written(self, write: Callable[[sqlite3.Connection], None]) -> None:
        if self._is_left_alone():
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as wrong:
            self._refused(wrong)
        else:
            self._with(write)

    def _shorten(self, file: sqlite3.Connection) -> None:
        (size,) = file.execute("SELECT coalesce(sum(length(content)), 0) FROM kept").fetchone()
        while size > self._most:
            oldest, length = file.execute("SELECT key, length(content) FROM kept ORDER BY turn LIMIT 1").fetchone()
            file.execute("DELETE FROM kept WHERE key = ?", (oldest,))
            size -= length

    def _with(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        try:
            with closing(sqlite3.connect(self._path, timeout=_BUSY)) as file, file:
                file.execute(_TABLE)
                return work(file)
        except OSError as wrong:
            self._refused(wrong)
        except (sqlite3.Error, TypeError, ValueError) as wrong:
            if _passes(wrong):
                self._refused(wrong)
            else:
                with suppress(OSError):
                    os.unlink(self._path)
        return None

    def _is_there(self) -> bool:
        return os.path.exists(self._path) and not self._is_left_alone()

    def _is_left_alone(self) -> bool:
        alone = monotonic() < _left_alone.get(self._path.parent, 0.0)
        if alone:
            _tell(LOCKED)
        return alone

    def _refused(self, wrong: Exception) -> None:
        """Tells the run why it cannot be used; of what stands in the file, nothing is told."""
        if getattr(wrong, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            _left_alone[self._path.parent] = monotonic() + _AWHILE
            _tell(LOCKED)
        elif isinstance(wrong, OSError) or _passes(wrong):
            why = reason(wrong) if isinstance(wrong, OSError) else _reason(wrong)
            _tell(mark("nothing is kept in `{folder}`: {reason}", folder=self._path.parent, reason=why))


def _passes(wrong: Exception) -> bool:
    """Whether the file may be a store all the same: locked, full or read-only, and neither broken nor another one.

    Of a broken one sqlite also tells names that are no text, which Python calls a ValueError.
    """
    return isinstance(wrong, sqlite3.OperationalError) and wrong.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR


def _reason(wrong: Exception) -> str:
    """Why sqlite refused, in the words for other files."""
    number = _AS_FILES.get(getattr(wrong, "sqlite_errorcode", 0) & 0xFF)
    return say("a file in it cannot be opened") if number is None else reason(OSError(number, ""))


def _is_read_only(wrong: sqlite3.Error) -> bool:
    return wrong.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY


def _tell(incident: str) -> None:
    """Tells the run, once."""
    incidents = current_budget().incidents
    incidents += [] if incident in incidents else [incident]


def _digest(key: bytes, content: object) -> bytes:
    return sha256(key + content).digest() if isinstance(content, bytes) else b""
