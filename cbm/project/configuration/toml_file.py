"""A file to what it says, with all that is wrong in it told at its line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from cbm.finding import Misuse
from cbm.process.bounded_reading import bounded_bytes
from cbm.process.output import reason
from cbm.process.shown_paths import shown_path
from cbm.project.configuration.key_values import Wrong
from cbm.project.configuration.keys import TABLES, field_of, reader_of
from cbm.project.configuration.settings import OWN, SHARED, Configuration, is_inside
from cbm.project.toml_mistakes import line_of, told
from cbm.translation.saying import say

_TABLE = ("tool", "cbm")  # in the file that other tools share
_OTHER_NAMES = ("cbm", "cbm-checker")  # by which the table is called in error
_OTHER_FILES = (".cbm.toml", "CBM.toml", "cbm.yaml", "cbm.yml", ".cbm.yaml", ".cbm.yml", "cbm-checker.toml")


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
        if name == OWN:
            _require_no_other_file(folder)
    return None


def _require_no_other_file(folder: Path) -> None:
    """Misuse where a file has another name that is meant for cbm: it would hold for nothing, in silence."""
    for name in _OTHER_FILES:
        if os.path.lexists(folder / name):
            words = say(
                "{path} is not read: what cbm is told stands in `{own}`, in lines such as {line};"
                " if this is for something else, put a `{own}` beside it, which may be empty",
                path=shown_path(folder / name),
                own=OWN,
                line='`select = ["gap"]`',
            )
            raise Misuse(words)


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
    root = _TABLE if shared else ()
    try:
        content: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # besides what is no TOML, endless numbers and endless brackets
        raise Misuse(told(shown, text, problem, partial(_refused, root))) from None
    for number, part in enumerate(root):
        if part not in content:
            _require_no_other_name(shown, text, content, root[:number])
            return None
        content = content[part]
        if not isinstance(content, dict):
            where = root[: number + 1]
            words = say("`{key}` is a table: write {table}", key=".".join(where), table=f"[{'.'.join(root)}]")
            raise Misuse(f"{shown}:{line_of(text, where)}: {words}")
    values: dict[str, Any] = {}
    problems: list[tuple[int, str]] = []
    for key, value in content.items():
        try:
            values[field_of(key)] = reader_of(key)(value)
        except Wrong as wrong:
            problems.append((line_of(text, (*root, key), wrong.word), str(wrong)))
    if problems:
        raise Misuse("\n".join(f"{shown}:{line}: {words}" for line, words in sorted(problems)))
    places = [(key, line_of(text, (*root, key))) for key in content]
    places += [(f"{t}.{key}", line_of(text, (*root, t, key))) for t in TABLES for key in content.get(t, ())]
    return Configuration(folder=os.path.abspath(file.parent), name=shown, **values, lines=tuple(places))


def _require_no_other_name(shown: str, text: str, content: Mapping[str, Any], above: tuple[str, ...]) -> None:
    """Misuse where a table has another name that is meant for cbm: it would hold for nothing, in silence."""
    for name in content:
        if name.lower().replace("_", "-") in _OTHER_NAMES and isinstance(content[name], dict):
            words = say("the table of cbm is called {table}", table=f"[{'.'.join(_TABLE)}]")
            raise Misuse(f"{shown}:{line_of(text, (*above, name))}: {words}")


def _refused(root: tuple[str, ...], content: Any) -> str:
    """What is wrong with what a statement by itself sets; nothing where it can be meant."""
    for part in root:
        content = content.get(part) if isinstance(content, dict) else None
    for key, value in (content if isinstance(content, dict) else {}).items():
        try:
            reader_of(key)(value)
        except Wrong as wrong:
            return str(wrong)
    return ""
