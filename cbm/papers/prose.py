"""Words of a document to Markdown in which they stand as they are."""

from __future__ import annotations

import re

from cbm.render.columns import visible

_SIGNS = re.compile(r"[\\`*_<&~]|\](?=[:(\[])|!(?=\[)")
_BEGINNING = re.compile(r"^(\s*)([#>|]|[-+](?=\s|$)|[-=]{3,}\s*$|[0-9]{1,9}(?=[.)]))")


def prose(words: str) -> str:
    """Lines of a paragraph; square brackets stay as they are, for whoever reads the source."""
    return "\\\n".join(filter(None, (_line(line) for line in words.split("\n"))))


def inline(words: str) -> str:
    """Words that stand behind others on their line."""
    return _SIGNS.sub(r"\\\g<0>", visible(" ".join(words.split())))


def cell(words: str) -> str:
    """The same in a cell of a table."""
    return _line(" ".join(words.split())).replace("|", "\\|")


def _line(line: str) -> str:
    return _BEGINNING.sub(_escaped, inline(line))


def _escaped(found: re.Match[str]) -> str:
    """What would make the line a heading, a list or a quotation; behind a figure its point is escaped."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"
