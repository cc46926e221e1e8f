"""A clause with its title, and what a clause rests on with how that was read, as pages for people write them."""

from __future__ import annotations

from cbm.outcomes.answers import ClauseSource
from cbm.translation.saying import say, say_count


def titled(clause: str, title: str) -> str:
    """`3.2 “Keep clear of warships”`."""
    return say("{clause} “{title}”", clause=clause, title=title) if title else clause


def counted_clauses(parts: int, clauses: int) -> str:
    """`8 clauses`; `9 sentences of 8 clauses` where each sentence of a clause counts by itself."""
    told = say_count("{count:,} clause", "{count:,} clauses", clauses)
    if parts == clauses:
        return told
    return say_count("{count:,} sentence of {clauses}", "{count:,} sentences of {clauses}", parts, clauses=told)


def source_words(source: ClauseSource) -> str:
    """`CUES 2014, 2.6 (read)`."""
    return say("{source} ({mark})", source=source.text, mark=say(source.mark)) if source.mark else source.text
