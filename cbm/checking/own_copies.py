"""A library to which texts of the standard library it was not read with: files of its own have them otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.files import Library, standard_file
from cbm.syntax import ast
from cbm.translation.saying import say


def own_copies(library: Library) -> Iterator[str]:
    """For each document that is called as one of the standard library and says something else, where it was read."""
    for name, document in library.documents.items():
        source = document.span.source
        if source.standard or isinstance(document.header, ast.CasesHeader):
            continue
        standard = standard_file(name)
        if standard is not None and _words(document.span.text) not in _words(standard.read_text(encoding="utf-8")):
            yield say(
                "{name} is read from {file}, and says something else than the text of this name that comes with cbm",
                name=name,
                file=source.name,
            )


def _words(text: str) -> str:
    """A text without its blanks and line breaks."""
    return " ".join(text.split())
