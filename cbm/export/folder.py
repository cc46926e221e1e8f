"""A set of files into a folder that was empty: all of them, or none and a sentence that says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from cbm.finding import Misuse
from cbm.process.output import reason
from cbm.translation.saying import mark, say

# Where files wait until all are written; what is left of it tells of an export that was killed.
UNFINISHED = ".unfinished"
# File names stay short: so many clauses are named, and so many characters are kept.
_LABELS, _LENGTH = 4, 80


def require_empty(folder: Path) -> None:
    """Misuse unless the folder is new or holds nothing."""
    try:
        if folder.exists() and not folder.is_dir():
            raise _refused(folder, say("it is not a folder"))
        held = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as problem:
        raise _refused(folder, reason(problem)) from problem
    if held:
        words = mark("it holds `{name}` and {count} more; name a new or an empty folder")
        alone = mark("it holds `{name}`; name a new or an empty folder")
        several = len(held) > 1
        raise _refused(folder, say(words, name=held[0], count=len(held) - 1) if several else say(alone, name=held[0]))


def _refused(folder: Path, why: str) -> Misuse:
    return Misuse(say("cannot write into `{folder}`: {reason}", folder=folder, reason=why))


def write_all(folder: Path, pages: Iterable[tuple[str, str]]) -> None:
    """Writes each page under its name, as UTF-8 with LF; Misuse, and nothing left behind, if one cannot be written."""
    waiting = folder / UNFINISHED
    made: list[Path] = []  # folders made here, the outermost first
    names: list[str] = []
    done = False
    try:
        for part in (*reversed(folder.parents), folder, waiting):
            if not part.exists():
                part.mkdir()
                made.append(part)
        for name, page in pages:
            names.append(name)
            (waiting / name).write_bytes(page.encode("utf-8"))
        for name in names:
            (waiting / name).replace(folder / name)
        done = True
    except OSError as problem:
        raise _refused(folder, reason(problem)) from problem
    finally:
        _clear([waiting / name for name in names], [waiting])
        if not done:
            _clear([folder / name for name in names], made)


def file_name(number: str, rule: str, labels: Sequence[str]) -> str:
    """`0012-conflict-3.2-3.5.smt2`: sorts as it was asked, and tells what it is about."""
    parts = [rule, *labels[:_LABELS], *(["and_more"] if len(labels) > _LABELS else [])]
    words = "-".join(re.sub(r"[^\w.-]+", "_", part).strip("_") for part in parts if part)
    return f"{number}-{words[:_LENGTH] or 'question'}.smt2"


def _clear(files: Iterable[Path], folders: list[Path]) -> None:
    for path in files:
        with suppress(OSError):
            path.unlink()
    for path in reversed(folders):
        with suppress(OSError):
            path.rmdir()
