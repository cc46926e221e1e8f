"""A fix to the lines it takes out and puts in, each with its number."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Fix
from cbm.render.columns import expand, visible
from cbm.render.style import Paint, Style
from cbm.source import Source, hunks


def patch(fix: Fix, home: Source, blank: str, paint: Paint) -> Iterator[str]:
    """Lines below a remark of a finding; what is not in its own text, `home`, is named. `blank` is the margin."""
    shown = home
    for hunk in hunks(fix.edits):
        if hunk.source != shown:
            shown = hunk.source
            yield f"{blank[1:]}{paint(Style.FRAME, ':::')} {visible(shown.name)}"
        for style, mark, lines in ((Style.REMOVED, "-", hunk.removed), (Style.ADDED, "+", hunk.added)):
            for number, line in enumerate(lines, start=hunk.line):
                head = paint(Style.FRAME, f"{number:>{len(blank) - 1}}")
                yield f"{head} {paint(style, f'{mark} {expand(line)}'.rstrip())}"
