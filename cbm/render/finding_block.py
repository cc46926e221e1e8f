"""A finding as a page for people shows it: its places in the text, and what is said below them."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding
from cbm.render.columns import visible, wrap
from cbm.render.level_words import level_words
from cbm.render.patch import patch
from cbm.render.remarks import Remark, named, remarks
from cbm.render.snippet import margin, snippet
from cbm.render.style import STYLE_OF_SEVERITY, Paint, Style
from cbm.translation.saying import say


def finding_block(finding: Finding, paint: Paint) -> Iterator[str]:
    """Its lines, the message first."""
    head = paint(STYLE_OF_SEVERITY[finding.severity], f"{level_words(finding.severity)}[{finding.rule}]")
    yield head + paint(Style.MESSAGE, say(": {title}", title=visible(finding.message)))
    yield from snippet(finding, paint)
    blank = margin(finding)
    for remark, text, fix in remarks(finding):
        first, *others = wrap(named(remark.words, text), first=f"{blank}= ", rest=f"{blank}  ")
        yield first.replace("=", paint(Style.FRAME, "="), 1)
        yield from others
        yield from () if fix is None else patch(fix, finding.primary.span.source, blank, paint)
    yield f"{blank}{paint(Style.FRAME, '=')} {named(Remark.MORE.words, f'cbm rule {finding.rule}')}"
