"""Patterns of files and folders, and which paths they are for."""

from __future__ import annotations

from fnmatch import fnmatchcase

Patterns = tuple[str, ...]


def matches(pattern: str, path: tuple[str, ...]) -> bool:
    """Whether a pattern is for a path, or for a folder that it lies in; without a `/` it is for any name on the way."""
    parts = tuple(part for part in pattern.removeprefix("./").split("/") if part)
    return _meets(parts if "/" in pattern.rstrip("/") else ("**", *parts), path) if parts else False


def _meets(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_meets(pattern[1:], path[n:]) for n in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _meets(pattern[1:], path[1:])
