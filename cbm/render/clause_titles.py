"""A clause with its title, and what a clause rests on with how that was read, as pages for people write them."""

from __future__ import annotations

from cbm.outcomes.answers import ClauseSource
from cbm.translation.saying import say


def titled(clause: str, title: str) -> str:
    """`3.2 “Keep clear of warships”`."""
    return say("{clause} “{title}”", clause=clause, title=title) if title else clause


def source_words(source: ClauseSource) -> str:
    """`CUES 2014, 2.6 (read)`."""
    return say("{source} ({mark})", source=source.text, mark=say(source.mark)) if source.mark else source.text
