"""Brings the catalogues up to date with the messages in cbm: `python -m tests.catalogues`, after a message was changed.

New messages are added without a translation, messages that are gone are taken out. A catalogue has the messages of one
folder, in the order of its files. What is without a translation is counted at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polib
from babel.messages.extract import extract_from_file

from cbm.translation.catalogue import key_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cbm"
CATALOGUES = PACKAGE / "translation"
TRANSLATED = ("zh", "ja")
_KEYWORDS = {"say": None, "mark": None, "say_count": (1, 2), "say_as": ((1, "c"), 2)}
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
        for message in _of_file(path):
            known = found.setdefault("_".join(file.parent.parts) or "cbm", {}).setdefault(message.key, message)
            known.plural = known.plural or message.plural
            if file.as_posix() not in known.files:
                known.files.append(file.as_posix())
    return found


def catalogue_file(language: str, folder: str) -> Path:
    return CATALOGUES / language / f"{folder}.po"


def _of_file(path: Path) -> Iterator[Message]:
    found = extract_from_file("python", path, keywords=_KEYWORDS)
    for _, told, _, context in found:  # type: ignore[misc]  # the stubs know of five parts
        text, plural = told if isinstance(told, tuple) else (told, "")
        yield Message(text, plural, context or "")


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
