"""Pages to files and streams: all files or none of them, and no failure without a sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from stat import S_IMODE
from typing import TextIO

from cbm.finding import Misuse
from cbm.translation.saying import mark, say

# Why files, folders and ports are refused, as systems say it in English.
_REASONS = {
    errno.EPERM: mark("operation not permitted"),
    errno.ENOENT: mark("no such file or directory"),
    errno.EIO: mark("input/output error"),
    errno.EACCES: mark("permission denied"),
    errno.EEXIST: mark("file exists"),
    errno.ENOTDIR: mark("not a directory"),
    errno.EISDIR: mark("is a directory"),
    errno.EMFILE: mark("too many open files"),
    errno.EFBIG: mark("file too large"),
    errno.ENOSPC: mark("no space left on device"),
    errno.EROFS: mark("read-only file system"),
    errno.EPIPE: mark("broken pipe"),
    errno.ENAMETOOLONG: mark("file name too long"),
    errno.ELOOP: mark("too many levels of symbolic links"),
    errno.EADDRINUSE: mark("address already in use"),
}


def prepare(stream: TextIO | None) -> None:
    """UTF-8 and LF for files and pipes; a terminal keeps its encoding and is spared what it cannot show."""
    if isinstance(stream, TextIOWrapper):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


def show(page: str, stream: TextIO | None) -> None:
    """Prints a page; Misuse where that fails, but for a reader who has seen enough."""
    if stream is None:
        return
    try:
        stream.write(page)
        stream.flush()
    except BrokenPipeError:
        _abandon(stream)  # what was found stays the exit code
    except OSError as problem:
        _abandon(stream)
        raise Misuse(say("cannot write the report: {reason}", reason=reason(problem))) from problem


def write(pages: Iterable[tuple[Path, str | bytes]]) -> None:
    """Writes all files, texts in UTF-8; Misuse where one cannot be written, and what stood there before stays."""
    drafts: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, page in pages:
            content = page if isinstance(page, bytes) else page.encode("utf-8", "backslashreplace")
            if path.exists() and not path.is_file():
                path.write_bytes(content)  # a device or a pipe takes the page itself and must not be replaced
                continue
            file = Path(os.path.realpath(path))
            draft = file.with_name(f".{file.name}.{os.getpid()}")
            drafts.append((draft, file))
            draft.write_bytes(content)
            if file.exists():
                draft.chmod(S_IMODE(file.stat().st_mode))
        for draft, path in drafts:
            draft.replace(path)
    except OSError as problem:
        raise Misuse(say("cannot write `{path}`: {reason}", path=path, reason=reason(problem))) from problem
    finally:
        for draft, _ in drafts:
            with suppress(OSError):
                draft.unlink()


def reason(problem: OSError) -> str:
    """Why the system refused, as the end of a sentence: in its own words where it seldom does."""
    known = _REASONS.get(problem.errno or 0)
    return say(known) if known else (problem.strerror or str(problem)).lower()


def _abandon(stream: TextIO) -> None:
    """Sends what is left in the stream nowhere, so that closing it cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
