"""Brings the catalogues up to date with the messages in cbm: `python -m tests.catalogues`, after a message was changed.

New messages are added without a translation, messages that are gone are taken out. A catalogue has the messages of one
folder, in the order of its files. What is without a translation is counted at the end.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

import polib

from cbm.cli.spoken_help import paragraphs
from cbm.translation.catalogue import key_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cbm"
CATALOGUES = PACKAGE / "translation"
TRANSLATED = ("zh", "ja")
# Who tells a message, and which of the arguments are which.
_TELLERS = {"say": ("text",), "mark": ("text",), "say_count": ("text", "plural"), "say_as": ("context", "text")}
_COMMANDS = ("command", "group")  # which make commands of functions, and their help of docstrings
_HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}


@dataclass(slots=True)
class Message:
    """One message of a folder, and the files that tell it."""

    text: str
    plural: str = ""
    context: str = ""
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return key_of(self.text, self.context)


@cache
def messages() -> dict[str, dict[str, Message]]:
    """Folder to its messages by their keys; a folder is called as its catalogue is: `wording_findings`."""
    found: dict[str, dict[str, Message]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE)
        for message in told_in(path):
            known = found.setdefault("_".join(file.parent.parts) or "cbm", {}).setdefault(message.key, message)
            known.plural = known.plural or message.plural
            if file.as_posix() not in known.files:
                known.files.append(file.as_posix())
    return found


def catalogue_file(language: str, folder: str) -> Path:
    return CATALOGUES / language / f"{folder}.po"


def told_in(path: Path) -> Iterator[Message]:
    """The messages of one module in the order in which they stand, also those that are told within others.

    What is told by the name of a constant was marked where it stands. Put together on the spot, it would have no
    translation: that is a mistake. What commands do and what their options are for is told by their help.
    """
    nodes = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call | ast.FunctionDef)
    ]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        match node:
            case ast.FunctionDef():
                docstring = ast.get_docstring(node) if any(map(_makes_command, node.decorator_list)) else None
                yield from [Message(paragraphs(docstring))] if docstring else ()
            case ast.Call(func=ast.Attribute(value=ast.Name("click"), attr="option")):
                yield from (
                    Message(words) for one in node.keywords if one.arg == "help" for words in _literals(one.value, path)
                )
            case ast.Call(func=ast.Name(teller)):
                parts = _TELLERS.get(teller, ())
                for words in product(*(_literals(part, path) for part in node.args[: len(parts)])) if parts else ():
                    said = dict(zip(parts, words, strict=True))
                    yield Message(said["text"], said.get("plural", ""), said.get("context", ""))
            case _:
                pass


def _makes_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id in _COMMANDS


def _literals(part: ast.expr, path: Path) -> list[str]:
    match part:
        case ast.Constant(str(words)):
            return [words]
        case ast.IfExp():
            return [*_literals(part.body, path), *_literals(part.orelse, path)]
        case ast.JoinedStr() | ast.BinOp():
            raise ValueError(f"{path}:{part.lineno}: a message is one literal, or the name of one")
        case _:
            return []


def _update(language: str, folder: str, wanted: dict[str, Message]) -> int:
    """Writes one catalogue, and says how many of its messages are without a translation."""
    path = catalogue_file(language, folder)
    old = polib.pofile(path.read_text("utf-8")) if path.is_file() else polib.POFile()
    known = {key_of(entry.msgid, entry.msgctxt or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=120)
    new.metadata = {"Language": language, **_HEADER}
    for key, message in wanted.items():
        entry = known.get(key)
        words = "" if entry is None else entry.msgstr_plural.get(0, "") or entry.msgstr
        told = {"msgstr_plural": {0: words}, "msgid_plural": message.plural} if message.plural else {"msgstr": words}
        new.append(
            polib.POEntry(
                msgid=message.text,
                msgctxt=message.context or None,
                occurrences=[(file, "") for file in message.files],
                flags=[] if entry is None else entry.flags,
                tcomment="" if entry is None else entry.tcomment,
                **told,
            )
        )
    path.parent.mkdir(exist_ok=True)
    path.write_text(str(new), "utf-8")
    return len(new.untranslated_entries())


def main() -> None:
    found = messages()
    for language in TRANSLATED:
        for path in (CATALOGUES / language).glob("*.po"):
            if path.stem not in found:
                path.unlink()
        left = {folder: _update(language, folder, wanted) for folder, wanted in found.items()}
        told = {folder: count for folder, count in left.items() if count} or "complete"
        sys.stdout.write(f"{language}: {told}\n")


if __name__ == "__main__":
    main()
