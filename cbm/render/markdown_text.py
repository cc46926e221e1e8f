"""Words to Markdown in which nothing of them is markup."""

from __future__ import annotations

from cbm.patterns import pattern
from cbm.render.columns import visible

_SIGNS = pattern(r"([\\`*_{}\[\]<>()#+!|~&-])")


def plain_words(words: str) -> str:
    """One line that is shown as it is written."""
    return _SIGNS.sub(r"\\\1", visible(" ".join(words.split())))
