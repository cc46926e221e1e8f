"""A text of statements to one in Markdown and back: what it says to cbm stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cbm.papers.literate_rows import rows_of_markdown, rows_of_statements
from cbm.source import Source
from cbm.syntax.cutting.fenced_blocks import is_markdown

_INSTRUCTION = re.compile(r"(#\s*)(cbm\s*:)")


def as_markdown(source: Source) -> str:
    """`.cbm.md`: the words that clauses quote stand above them, for more to be written; a Markdown file as it is."""
    if is_markdown(source.name):
        return source.text
    return "\n".join(_blocks(source))


def _blocks(source: Source) -> Iterator[str]:
    for words, statements in rows_of_statements(source):
        if words:
            yield f"{words}\n"
        if statements.strip():
            yield f"```cbm\n{statements.strip(chr(10))}\n```\n"


def as_statements(source: Source) -> str:
    """`.cbm`: the statements of a Markdown file, with its words as comments, none of which says anything to cbm."""
    if not is_markdown(source.name):
        return source.text
    return "\n".join(line.rstrip() for line in _lines(source.text)).strip("\n") + "\n"


def _lines(text: str) -> Iterator[str]:
    for words, statements in rows_of_markdown(text):
        for line in words.strip("\n").splitlines():
            yield _INSTRUCTION.sub(r"\1> \2", f"# {line}") if line.strip() else ""
        if statements.strip():
            yield from ("", *statements.strip("\n").split("\n"), "")
