"""A file to what it says, with all that is wrong in it told at its line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_bytes
from cbm.process.output import reason
from cbm.process.shown_paths import shown_path
from cbm.project.configuration.key_values import Wrong
from cbm.project.configuration.keys import TABLES, field_of, reader_of
from cbm.project.configuration.settings import OWN, SHARED, Configuration, is_inside
from cbm.translation.saying import say

_UNJOINED = "<<<<<<< "  # what git writes in front of two versions of a passage
_LONGEST = 100  # so many lines at most are looked at for the beginning of a statement that ends with a mistake
_TABLE = ("tool", "cbm")  # in the file that other tools share


def in_folder(folder: Path) -> Configuration | None:
    """What the file says that stands in a folder itself, if any: one of cbm's own counts first."""
    for name in (OWN, SHARED):
        file = folder / name
        if os.path.lexists(file) and (name == OWN or file.is_file()):
            text = _text(file)
            if name == SHARED and "cbm" not in text:
                continue
            if not is_inside(file, folder):
                words = say(
                    "{path} leads out of the project: name it itself (on the command line: `--config`)",
                    path=shown_path(file),
                )
                raise Misuse(words)
            found = _read(file, text, name == SHARED)
            if found is not None:
                return found
    return None


def read_file(file: Path) -> Configuration:
    """What a file says that is named. Misuse where that cannot be understood, or is nothing to cbm."""
    found = _read(file, _text(file), file.name == SHARED)
    if found is None:
        raise Misuse(say("{file} has no table {table}", file=file, table=f"[{'.'.join(_TABLE)}]"))
    return found


def _text(file: Path) -> str:
    shown = shown_path(file)
    if not os.path.lexists(file):
        raise Misuse(say("{file} does not exist", file=shown))
    if not os.path.isfile(file):
        raise Misuse(say("{file} is no plain file", file=shown))
    try:
        return bounded_bytes(file).decode("utf-8-sig")
    except OSError as refusal:
        raise Misuse(say("{file} cannot be read: {reason}", file=shown, reason=reason(refusal))) from None
    except UnicodeDecodeError as refusal:
        words = say("{file} is not UTF-8 text (byte {number}): save it as UTF-8", file=shown, number=refusal.start)
        raise Misuse(words) from None


def _read(file: Path, text: str, shared: bool) -> Configuration | None:
    """What a file says; None where it says nothing to cbm. Misuse, with all that is wrong in it."""
    import tomllib

    shown, text = shown_path(file), text.replace("\r\n", "\n")
    try:
        content: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # besides what is no TOML, endless numbers and endless brackets
        raise Misuse(_no_toml(shown, text, str(problem))) from None
    root = _TABLE if shared else ()
    for number, part in enumerate(root):
        if part not in content:
            return None
        content = content[part]
        if not isinstance(content, dict):
            where = root[: number + 1]
            words = say("`{key}` is a table: write {table}", key=".".join(where), table=f"[{'.'.join(root)}]")
            raise Misuse(f"{shown}:{_line(text, where)}: {words}")
    values: dict[str, Any] = {}
    problems: list[tuple[int, str]] = []
    for key, value in content.items():
        try:
            values[field_of(key)] = reader_of(key)(value)
        except Wrong as wrong:
            problems.append((_line(text, (*root, key), wrong.word), str(wrong)))
    if problems:
        raise Misuse("\n".join(f"{shown}:{line}: {words}" for line, words in sorted(problems)))
    places = [(key, _line(text, (*root, key))) for key in content]
    places += [(f"{t}.{key}", _line(text, (*root, t, key))) for t in TABLES for key in content.get(t, ())]
    return Configuration(folder=os.path.abspath(file.parent), name=shown, **values, lines=tuple(places))


def _no_toml(shown: str, text: str, problem: str) -> str:
    words, _, place = problem.partition(" (at ")
    numbers = [part for part in place.rstrip(")").replace(",", " ").split() if part.isdigit()]
    lines = text.split("\n")[: int(numbers[0])] if numbers else text.rstrip().split("\n")
    if numbers and lines[-1].startswith(_UNJOINED):
        message = say("two versions of this passage stand here, which git could not join")
        advice = say("write what is meant, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
        return f"{shown}:{numbers[0]}: {say('{message}; {advice}', message=message, advice=advice)}"
    if key := _set_before(lines):
        line = _line("\n".join(lines[:-1]), key)
        twice = say("`{key}` is set on line {line} already: say all of it there", key=".".join(key), line=line)
        return f"{shown}:{len(lines)}: {twice}"
    why = say("this is no TOML: {problem}", problem=f"{words[:1].lower()}{words[1:]}")
    return f"{':'.join((shown, *numbers))}: {why}"


def _set_before(lines: list[str]) -> tuple[str, ...]:
    """The key that the last statement sets, if those before it do as well; empty where something else is wrong."""
    for start in range(len(lines) - 1, max(-1, len(lines) - 1 - _LONGEST), -1):
        header = next((line for line in reversed(lines[:start]) if line.startswith("[")), "")
        own = _loaded(lines[start:] if lines[start].startswith("[") else [header, *lines[start:]])
        if own is None:
            continue
        key = list[str]()
        before: Any = _loaded(lines[:start])
        while isinstance(own, dict) and len(own) == 1:
            ((part, own),) = own.items()
            if not isinstance(before, dict) or part not in before:
                return ()
            key.append(part)
            before = before[part]
        return tuple(key)
    return ()


def _loaded(lines: list[str]) -> Any:
    """What these lines say; None where they cannot be read by themselves."""
    import tomllib

    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None


def _line(text: str, key: tuple[str, ...], word: str = "") -> int:
    """The line on which a key stands, or a word in what it is set to, counted from 1.

    A statement ends with the shortest beginning of the text that can be read and has the key.
    """
    import tomllib

    lines = text.split("\n")
    start = 1
    for end in range(1, len(lines) + 1):
        try:
            content: Any = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        for part in key:
            content = content.get(part) if isinstance(content, dict) else None
        if content is not None and not (word and not any(word in line for line in lines[start - 1 : end])):
            return next((n for n in range(start, end + 1) if word and word in lines[n - 1]), start)
        start = end + 1
    return 1
